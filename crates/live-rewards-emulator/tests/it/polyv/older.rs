//! The older envelope, of v2 and v3.

use std::time::Duration;

use live_rewards_emulator::Emulator;
use serde_json::{Value, json};

use crate::polyv::channel;
use crate::support::{
    Answer, http, keys_in_order, polyv_form, polyv_get, polyv_parameters, polyv_sign, polyv_signed,
    send, tiny,
};

const LOTTERIES: &str = "/live/v3/channel/lottery/list-lottery";
const SESSIONS: &str = "/live/v3/channel/session/list";
const LIKES: &str = "/live/v2/channels/live-likes";

fn message(answer: &Answer) -> (u16, Value) {
    assert_eq!(answer.at("/code"), json!(answer.status));
    assert_eq!((answer.at("/status"), answer.at("/data")), (json!("error"), json!("")));
    assert_eq!(answer.at("/success"), Value::Null);
    (answer.status, answer.at("/message"))
}

async fn refused(emulator: &Emulator, path: &str, given: &[(&str, &str)]) -> (u16, Value) {
    message(&polyv_get(emulator, path, given).await)
}

#[tokio::test]
async fn refusals_have_the_older_form() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let (own, many) = (("channelId", channel.as_str()), "1,".repeat(21));
    for (path, given, expected) in [
        (SESSIONS, vec![], "param should not be empty: channelId"),
        (LOTTERIES, vec![own], "param should not be empty: startTime"),
        (SESSIONS, vec![own, ("page", "one")], "param is not digit: page"),
        (SESSIONS, vec![own, ("page", "0")], "number range error"),
        (SESSIONS, vec![own, ("startDate", "soon")], "invalid date time format"),
        (LIKES, vec![("channelIds", many.as_str())], "param length is incorrect: channelIds"),
    ] {
        assert_eq!(refused(&emulator, path, &given).await, (400, json!(expected)), "{path}");
    }
}

#[tokio::test]
async fn signatures_are_refused_in_the_older_form() {
    let emulator = tiny().await;
    let url = format!("{}{SESSIONS}", emulator.ready().polyv.base_url);
    let channel = channel(&emulator);
    let mut wrong = polyv_parameters(&emulator, &[("channelId", &channel)]);
    polyv_sign("another secret", &mut wrong);
    let answer = send(http().get(&url).query(&wrong)).await;
    assert_eq!(message(&answer), (403, json!("invalid signature.")));
    let answer = send(http().get(&url).query(&[("appId", "unknown")])).await;
    assert_eq!(message(&answer), (400, json!("application not found.")));
    let late = polyv_signed(&emulator, &[("channelId", &channel)]);
    emulator.advance(Duration::from_secs(200));
    let answer = send(http().get(&url).query(&late)).await;
    assert_eq!(message(&answer), (400, json!("ptime is too old.")));
}

#[tokio::test]
async fn a_page_has_the_older_members() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let answer =
        polyv_get(&emulator, SESSIONS, &[("channelId", &channel), ("pageSize", "1")]).await;
    assert!(keys_in_order(
        &answer.text,
        &[
            "code",
            "status",
            "message",
            "data",
            "pageSize",
            "pageNumber",
            "totalItems",
            "contents",
            "channelId",
            "sessionId",
            "userId",
            "startTime",
            "endTime",
            "startRow",
            "firstPage",
            "lastPage",
            "nextPageNumber",
            "prePageNumber",
            "limit",
            "totalPages",
            "endRow",
            "offset"
        ]
    ));
    let data = |answer: &Answer| {
        ["startRow", "endRow", "offset", "firstPage", "lastPage", "prePageNumber", "nextPageNumber"]
            .map(|member| answer.at(&format!("/data/{member}")))
    };
    let expected = [json!(1), json!(1), json!(0), json!(true), json!(false), json!(1), json!(2)];
    assert_eq!(data(&answer), expected);
    let query = [("channelId", channel.as_str()), ("pageSize", "1"), ("page", "2")];
    let last = polyv_get(&emulator, SESSIONS, &query).await;
    let expected = [json!(2), json!(2), json!(1), json!(false), json!(true), json!(1), json!(2)];
    assert_eq!(data(&last), expected);
}

#[tokio::test]
async fn likes_are_told_and_set() {
    let emulator = tiny().await;
    let channels = &emulator.ready().polyv.channel_ids;
    let given = format!("{},1,{}", channels[0], channels[1]);
    let totals = polyv_get(&emulator, LIKES, &[("channelIds", &given)]).await;
    assert_eq!(totals.column("/data", "channelId"), *channels);
    let viewers = totals.column("/data", "viewers");

    let path = format!("/live/v2/channels/{}/update-likes", channels[1]);
    let done = polyv_get(&emulator, &path, &[("likes", "99")]).await;
    assert_eq!((done.status, done.at("/data")), (200, json!("success")));
    let totals = polyv_get(&emulator, LIKES, &[("channelIds", &given)]).await;
    assert_eq!(totals.column("/data", "likes")[1], "99");
    assert_eq!(totals.column("/data", "viewers"), viewers);

    let unknown = "/live/v2/channels/1/update-likes";
    for (path, given, expected) in [
        (path.as_str(), vec![], "param should not be empty: likes"),
        (path.as_str(), vec![("viewers", "-1")], "number range error"),
        (unknown, vec![("likes", "1")], "param validate error"),
    ] {
        assert_eq!(refused(&emulator, path, &given).await, (400, json!(expected)), "{path}");
    }
    emulator.reset();
    let totals = polyv_get(&emulator, LIKES, &[("channelIds", &given)]).await;
    assert_ne!(totals.column("/data", "likes")[1], "99");
}

#[tokio::test]
async fn the_account_in_the_path_has_to_be_known() {
    let emulator = tiny().await;
    let dates = [("startDate", "2026-01-01"), ("endDate", "2026-01-02")];
    let answer = polyv_form(&emulator, "/live/v2/user/another/get-income-detail", &dates).await;
    assert_eq!(message(&answer), (400, json!("param validate error")));
    let account = &emulator.ready().polyv.live_account;
    let path = format!("/live/v2/user/{account}/get-income-detail");
    let dates = [("startDate", "2026-01-01"), ("endDate", "2026-1-02")];
    let answer = polyv_form(&emulator, &path, &dates).await;
    assert_eq!(message(&answer), (400, json!("invalid date time format")));
}
