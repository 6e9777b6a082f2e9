//! The published limit, 1500 requests in 10 s for an address, and the block that follows on more.

use std::{sync::Arc, time::Duration};

use live_rewards_core::{Delivery, Error, ErrorKind};
use live_rewards_http::{
    Endpoint, LimitScope, Limits, RateLimit,
    test_util::{ManualClock, Script, TimedTransport, answer, in_any_window},
};
use polyv_live_api::{PolyvClient, PolyvConfig, red_pack::RedPackStatistics};

use crate::support::builder;

const NO_PACKETS: &str = r#"{"code":200,"status":"success","data":{"contents":[]}}"#;
const BLOCKED: &str =
    r#"{"code":400,"status":"error","message":"qps exceeds number of calls, limit: 1500"}"#;

fn limits(script: &Script) -> Limits {
    Limits::with_clock(Arc::<ManualClock>::clone(&script.clock))
}

#[tokio::test]
async fn several_clients_together_use_most_of_it_and_never_more() {
    let limit = RedPackStatistics::INFO.limit.unwrap();
    assert_eq!(limit, RateLimit::new(1500, 10, LimitScope::Address));
    let script = Script::new([]);
    let clock = Arc::<ManualClock>::clone(&script.clock);
    let transport = TimedTransport::new(clock, |_| Ok(answer(200, NO_PACKETS)));
    let limits = limits(&script);
    let clients: [PolyvClient; 3] = ["one", "other", "third"].map(|application| {
        let builder = PolyvClient::builder(PolyvConfig::new(application, "secret"));
        let builder = script.direct(builder).limits(limits.clone());
        builder.transport(Arc::<TimedTransport>::clone(&transport)).build().unwrap()
    });
    for client in clients.iter().cycle().take(3750) {
        client.send(RedPackStatistics::new("1")).await.unwrap();
    }
    let asked = transport.asked(RedPackStatistics::INFO.path);
    assert_eq!(asked.len(), 3750);
    let (fewest, most) = in_any_window(&asked, limit.window);
    assert!(most <= 1500, "{most} requests in 10 s");
    assert!((1350..=1500).contains(&fewest), "only {fewest} requests in 10 s");
}

fn left(error: &Error) -> u64 {
    assert_eq!(error.kind(), ErrorKind::Blocked);
    error.retry_after().unwrap().as_secs()
}

#[tokio::test]
async fn a_block_is_waited_out_by_all_clients_of_the_host_and_by_no_others() {
    let good = || Ok(answer(200, NO_PACKETS));
    let script = Script::new([Ok(answer(400, BLOCKED)), good(), good(), good()]);
    let limits = limits(&script);
    let client = |config: PolyvConfig| {
        let builder = script.direct(PolyvClient::builder(config)).limits(limits.clone());
        builder.build().unwrap()
    };
    let one = client(PolyvConfig::new("one", "secret"));
    let other = client(PolyvConfig::new("other", "secret"));
    let elsewhere = PolyvConfig::new("one", "secret").base_url("https://polyv.example.com");
    let elsewhere = client(elsewhere);
    let request = || RedPackStatistics::new("1");

    assert_eq!(left(&one.send(request()).await.unwrap_err()), 300);
    elsewhere.send(request()).await.unwrap();
    script.clock.advance(Duration::from_secs(299));
    for client in [&one, &other] {
        let error = client.send(request()).await.unwrap_err();
        assert_eq!(left(&error), 1);
        assert_eq!((error.attempts(), error.delivery()), (0, Delivery::NotSent));
        assert!(error.to_string().contains("until 2022-08-12T02:53:46Z"), "{error}");
    }
    assert_eq!(script.transport.requests().len(), 2, "nobody knocked");
    script.clock.advance(Duration::from_secs(1));
    one.send(request()).await.unwrap();
    other.send(request()).await.unwrap();
}

#[tokio::test]
async fn what_is_no_block_keeps_nobody_back() {
    let forbidden = r#"{"code":403,"status":"error","message":"invalid signature.","data":""}"#;
    let script = Script::new([Ok(answer(403, forbidden)), Ok(answer(200, NO_PACKETS))]);
    let client = script.direct(builder()).build().unwrap();
    client.send(RedPackStatistics::new("1")).await.unwrap_err();
    client.send(RedPackStatistics::new("1")).await.unwrap();
}
