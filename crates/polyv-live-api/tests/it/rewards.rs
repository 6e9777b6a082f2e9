//! How rows become neutral records.

use futures_util::StreamExt;
use live_rewards_core::{
    ErrorKind, LiveRewards, LiveRewardsExt, RedPacketQuery, RoomKind, RoomRef, Timestamp,
};
use live_rewards_http::test_util::{Script, answer, render};
use polyv_live_api::red_pack::RedPackStatistics;

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

#[tokio::test]
async fn a_red_packet_without_its_claims_is_not_one_that_nobody_claimed_from() {
    let rows = [
        r#"{"redPackId":"p","amount":1,"createdTime":1,"redPackReceiveList":[]}"#,
        r#"{"redPackId":"q","amount":1,"createdTime":1,"redPackReceiveList":null}"#,
        r#"{"redPackId":"r","amount":1,"createdTime":1}"#,
    ];
    let rows = rows.join(",");
    let body = format!(r#"{{"code":200,"data":{{"totalPages":1,"contents":[{rows}]}}}}"#);
    let script = Script::new([Ok(answer(200, body.clone())), Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let query = RedPacketQuery::new(RoomRef::new("1", RoomKind::Channel));
    let page = client.red_packets_page(&query, None).await.unwrap();
    let told: Vec<_> = page.items.iter().map(|packet| packet.claims.is_some()).collect();
    assert_eq!(told, [true, false, false]);
    let claims: Vec<_> = client.claims(query).collect().await;
    let errors = claims.into_iter().map(|claim| claim.unwrap_err().kind());
    assert_eq!(errors.collect::<Vec<_>>(), [ErrorKind::RejectedRow; 2]);
}

#[tokio::test]
async fn a_red_packet_of_another_channel_belongs_there_with_its_claims() {
    let row = r#"{"redPackId":"p","channelId":7,"amount":1,"createdTime":0,
        "redPackReceiveList":[{"userId":"u","amount":1,"createdTime":0}]}"#;
    let body = format!(r#"{{"code":200,"data":{{"totalPages":1,"contents":[{row}]}}}}"#);
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let query = RedPacketQuery::new(RoomRef::new("1", RoomKind::Channel));
    let packet = client.red_packets_page(&query, None).await.unwrap().items.remove(0);
    let other = RoomRef::new("7", RoomKind::Channel);
    assert_eq!((&packet.room, &packet.claims.unwrap()[0].room), (&other, &other));
}

#[tokio::test]
async fn a_name_that_is_cut_in_a_character_costs_its_row_alone() {
    let row = |id: &str, name: &[u8]| {
        let head = format!(r#"{{"redPackId":"{id}","amount":1,"createdTime":0,"nickName":""#);
        [head.as_bytes(), name, b"\"}"].concat()
    };
    let head = r#"{"code":200,"data":{"totalPages":1,"contents":["#;
    let rows = [row("1", "神".as_bytes()), row("2", b"\xe7\xa5"), row("3", b"")].join(&b","[..]);
    let body = [head.as_bytes(), &rows, b"]}}"].concat();
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let query = RedPacketQuery::new(RoomRef::new("1", RoomKind::Channel));
    let page = client.red_packets_page(&query, None).await.unwrap();
    let kept: Vec<_> = page.items.iter().map(|packet| packet.id.as_str()).collect();
    assert_eq!(kept, ["1", "3"]);
    assert_eq!(page.rejected[0].position, 1);
    let raw = r#"{"redPackId":"2","amount":1,"createdTime":0,"nickName":"?"}"#;
    assert_eq!(page.rejected[0].raw, raw);
}

#[tokio::test]
async fn a_row_that_can_not_be_read_hides_nothing_that_is_new_in_others() {
    let bad = r#"{"redPackId":"1","amount":"?","createdTime":0}"#;
    let new = r#"{"redPackId":"2","amount":1,"createdTime":0,"colour":"red"}"#;
    let page = |rows: &str| {
        let data = format!(r#"{{"totalPages":1,"contents":[{rows}],"more":1}}"#);
        Ok(answer(200, format!(r#"{{"code":200,"data":{data}}}"#)))
    };
    let script = Script::new([page(&format!("{bad},{new}")), page(new)]);
    let client = script.direct(builder()).build().unwrap();
    for rejected in [1, 0] {
        let page = client.send(RedPackStatistics::new("1")).await.unwrap();
        assert_eq!(page.contents.rejected.len(), rejected);
    }
    let drift: Vec<_> = script.drift().iter().map(|drift| drift.kind.to_string()).collect();
    assert_eq!(drift, ["unknown member contents.*.colour", "unknown member more"]);
}
