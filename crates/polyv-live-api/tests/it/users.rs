//! How viewers become users.

use live_rewards_core::{Delivery, ErrorKind, LiveRewards, RoomKind, RoomRef, UserQuery};
use live_rewards_http::test_util::{Script, answer, render};

use crate::support::builder;

const VIEWERS: &str =
    include_str!("../../../vendor-specs/specs/polyv/viewer/samples/viewer_list.page.json");
const VIEWER: &str =
    include_str!("../../../vendor-specs/specs/polyv/viewer/samples/viewer_detail.known.json");

#[tokio::test]
async fn one_viewer_is_the_same_as_in_the_list() {
    let script = Script::new([Ok(answer(200, VIEWER)), Ok(answer(200, VIEWERS))]);
    let client = script.direct(builder()).build().unwrap();
    let one = UserQuery::ids(vec!["2_v378gn997yovtl3p8h77db9e224t6hg9".into()]);
    let one = client.users_page(&one, None).await.unwrap();
    let all = client.users_page(&UserQuery::all(), None).await.unwrap();
    let [detail, list] = &script.transport.requests()[..] else { panic!("two requests") };
    insta::assert_snapshot!(render(detail), @r"
    GET /live/v4/user/viewer-record/get
      viewerUnionId=2_v378gn997yovtl3p8h77db9e224t6hg9
      appId=g4rqgmmjuo
      timestamp=1660272526000
      sign=[masked]
    ");
    insta::assert_snapshot!(render(list), @r"
    GET /live/v4/user/viewer-record/list
      pageNumber=1
      pageSize=1000
      appId=g4rqgmmjuo
      timestamp=1660272526000
      sign=[masked]
    ");
    insta::assert_debug_snapshot!(one.items, @r#"
    [
        User {
            user: UserRef {
                id: UserId(
                    "2_v378gn997yovtl3p8h77db9e224t6hg9",
                ),
                id_kind: Viewer,
                nickname: Some(
                    "观众",
                ),
            },
            aliases: [
                UserRef {
                    id: UserId(
                        "open_id",
                    ),
                    id_kind: OpenId,
                    nickname: None,
                },
            ],
            created_at: Some(
                Timestamp(
                    2022-12-09T01:53:07Z,
                ),
            ),
            joined_at: None,
        },
    ]
    "#);
    assert_eq!(one.items, all.items);
    assert!(one.next.is_none() && one.request_id.is_some());
}

#[tokio::test]
async fn an_answer_about_another_viewer_is_none() {
    let script = Script::new([Ok(answer(200, VIEWER))]);
    let client = script.direct(builder()).build().unwrap();
    let query = UserQuery::ids(vec!["1718673362881".into()]);
    let error = client.users_page(&query, None).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Decode, Delivery::Unknown));
    let text = "polyv viewer_detail: decode: asked for a viewer, got another one";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn the_collected_name_stands_in_for_a_missing_nickname() {
    let body =
        r#"{"code":200,"data":{"viewerUnionId":1,"wxNickName":"","name":"王","wxOpenId":""}}"#;
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.users_page(&UserQuery::ids(vec!["1".into()]), None).await.unwrap();
    let user = &page.items[0];
    assert_eq!(user.user.nickname.as_deref(), Some("王"));
    assert_eq!(user.aliases, []);
}

#[tokio::test]
async fn viewers_are_asked_for_one_by_one_and_never_by_room() {
    let script = Script::new([]);
    let client = script.direct(builder()).build().unwrap();
    for (query, kind) in [
        (UserQuery::ids(vec!["1".into(), "2".into()]), ErrorKind::InvalidInput),
        (UserQuery::ids(Vec::new()), ErrorKind::InvalidInput),
        (UserQuery::in_room(RoomRef::new("1", RoomKind::Channel)), ErrorKind::Unsupported),
        (UserQuery::in_session("1"), ErrorKind::Unsupported),
    ] {
        assert_eq!(client.users_page(&query, None).await.unwrap_err().kind(), kind, "{query:?}");
    }
    assert!(script.transport.requests().is_empty());
}
