//! How rows become neutral records.

use futures_util::StreamExt;
use live_rewards_core::{
    ClaimQuery, Claims, ErrorKind, LiveRewards, LiveRewardsExt, Month, PointsEntryKind,
    PointsEntryQuery, PointsQuery, RedPacketQuery, Result, RoomKind, RoomRef, Timestamp, UserId,
};
use live_rewards_http::test_util::{Script, answer, render};

use crate::support::{TOKEN, builder, sample};

fn script(body: &'static str) -> Script {
    Script::new([Ok(answer(200, TOKEN)), Ok(answer(200, body))])
}

fn live() -> RoomRef {
    RoomRef::new("l_61a59bd0e4b03f3fb99d7575", RoomKind::Live)
}

#[tokio::test]
async fn red_packets() {
    let script = script(sample!("red_packet/samples/red_packet_list.equal.json"));
    let client = script.direct(builder()).build().unwrap();
    let query = RedPacketQuery::new(live()).page_size(7);
    let page = client.red_packets_page(&query, None).await.unwrap();
    insta::assert_snapshot!("red_packets.request", render(&script.transport.requests()[1]));
    insta::assert_debug_snapshot!("red_packets", page);
}

#[tokio::test]
async fn claims_with_their_red_packet() {
    let script = script(sample!("red_packet/samples/red_packet_record.page.json"));
    let client = script.direct(builder()).build().unwrap();
    let query = ClaimQuery::new(live(), "WZ7VqzVbq69y").page_size(7);
    let claims = client.claims_page(&query, None).await.unwrap();
    insta::assert_snapshot!("claims.request", render(&script.transport.requests()[1]));
    insta::assert_debug_snapshot!("claims", claims);
}

