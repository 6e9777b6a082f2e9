//! How channels and their sessions become rooms and sessions.

use std::time::Duration;

use live_rewards_core::{LiveRewards, RoomKind, RoomQuery, RoomRef, SessionQuery, Timestamp};
use live_rewards_http::test_util::{Script, answer, render};

use crate::support::builder;

const CHANNELS: &str =
    include_str!("../../../vendor-specs/specs/polyv/channel/samples/channel_list.page.json");
const SESSIONS: &str =
    include_str!("../../../vendor-specs/specs/polyv/session/samples/session_list.page.json");

fn instant() -> Timestamp {
    Timestamp::parse_china("2021-03-10 16:30:00").unwrap()
}

#[tokio::test]
async fn channels_of_the_account() {
    let script = Script::new([Ok(answer(200, CHANNELS))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.rooms_page(&RoomQuery::new(), None).await.unwrap();
    insta::assert_snapshot!(render(&script.transport.requests()[0]), @r"
    GET /live/v4/channel/basic/list
      pageNumber=1
      pageSize=1000
      appId=g4rqgmmjuo
      timestamp=1660272526000
      sign=[masked]
    ");
    insta::assert_debug_snapshot!(page.items, @r#"
    [
        Room {
            room: RoomRef {
                id: RoomId(
                    "2974342",
                ),
                kind: Channel,
            },
            name: Some(
                "测试频道",
            ),
            starts_at: Some(
                Timestamp(
                    2022-08-23T00:42:56Z,
                ),
            ),
            state_raw: Some(
                "end",
            ),
        },
    ]
    "#);
}

#[tokio::test]
async fn a_channel_without_a_planned_start_has_none() {
    let body = r#"{"code":200,"data":{"totalPages":1,"contents":[{"channelId":1,"startTime":0}]}}"#;
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.rooms_page(&RoomQuery::new(), None).await.unwrap();
    assert_eq!(page.items[0].starts_at, None);
}

#[tokio::test]
async fn sessions_of_a_channel() {
    let script = Script::new([Ok(answer(200, SESSIONS))]);
    let client = script.direct(builder()).build().unwrap();
    let room = RoomRef::new("2191532", RoomKind::Channel);
    let query = SessionQuery::in_room(room).since(instant()).until(instant());
    let page = client.sessions_page(&query, None).await.unwrap();
    insta::assert_snapshot!(render(&script.transport.requests()[0]), @r"
    GET /live/v3/channel/session/list
      channelId=2191532
      startDate=2021-03-10 16:30:00
      endDate=2021-03-10 16:30:00
      page=1
      pageSize=100
      appId=g4rqgmmjuo
      timestamp=1660272526000
      sign=[masked]
    ");
    insta::assert_debug_snapshot!(page.items, @r#"
    [
        Session {
            id: SessionId(
                "fwly13xczv",
            ),
            room: RoomRef {
                id: RoomId(
                    "2191532",
                ),
                kind: Channel,
            },
            name: None,
            started_at: Timestamp(
                2021-03-10T08:30:00Z,
            ),
            ended_at: Some(
                Timestamp(
                    2021-03-10T09:30:00Z,
                ),
            ),
        },
        Session {
            id: SessionId(
                "fwly13xczw",
            ),
            room: RoomRef {
                id: RoomId(
                    "2191532",
                ),
                kind: Channel,
            },
            name: None,
            started_at: Timestamp(
                2021-03-10T11:16:40Z,
            ),
            ended_at: None,
        },
    ]
    "#);
}

#[tokio::test]
async fn bounds_within_a_second_leave_no_session_of_it_out() {
    let script = Script::new([Ok(answer(200, SESSIONS))]);
    let client = script.direct(builder()).build().unwrap();
    let within = instant().checked_add(Duration::from_millis(1)).unwrap();
    let room = RoomRef::new("2191532", RoomKind::Channel);
    let query = SessionQuery::in_room(room).since(within).until(within);
    client.sessions_page(&query, None).await.unwrap();
    let request = render(&script.transport.requests()[0]);
    let bounds = "startDate=2021-03-10 16:30:00\n  endDate=2021-03-10 16:30:01\n";
    assert!(request.contains(bounds), "{request}");
}

#[tokio::test]
async fn a_session_of_another_channel_belongs_there() {
    let row = r#"{"sessionId":"s","channelId":7,"startTime":0}"#;
    let body = format!(r#"{{"code":200,"data":{{"totalPages":1,"contents":[{row}]}}}}"#);
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let query = SessionQuery::in_room(RoomRef::new("1", RoomKind::Channel));
    let page = client.sessions_page(&query, None).await.unwrap();
    assert_eq!(page.items[0].room, RoomRef::new("7", RoomKind::Channel));
}
