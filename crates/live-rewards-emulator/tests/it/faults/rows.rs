//! Pages, rows and totals that aren't as they should be.

use live_rewards_emulator::{Emulator, Fault, FaultKind};
use serde_json::json;

use crate::faults::{gifts, of_live, red_packs, with};
use crate::support::{ACCOUNTS, Answer, RECORDS, RED_PACKETS, tiny, xiaoe, xiaoe_token};

async fn accounts(emulator: &Emulator, page: i32) -> Answer {
    let token = xiaoe_token(emulator).await;
    let body = json!({"page": page.to_string(), "page_size": "10", "user_ids": null});
    xiaoe(emulator, ACCOUNTS, &token, body).await
}

fn last_faults(emulator: &Emulator) -> Vec<String> {
    emulator.journal().pop().unwrap().faults
}

/// Ids of the red packs on a page of five.
async fn page_of_five(emulator: &Emulator, number: &str) -> Vec<String> {
    let answer = red_packs(emulator, &[("pageNumber", number), ("pageSize", "5")]).await;
    answer.column("/data/contents", "redPackId")
}

#[tokio::test]
async fn rows_that_come_twice_or_get_lost() {
    let emulator = tiny().await;
    let (first, second) = (page_of_five(&emulator, "1").await, page_of_five(&emulator, "2").await);

    emulator.add_fault(Fault::new("polyv", FaultKind::DuplicateRows(2))).unwrap();
    assert_eq!(page_of_five(&emulator, "1").await, first);
    assert!(last_faults(&emulator).is_empty());
    let repeated = [&first[3..], &second[..]].concat();
    assert_eq!(page_of_five(&emulator, "2").await, repeated);
    assert_eq!(last_faults(&emulator), ["1 duplicate_rows"]);

    emulator.clear_faults();
    emulator.add_fault(Fault::new("polyv", FaultKind::ShiftedPage(2))).unwrap();
    assert_eq!(page_of_five(&emulator, "2").await, [&first[3..], &second[..3]].concat());
}

#[tokio::test]
async fn pages_that_are_counted_in_rows_overlap_too() {
    let emulator = tiny().await;
    let all = gifts(&emulator, &[]).await.column("/datas", "pid");
    emulator.add_fault(Fault::new("yxt", FaultKind::ShiftedPage(1))).unwrap();
    let page = gifts(&emulator, &[("limit", "4"), ("offset", "8")]).await;
    assert_eq!(page.column("/datas", "pid"), all[7..11]);
}

#[tokio::test]
async fn pages_that_are_smaller_than_asked_for() {
    let emulator = tiny().await;
    let all = accounts(&emulator, 1).await.column("/data/list", "id");
    emulator.add_fault(Fault::new("xiaoe", FaultKind::SilentCap(4))).unwrap();
    for (number, expected) in [(1, &all[..4]), (2, &all[4..8])] {
        let page = accounts(&emulator, number).await;
        assert_eq!(page.column("/data/list", "id"), expected);
        assert_eq!(page.at("/data/page/page_size"), json!(4));
    }
    assert_eq!(last_faults(&emulator), ["1 silent_cap"]);
}

#[tokio::test]
async fn labels_that_nobody_knows() {
    let emulator = with(Fault::new("polyv", FaultKind::UnknownLabel)).await;
    emulator.add_fault(Fault::new("xiaoe", FaultKind::UnknownLabel)).unwrap();
    let polyv = red_packs(&emulator, &[]).await;
    assert_eq!(polyv.at("/data/contents/0/allotType"), json!("emulator-label"));
    assert_ne!(polyv.at("/data/contents/1/allotType"), json!("emulator-label"));
    assert_eq!(polyv.at("/status"), json!("success"));
    let list = of_live(&emulator, RED_PACKETS, "").await;
    assert_eq!(list.at("/data/0/r_type"), json!(99));
    let id = list.at("/data/0/id").as_str().unwrap().to_owned();
    let record = of_live(&emulator, RECORDS, &id).await;
    assert_eq!(record.at("/data/send_info/r_type"), json!(99));
}