#[tokio::test]
async fn a_red_packet_belongs_where_its_row_says() {
    let row =
        |more: &str| format!(r#"{{"id":"p","money":1,"created_at":"2021-04-21 14:47:13",{more}}}"#);
    let rows = [
        r#""describe_msg":"","resource_id":"i_1","resource_type":1"#,
        r#""describe_msg":"好运","resource_id":"l_1","resource_type":4"#,
        r#""resource_id":"l_2","resource_type":null"#,
        r#""resource_type":1"#,
    ];
    let body = format!(r#"{{"code":0,"data":[{}]}}"#, rows.map(row).join(","));
    let script = Script::new([Ok(answer(200, TOKEN)), Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.red_packets_page(&RedPacketQuery::new(live()), None).await.unwrap();
    let rooms: Vec<_> = page.items.iter().map(|packet| packet.room.clone()).collect();
    let other = RoomRef::new("i_1", RoomKind::Resource(1));
    let [one, two] = ["l_1", "l_2"].map(|id| RoomRef::new(id, RoomKind::Live));
    assert_eq!(rooms, [other, one, two, live()]);
    let messages: Vec<_> = page.items.iter().map(|packet| packet.message.as_deref()).collect();
    assert_eq!(messages, [None, Some("好运"), None, None]);
}

#[tokio::test]
async fn claims_of_another_red_packet_are_no_answer() {
    let script = script(sample!("red_packet/samples/red_packet_record.page.json"));
    let client = script.direct(builder()).build().unwrap();
    let error = client.claims_page(&ClaimQuery::new(live(), "another"), None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

/// The page of claims of the red packet p, which is told so.
async fn claims_of(sent: &str) -> Result<Claims> {
    let claim = r#"{"user_id":"u","money":1,"created_at":"2021-04-21 14:47:13"}"#;
    let body = format!(r#"{{"code":0,"data":{{"send_info":{sent},"record_list":[{claim}]}}}}"#);
    let script = Script::new([Ok(answer(200, TOKEN)), Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let claims = client.claims_page(&ClaimQuery::new(live(), "p"), None).await?;
    let rejected = u64::from(claims.rejected.is_some());
    assert_eq!(client.stats().rejected_rows, rejected);
    Ok(claims)
}

#[tokio::test]
async fn a_red_packet_that_can_not_be_read_costs_none_of_its_claims() {
    for (sent, member) in [
        (r#"{"id":"p","money":1,"created_at":"0000-00-00 00:00:00"}"#, "created_at: "),
        (r#"{"id":"p","money":null,"created_at":"2021-04-21 14:47:13"}"#, "money: "),
        (
            r#"{"id":"p","money":1,"refund_money":"0.5","created_at":"2021-04-21 14:47:13"}"#,
            "refund_money: ",
        ),
        (r#"{"money":1,"created_at":"2021-04-21 14:47:13"}"#, ".: missing field `id`"),
    ] {
        let claims = claims_of(sent).await.unwrap();
        assert!(claims.red_packet.is_none());
        let row = claims.rejected.unwrap();
        assert_eq!((row.position, row.raw.as_str()), (0, sent));
        assert!(row.reason.starts_with(member), "{}", row.reason);
        assert_eq!((claims.page.items.len(), claims.page.rejected.len()), (1, 0), "{sent}");
        assert_eq!(claims.page.left_out, 0);
    }
}

#[tokio::test]
async fn claims_of_another_red_packet_are_no_answer_if_that_can_not_be_read_either() {
    let error = claims_of(r#"{"id":"another","money":null}"#).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn the_red_packets_after_one_that_can_not_be_read_are_read() {
    let created = r#""created_at":"2021-04-21 14:47:13""#;
    let packet = |id: &str| format!(r#"{{"id":"{id}","money":1,{created}}}"#);
    let list = format!("[{},{}]", packet("p"), packet("q"));
    let record = |sent: &str, user: &str| {
        let claim = format!(r#"{{"user_id":"{user}","money":1,{created}}}"#);
        format!(r#"{{"send_info":{sent},"record_list":[{claim}]}}"#)
    };
    let none = r#"{"send_info":[],"record_list":[]}"#.to_owned();
    let of_p = record(r#"{"id":"p","money":null}"#, "u");
    let of_q = record(&packet("q"), "v");
    let answers = [list, of_p, none.clone(), of_q, none, "[]".to_owned()];
    let answers = answers.map(|data| Ok(answer(200, format!(r#"{{"code":0,"data":{data}}}"#))));
    let script = Script::new([Ok(answer(200, TOKEN))].into_iter().chain(answers));
    let client = script.direct(builder()).build().unwrap();
    let claims: Vec<_> = client.claims(RedPacketQuery::new(live())).collect().await;
    let [Err(error), Ok(of_p), Ok(of_q)] = &claims[..] else { panic!("{claims:?}") };
    assert_eq!(error.kind(), ErrorKind::RejectedRow);
    let message = "what came of red packet p can't be read: money: no amount";
    assert!(error.message().starts_with(message), "{error}");
    assert_eq!((of_p.user.id.as_str(), of_q.user.id.as_str()), ("u", "v"));
}

#[tokio::test]
async fn a_name_that_is_cut_in_a_character_costs_its_row_alone() {
    let row = r#"{"id":"p","money":1,"created_at":"2021-04-21 14:47:13","wx_nickname":""#;
    let (row, end) = (row.as_bytes(), &b"\"}"[..]);
    let head = &br#"{"code":0,"data":["#[..];
    let body = [head, row, b"\xe7\xa5", end, b",", row, end, b"]}"].concat();
    let script = Script::new([Ok(answer(200, TOKEN)), Ok(answer(200, body))]);
    let client = script.direct(builder()).build().unwrap();
    let page = client.red_packets_page(&RedPacketQuery::new(live()), None).await.unwrap();
    assert_eq!((page.items.len(), page.rejected.len()), (1, 1));
}

#[tokio::test]
async fn points_accounts() {
    let script = script(sample!("points/samples/account_info_batch.page.json"));
    let client = script.direct(builder()).build().unwrap();
    let instant = Timestamp::parse_china("2020-08-13 00:00:00").unwrap();
    let users = vec![UserId::from("user_id_1"), UserId::from("user_id_2")];
    let query = PointsQuery::new().users(users).since(instant).until(instant).page_size(2);
    let page = client.points_accounts_page(&query, None).await.unwrap();
    insta::assert_snapshot!("points_accounts.request", render(&script.transport.requests()[1]));
    insta::assert_debug_snapshot!("points_accounts", page);
}

#[tokio::test]
async fn nobody_is_asked_for_by_an_empty_list_and_all_by_null() {
    for (query, users) in [
        (PointsQuery::new(), "user_ids: null"),
        (PointsQuery::new().users(Vec::new()), "user_ids: []"),
    ] {
        let script = script(sample!("points/samples/account_info_batch.page.json"));
        let client = script.direct(builder()).build().unwrap();
        client.points_accounts_page(&query, None).await.unwrap();
        assert!(render(&script.transport.requests()[1]).contains(users));
    }
}

#[tokio::test]
async fn more_users_than_the_vendor_takes_are_refused() {
    let script = Script::new([]);
    let client = script.direct(builder()).build().unwrap();
    let query = PointsQuery::new().users(vec!["u".into(); 101]);
    let error = client.points_accounts_page(&query, None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn the_sums_of_a_live() {
    for (name, body) in [
        ("summary", sample!("red_packet/samples/red_packet_analysis.some.json")),
        ("summary_of_none", sample!("red_packet/samples/red_packet_analysis.none.json")),
    ] {
        let script = script(body);
        let client = script.direct(builder()).build().unwrap();
        let summary = client.red_packet_summary(&live()).await.unwrap();
        insta::assert_debug_snapshot!(name, summary);
    }
}

fn may() -> Month {
    Month::new(2025, 5).unwrap()
}

#[tokio::test]
async fn points_entries_of_both_editions() {
    for (name, body) in [
        ("points_entries", sample!("points/samples/account_flow_list.new.json")),
        ("points_entries_older", sample!("points/samples/account_flow_list.old.json")),
    ] {
        let script = script(body);
        let client = script.direct(builder()).build().unwrap();
        let query = PointsEntryQuery::new(may(), may()).user("u_1").page_size(7);
        let query = query.kind(PointsEntryKind::Spent);
        let page = client.points_entries_page(&query, None).await.unwrap();
        insta::assert_snapshot!("points_entries.request", render(&script.transport.requests()[1]));
        insta::assert_debug_snapshot!(name, page);
    }
}

#[tokio::test]
async fn the_points_log_goes_on_with_the_next_month() {
    let entry = sample!("points/samples/account_flow_list.new.json");
    let none = r#"{"code":0,"msg":"","data":{"list":[]}}"#;
    let answers = [TOKEN, entry, none, entry, none].map(|body| Ok(answer(200, body)));
    let script = Script::new(answers);
    let client = script.direct(builder()).build().unwrap();
    let query = PointsEntryQuery::new(may(), may().next().unwrap()).page_size(1);
    let mut cursor = None;
    let mut rows = 0;
    loop {
        let page = client.points_entries_page(&query, cursor.as_ref()).await.unwrap();
        rows += page.items.len();
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(rows, 2);
    let requests: Vec<String> = script.transport.requests()[1..].iter().map(render).collect();
    let months = requests.iter().map(|request| request.contains("2025_05"));
    assert_eq!(months.collect::<Vec<_>>(), [true, true, false, false]);
    assert!(requests[2..].iter().all(|request| request.contains("2025_06")));
}

#[tokio::test]
async fn entries_without_id_that_say_the_same_stay_apart() {
    let row = r#"{"user_id":"u","flow_type":1,"flow_count":5,"create_time":"2025-05-06 16:01:52"}"#;
    let body: &str = format!(r#"{{"code":0,"msg":"","data":[{row},{row}]}}"#).leak();
    let client = script(body).direct(builder()).build().unwrap();
    let query = PointsEntryQuery::new(may(), may());
    let page = client.points_entries_page(&query, None).await.unwrap();
    let ordinals: Vec<u32> = page.items.iter().map(|entry| entry.ordinal).collect();
    assert_eq!(ordinals, [0, 1]);
}
