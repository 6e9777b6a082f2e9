use std::{collections::BTreeSet, time::Duration};

use http::{
    StatusCode,
    header::{DATE, HeaderValue, RETRY_AFTER},
};
use live_rewards_core::{Delivery, ErrorKind};
use live_rewards_http::{
    Answer, ClientBuilder, Limits, Retry, TransportError,
    test_util::{Script, answer},
};

use crate::shop::{Read, ShopClient, Tokens, Write, coded, good};

type Outcome = Result<Answer, TransportError>;

/// Whether a call that first fails like this is tried again: a read, then a write.
async fn repeated(renewable: bool, failure: impl Fn() -> Outcome + Send + Sync) -> [bool; 2] {
    let mut repeated = [false; 2];
    for (write, repeated) in [false, true].into_iter().zip(&mut repeated) {
        let script = Script::new([failure(), Ok(good("null"))]);
        let builder = if renewable {
            ShopClient::with_tokens(&Tokens::on(&script))
        } else {
            ShopClient::builder()
        };
        let client = script.direct(builder).build().unwrap();
        let outcome = if write { client.send(Write).await } else { client.send(Read).await };
        *repeated = script.transport.requests().len() == 2;
        assert_eq!(outcome.is_ok(), *repeated);
    }
    repeated
}