#[tokio::test]
async fn a_label_that_is_chosen() {
    let label_in = |name: &str| FaultKind::UnknownLabelIn(name.to_owned());
    let emulator = with(Fault::new("polyv", label_in("status"))).await;
    let page = red_packs(&emulator, &[]).await;
    assert_eq!(page.at("/data/contents/0/status"), json!("emulator-label"));
    assert_ne!(page.at("/data/contents/1/status"), json!("emulator-label"));
    assert_eq!((page.at("/status"), page.at("/code")), (json!("success"), json!(200)));

    // In the rows, or beside them where they have none of this name.
    let id = of_live(&emulator, RED_PACKETS, "").await.at("/data/0/id");
    emulator.add_fault(Fault::new("xiaoe", label_in("state"))).unwrap();
    let list = of_live(&emulator, RED_PACKETS, "").await;
    assert_eq!(list.at("/data/0/state"), json!(99));
    let record = of_live(&emulator, RECORDS, id.as_str().unwrap()).await;
    assert_eq!(record.at("/data/send_info/state"), json!(99));
    assert_eq!(last_faults(&emulator), ["2 unknown_label_in"]);
}

#[tokio::test]
async fn a_first_row_that_is_not_as_documented() {
    let emulator = tiny().await;
    let plain = gifts(&emulator, &[]).await.at("/datas");
    emulator.add_fault(Fault::new("yxt", FaultKind::NewField)).unwrap();
    emulator.add_fault(Fault::new("yxt", FaultKind::ChangedType)).unwrap();
    let changed = gifts(&emulator, &[]).await.at("/datas");
    assert_eq!(changed[0]["emulatorNewField"], json!("new"));
    assert_eq!(changed[0]["quantity"], json!(plain[0]["quantity"].to_string()));
    let pid = plain[0]["pid"].as_str().unwrap().parse::<i64>().unwrap();
    assert_eq!(changed[0]["pid"], json!(pid));
    assert_eq!(changed[0]["createTime"], plain[0]["createTime"]);
    assert_eq!(changed[1], plain[1]);
    assert_eq!(last_faults(&emulator), ["1 new_field", "2 changed_type"]);
}

#[tokio::test]
async fn a_first_row_that_can_not_be_read() {
    let emulator = tiny().await;
    let plain = gifts(&emulator, &[]).await.at("/datas");
    let file = "[[fault]]\nvendor = \"yxt\"\nkind = \"broken_row\"";
    for fault in Fault::from_toml(file).unwrap() {
        emulator.add_fault(fault).unwrap();
    }
    let broken = gifts(&emulator, &[]).await.at("/datas");
    assert_eq!(broken[0]["pid"], json!({}));
    assert_eq!(broken[0]["quantity"], plain[0]["quantity"]);
    assert_eq!(broken[1], plain[1]);
    assert_eq!(last_faults(&emulator), ["1 broken_row"]);

    // The red packet beside the claims is no row.
    let packets = of_live(&emulator, RED_PACKETS, "").await.column("/data", "id");
    emulator.add_fault(Fault::new("xiaoe", FaultKind::BrokenRow)).unwrap();
    assert_eq!(of_live(&emulator, RED_PACKETS, "").await.at("/data/0/id"), json!({}));
    let mut broken = 0;
    for id in packets {
        let record = of_live(&emulator, RECORDS, &id).await;
        assert_eq!(record.at("/data/send_info/id"), json!(id));
        broken += usize::from(record.at("/data/record_list/0/user_id") == json!({}));
    }
    assert!(broken > 0);
}

#[tokio::test]
async fn totals_that_are_off() {
    let emulator = with(Fault::new("polyv", FaultKind::WrongTotal(3))).await;
    emulator.add_fault(Fault::new("xiaoe", FaultKind::WrongTotal(-1))).unwrap();
    assert_eq!(red_packs(&emulator, &[]).await.at("/data/totalItems"), json!(18));
    assert_eq!(accounts(&emulator, 1).await.at("/data/page/total"), json!(24));
    // Where an answer states none, nothing happens.
    of_live(&emulator, RED_PACKETS, "").await;
    assert!(last_faults(&emulator).is_empty());
}
