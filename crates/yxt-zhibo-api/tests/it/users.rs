//! How those who attended become users.

use live_rewards_core::{ErrorKind, LiveRewards, RoomKind, RoomRef, UserQuery};
use live_rewards_http::test_util::{Script, answer, render};

use crate::support::builder;

const PAGE: &str =
    include_str!("../../../vendor-specs/specs/yxt/attendee/samples/attendees.page.json");

fn room() -> RoomRef {
    RoomRef::new("c4f0cb31", RoomKind::Room)
}

#[tokio::test]
async fn who_attended_a_room() {
    let script = Script::new([Ok(answer(200, PAGE))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.users_page(&UserQuery::in_room(room()), None).await.unwrap();
    insta::assert_snapshot!(render(&script.transport.requests()[0]), @r"
    GET /v1/zhibo/attendee/sign/statistics
      roomId=c4f0cb31
      limit=100
      offset=0
    appkey: 7897e2bb863041b6a2656fd087034807
    nonce: 00000000000000010000000000000002
    timestamp: 1660272526
    signature: [masked]
    ");
    insta::assert_debug_snapshot!(page.items, @r#"
    [
        User {
            user: UserRef {
                id: UserId(
                    "71874e9e-b9ea-4144-b275-b9a842b2ac94",
                ),
                id_kind: VendorUser,
                nickname: Some(
                    "游客487837",
                ),
            },
            aliases: [],
            created_at: None,
            joined_at: Some(
                Timestamp(
                    2017-03-24T06:01:07Z,
                ),
            ),
        },
    ]
    "#);
    assert_eq!(page.total, None);
}

#[tokio::test]
async fn a_session_has_another_name_here_than_elsewhere() {
    let script = Script::new([Ok(answer(200, PAGE))]);
    let client = script.direct(builder()).build().unwrap();
    client.users_page(&UserQuery::in_session("442afd28"), None).await.unwrap();
    insta::assert_snapshot!(render(&script.transport.requests()[0]), @r"
    GET /v1/zhibo/attendee/sign/statistics
      session=442afd28
      limit=100
      offset=0
    appkey: 7897e2bb863041b6a2656fd087034807
    nonce: 00000000000000010000000000000002
    timestamp: 1660272526
    signature: [masked]
    ");
}

#[tokio::test]
async fn a_visit_without_time_or_name_is_one() {
    let body = r#"{"datas":[{"userId":"u","nickName":"","joinTime":""}]}"#;
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.users_page(&UserQuery::in_room(room()), None).await.unwrap();
    let user = &page.items[0];
    assert_eq!((user.joined_at, user.user.nickname.as_deref()), (None, None));
}

#[tokio::test]
async fn users_are_found_neither_by_id_nor_all_at_once() {
    let script = Script::new([]);
    let client = script.direct(builder()).build().unwrap();
    for (query, kind) in [
        (UserQuery::ids(vec!["1".into()]), ErrorKind::Unsupported),
        (UserQuery::all(), ErrorKind::Unsupported),
        (UserQuery::in_room(RoomRef::new("1", RoomKind::Channel)), ErrorKind::InvalidInput),
    ] {
        assert_eq!(client.users_page(&query, None).await.unwrap_err().kind(), kind, "{query:?}");
    }
    assert!(script.transport.requests().is_empty());
}
