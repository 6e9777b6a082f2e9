use std::time::Duration;

use live_rewards_core::{Delivery, ErrorKind};
use live_rewards_http::{
    Answer, Retry, TransportError,
    test_util::{Script, answer},
};

use crate::shop::{Read, ShopClient, Write, coded, good};

type Outcome = Result<Answer, TransportError>;

fn failure(name: &str) -> Outcome {
    match name {
        "not sent" => Err(TransportError::not_sent("refused")),
        "broken off" => Err(TransportError::broken_off("reset")),
        "timed out" => Err(TransportError::timed_out()),
        "html 200" => Ok(answer(200, "<html>")),
        "html 502" => Ok(answer(502, "<html>")),
        "html 403" => Ok(answer(403, "<html>")),
        code => Ok(coded(code.parse().unwrap())),
    }
}

/// Whether a call that first fails like this is tried again.
async fn is_repeated(write: bool, name: &str) -> bool {
    let script = Script::new([failure(name), Ok(good("null"))]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    let outcome =
        if write { client.send(Write).await.map(drop) } else { client.send(Read).await.map(drop) };
    let repeated = script.transport.requests().len() == 2;
    assert_eq!(outcome.is_ok(), repeated, "{name}");
    repeated
}

#[tokio::test]
async fn repeating_follows_effect_delivery_and_refusal_never_the_method() {
    // failure, a read (by POST) is repeated, a write (by GET) is repeated
    let table = [
        ("not sent", true, true),
        ("broken off", true, false),
        ("timed out", true, false),
        ("html 200", true, false),
        ("html 502", true, false),
        ("html 403", false, false),
        ("10", false, false), // refused for good
        ("20", true, true),   // refused, worth another attempt
        ("30", false, false), // credentials, but there are no others
        ("40", false, false), // time, but the answer shows none
        ("50", true, false),  // may have been done
        ("60", true, true),   // too many requests
        ("70", false, false), // blocked
    ];
    for (name, read, write) in table {
        assert_eq!(is_repeated(false, name).await, read, "read after {name}");
        assert_eq!(is_repeated(true, name).await, write, "write after {name}");
    }
}

#[tokio::test]
async fn every_attempt_is_authorised_anew() {
    let script = Script::new([Ok(coded(20)), Ok(coded(20)), Ok(good("null"))]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    client.send(Read).await.unwrap();
    let parameters = |name: &str| -> Vec<String> {
        let requests = script.transport.requests();
        let values = requests.iter().map(|request| {
            let query = request.uri().query().unwrap().as_bytes();
            let found = form_urlencoded::parse(query).find(|(key, _)| key == name);
            found.unwrap().1.into_owned()
        });
        values.collect()
    };
    let nonces = parameters("nonce");
    assert!(nonces[0] != nonces[1] && nonces[1] != nonces[2], "{nonces:?}");
    assert!(parameters("timestamp")[0] <= parameters("timestamp")[2]);
    assert_eq!(parameters("room"), ["r 1&x=y"; 3]);
}

#[tokio::test]
async fn waits_grow_and_end() {
    let script = Script::new((0..10).map(|_| Ok(coded(20))));
    let client = script.direct(ShopClient::builder()).build().unwrap();
    let error = client.send(Read).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Vendor, 5));
    let sleeps = script.clock.sleeps();
    assert_eq!(sleeps.len(), 4);
    for (at, sleep) in sleeps.iter().enumerate() {
        let least = Duration::from_millis(200) * 2_u32.pow(at.try_into().unwrap());
        assert!((least..=least * 2).contains(sleep), "{sleep:?}");
    }
}

#[tokio::test]
async fn the_deadline_covers_all_attempts() {
    let script = Script::new((0..100).map(|_| Ok(coded(20))));
    let client = script
        .direct(ShopClient::builder())
        .retry(Retry::default().max_retries(50))
        .deadline(Duration::from_secs(30))
        .build()
        .unwrap();
    let error = client.send(Read).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Vendor);
    assert!(script.clock.sleeps().iter().sum::<Duration>() < Duration::from_secs(30));
    assert!(error.attempts() > 3);
}

#[tokio::test]
async fn an_exceeded_limit_waits_a_window() {
    let script = Script::new([Ok(coded(60)), Ok(good("null"))]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    client.send(Read).await.unwrap();
    assert!(script.clock.sleeps().iter().any(|sleep| *sleep >= Duration::from_secs(10)));
}

#[tokio::test]
async fn the_error_says_what_is_known_of_the_delivery() {
    for (name, delivery) in [
        ("not sent", Delivery::NotSent),
        ("timed out", Delivery::Unknown),
        ("10", Delivery::Refused),
        ("50", Delivery::Unknown),
        ("html 502", Delivery::Unknown),
    ] {
        let script = Script::new([failure(name)]);
        let builder = script.direct(ShopClient::builder()).retry(Retry::none());
        let error = builder.build().unwrap().send(Write).await.unwrap_err();
        assert_eq!(error.delivery(), delivery, "{name}");
        assert_eq!(error.endpoint(), Some("write"));
    }
}
