//! How donations become gifts.

use std::collections::HashSet;

use live_rewards_core::{
    Amount, ErrorKind, Gift, GiftQuery, Keyed, LiveRewards, Money, Page, RoomKind, RoomRef,
    Timestamp,
};
use live_rewards_http::{
    DriftKind,
    test_util::{Script, answer, render},
};

use crate::support::builder;

const PAGE: &str =
    include_str!("../../../vendor-specs/specs/polyv/donation/samples/donation_records.page.json");

fn query() -> GiftQuery {
    let instant = Timestamp::parse_china("2021-03-15 09:40:26").unwrap();
    GiftQuery::in_room(RoomRef::new("2812610", RoomKind::Channel)).since(instant).until(instant)
}

async fn gifts(contents: &str) -> Page<Gift> {
    let body = format!(r#"{{"code":200,"data":{{"totalPages":1,"contents":{contents}}}}}"#);
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    client.gifts_page(&query(), None).await.unwrap()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a snapshot of rows as they are")]
async fn cash_is_money_and_gifts_have_no_unit() {
    let script = Script::new([Ok(answer(200, PAGE))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.gifts_page(&query(), None).await.unwrap();
    insta::assert_snapshot!(render(&script.transport.requests()[0]), @r"
    GET /live/v4/channel/reward/gift-list
      channelId=2812610
      start=1615772426000
      end=1615772426000
      pageNumber=1
      pageSize=300
      appId=g4rqgmmjuo
      timestamp=1660272526000
      sign=[masked]
    ");
    insta::assert_debug_snapshot!(page.items, @r#"
    [
        Gift {
            record_id: None,
            room: Some(
                RoomRef {
                    id: RoomId(
                        "2812610",
                    ),
                    kind: Channel,
                },
            ),
            session: Some(
                SessionId(
                    "g8h352spmc",
                ),
            ),
            giver: UserRef {
                id: UserId(
                    "user123",
                ),
                id_kind: Viewer,
                nickname: Some(
                    "观众",
                ),
            },
            receivers: [],
            item: GiftItem {
                id: None,
                name: Some(
                    "现金",
                ),
            },
            quantity: None,
            unit_price: None,
            list_value: None,
            charged: Some(
                Money(
                    Money(
                        660,
                    ),
                ),
            ),
            line_points: None,
            at: Timestamp(
                2021-03-15T01:40:26Z,
            ),
            ordinal: 0,
        },
        Gift {
            record_id: None,
            room: Some(
                RoomRef {
                    id: RoomId(
                        "2812610",
                    ),
                    kind: Channel,
                },
            ),
            session: Some(
                SessionId(
                    "g8h352spmc",
                ),
            ),
            giver: UserRef {
                id: UserId(
                    "user124",
                ),
                id_kind: Viewer,
                nickname: Some(
                    "观众",
                ),
            },
            receivers: [],
            item: GiftItem {
                id: None,
                name: Some(
                    "鲜花",
                ),
            },
            quantity: None,
            unit_price: None,
            list_value: None,
            charged: Some(
                Unstated(
                    "6.66",
                ),
            ),
            line_points: None,
            at: Timestamp(
                2021-03-15T01:40:27Z,
            ),
            ordinal: 0,
        },
    ]
    "#);
    assert_eq!(page.total, Some(2));
}

#[tokio::test]
async fn cash_that_is_no_whole_number_of_fen_is_rejected_in_its_place() {
    let page = gifts(
        r#"[{"userId":"u1","timestamp":1,"type":"2","amount":6.6},
            {"userId":"u2","timestamp":1,"type":"2","amount":6.666},
            {"userId":"u3","timestamp":1,"type":"1","amount":6.666}]"#,
    )
    .await;
    assert_eq!(page.items.len(), 2);
    insta::assert_debug_snapshot!(page.rejected, @r#"
    [
        RejectedRow {
            position: 1,
            reason: "amount: not a whole number of fen",
            raw: "6.666",
        },
    ]
    "#);
}

#[tokio::test]
async fn rows_are_counted_as_rejected_whatever_rejects_them() {
    let rows = r#"[{"userId":"u1","timestamp":1,"type":"2","amount":"免费"},
        {"userId":"u2","timestamp":1,"type":"2","amount":6.666},
        {"userId":"u3","timestamp":1,"type":"2","amount":6.66}]"#;
    let body = format!(r#"{{"code":200,"data":{{"totalPages":1,"contents":{rows}}}}}"#);
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.gifts_page(&query(), None).await.unwrap();
    assert_eq!((page.items.len(), page.rejected.len()), (1, 2));
    assert_eq!(client.stats().rejected_rows, 2);
}

#[tokio::test]
async fn an_amount_that_is_no_number_is_no_amount() {
    let page = gifts(
        r#"[{"userId":"u1","timestamp":1,"type":"1","amount":"免费"},
            {"userId":"u2","timestamp":1,"type":"1","amount":"6.66"}]"#,
    )
    .await;
    assert_eq!((page.items.len(), page.rejected.len()), (1, 1));
    assert_eq!(page.rejected[0].position, 0);
}

#[tokio::test]
async fn binary_noise_of_cash_is_read_and_told() {
    let row = r#"{"userId":"u","timestamp":1,"type":"2","amount":0.9800000190734863}"#;
    let body = format!(r#"{{"code":200,"data":{{"totalPages":1,"contents":[{row}]}}}}"#);
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.gifts_page(&query(), None).await.unwrap();
    assert_eq!(page.items[0].charged, Some(Amount::Money(Money::from_fen(98))));
    let drift: Vec<_> = script.drift().into_iter().map(|drift| drift.kind).collect();
    assert_eq!(drift, [DriftKind::InexactYuan("0.9800000190734863".to_owned())]);
}

/// Types that are not known have no unit either, so that they look alike.
#[tokio::test]
async fn equal_donations_of_one_instant_stay_apart() {
    let row = r#"{"userId":"u","timestamp":1,"name":"鲜花","type":"1","amount":5}"#;
    let other = row.replace(r#""type":"1""#, r#""type":"9""#);
    let page = gifts(&format!("[{row},{row},{other}]")).await;
    let keys: HashSet<_> = page.items.iter().map(Keyed::key).collect();
    assert_eq!(keys.len(), 3);
    let ordinals: Vec<_> = page.items.iter().map(|gift| gift.ordinal).collect();
    assert_eq!(ordinals, [0, 1, 2]);
}

#[tokio::test]
async fn a_session_can_t_be_asked_for_and_times_must() {
    let script = Script::new([]);
    let client = script.direct(builder()).build().unwrap();
    let room = RoomRef::new("2812610", RoomKind::Channel);
    let instant = Timestamp::parse_china("2021-03-15 09:40:26").unwrap();
    for (query, kind) in [
        (GiftQuery::in_session("g8h352spmc"), ErrorKind::Unsupported),
        (GiftQuery::in_room(room.clone()), ErrorKind::InvalidInput),
        (GiftQuery::in_room(room).since(instant), ErrorKind::InvalidInput),
    ] {
        assert_eq!(client.gifts_page(&query, None).await.unwrap_err().kind(), kind);
    }
    assert!(script.transport.requests().is_empty());
}
