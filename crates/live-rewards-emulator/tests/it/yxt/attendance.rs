//! Who attended, and who signed in.

use std::collections::BTreeMap;
use std::slice;
use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::{Value, json};

use crate::reading::still;
use crate::support::{Answer, GIFTS, tiny, yxt_get};
use crate::yxt::{error, room};

const ATTENDEES: &str = "/v1/zhibo/attendee/sign/statistics";
const ROUNDS: &str = "/v1/zhibo/feedback/signs";
const DETAILS: &str = "/v1/zhibo/feedback/signfeedbacks";

/// All rows of a listing.
async fn rows(emulator: &Emulator, path: &str, given: &[(&str, &str)]) -> Vec<Value> {
    let mut rows = Vec::new();
    for offset in (0..).step_by(7) {
        let offset = offset.to_string();
        let mut query = given.to_vec();
        query.extend([("limit", "7"), ("offset", offset.as_str())]);
        let page = yxt_get(emulator, path, &query).await;
        assert_eq!(page.status, 200, "{}", page.text);
        if page.count("/datas") == 0 {
            break;
        }
        rows.extend(page.at("/datas").as_array().unwrap().iter().cloned());
    }
    rows
}

fn text<'a>(row: &'a Value, member: &str) -> &'a str {
    row[member].as_str().unwrap()
}

#[tokio::test]
async fn attendees_name_everybody_who_gives_or_gets_a_gift() {
    let emulator = tiny().await;
    let mut users = BTreeMap::new();
    for room in &emulator.ready().yxt.room_ids {
        let own = [("roomId", room.as_str())];
        let all = rows(&emulator, ATTENDEES, &own).await;
        let times: Vec<&str> = all.iter().map(|row| text(row, "joinTime")).collect();
        assert!(times.is_sorted_by(|newer, older| newer >= older));
        for row in &all {
            let name =
                users.entry(text(row, "userId").to_owned()).or_insert(row["nickName"].clone());
            assert_eq!(*name, row["nickName"]);
            assert!(text(row, "joinTime") < text(row, "leaveTime"));
            assert_eq!(text(row, "factSign") == "1", !text(row, "firstSignTime").is_empty());
        }
        for gift in rows(&emulator, GIFTS, &own).await {
            assert!(users.contains_key(text(&gift, "fromUserId")));
            assert!(users.contains_key(text(&gift, "toUserId")));
        }
    }
    assert_eq!(users.len() as u64, emulator.truth().yxt.users);
}

#[tokio::test]
async fn attendees_of_a_session_are_asked_for_by_another_name() {
    let emulator = tiny().await;
    let room = room(&emulator);
    let gifts = rows(&emulator, GIFTS, &[("roomId", &room)]).await;
    let mut sessions: Vec<&str> = gifts.iter().map(|gift| text(gift, "sessionId")).collect();
    sessions.dedup();
    let mut found = Vec::new();
    for session in sessions.iter().rev() {
        let given = [("session", *session), ("roomId", "nowhere")];
        found.extend(rows(&emulator, ATTENDEES, &given).await);
    }
    assert_eq!(found, rows(&emulator, ATTENDEES, &[("roomId", &room)]).await);
    let given = [("sessionId", sessions[0])];
    let missing = yxt_get(&emulator, ATTENDEES, &given).await;
    assert_eq!((missing.status, error(&missing).1), (400, json!("emulator.parameter.missing")));
}

#[tokio::test]
async fn rounds_are_one_a_session_and_count_who_signed_in() {
    let emulator = tiny().await;
    let room = room(&emulator);
    let rounds = rows(&emulator, ROUNDS, &[("roomId", &room)]).await;
    assert_eq!(rounds.len(), 2);
    assert!(text(&rounds[0], "notifyTime") > text(&rounds[1], "notifyTime"));
    for round in &rounds {
        assert!(text(round, "notifyTime").contains(text(round, "notifyShortTime")));
        let given = [("sessionId", text(round, "sessionId"))];
        assert_eq!(rows(&emulator, ROUNDS, &given).await, slice::from_ref(round));

        let details = rows(&emulator, DETAILS, &[("notifyId", text(round, "pid"))]).await;
        assert_eq!(round["feedbackCount"], json!(details.len()));
        assert!(round["notifyCount"].as_u64() >= round["feedbackCount"].as_u64());
        let session = [("session", text(round, "sessionId"))];
        let attendees = rows(&emulator, ATTENDEES, &session).await;
        for attendee in &attendees {
            let signed = details.iter().find(|detail| detail["userId"] == attendee["userId"]);
            let time = signed.map_or("", |detail| text(detail, "feedbackTime"));
            assert_eq!(text(attendee, "firstSignTime"), time);
            assert_eq!(text(attendee, "countSign"), "1");
        }
    }
    let missing = yxt_get(&emulator, ROUNDS, &[]).await;
    assert_eq!((missing.status, error(&missing).1), (400, json!("emulator.parameter.missing")));
}

#[tokio::test]
async fn details_tell_where_a_page_stands_and_are_found_by_a_keyword() {
    let emulator = tiny().await;
    let rounds = rows(&emulator, ROUNDS, &[("roomId", &room(&emulator))]).await;
    let notify = ("notifyId", text(&rounds[0], "pid"));
    let all = yxt_get(&emulator, DETAILS, &[notify]).await;
    let count = all.count("/datas");
    let paging = |answer: &Answer| answer.at("/paging");
    assert_eq!(paging(&all), json!({"limit": 20, "offset": 0, "pages": 1, "count": count}));
    let second = yxt_get(&emulator, DETAILS, &[notify, ("limit", "2"), ("offset", "2")]).await;
    let pages = count.div_ceil(2);
    assert_eq!(paging(&second), json!({"limit": 2, "offset": 2, "pages": pages, "count": count}));

    let first = all.at("/datas/0");
    let (name, minute) = (text(&first, "userName"), &text(&first, "feedbackTime")[..16]);
    for key in [name, minute] {
        let found = yxt_get(&emulator, DETAILS, &[notify, ("key", key)]).await;
        assert!(found.at("/datas").as_array().unwrap().contains(&first), "{key}");
    }
    let nobody = yxt_get(&emulator, DETAILS, &[notify, ("key", "nobody at all")]).await;
    assert_eq!((nobody.count("/datas"), nobody.at("/paging/count")), (0, json!(0)));
    let unknown = ("notifyId", "e265c1a6-6ed9-474b-835c-3827f3969010");
    assert_eq!(yxt_get(&emulator, DETAILS, &[unknown]).await.count("/datas"), 0);
}

#[tokio::test]
async fn a_round_comes_when_its_session_is_over() {
    let emulator = still(Emulator::builder().scenario(Scenario::Live)).await;
    let room = room(&emulator);
    let own = [("roomId", room.as_str())];
    let before = rows(&emulator, ROUNDS, &own).await.len();
    emulator.advance(Duration::from_secs(3000));
    assert_eq!(rows(&emulator, ROUNDS, &own).await.len(), before);
    let newest = yxt_get(&emulator, ATTENDEES, &own).await.at("/datas/0");
    assert_eq!((text(&newest, "countSign"), text(&newest, "leaveTime")), ("0", ""));
    emulator.advance(Duration::from_secs(1000));
    assert_eq!(rows(&emulator, ROUNDS, &own).await.len(), before + 1);
}
