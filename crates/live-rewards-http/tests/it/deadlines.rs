//! What becomes of a call whose time runs out, or whose next attempt can't be sent.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use live_rewards_core::{Delivery, Error, ErrorKind, Result};
use live_rewards_http::{
    Answer, Attempt, Authorise, ClientBuilder, Credential, Draft, EndpointInfo, Limits,
    TransportError,
    test_util::{ManualClock, Script},
};

use crate::shop::{Read, ShopClient, Write, coded, good};

const DEADLINE: Duration = Duration::from_secs(20);

fn unlimited(script: &Script, builder: ClientBuilder<ShopClient>) -> ShopClient {
    let builder = script.direct(builder).limits(Limits::unlimited()).deadline(DEADLINE);
    builder.build().unwrap()
}

#[tokio::test]
async fn each_attempt_has_its_timeout_or_what_is_left_until_the_deadline() {
    let script = Script::new([Ok(coded(20)), Ok(coded(20)), Ok(good("null"))]);
    unlimited(&script, ShopClient::builder()).send(Read).await.unwrap();
    let sleeps = script.clock.sleeps();
    let left = [DEADLINE, DEADLINE.abs_diff(sleeps[0]), DEADLINE.abs_diff(sleeps[0] + sleeps[1])];
    assert_eq!(script.transport.timeouts(), left);

    let script = Script::new([Ok(good("null"))]);
    let builder = ShopClient::builder().timeout(Duration::from_secs(7));
    unlimited(&script, builder).send(Read).await.unwrap();
    assert_eq!(script.transport.timeouts(), [Duration::from_secs(7)]);
}

#[tokio::test]
async fn no_wait_goes_beyond_the_deadline() {
    let script = Script::new((0..100).map(|_| Ok(coded(20))));
    let retry = live_rewards_http::Retry::default().max_retries(50);
    let error =
        unlimited(&script, ShopClient::builder().retry(retry)).send(Read).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Vendor, Delivery::Refused));
    assert!(script.clock.sleeps().iter().sum::<Duration>() < DEADLINE);
    assert!(error.attempts() > 3);
}

/// Takes its time before an attempt, or fails there.
#[derive(Debug)]
struct Slow {
    clock: Arc<ManualClock>,
    before: u32,
    takes: Duration,
    fails: Option<ErrorKind>,
    prepared: AtomicU32,
}

#[async_trait]
impl Authorise for Slow {
    async fn prepare(&self, _: &EndpointInfo, _: Duration) -> Result<()> {
        if self.prepared.fetch_add(1, Ordering::Relaxed) + 1 == self.before {
            self.clock.advance(self.takes);
            if let Some(kind) = self.fails {
                return Err(Error::new(kind, "no token"));
            }
        }
        Ok(())
    }

    async fn authorise(&self, _: &mut Draft, _: Attempt<'_>) -> Result<Credential> {
        Ok(Credential::Fixed)
    }

    fn credentials(&self) -> &'static [&'static str] {
        &[]
    }
}

/// The error of a write, what was sent before it, and how often.
async fn stopped(
    first: Result<Answer, TransportError>,
    before: u32,
    takes: Duration,
    fails: Option<ErrorKind>,
) -> (ErrorKind, Delivery, u32) {
    let script = Script::new([first]);
    let clock = Arc::clone(&script.clock);
    let slow = Slow { clock, before, takes, fails, prepared: AtomicU32::new(0) };
    let client = unlimited(&script, ShopClient::authorised_by(Arc::new(slow)));
    let error = client.send(Write).await.unwrap_err();
    assert_eq!(error.endpoint(), Some("write"));
    let sent = u32::try_from(script.transport.requests().len()).unwrap();
    assert_eq!(error.attempts(), sent);
    (error.kind(), error.delivery(), sent)
}

#[tokio::test]
async fn what_could_not_be_sent_in_time_was_not_sent() {
    let stopped = stopped(Ok(good("null")), 1, DEADLINE, None).await;
    assert_eq!(stopped, (ErrorKind::Timeout, Delivery::NotSent, 0));
}

#[tokio::test]
async fn if_time_runs_out_before_another_attempt_the_vendors_word_is_the_last() {
    for fails in [None, Some(ErrorKind::Timeout), Some(ErrorKind::RateLimited)] {
        let stopped = stopped(Ok(coded(20)), 2, DEADLINE, fails).await;
        assert_eq!(stopped, (ErrorKind::Vendor, Delivery::Refused, 1));
    }
}

#[tokio::test]
async fn what_keeps_another_attempt_from_being_sent_takes_back_nothing_that_was() {
    let first = stopped(Ok(coded(20)), 1, Duration::ZERO, Some(ErrorKind::Unauthenticated)).await;
    assert_eq!(first, (ErrorKind::Unauthenticated, Delivery::NotSent, 0));
    let second = stopped(Ok(coded(20)), 2, Duration::ZERO, Some(ErrorKind::Unauthenticated)).await;
    assert_eq!(second, (ErrorKind::Unauthenticated, Delivery::Refused, 1));
}
