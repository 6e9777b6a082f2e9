//! The units in which the calls tell money, each on its sample.

use live_rewards_core::{Money, Points};
use live_rewards_http::test_util::{Script, answer};
use xiaoe_api::{
    XiaoeClient,
    live::{LiveDetailV1, LiveListByIds},
    points::AccountFlowList,
    red_packet::{RedPacketAnalysis, RedPacketList},
    user::{UserList, UsersByIds},
};

use crate::support::{TOKEN, builder, sample};

fn answering(body: &'static str) -> XiaoeClient {
    let script = Script::new([TOKEN, body].map(|body| Ok(answer(200, body))));
    script.direct(builder()).build().unwrap()
}

const LIVE: &str = "l_61a59bd0e4b03f3fb99d7575";

#[tokio::test]
async fn red_packets_are_in_fen_as_number_or_text() {
    let client = answering(sample!("red_packet/samples/red_packet_list.equal.json"));
    let rows = client.send(RedPacketList::new(LIVE, 4)).await.unwrap();
    assert_eq!(rows[0].money, Money::from_fen(1000));
    let client = answering(sample!("red_packet/samples/red_packet_analysis.some.json"));
    let totals = client.send(RedPacketAnalysis::new(LIVE, 4)).await.unwrap().data.unwrap();
    assert_eq!(totals.total_money, Some(Money::from_fen(2000)));
}

#[tokio::test]
async fn tips_are_in_yuan_as_text_and_none_are_the_number_0() {
    let client = answering(sample!("live/samples/live_list_by_ids.page.json"));
    let lives = client.send(LiveListByIds::new(vec![LIVE.to_owned()])).await.unwrap().list;
    let tips: Vec<_> = lives.iter().map(|live| live.reward_sum).collect();
    assert_eq!(tips, [Some(Money::from_fen(1250)), Some(Money::ZERO)]);
    let client = answering(sample!("live/samples/live_detail_v1.untipped.json"));
    let live = client.send(LiveDetailV1::new(LIVE)).await.unwrap();
    assert_eq!(live.reward_sum, Some(Money::ZERO));
}

#[tokio::test]
async fn what_a_user_spent_is_yuan_by_id_and_without_a_unit_in_the_list() {
    let client = answering(sample!("user/samples/users_by_ids.page.json"));
    let users = client.send(UsersByIds::new(vec!["u".to_owned()])).await.unwrap().list;
    assert_eq!(users[0].pay_sum, Some(Money::from_fen(1250)));
    let client = answering(sample!("user/samples/user_list.page.json"));
    let users = client.send(UserList::new()).await.unwrap().list;
    assert_eq!(users[0].pay_sum.as_deref(), Some("0"));
}

#[tokio::test]
async fn points_are_numbers_or_text() {
    let client = answering(sample!("points/samples/account_flow_list.new.json"));
    let entries = client.send(AccountFlowList::new()).await.unwrap();
    assert_eq!(entries[0].flow_count, Points::new(10));
    assert_eq!(entries[0].balance, Some(Points::new(310)));
}
