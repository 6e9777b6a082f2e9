//! Calls that change something at the vendor.

use live_rewards_core::{Delivery, ErrorKind};
use live_rewards_http::{
    TransportError,
    test_util::{Script, answer},
};
use xiaoe_api::points::AccountDeductionBatch;

use crate::support::{TOKEN, builder};

/// There is no key by which the vendor would know it again. A code that is not published may come after some users have paid.
#[tokio::test]
async fn a_deduction_that_may_have_been_made_is_not_repeated() {
    let [busy, other] = [1001, 3999].map(|code| format!(r#"{{"code":{code},"data":null}}"#));
    for outcome in [
        Ok(answer(200, busy)),
        Ok(answer(200, other)),
        Ok(answer(502, "<html>")),
        Ok(answer(200, "{")),
        Err(TransportError::timed_out()),
    ] {
        let script = Script::new([Ok(answer(200, TOKEN)), outcome]);
        let client = script.direct(builder()).build().unwrap();
        let request = AccountDeductionBatch::new(100, vec!["u_1".to_owned()]);
        let error = client.send(request).await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{error}");
        assert_eq!(script.transport.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_deduction_beyond_what_the_vendor_takes_is_not_sent() {
    let users = |count| vec!["u_1".to_owned(); count];
    for (score, users) in [(0, users(1)), (1, users(101))] {
        let script = Script::new([]);
        let client = script.direct(builder()).build().unwrap();
        let error = client.send(AccountDeductionBatch::new(score, users)).await.unwrap_err();
        assert_eq!((error.kind(), error.delivery()), (ErrorKind::InvalidInput, Delivery::NotSent));
        assert_eq!(script.transport.requests().len(), 0);
    }
}

#[tokio::test]
async fn a_deduction_that_was_refused_for_its_token_is_made_with_another() {
    let [expired, done] = [r#"{"code":2008,"data":null}"#, r#"{"code":0,"data":[]}"#];
    let script = Script::new([TOKEN, expired, TOKEN, done].map(|body| Ok(answer(200, body))));
    let client = script.direct(builder()).build().unwrap();
    client.send(AccountDeductionBatch::new(100, vec!["u_1".to_owned()])).await.unwrap();
    assert_eq!(script.transport.requests().len(), 4);
}
