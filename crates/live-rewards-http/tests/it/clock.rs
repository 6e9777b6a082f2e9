use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use http::header::{DATE, HeaderValue, RETRY_AFTER};
use live_rewards_core::{ErrorKind, Timestamp};
use live_rewards_http::{
    Answer, Clock, Transport, TransportError,
    test_util::{ManualClock, Script, ScriptedTransport},
};
use tokio::sync::Barrier;

use crate::{
    capture::Capture,
    shop::{Read, ShopClient, coded, good},
};

/// The script starts at 2022-08-12T02:48:46Z; the vendor's clock shows another time.
fn dated(mut answer: Answer, date: &'static str) -> Answer {
    answer.headers_mut().insert(DATE, HeaderValue::from_static(date));
    answer
}

fn timestamps(script: &Script) -> Vec<String> {
    let requests = script.transport.requests();
    let timestamp = |request: &http::Request<bytes::Bytes>| {
        let query = request.uri().query().unwrap().as_bytes().to_owned();
        let mut pairs = form_urlencoded::parse(&query);
        pairs.find(|(name, _)| name == "timestamp").unwrap().1.into_owned()
    };
    requests.iter().map(timestamp).collect()
}

#[tokio::test]
async fn a_refusal_for_time_corrects_the_offset_once_for_all_further_calls() {
    let hour_ahead = "Fri, 12 Aug 2022 03:48:46 GMT";
    let script =
        Script::new([Ok(dated(coded(40), hour_ahead)), Ok(good("null")), Ok(good("null"))]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    client.send(Read).await.unwrap();
    client.send(Read).await.unwrap();
    assert_eq!(timestamps(&script), ["1660272526", "1660276126", "1660276126"]);
}

/// Refuses what was signed more than five minutes away from its own time.
#[derive(Debug)]
struct Strict {
    clock: Arc<ManualClock>,
    ahead_s: i64,
    code: u16,
}

impl Strict {
    fn now(&self) -> Timestamp {
        Timestamp::from_epoch_ms(self.clock.now().epoch_ms() + self.ahead_s * 1000).unwrap()
    }
}

#[async_trait]
impl Transport for Strict {
    async fn send(
        &self,
        request: http::Request<bytes::Bytes>,
        _: Duration,
    ) -> Result<Answer, TransportError> {
        let query = request.uri().query().unwrap().as_bytes();
        let (_, signed) =
            form_urlencoded::parse(query).find(|(name, _)| name == "timestamp").unwrap();
        let now = self.now().epoch_seconds();
        let right = signed.parse::<i64>().unwrap().abs_diff(now) <= 300;
        let mut answer = if right { good("null") } else { coded(self.code) };
        let date = std::time::UNIX_EPOCH + Duration::from_secs(now.try_into().unwrap());
        let date = HeaderValue::try_from(httpdate::fmt_http_date(date)).unwrap();
        answer.headers_mut().insert(DATE, date);
        Ok(answer)
    }
}

#[tokio::test]
async fn a_clock_an_hour_off_is_refused_once_whatever_the_vendor_calls_it() {
    for (ahead_s, code) in [(3600, 40), (-3600, 40), (3600, 10), (-3600, 10)] {
        let script = Script::new([]);
        let vendor = Arc::new(Strict { clock: Arc::clone(&script.clock), ahead_s, code });
        let transport = Arc::<Strict>::clone(&vendor);
        let client = script.direct(ShopClient::builder()).transport(transport).build().unwrap();
        let (capture, guard) = Capture::here();
        let first = client.0.call(&Read).await.unwrap();
        let second = client.0.call(&Read).await.unwrap();
        drop(guard);
        let stats = client.0.stats();
        assert_eq!((stats.requests, stats.attempts, stats.refusals), (2, 3, 1));
        let text = capture.text();
        let told: Vec<_> = text.lines().filter(|line| line.contains("clock corrected")).collect();
        assert_eq!(told.len(), 1, "{text}");
        let offset = format!("offset_ms={}", ahead_s * 1000);
        assert!(told[0].contains("vendor=xiaoe") && told[0].contains(&offset), "{}", told[0]);
        assert_eq!([first.fetched_at, second.fetched_at], [vendor.now(); 2]);
    }
}

#[tokio::test]
async fn an_instant_to_wait_for_is_one_of_the_vendors_clock() {
    let mut busy = coded(20);
    let in_half_a_minute = HeaderValue::from_static("Fri, 12 Aug 2022 03:49:16 GMT");
    busy.headers_mut().insert(RETRY_AFTER, in_half_a_minute);
    let hour_ahead = "Fri, 12 Aug 2022 03:48:46 GMT";
    let script = Script::new([Ok(dated(coded(40), hour_ahead)), Ok(busy), Ok(good("null"))]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    client.send(Read).await.unwrap();
    assert_eq!(script.clock.sleeps(), [Duration::from_secs(30)]);
}

#[tokio::test]
async fn a_refused_signature_with_another_date_is_a_matter_of_time_too() {
    let hour_behind = "Fri, 12 Aug 2022 01:48:46 GMT";
    let script = Script::new([Ok(dated(coded(10), hour_behind)), Ok(good("null"))]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    client.send(Read).await.unwrap();
    assert_eq!(timestamps(&script), ["1660272526", "1660268926"]);
}

#[tokio::test]
async fn it_is_not_tried_twice() {
    let answers = [
        dated(coded(40), "Fri, 12 Aug 2022 03:48:46 GMT"),
        dated(coded(40), "Fri, 12 Aug 2022 09:48:46 GMT"),
    ];
    let script = Script::new(answers.map(Ok));
    let client = script.direct(ShopClient::builder()).build().unwrap();
    assert_eq!(client.send(Read).await.unwrap_err().kind(), ErrorKind::ClockSkew);
    assert_eq!(script.transport.requests().len(), 2);
}

/// As that of a gateway may be.
#[tokio::test]
async fn a_date_that_is_wrong_itself_does_no_harm() {
    let refused = || Ok(dated(coded(10), "Fri, 12 Aug 2022 03:48:46 GMT"));
    let script = Script::new([refused(), refused(), Ok(good("null"))]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    assert_eq!(client.send(Read).await.unwrap_err().kind(), ErrorKind::InvalidInput);
    client.send(Read).await.unwrap();
    assert_eq!(timestamps(&script), ["1660272526", "1660276126", "1660272526"]);
}

#[tokio::test]
async fn a_clock_that_is_right_is_left_alone() {
    let script = Script::new([Ok(dated(coded(40), "Fri, 12 Aug 2022 02:48:50 GMT"))]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    assert_eq!(client.send(Read).await.unwrap_err().kind(), ErrorKind::ClockSkew);
    assert_eq!(script.transport.requests().len(), 1);
}

#[tokio::test]
async fn calls_that_were_on_their_way_are_repeated_too() {
    let hour_ahead = "Fri, 12 Aug 2022 03:48:46 GMT";
    let refused = || Ok(dated(coded(40), hour_ahead));
    let script = Script::new([refused(), refused(), Ok(good("null")), Ok(good("null"))]);
    let waiting = Arc::new(Waiting::for_two(&script));
    let client = script.direct(ShopClient::builder()).transport(waiting).build().unwrap();
    let (one, other) = futures_util::future::join(client.send(Read), client.send(Read)).await;
    one.unwrap();
    other.unwrap();
    assert_eq!(timestamps(&script), ["1660272526", "1660272526", "1660276126", "1660276126"]);
}

/// Gives the first two answers together, so that both requests were signed before either was refused.
#[derive(Debug)]
struct Waiting {
    barrier: Barrier,
    waited: AtomicUsize,
    transport: Arc<ScriptedTransport>,
}

impl Waiting {
    fn for_two(script: &Script) -> Self {
        let transport = Arc::clone(&script.transport);
        Self { barrier: Barrier::new(2), waited: AtomicUsize::new(0), transport }
    }
}

#[async_trait]
impl Transport for Waiting {
    async fn send(
        &self,
        request: http::Request<bytes::Bytes>,
        timeout: Duration,
    ) -> Result<Answer, TransportError> {
        let answer = self.transport.send(request, timeout).await;
        if self.waited.fetch_add(1, Ordering::Relaxed) < 2 {
            self.barrier.wait().await;
        }
        answer
    }
}
