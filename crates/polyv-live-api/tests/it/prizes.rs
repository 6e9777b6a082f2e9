//! How lotteries, lucky bags and tasks become activities and prizes.

use std::time::Duration;

use live_rewards_core::{
    Amount, ErrorKind, LiveRewards, Money, PrizeActivityQuery, PrizeKind, PrizeQuery, PrizeState,
    RoomKind, RoomRef, Timestamp,
};
use live_rewards_http::test_util::{Script, answer, render};

use crate::support::builder;

const LOTTERIES: &str =
    include_str!("../../../vendor-specs/specs/polyv/lottery/samples/lottery_list.page.json");
const LOTTERY_WINNERS: &str =
    include_str!("../../../vendor-specs/specs/polyv/lottery/samples/lottery_winners.page.json");
const LUCKY_BAG_WINNERS: &str =
    include_str!("../../../vendor-specs/specs/polyv/lucky_bag/samples/lucky_bag_winners.page.json");
const TASKS: &str = include_str!(
    "../../../vendor-specs/specs/polyv/task_reward/samples/task_reward_activities.page.json"
);
const TASK_REWARDS: &str = include_str!(
    "../../../vendor-specs/specs/polyv/task_reward/samples/task_reward_viewer_details.page.json"
);

fn channel() -> RoomRef {
    RoomRef::new("2974342", RoomKind::Channel)
}

fn instant() -> Timestamp {
    Timestamp::parse_china("2022-08-01 00:00:00").unwrap()
}

