use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use http::header::{DATE, HeaderValue};
use live_rewards_core::ErrorKind;
use live_rewards_http::{
    Answer, Transport, TransportError,
    test_util::{Script, ScriptedTransport},
};
use tokio::sync::Barrier;

use crate::shop::{Read, ShopClient, coded, good};

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
