use std::time::Duration;

use live_rewards_http::{
    Stats, TransportError,
    test_util::{Script, answer},
};

use crate::shop::{Read, ShopClient, good};

#[tokio::test]
async fn everything_that_is_done_is_counted() {
    let page = r#"{"rows":[7,{"id":1,"amount":1},8]}"#;
    let script = Script::new([
        Ok(answer(502, "<p>")),
        Err(TransportError::broken_off("reset")),
        Ok(good(page)),
        Ok(good("null")),
    ]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    assert_eq!(client.0.stats(), Stats::default());
    client.send(Read).await.unwrap();
    client.0.clone().call(&Read).await.unwrap();
    let stats = client.0.stats();
    let calls = (stats.requests, stats.attempts, stats.refusals, stats.rejected_rows);
    assert_eq!(calls, (2, 4, 2, 2));
    let envelope = r#"{"code":0,"data":}"#.len();
    let bytes = "<p>".len() + envelope + page.len() + envelope + "null".len();
    assert_eq!(stats.bytes_received, u64::try_from(bytes).unwrap());
    // Two before another attempt, and those for the rate limit.
    let sleeps = script.clock.sleeps();
    assert!(sleeps.len() >= 2);
    assert_eq!(stats.waits, u64::try_from(sleeps.len()).unwrap());
    assert_eq!(stats.waited, sleeps.iter().sum::<Duration>());
}
