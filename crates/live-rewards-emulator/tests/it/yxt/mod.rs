//! YXT: what is refused, and how gifts are paged.

mod attendance;
mod recordings;

use live_rewards_emulator::Emulator;
use serde_json::{Value, json};

use crate::management::post;
use crate::support::{
    Answer, GIFTS, http, keys_in_order, send, start_at, tiny, yxt, yxt_headers, yxt_send,
};

fn room(emulator: &Emulator) -> String {
    emulator.ready().yxt.room_ids[0].clone()
}

fn error(answer: &Answer) -> (u16, Value, Value) {
    assert!(keys_in_order(&answer.text, &["error", "key", "message"]));
    (answer.status, answer.at("/error/key"), answer.at("/error/message"))
}

#[tokio::test]
async fn a_signature_of_another_implementation_is_accepted() {
    let emulator = start_at(1_408_706_337_000, Emulator::builder()).await;
    let headers = [
        ("appkey", "decaf0de000000000000000000000001".to_owned()),
        ("nonce", "12".to_owned()),
        ("timestamp", "1408706337".to_owned()),
        (
            "signature",
            "6a5e2cc2024378f052c4db3e9782d545be0e30668e9783232963fd8ab1007ac9".to_owned(),
        ),
        ("source", "907".to_owned()),
    ];
    let answer = yxt_send(&emulator, &[("roomId", &room(&emulator))], &headers).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn wrong_signature_headers_are_refused() {
    let emulator = tiny().await;
    emulator.set_clock_rate_milli(0);
    let ready = &emulator.ready().yxt;
    let second = emulator.now_ms() / 1000;
    let now = second.to_string();
    let headers = |app_key: &str, secret: &str, nonce: &str, timestamp: &str| {
        yxt_headers(app_key, secret, nonce, timestamp).to_vec()
    };
    let (key, secret) = (ready.app_key.as_str(), ready.app_secret.as_str());
    let mut without_nonce = headers(key, secret, "12", &now);
    without_nonce.retain(|(name, _)| *name != "nonce");
    let room = room(&emulator);
    for (case, headers) in [
        ("nothing", Vec::new()),
        ("no nonce", without_nonce),
        ("key", headers("7897e2bb863041b6a2656fd087034807", secret, "12", &now)),
        ("secret", headers(key, "another", "12", &now)),
        ("long nonce", headers(key, secret, &"1".repeat(33), &now)),
        ("past", headers(key, secret, "12", &(second - 301).to_string())),
        ("future", headers(key, secret, "12", &(second + 301).to_string())),
        ("no number", headers(key, secret, "12", "now")),
    ] {
        let answer = yxt_send(&emulator, &[("roomId", &room)], &headers).await;
        let (status, name, _) = error(&answer);
        let expected = (400, json!("emulator.signature.invalid"));
        assert_eq!((status, name), expected, "{case}");
    }
    for timestamp in [second - 300, second + 300] {
        let headers = headers(key, secret, &"1".repeat(32), &timestamp.to_string());
        let answer = yxt_send(&emulator, &[("roomId", &room)], &headers).await;
        assert_eq!(answer.status, 200);
    }
}

#[tokio::test]
async fn a_room_or_a_session_is_needed() {
    let emulator = tiny().await;
    let answer = yxt(&emulator, &[("limit", "5")]).await;
    let key = "apis.zhibo.gift.precent.validation.provideRoomIdOrSessionId";
    let message = "need provide roomId or sessonId.";
    assert_eq!(error(&answer), (400, json!(key), json!(message)));
}

#[tokio::test]
async fn an_unknown_room_is_an_error_and_an_unknown_session_is_empty() {
    let emulator = tiny().await;
    let unknown = "c4f0cb31-6b9f-44f0-86fc-00d231e436a5";
    let answer = yxt(&emulator, &[("roomId", unknown)]).await;
    let key = "apis.zhibo.room.validation.notExisted";
    assert_eq!(error(&answer), (404, json!(key), json!("Room is not existed.")));
    let answer = yxt(&emulator, &[("sessionId", unknown)]).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, r#"{"datas":[]}"#));
}

#[tokio::test]
async fn what_is_not_served_says_so() {
    let emulator = tiny().await;
    let base_url = &emulator.ready().yxt.base_url;
    let unknown = send(http().get(format!("{base_url}/v1/zhibo/rooms"))).await;
    let wrong = send(http().post(format!("{base_url}{GIFTS}"))).await;
    assert_eq!(error(&unknown).0, 404);
    assert_eq!(error(&wrong).0, 405);
}

#[tokio::test]
async fn the_answer_has_the_form_of_the_vendors_example() {
    let emulator = tiny().await;
    let answer = yxt(&emulator, &[("roomId", &room(&emulator))]).await;
    assert_eq!(answer.content_type, "application/json;charset=UTF-8");
    assert!(keys_in_order(
        &answer.text,
        &[
            "datas",
            "pid",
            "giftId",
            "giftName",
            "sessionId",
            "unitPoint",
            "prdPoint",
            "fromUserId",
            "toUserId",
            "quantity",
            "totalPoint",
            "createTime"
        ]
    ));
    assert_eq!(answer.at("/datas/0/giftName"), json!("火箭"));
    assert_eq!(answer.at("/datas/0/totalPoint"), json!(0));
    let times = answer.column("/datas", "createTime");
    assert!(times.iter().all(|time| time.len() == 21 && time.ends_with(".0")));
    assert!(times.is_sorted());
}

#[tokio::test]
async fn pages_of_any_size_hold_everything_once() {
    let emulator = tiny().await;
    let room = room(&emulator);
    let all = yxt(&emulator, &[("roomId", &room), ("limit", "100")]).await;
    let ids = all.column("/datas", "pid");
    assert_eq!(ids.len(), 15);
    for limit in [1_usize, 7] {
        let mut seen = Vec::new();
        for offset in (0..=ids.len()).step_by(limit) {
            let (limit, offset) = (limit.to_string(), offset.to_string());
            let query =
                [("roomId", room.as_str()), ("limit", limit.as_str()), ("offset", offset.as_str())];
            seen.extend(yxt(&emulator, &query).await.column("/datas", "pid"));
        }
        assert_eq!(seen, ids, "pages of {limit}");
    }
}

#[tokio::test]
async fn a_limit_is_cut_at_a_hundred_and_an_offset_goes_back_to_its_page() {
    let emulator = Emulator::builder().start().await.unwrap();
    let room = room(&emulator);
    let first = pids(&emulator, &room, &[("limit", "500")]).await;
    assert_eq!(first.len(), 100);
    assert_eq!(pids(&emulator, &room, &[]).await, first[..20]);
    for (name, value, expected) in
        [("limit", "0", 0..20), ("limit", "many", 0..20), ("offset", "39", 20..40)]
    {
        let page = pids(&emulator, &room, &[(name, value)]).await;
        assert_eq!(page, first[expected], "{name}={value}");
    }
}

#[tokio::test]
async fn where_it_is_switched_on_gifts_tell_where_a_page_stands() {
    let emulator = tiny().await;
    let room = room(&emulator);
    post(&emulator, "/settings", &json!({"yxt_paging": true})).await;
    for (mut query, paging) in [
        (vec![], json!({"limit": 20, "offset": 0, "pages": 1, "count": 15})),
        (
            vec![("limit", "4"), ("offset", "9")],
            json!({"limit": 4, "offset": 8, "pages": 4, "count": 15}),
        ),
        (
            vec![("limit", "4"), ("offset", "99")],
            json!({"limit": 4, "offset": 96, "pages": 4, "count": 15}),
        ),
    ] {
        query.push(("roomId", room.as_str()));
        assert_eq!(yxt(&emulator, &query).await.at("/paging"), paging);
    }
    post(&emulator, "/settings", &json!({"yxt_paging": false})).await;
    assert_eq!(yxt(&emulator, &[("roomId", &room)]).await.at("/paging"), Value::Null);
}

async fn pids(emulator: &Emulator, room: &str, more: &[(&str, &str)]) -> Vec<String> {
    let mut query = vec![("roomId", room)];
    query.extend_from_slice(more);
    yxt(emulator, &query).await.column("/datas", "pid")
}

#[tokio::test]
async fn sessions_divide_a_room_and_count_before_it() {
    let emulator = tiny().await;
    let room = room(&emulator);
    let all = yxt(&emulator, &[("roomId", &room)]).await;
    let mut sessions = all.column("/datas", "sessionId");
    sessions.dedup();
    assert_eq!(sessions.len(), 2);
    let mut seen = Vec::new();
    for session in &sessions {
        let query = [("sessionId", session.as_str()), ("roomId", "nowhere")];
        seen.extend(yxt(&emulator, &query).await.column("/datas", "pid"));
    }
    assert_eq!(seen, all.column("/datas", "pid"));
}
