//! How rows become neutral records.

use live_rewards_core::{
    ClaimQuery, ErrorKind, LiveRewards, PointsQuery, RedPacketQuery, RoomKind, RoomRef, Timestamp,
    UserId,
};
use live_rewards_http::test_util::{Script, answer, render};

use crate::support::{TOKEN, builder};

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!("../../../vendor-specs/specs/xiaoe/", $name))
    };
}

fn script(body: &'static str) -> Script {
    Script::new([Ok(answer(200, TOKEN)), Ok(answer(200, body))])
}

fn live() -> RoomRef {
    RoomRef::new("l_61a59bd0e4b03f3fb99d7575", RoomKind::Live)
}

#[tokio::test]
async fn red_packets() {
    let script = script(sample!("red_packet/samples/red_packet_list.equal.json"));
    let client = script.direct(builder()).build().unwrap();
    let query = RedPacketQuery::new(live()).page_size(7);
    let page = client.red_packets_page(&query, None).await.unwrap();
    insta::assert_snapshot!("red_packets.request", render(&script.transport.requests()[1]));
    insta::assert_debug_snapshot!("red_packets", page);
}

#[tokio::test]
async fn claims_with_their_red_packet() {
    let script = script(sample!("red_packet/samples/red_packet_record.page.json"));
    let client = script.direct(builder()).build().unwrap();
    let query = ClaimQuery::new(live(), "WZ7VqzVbq69y").page_size(7);
    let claims = client.claims_page(&query, None).await.unwrap();
    insta::assert_snapshot!("claims.request", render(&script.transport.requests()[1]));
    insta::assert_debug_snapshot!("claims", claims);
}

#[tokio::test]
async fn claims_of_another_red_packet_are_no_answer() {
    let script = script(sample!("red_packet/samples/red_packet_record.page.json"));
    let client = script.direct(builder()).build().unwrap();
    let error = client.claims_page(&ClaimQuery::new(live(), "another"), None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn a_name_that_is_cut_in_a_character_costs_its_row_alone() {
    let row = r#"{"id":"p","money":1,"created_at":"2021-04-21 14:47:13","wx_nickname":""#;
    let (row, end) = (row.as_bytes(), &b"\"}"[..]);
    let head = &br#"{"code":0,"data":["#[..];
    let body = [head, row, b"\xe7\xa5", end, b",", row, end, b"]}"].concat();
    let script = Script::new([Ok(answer(200, TOKEN)), Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.red_packets_page(&RedPacketQuery::new(live()), None).await.unwrap();
    assert_eq!((page.items.len(), page.rejected.len()), (1, 1));
}

#[tokio::test]
async fn points_accounts() {
    let script = script(sample!("points/samples/account_info_batch.page.json"));
    let client = script.direct(builder()).build().unwrap();
    let instant = Timestamp::parse_china("2020-08-13 00:00:00").unwrap();
    let users = vec![UserId::from("user_id_1"), UserId::from("user_id_2")];
    let query = PointsQuery::new().users(users).since(instant).until(instant).page_size(2);
    let page = client.points_accounts_page(&query, None).await.unwrap();
    insta::assert_snapshot!("points_accounts.request", render(&script.transport.requests()[1]));
    insta::assert_debug_snapshot!("points_accounts", page);
}

#[tokio::test]
async fn nobody_is_asked_for_by_an_empty_list_and_all_by_null() {
    for (query, users) in [
        (PointsQuery::new(), "user_ids: null"),
        (PointsQuery::new().users(Vec::new()), "user_ids: []"),
    ] {
        let script = script(sample!("points/samples/account_info_batch.page.json"));
        let client = script.direct(builder()).build().unwrap();
        client.points_accounts_page(&query, None).await.unwrap();
        assert!(render(&script.transport.requests()[1]).contains(users));
    }
}

#[tokio::test]
async fn more_users_than_the_vendor_takes_are_refused() {
    let script = Script::new([]);
    let client = script.direct(builder()).build().unwrap();
    let query = PointsQuery::new().users(vec!["u".into(); 101]);
    let error = client.points_accounts_page(&query, None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}
