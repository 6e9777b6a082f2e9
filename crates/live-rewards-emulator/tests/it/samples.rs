//! Calls that answer an example, and paths with parameters.

use serde_json::json;

use crate::support::{http, polyv_form, polyv_get, send, tiny, xiaoe, xiaoe_token};

const LOTTERIES: &str = "/xe.alive.marketing.history.prize.list/1.0.0";
const COUPONS: &str = "/live/v4/user/coupon/search";

#[tokio::test]
async fn an_example_has_rows_on_its_first_page_only() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    for (page, rows) in [(1, 1), (2, 0)] {
        let body = json!({"alive_id": "l_1", "page": page, "page_size": 10});
        let answer = xiaoe(&emulator, LOTTERIES, &token, body).await;
        assert_eq!((answer.at("/code"), answer.count("/data/list")), (json!(0), rows));
        let number = page.to_string();
        let answer = polyv_get(&emulator, COUPONS, &[("pageNumber", &number)]).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.count("/data/contents") > 0, rows > 0);
    }
    assert_eq!(emulator.journal().pop().unwrap().endpoint, Some("coupon_list"));
}

#[tokio::test]
async fn the_rules_of_the_vendor_hold_for_examples_too() {
    let emulator = tiny().await;
    let body = json!({"alive_id": "l_1", "page": 1, "page_size": 10});
    assert_eq!(xiaoe(&emulator, LOTTERIES, "xe_none", body).await.at("/code"), json!(2008));
    let token = xiaoe_token(&emulator).await;
    let missing = xiaoe(&emulator, LOTTERIES, &token, json!({"page": 1, "page_size": 10})).await;
    assert_eq!(missing.at("/code"), json!(3001));
    let unsigned = format!("{}{COUPONS}", emulator.ready().polyv.base_url);
    assert_eq!(send(http().get(unsigned)).await.status, 400);
}

#[tokio::test]
async fn parameters_are_taken_from_the_path() {
    let emulator = tiny().await;
    let account = emulator.ready().polyv.live_account.clone();
    let dates = [("startDate", "2026-01-01"), ("endDate", "2026-01-02")];
    let path = |account: &str| format!("/live/v2/user/{account}/get-income-detail");
    let own = polyv_form(&emulator, &path(&account), &dates).await;
    assert_eq!(own.status, 200, "{}", own.text);
    let escaped = account.replace('d', "%64");
    assert_eq!(polyv_form(&emulator, &path(&escaped), &dates).await.status, 200);
    assert_eq!(emulator.journal().pop().unwrap().endpoint, Some("income_detail"));

    assert_ne!(polyv_form(&emulator, &path("another"), &dates).await.status, 200);
    assert_eq!(polyv_form(&emulator, &path(""), &dates).await.status, 404);
    assert_eq!(polyv_get(&emulator, &path(&account), &dates).await.status, 405);
}
