//! Users of the shop, by their ids and from row to row.

use live_rewards_core::{
    Cursor, ErrorKind, LiveRewards, Page, User, UserId, UserIdKind, UserQuery, UserRef,
};
use live_rewards_http::test_util::{Script, answer, render};
use xiaoe_api::{XiaoeClient, user::UserList};

use crate::support::{TOKEN, builder, sample};

/// A script that gives a token, then these answers.
fn script<const ANSWERS: usize>(bodies: [&str; ANSWERS]) -> Script {
    let bodies = [TOKEN].into_iter().chain(bodies);
    Script::new(bodies.map(|body| Ok(answer(200, body.to_owned()))))
}

fn client(script: &Script) -> XiaoeClient {
    script.direct(builder()).build().unwrap()
}

fn ids<const IDS: usize>(ids: [&str; IDS]) -> UserQuery {
    UserQuery::ids(ids.map(UserId::from).to_vec())
}

/// An answer to the call by ids.
fn found<const ROWS: usize>(ids: [&str; ROWS]) -> String {
    let rows = ids.map(|id| format!(r#"{{"user_id":"{id}"}}"#)).join(",");
    format!(r#"{{"code":0,"msg":"ok","data":{{"list":[{rows}]}}}}"#)
}

fn named(page: &Page<User>) -> Vec<&str> {
    page.items.iter().map(|user| user.user.id.as_str()).collect()
}

#[tokio::test]
async fn by_their_ids_they_are_one_call() {
    let script = script([sample!("user/samples/users_by_ids.page.json")]);
    let page = client(&script).users_page(&ids(["u_qq_xxxx"]), None).await.unwrap();
    insta::assert_snapshot!("by_ids.request", render(&script.transport.requests()[1]));
    insta::assert_debug_snapshot!("by_ids", page);
}

#[tokio::test]
async fn who_is_missing_is_looked_for_until_a_page_has_nobody() {
    let pages = [found(["u_1", "u_9"]), found(["u_2"]), found([])];
    let script = script(pages.each_ref().map(String::as_str));
    let client = client(&script);
    let query = ids(["u_1", "u_2", "u_3"]);
    let mut cursor: Option<Cursor> = None;
    let mut read = Vec::new();
    loop {
        let page = client.users_page(&query, cursor.as_ref()).await.unwrap();
        read.push((named(&page).join(" "), page.left_out));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(read, [("u_1".to_owned(), 1), ("u_2".to_owned(), 0), (String::new(), 0)]);
}

#[tokio::test]
async fn others_do_not_stand_for_who_is_asked_for() {
    for (asked, rows, expected, goes_on) in [
        (ids(["u_1", "u_2"]), found(["u_1", "u_9"]), vec!["u_1"], true),
        (ids(["u_1", "u_2"]), found(["u_1", "u_1"]), vec!["u_1", "u_1"], true),
        (ids(["u_1", "u_2"]), found(["u_2", "u_9", "u_1"]), vec!["u_2", "u_1"], false),
        (ids(["u_1", "u_1"]), found(["u_1"]), vec!["u_1"], false),
        // Were the same page to come for ever, nothing else would end it.
        (ids(["u_1"]), found(["u_9"]), vec![], false),
    ] {
        let script = script([rows.as_str()]);
        let page = client(&script).users_page(&asked, None).await.unwrap();
        assert_eq!((named(&page), page.next.is_some()), (expected, goes_on), "{rows}");
    }
}

#[tokio::test]
async fn a_row_that_can_not_be_read_may_be_anybody() {
    let script = script([r#"{"code":0,"data":{"list":[{"user_nickname":"小琪"}]}}"#]);
    let page = client(&script).users_page(&ids(["u_1"]), None).await.unwrap();
    assert_eq!((page.items.len(), page.rejected.len()), (0, 1));
    assert!(page.next.is_some());
}

#[tokio::test]
async fn all_of_them_are_read_from_row_to_row() {
    let body = sample!("user/samples/user_list.page.json");
    let script = script([body, body]);
    let client = client(&script);
    let query = UserQuery::all();
    let page = client.users_page(&query, None).await.unwrap();
    insta::assert_debug_snapshot!("all", page);
    client.users_page(&query, page.next.as_ref()).await.unwrap();
    insta::assert_snapshot!("all.next_request", render(&script.transport.requests()[2]));
}

#[tokio::test]
async fn an_empty_id_is_none() {
    let row = r#"{"user_id":"u_1","wx_open_id":"","wx_app_open_id":"o_1","wx_union_id":""}"#;
    let body = format!(r#"{{"code":0,"data":{{"list":[{row}]}}}}"#);
    let script = script([body.as_str(), body.as_str()]);
    let client = client(&script);
    let row = client.send(UserList::new()).await.unwrap().list.items.remove(0);
    assert_eq!((row.wx_open_id, row.wx_union_id), (None, None));
    let page = client.users_page(&UserQuery::all(), None).await.unwrap();
    assert_eq!(page.items[0].aliases, [UserRef::new("o_1", UserIdKind::OpenId)]);
}

#[tokio::test]
async fn more_ids_than_the_vendor_takes_are_refused() {
    let script = Script::new([]);
    let query = UserQuery::ids(vec!["u".into(); 51]);
    let error = client(&script).users_page(&query, None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}
