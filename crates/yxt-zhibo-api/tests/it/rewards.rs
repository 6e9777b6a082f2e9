//! How rows become neutral records.

use live_rewards_core::{ErrorKind, GiftQuery, LiveRewards, RoomKind, RoomRef, SessionId};
use live_rewards_http::{
    Retry,
    test_util::{Script, answer, render},
};

use crate::support::builder;

const PAGE: &str =
    include_str!("../../../vendor-specs/specs/yxt/gift/samples/gift_records.page.json");
const PAGED: &str =
    include_str!("../../../vendor-specs/specs/yxt/gift/samples/gift_records.paged.json");

#[tokio::test]
async fn gifts_of_a_room() {
    let script = Script::new([Ok(answer(200, PAGE))]);
    let client = script.direct(builder()).build().unwrap();
    let query = GiftQuery::in_room(RoomRef::new("c4f0cb31", RoomKind::Room)).page_size(4);
    let page = client.gifts_page(&query, None).await.unwrap();
    insta::assert_snapshot!("gifts.request", render(&script.transport.requests()[0]));
    insta::assert_debug_snapshot!("gifts", page);
}

/// One gift, where more were asked for. Whether the vendor counts gifts is not published, so the capability doesn't promise it.
#[tokio::test]
async fn a_count_of_rows_is_the_total_and_saves_the_call_that_finds_no_more() {
    let query = GiftQuery::in_session("s").page_size(20);
    let uncounted = PAGED.replace("\"paging\"", "\"other\"");
    for (body, total) in [(PAGED.to_owned(), Some(1)), (uncounted, None)] {
        let script = Script::new([Ok(answer(200, body))]);
        let client = script.direct(builder()).build().unwrap();
        let page = client.gifts_page(&query, None).await.unwrap();
        assert_eq!((page.items.len(), page.total), (1, total));
        assert_eq!(page.next.is_none(), total.is_some());
        assert!(!client.capabilities().gifts.unwrap().total);
    }
}

#[tokio::test]
async fn a_row_without_session_is_of_the_session_that_was_asked_for() {
    let body = r#"{"datas":[{"pid":"1","fromUserId":"u","createTime":"2017-06-16 16:33:09.0"}]}"#;
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.gifts_page(&GiftQuery::in_session("s"), None).await.unwrap();
    assert_eq!(page.items[0].session, Some(SessionId::from("s")));
    assert_eq!(page.items[0].item.name, None);
}

#[tokio::test]
async fn an_answer_without_gifts_is_no_page() {
    for body in ["{}", "null", "[]", r#"{"data":[]}"#] {
        let script = Script::new([Ok(answer(200, body))]);
        let client = script.direct(builder()).retry(Retry::none()).build().unwrap();
        let query = GiftQuery::in_session("s");
        let error = client.gifts_page(&query, None).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn a_name_that_is_cut_in_a_character_costs_its_row_alone() {
    let row = r#"{"pid":"1","fromUserId":"u","createTime":"2017-06-16 16:33:09.0","giftName":""#;
    let (row, end) = (row.as_bytes(), &b"\"}"[..]);
    let body = [&br#"{"datas":["#[..], row, b"\xe7\xa5", end, b",", row, end, b"]}"].concat();
    let script = Script::new([Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.gifts_page(&GiftQuery::in_session("s"), None).await.unwrap();
    assert_eq!((page.items.len(), page.rejected.len()), (1, 1));
}
