//! Errors of the vendors' own form.

use live_rewards_emulator::{Fault, FaultKind};
use serde_json::json;

use crate::faults::{gifts, of_live, red_packs, with};
use crate::support::{RED_PACKETS, polyv_get};

fn error(vendor: &str, code: &str) -> Fault {
    Fault::new(vendor, FaultKind::BusinessError(code.to_owned()))
}

#[tokio::test]
async fn each_vendor_has_its_form_and_its_words() {
    let emulator = with(error("polyv", "10005")).await;
    emulator.add_fault(error("xiaoe", "1001").endpoint("red_packet_list")).unwrap();
    emulator.add_fault(error("yxt", "global.noprivilege")).unwrap();

    let polyv = red_packs(&emulator, &[]).await;
    let expected = json!({"code": 10_005, "desc": "系统异常"});
    assert_eq!((polyv.status, polyv.at("/code"), polyv.at("/error")), (500, json!(500), expected));
    let xiaoe = of_live(&emulator, RED_PACKETS, "").await;
    let expected = json!({"code": 1001, "msg": "系统繁忙", "data": null});
    assert_eq!((xiaoe.status, xiaoe.json()), (200, expected));
    let yxt = gifts(&emulator, &[]).await;
    assert_eq!((yxt.status, yxt.at("/error/message")), (400, json!("No privilege.")));
}

#[tokio::test]
async fn codes_that_the_tables_lack_have_the_words_of_the_emulators_own_refusals() {
    let emulator = with(error("polyv", "20002")).await;
    let answer = red_packs(&emulator, &[]).await;
    assert_eq!(answer.at("/error"), json!({"code": 20_002, "desc": "invalid signature."}));
}

#[tokio::test]
async fn a_message_takes_the_place_of_the_vendors_words() {
    let words = "busy \"for now\",\n稍后再试";
    let emulator = with(error("polyv", "10005").message(words)).await;
    emulator.add_fault(error("xiaoe", "3001").message(words).endpoint("red_packet_list")).unwrap();
    emulator.add_fault(error("yxt", "any.key").message(words)).unwrap();

    let polyv = red_packs(&emulator, &[]).await;
    let expected = json!({"code": 10_005, "desc": words});
    assert_eq!((polyv.status, polyv.at("/error")), (500, expected));
    let xiaoe = of_live(&emulator, RED_PACKETS, "").await;
    assert_eq!(xiaoe.json(), json!({"code": 3001, "msg": words, "data": null}));
    let yxt = gifts(&emulator, &[]).await;
    assert_eq!(yxt.json(), json!({"error": {"key": "any.key", "message": words}}));
}

#[tokio::test]
async fn polyvs_older_paths_have_the_older_form() {
    for (fault, status, words) in [
        (error("polyv", "10005"), 500, "系统异常"),
        (error("polyv", "20002"), 400, "invalid signature."),
        (error("polyv", "10005").message("later"), 500, "later"),
    ] {
        let emulator = with(fault).await;
        let answer = polyv_get(&emulator, "/live/v3/channel/session/list", &[]).await;
        let expected = json!({"code": status, "status": "error", "message": words, "data": ""});
        assert_eq!((answer.status, answer.json()), (status, expected));
    }
}

#[tokio::test]
async fn of_two_errors_the_first_is_answered_in_its_own_words() {
    let emulator = with(error("yxt", "first")).await;
    emulator.add_fault(error("yxt", "second").message("second")).unwrap();
    let answer = gifts(&emulator, &[]).await;
    assert_eq!(answer.at("/error"), json!({"key": "first", "message": "Unknow error!"}));
}

#[tokio::test]
async fn an_error_with_a_message_can_be_cut() {
    let emulator = with(error("yxt", "any.key").message("m".repeat(1000))).await;
    emulator.add_fault(Fault::new("yxt", FaultKind::CutBody)).unwrap();
    let text = gifts(&emulator, &[]).await.text;
    assert!(text.ends_with("mmm") && (500..600).contains(&text.len()), "{text}");
}