#[tokio::test]
async fn lotteries_of_a_channel() {
    let script = Script::new([Ok(answer(200, LOTTERIES))]);
    let client = script.direct(builder()).build().unwrap();
    let query = PrizeActivityQuery::new(channel(), PrizeKind::Lottery)
        .session("g8h352spmc")
        .since(instant())
        .until(instant());
    let page = client.prize_activities_page(&query, None).await.unwrap();
    insta::assert_snapshot!(render(&script.transport.requests()[0]), @r"
    GET /live/v4/channel/lottery/list
      channelId=2974342
      sessionId=g8h352spmc
      startTime=1659283200000
      endTime=1659283200000
      pageNumber=1
      pageSize=1000
      appId=g4rqgmmjuo
      timestamp=1660272526000
      sign=[masked]
    ");
    insta::assert_debug_snapshot!(page.items, @r#"
    [
        PrizeActivity {
            id: PrizeActivityId(
                "gcfflpd4ex",
            ),
            kind: Lottery,
            room: RoomRef {
                id: RoomId(
                    "2974342",
                ),
                kind: Channel,
            },
            session: Some(
                SessionId(
                    "g8h352spmc",
                ),
            ),
            name: Some(
                "测试奖品",
            ),
            planned: Some(
                3,
            ),
            winners: Some(
                2,
            ),
            at: Some(
                Timestamp(
                    2022-08-23T00:42:56Z,
                ),
            ),
            ends_at: None,
        },
    ]
    "#);
}

#[tokio::test]
async fn task_reward_activities_of_a_channel() {
    let script = Script::new([Ok(answer(200, TASKS))]);
    let client = script.direct(builder()).build().unwrap();
    let query = PrizeActivityQuery::new(channel(), PrizeKind::Task);
    let page = client.prize_activities_page(&query, None).await.unwrap();
    insta::assert_debug_snapshot!(page.items, @r#"
    [
        PrizeActivity {
            id: PrizeActivityId(
                "1519",
            ),
            kind: Task,
            room: RoomRef {
                id: RoomId(
                    "4990862",
                ),
                kind: Channel,
            },
            session: None,
            name: Some(
                "123",
            ),
            planned: None,
            winners: None,
            at: Some(
                Timestamp(
                    2024-07-10T11:46:00Z,
                ),
            ),
            ends_at: Some(
                Timestamp(
                    2024-07-10T15:00:00Z,
                ),
            ),
        },
    ]
    "#);
}

#[tokio::test]
async fn what_a_list_can_t_do_is_said_before_it_is_asked() {
    let script = Script::new([]);
    let client = script.direct(builder()).build().unwrap();
    let year = instant().checked_add(Duration::from_secs(366 * 86_400)).unwrap();
    let of = |kind| PrizeActivityQuery::new(channel(), kind);
    for (query, kind) in [
        (of(PrizeKind::Lottery), ErrorKind::InvalidInput),
        (of(PrizeKind::Lottery).since(instant()).until(year), ErrorKind::InvalidInput),
        (of(PrizeKind::Task).since(instant()).until(instant()), ErrorKind::Unsupported),
        (of(PrizeKind::LuckyBag), ErrorKind::Unsupported),
    ] {
        let error = client.prize_activities_page(&query, None).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{query:?}");
    }
    for (query, kind) in [
        (PrizeQuery::new(PrizeKind::Lottery, "1"), ErrorKind::InvalidInput),
        (PrizeQuery::new(PrizeKind::Task, "1"), ErrorKind::InvalidInput),
        (
            PrizeQuery::new(PrizeKind::Task, "1").room(channel()).session("1"),
            ErrorKind::Unsupported,
        ),
    ] {
        let error = client.prizes_page(&query, None).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{query:?}");
    }
    assert!(script.transport.requests().is_empty());
}

#[tokio::test]
async fn winners_of_a_lottery() {
    let script = Script::new([Ok(answer(200, LOTTERY_WINNERS))]);
    let client = script.direct(builder()).build().unwrap();
    let query = PrizeQuery::new(PrizeKind::Lottery, "feb34vwxyd").room(channel());
    let page = client.prizes_page(&query, None).await.unwrap();
    insta::assert_snapshot!(render(&script.transport.requests()[0]), @r"
    GET /live/v3/channel/lottery/get-winner-detail
      channelId=2974342
      lotteryId=feb34vwxyd
      page=1
      limit=100
      appId=g4rqgmmjuo
      timestamp=1660272526000
      sign=[masked]
    ");
    insta::assert_debug_snapshot!(page.items, @r#"
    [
        Prize {
            record_id: Some(
                PrizeRecordId(
                    "69aacfc0b7",
                ),
            ),
            activity: PrizeActivityId(
                "feb34vwxyd",
            ),
            kind: Lottery,
            room: Some(
                RoomRef {
                    id: RoomId(
                        "108888",
                    ),
                    kind: Channel,
                },
            ),
            session: Some(
                SessionId(
                    "f6pxc1w8yb",
                ),
            ),
            task: None,
            user: UserRef {
                id: UserId(
                    "plk",
                ),
                id_kind: Viewer,
                nickname: Some(
                    "测试测试",
                ),
            },
            name: Some(
                "测试奖品",
            ),
            value: None,
            state: None,
            code: Some(
                "789",
            ),
            at: Some(
                Timestamp(
                    2019-07-22T02:49:58Z,
                ),
            ),
            ordinal: 0,
        },
    ]
    "#);
    assert_eq!(page.total, Some(1));
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a snapshot of rows as they are")]
async fn winners_of_a_lucky_bag_need_no_room() {
    let script = Script::new([Ok(answer(200, LUCKY_BAG_WINNERS))]);
    let client = script.direct(builder()).build().unwrap();
    let query = PrizeQuery::new(PrizeKind::LuckyBag, "1143").session("g8h352spmc").room(channel());
    let page = client.prizes_page(&query, None).await.unwrap();
    assert_eq!(page.items[0].room, None, "the call doesn't send the room");
    insta::assert_snapshot!(render(&script.transport.requests()[0]), @r"
    GET /live/v4/channel/lucky-bag/winner-page
      activityId=1143
      sessionId=g8h352spmc
      currentPage=1
      pageSize=100
      appId=g4rqgmmjuo
      timestamp=1660272526000
      sign=[masked]
    ");
    insta::assert_debug_snapshot!(page.items, @r#"
    [
        Prize {
            record_id: Some(
                PrizeRecordId(
                    "501",
                ),
            ),
            activity: PrizeActivityId(
                "1143",
            ),
            kind: LuckyBag,
            room: None,
            session: Some(
                SessionId(
                    "g8h352spmc",
                ),
            ),
            task: None,
            user: UserRef {
                id: UserId(
                    "1718673362881",
                ),
                id_kind: Viewer,
                nickname: Some(
                    "观众",
                ),
            },
            name: None,
            value: Some(
                Money(
                    Money(
                        150,
                    ),
                ),
            ),
            state: Some(
                Pending,
            ),
            code: None,
            at: Some(
                Timestamp(
                    2024-06-14T12:30:00Z,
                ),
            ),
            ordinal: 0,
        },
        Prize {
            record_id: Some(
                PrizeRecordId(
                    "502",
                ),
            ),
            activity: PrizeActivityId(
                "1143",
            ),
            kind: LuckyBag,
            room: None,
            session: Some(
                SessionId(
                    "g8h352spmc",
                ),
            ),
            task: None,
            user: UserRef {
                id: UserId(
                    "1718673362882",
                ),
                id_kind: Viewer,
                nickname: Some(
                    "观众",
                ),
            },
            name: Some(
                "水杯",
            ),
            value: None,
            state: Some(
                Pending,
            ),
            code: None,
            at: Some(
                Timestamp(
                    2024-06-14T12:31:00Z,
                ),
            ),
            ordinal: 0,
        },
    ]
    "#);
}

#[tokio::test]
async fn a_task_that_was_not_reached_is_no_prize() {
    let script = Script::new([Ok(answer(200, TASK_REWARDS))]);
    let client = script.direct(builder()).build().unwrap();
    let query = PrizeQuery::new(PrizeKind::Task, "1143").room(channel());
    let page = client.prizes_page(&query, None).await.unwrap();
    insta::assert_snapshot!(render(&script.transport.requests()[0]), @r"
    GET /live/v4/channel/task-reward-activity/viewer-detail
      channelId=2974342
      activityId=1143
      pageNumber=1
      pageSize=1000
      appId=g4rqgmmjuo
      timestamp=1660272526000
      sign=[masked]
    ");
    insta::assert_debug_snapshot!(page.items, @r#"
    [
        Prize {
            record_id: None,
            activity: PrizeActivityId(
                "1143",
            ),
            kind: Task,
            room: Some(
                RoomRef {
                    id: RoomId(
                        "4854808",
                    ),
                    kind: Channel,
                },
            ),
            session: None,
            task: Some(
                "4826",
            ),
            user: UserRef {
                id: UserId(
                    "1718673362881",
                ),
                id_kind: Viewer,
                nickname: None,
            },
            name: None,
            value: Some(
                Money(
                    Money(
                        300,
                    ),
                ),
            ),
            state: Some(
                Issued,
            ),
            code: None,
            at: Some(
                Timestamp(
                    2022-12-09T01:53:07Z,
                ),
            ),
            ordinal: 0,
        },
    ]
    "#);
    assert_eq!(page.total, None, "the vendor counts the other rows, too");
}

#[tokio::test]
async fn rewards_for_tasks_of_every_kind_and_state() {
    let row = |task: u32, state: i32, reward: &str| {
        format!(
            r#"{{"viewerId":1,"taskId":{task},"taskStatus":1,"rewardStatus":{state},"taskReward":{reward}}}"#
        )
    };
    let rows = [
        row(1, 2, r#"{"type":"cash","amount":"300"}"#),
        row(2, 4, r#"{"type":"cash","amount":12.5}"#),
        row(3, 3, r#"{"type":"externalPoint","amount":20}"#),
        row(4, 0, r#"{"type":"custom","amount":0,"customReward":"水杯"}"#),
        row(5, -1, r#"{"type":"nothing","amount":0}"#),
        row(6, 7, "null"),
    ];
    let body =
        format!(r#"{{"code":200,"data":{{"totalPages":1,"contents":[{}]}}}}"#, rows.join(","));
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let query = PrizeQuery::new(PrizeKind::Task, "1143").room(channel());
    let page = client.prizes_page(&query, None).await.unwrap();
    let prizes: Vec<_> = page
        .items
        .iter()
        .map(|prize| (prize.task.as_deref(), &prize.state, &prize.value, prize.name.as_deref()))
        .collect();
    insta::assert_debug_snapshot!(prizes, @r#"
    [
        (
            Some(
                "1",
            ),
            Some(
                QuotaFull,
            ),
            Some(
                Money(
                    Money(
                        300,
                    ),
                ),
            ),
            None,
        ),
        (
            Some(
                "3",
            ),
            Some(
                Failed,
            ),
            Some(
                Unstated(
                    "20",
                ),
            ),
            None,
        ),
        (
            Some(
                "4",
            ),
            Some(
                Pending,
            ),
            None,
            Some(
                "水杯",
            ),
        ),
        (
            Some(
                "6",
            ),
            Some(
                Unknown(
                    "7",
                ),
            ),
            None,
            None,
        ),
    ]
    "#);
    // The second is cash of half a fen.
    insta::assert_debug_snapshot!(page.rejected, @r#"
    [
        RejectedRow {
            position: 1,
            reason: "amount: not a whole number of fen",
            raw: "12.5",
        },
    ]
    "#);
    assert_eq!(page.items[3].state, Some(PrizeState::Unknown("7".into())));
}

#[tokio::test]
async fn a_row_belongs_where_it_says_or_else_where_it_was_asked_for() {
    let rows = r#"{"recordId":1,"viewerId":1,"taskId":1,"channelId":7,"lotteryId":8,"activityId":8},
        {"recordId":2,"viewerId":2,"taskId":1,"channelId":"","lotteryId":null}"#;
    let body = format!(r#"{{"code":200,"data":{{"totalPages":1,"contents":[{rows}]}}}}"#);
    for kind in [PrizeKind::Lottery, PrizeKind::Task] {
        let script = Script::new([Ok(answer(200, body.clone()))]);
        let client = script.direct(builder()).build().unwrap();
        let page = client.prizes_page(&PrizeQuery::new(kind, "5").room(channel()), None).await;
        let prizes = page.unwrap().items;
        let rooms: Vec<_> = prizes.iter().map(|prize| prize.room.clone().unwrap()).collect();
        assert_eq!(rooms, [RoomRef::new("7", RoomKind::Channel), channel()]);
        let activities: Vec<_> = prizes.iter().map(|prize| prize.activity.as_str()).collect();
        assert_eq!(activities, ["8", "5"]);
    }
}

/// It may be worth something.
#[tokio::test]
async fn an_amount_of_a_kind_that_is_not_known_has_no_unit() {
    let row =
        r#"{"viewerId":1,"taskId":1,"taskStatus":1,"taskReward":{"type":"coupon","amount":5}}"#;
    let body = format!(r#"{{"code":200,"data":{{"totalPages":1,"contents":[{row}]}}}}"#);
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let query = PrizeQuery::new(PrizeKind::Task, "1143").room(channel());
    let page = client.prizes_page(&query, None).await.unwrap();
    assert_eq!(page.items[0].value, Some(Amount::Unstated("5".into())));
}

/// They have no id.
#[tokio::test]
async fn equal_rewards_for_tasks_stay_apart() {
    let row = |task: u32| format!(r#"{{"viewerId":1,"taskId":{task},"taskStatus":1}}"#);
    let rows = [row(1), row(2), row(1)].join(",");
    let body = format!(r#"{{"code":200,"data":{{"totalPages":1,"contents":[{rows}]}}}}"#);
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let query = PrizeQuery::new(PrizeKind::Task, "1143").room(channel());
    let page = client.prizes_page(&query, None).await.unwrap();
    let told: Vec<_> =
        page.items.iter().map(|prize| (prize.task.as_deref(), prize.ordinal)).collect();
    assert_eq!(told, [(Some("1"), 0), (Some("2"), 0), (Some("1"), 1)]);
}

/// What is missing hides no reward; its own state says whether it was paid.
#[tokio::test]
async fn a_task_that_is_not_said_to_be_open_counts_unless_there_is_nothing_for_it() {
    let row = |task: u32, state: i32, kind: &str| {
        let reward = format!(r#"{{"type":"{kind}","amount":"300"}}"#);
        format!(r#"{{"viewerId":1,"taskId":{task},"rewardStatus":{state},"taskReward":{reward}}}"#)
    };
    let rows = [row(1, 1, "cash"), row(2, 2, "cash"), row(3, -1, "nothing")].join(",");
    let body = format!(r#"{{"code":200,"data":{{"totalPages":1,"contents":[{rows}]}}}}"#);
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let query = PrizeQuery::new(PrizeKind::Task, "1143").room(channel());
    let page = client.prizes_page(&query, None).await.unwrap();
    let value = Some(Amount::Money(Money::from_fen(300)));
    let told: Vec<_> = page.items.iter().map(|prize| (&prize.state, &prize.value)).collect();
    let [issued, full] = [PrizeState::Issued, PrizeState::QuotaFull].map(Some);
    assert_eq!(told, [(&issued, &value), (&full, &value)]);
    assert_eq!(page.left_out, 1);
}
