//! How rows become neutral records.

use live_rewards_core::{LiveRewards, RedPacketQuery, RoomKind, RoomRef, Timestamp};
use live_rewards_http::test_util::{Script, answer, render};

use crate::support::builder;

const PAGE: &str = include_str!(
    "../../../vendor-specs/specs/polyv/red_pack/samples/red_pack_statistics.page.json"
);

#[tokio::test]
async fn red_packets_with_their_claims() {
    let script = Script::new([Ok(answer(200, PAGE))]);
    let client = script.direct(builder()).build().unwrap();
    let instant = Timestamp::parse_china("2022-04-01 00:00:00").unwrap();
    let query = RedPacketQuery::new(RoomRef::new("2812610", RoomKind::Channel))
        .session("g8h352spmc")
        .since(instant)
        .until(instant)
        .page_size(10);
    let page = client.red_packets_page(&query, None).await.unwrap();
    insta::assert_snapshot!("red_packets.request", render(&script.transport.requests()[0]));
    insta::assert_debug_snapshot!("red_packets", page);
}

#[tokio::test]
async fn equal_claims_of_one_second_stay_apart() {
    let row = r#"{"userId":"u","amount":0.41,"createdTime":1648867252000}"#;
    let body = format!(
        r#"{{"code":200,"data":{{"totalPages":1,"contents":[{{"redPackId":"p","amount":1.00,
            "createdTime":1648867234000,"redPackReceiveList":[{row},{row}]}}]}}}}"#
    );
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let query = RedPacketQuery::new(RoomRef::new("1", RoomKind::Channel));
    let page = client.red_packets_page(&query, None).await.unwrap();
    let claims = page.items[0].claims.as_ref().unwrap();
    assert_eq!(claims.iter().map(|claim| claim.ordinal).collect::<Vec<_>>(), [0, 1]);
}
