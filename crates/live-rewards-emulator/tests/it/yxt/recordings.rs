//! Recordings.

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::json;

use crate::support::yxt_get;
use crate::yxt::error;

const RECORDINGS: &str = "/v1/zhibo/recordings";

#[tokio::test]
async fn every_session_that_is_over_is_recorded() {
    let emulator = Emulator::builder().scenario(Scenario::Small).start().await.unwrap();
    let all = yxt_get(&emulator, RECORDINGS, &[("limit", "100")]).await;
    assert_eq!(all.count("/datas") as u64, emulator.truth().yxt.sessions);
    let starts = all.column("/datas", "startTime");
    assert!(starts.is_sorted_by(|newer, older| newer >= older));
    assert!(starts.iter().all(|start| start.ends_with(".0")));
    let mut of_rooms = 0;
    for room in &emulator.ready().yxt.room_ids {
        let own = [("roomId", room.as_str()), ("limit", "100")];
        of_rooms += yxt_get(&emulator, RECORDINGS, &own).await.count("/datas");
    }
    assert_eq!(of_rooms, starts.len());
    let second = yxt_get(&emulator, RECORDINGS, &[("limit", "5"), ("offset", "5")]).await;
    assert_eq!(second.column("/datas", "startTime"), starts[5..10]);

    let rows = all.at("/datas");
    let mut interrupted = 0;
    for row in rows.as_array().unwrap() {
        let files = row["recordingFiles"].as_array().unwrap();
        interrupted += files.len() - 1;
        let (first, last) = (&files[0], files.last().unwrap());
        // Those of the files have no decimals.
        for (of_session, of_file) in
            [(&row["startTime"], &first["startTime"]), (&row["endTime"], &last["endTime"])]
        {
            let expected = format!("{}.0", of_file.as_str().unwrap());
            assert_eq!(*of_session, json!(expected));
        }
        assert!(files.iter().all(|file| file["duration"].as_i64() > Some(0)));
    }
    assert_eq!(interrupted, starts.len() / 3);
    let unknown = [("roomId", "c4f0cb31-6b9f-44f0-86fc-00d231e436a5")];
    assert_eq!(error(&yxt_get(&emulator, RECORDINGS, &unknown).await).0, 404);
}