/// A refusal with a code, of which this is known, by a vendor whose clock is the same or hours ahead.
fn refused(code: u16, delivery: &str, ahead: bool) -> Answer {
    let body = format!(r#"{{"code":{code},"delivery":"{delivery}"}}"#);
    let mut answer = answer(200, body);
    let date =
        if ahead { "Fri, 12 Aug 2022 09:48:46 GMT" } else { "Fri, 12 Aug 2022 02:48:46 GMT" };
    answer.headers_mut().insert(DATE, HeaderValue::from_static(date));
    answer
}

#[tokio::test]
async fn repeating_follows_effect_delivery_and_refusal_never_the_method() {
    const NEVER: [[bool; 2]; 3] = [[false; 2]; 3];
    // Not sent, refused, unknown: of these a read (by POST) is repeated, and a write (by GET).
    const IF_SAFE: [[bool; 2]; 3] = [[true, true], [true, true], [true, false]];
    let table = [
        ("refused for good", 10, [false, false], NEVER),
        ("refused for now", 20, [false, false], IF_SAFE),
        ("credentials, of which there are others", 30, [true, false], IF_SAFE),
        ("credentials, of which there are no others", 30, [false, false], NEVER),
        ("time, and the answer shows another", 40, [false, true], IF_SAFE),
        ("time, but the answer shows the same", 40, [false, false], NEVER),
        ("the window is full", 60, [false, false], IF_SAFE),
        ("blocked", 70, [false, false], NEVER),
        // Whatever the vendor calls it, a refusal for credentials that shows another time is one for the time.
        ("refused for good, at another time", 10, [false, true], IF_SAFE),
    ];
    for (what, code, [renewable, ahead], expected) in table {
        for (delivery, expected) in ["not sent", "refused", "unknown"].into_iter().zip(expected) {
            let failure = || Ok(refused(code, delivery, ahead));
            assert_eq!(repeated(renewable, failure).await, expected, "{what}, {delivery}");
        }
    }
}

/// What becomes of an attempt, and whether a read and a write are repeated then.
type Case = (fn() -> Outcome, [bool; 2]);

fn page(status: u16) -> Answer {
    answer(status, "<html>")
}

fn coded_with(status: u16, code: u16) -> Answer {
    let mut answer = coded(code);
    *answer.status_mut() = StatusCode::from_u16(status).unwrap();
    answer
}

#[tokio::test]
async fn what_gateways_and_networks_do_is_repeated_where_it_is_safe() {
    let table: [Case; 14] = [
        (|| Err(TransportError::not_sent("refused")), [true, true]),
        (|| Err(TransportError::broken_off("reset")), [true, false]),
        (|| Err(TransportError::timed_out()), [true, false]),
        (|| Err(TransportError::too_large(7)), [false, false]),
        (|| Ok(page(200)), [true, false]),
        (|| Ok(page(403)), [false, false]),
        (|| Ok(page(404)), [false, false]),
        (|| Ok(page(408)), [true, false]),
        (|| Ok(page(429)), [true, false]),
        (|| Ok(page(502)), [true, false]),
        // A fault of the vendor may have come after the deed, whatever the code says.
        (|| Ok(coded_with(503, 20)), [true, false]),
        (|| Ok(coded_with(503, 60)), [true, false]),
        (|| Ok(coded_with(500, 10)), [false, false]),
        (|| Ok(coded_with(429, 60)), [true, true]),
    ];
    for (failure, expected) in table {
        assert_eq!(repeated(false, failure).await, expected, "{:?}", failure());
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

fn unlimited(script: &Script) -> ClientBuilder<ShopClient> {
    script.direct(ShopClient::builder()).limits(Limits::unlimited())
}

#[tokio::test]
async fn waits_double_with_jitter_and_end() {
    let script = Script::new((0..100).map(|_| Ok(coded(20))));
    let client = unlimited(&script).build().unwrap();
    for _ in 0..20 {
        let error = client.send(Read).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Vendor, 5));
    }
    let sleeps = script.clock.sleeps();
    assert_eq!(sleeps.len(), 80);
    for at in 0..4 {
        let least = Duration::from_millis(200) * 2_u32.pow(at.try_into().unwrap());
        let waits: BTreeSet<_> = sleeps.iter().skip(at).step_by(4).copied().collect();
        assert!(waits.iter().all(|wait| (least..=least * 2).contains(wait)), "{waits:?}");
        // Calls that failed together don't come again together.
        assert!(waits.len() > 15, "{waits:?}");
        assert!(waits.last().unwrap().abs_diff(*waits.first().unwrap()) > least / 2, "{waits:?}");
    }
}

#[tokio::test]
async fn an_exceeded_limit_waits_a_window() {
    let script = Script::new([Ok(coded(60)), Ok(good("null"))]);
    unlimited(&script).build().unwrap().send(Read).await.unwrap();
    assert_eq!(script.clock.sleeps(), [Duration::from_secs(10)]);
}

/// How long a call waits that is answered this and then well.
async fn waited(code: u16, headers: &[(http::HeaderName, &'static str)]) -> Duration {
    let mut refusal = coded(code);
    for &(ref name, value) in headers {
        refusal.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let script = Script::new([Ok(refusal), Ok(good("null"))]);
    unlimited(&script).build().unwrap().send(Read).await.unwrap();
    let sleeps = script.clock.sleeps();
    assert_eq!(sleeps.len(), 1);
    sleeps[0]
}

#[tokio::test]
async fn the_vendor_says_how_long_to_wait_at_least() {
    let seconds = Duration::from_secs;
    assert_eq!(waited(20, &[(RETRY_AFTER, "30")]).await, seconds(30));
    assert_eq!(waited(20, &[(RETRY_AFTER, " 30 ")]).await, seconds(30));
    assert_eq!(waited(60, &[(RETRY_AFTER, "30")]).await, seconds(30));
    // A shorter time than that between attempts, or than the window, shortens nothing.
    assert!(waited(20, &[(RETRY_AFTER, "0")]).await >= Duration::from_millis(200));
    assert_eq!(waited(60, &[(RETRY_AFTER, "1")]).await, seconds(10));
    // The clock shows 02:48:46.
    let at = (RETRY_AFTER, "Fri, 12 Aug 2022 02:49:16 GMT");
    assert_eq!(waited(20, std::slice::from_ref(&at)).await, seconds(30));
    // One of the two clocks may be wrong by hours: what counts is the vendor's own time.
    for (date, wait) in
        [("Fri, 12 Aug 2022 02:48:56 GMT", 20), ("Fri, 12 Aug 2022 02:49:15 GMT", 1)]
    {
        assert_eq!(waited(20, &[at.clone(), (DATE, date)]).await, seconds(wait));
    }
    let hours_behind =
        [(RETRY_AFTER, "Thu, 11 Aug 2022 20:00:30 GMT"), (DATE, "Thu, 11 Aug 2022 20:00:00 GMT")];
    assert_eq!(waited(20, &hours_behind).await, seconds(30));
    // Neither an instant that has passed nor nonsense makes it wait.
    for value in ["Fri, 12 Aug 2022 02:00:00 GMT", "soon", "-5"] {
        assert!(waited(20, &[(RETRY_AFTER, value)]).await < seconds(1), "{value}");
    }
}

#[tokio::test]
async fn the_error_says_what_is_known_of_the_delivery() {
    for (failure, delivery) in [
        (Err(TransportError::not_sent("refused")), Delivery::NotSent),
        (Err(TransportError::timed_out()), Delivery::Unknown),
        (Ok(coded(10)), Delivery::Refused),
        // No published code; a part may have been done.
        (Ok(coded(99)), Delivery::Unknown),
        (Ok(coded_with(404, 99)), Delivery::Refused),
        (Ok(coded(50)), Delivery::Unknown),
        (Ok(answer(502, "<html>")), Delivery::Unknown),
    ] {
        let script = Script::new([failure]);
        let builder = script.direct(ShopClient::builder()).retry(Retry::none());
        let error = builder.build().unwrap().send(Write).await.unwrap_err();
        assert_eq!((error.delivery(), error.endpoint()), (delivery, Some("write")));
    }
}
