//! Calls that answer an example, and paths with parameters.

use crate::support::{http, polyv_form, polyv_get, send, tiny};

const COUPONS: &str = "/live/v4/user/coupon/search";

#[tokio::test]
async fn an_example_has_rows_on_its_first_page_only() {
    let emulator = tiny().await;
    for (page, has_rows) in [("1", true), ("2", false)] {
        let answer = polyv_get(&emulator, COUPONS, &[("pageNumber", page)]).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.count("/data/contents") > 0, has_rows);
    }
    assert_eq!(emulator.journal().pop().unwrap().endpoint, Some("coupon_list"));
}

#[tokio::test]
async fn the_rules_of_the_vendor_hold_for_examples_too() {
    let emulator = tiny().await;
    let receivers = "/live/v4/user/coupon/search-viewer";
    assert_eq!(polyv_get(&emulator, receivers, &[("couponId", "c_1")]).await.status, 200);
    assert_eq!(polyv_get(&emulator, receivers, &[]).await.status, 400);
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
