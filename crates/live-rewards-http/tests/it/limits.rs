use std::{
    future::pending,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use futures_util::FutureExt;
use live_rewards_core::{Delivery, ErrorKind};
use live_rewards_http::{
    ClientBuilder, Clock, Limits, Sleep, Surroundings,
    test_util::{Counting, ManualClock, Script, ScriptedTransport, in_any_window},
};

use crate::shop::{LIMIT, Rare, Read, ShopClient, Write, good};

/// Requests that may be sent at once.
const BURST: usize = 4;

fn script(answers: usize) -> Script {
    Script::new((0..answers).map(|_| Ok(good("null"))))
}

#[tokio::test]
async fn no_window_sees_more_than_is_allowed_and_most_of_it_is_used() {
    let script = script(400);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    let mut sent = Vec::new();
    for _ in 0..400 {
        client.send(Read).await.unwrap();
        sent.push(script.clock.monotonic());
    }
    let (fewest, most) = in_any_window(&sent, LIMIT.window);
    assert!(most <= 100 && fewest >= 90, "{fewest} to {most} requests in a window");
}

#[tokio::test]
async fn endpoints_with_limits_of_their_own_do_not_share_them() {
    let script = script(2 * BURST);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    for _ in 0..BURST {
        client.send(Read).await.unwrap();
        client.send(Write).await.unwrap();
    }
    assert!(script.clock.sleeps().is_empty());
}

#[tokio::test]
async fn clients_share_the_limits_they_are_given() {
    let script = script(BURST + 1);
    let limits = Limits::with_clock(Arc::<ManualClock>::clone(&script.clock));
    let client = || script.direct(ShopClient::builder()).limits(limits.clone()).build().unwrap();
    let clients = [client(), client()];
    for client in clients.iter().cycle().take(BURST + 1) {
        client.send(Read).await.unwrap();
    }
    assert_eq!(script.clock.sleeps().len(), 1);
}

/// A client that is set up as anyone sets it up, at a host that no other test calls.
fn usual(base_url: &str) -> ClientBuilder<ShopClient> {
    ShopClient::at(base_url)
        .transport(ScriptedTransport::new([Ok(good("null"))]))
        .deadline(Duration::from_secs(60))
}

#[tokio::test]
async fn clients_of_a_process_share_limits_unless_they_say_otherwise() {
    let host = "https://shared-limits.example.com";
    usual(host).build().unwrap().send(Rare).await.unwrap();
    let error = usual(host).build().unwrap().send(Rare).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::RateLimited, Delivery::NotSent));
    let system = Surroundings::system();
    for apart in [
        usual("https://another.example.com"),
        usual(host).limits(Limits::unlimited()),
        usual(host).limits(Limits::with_clock(Arc::clone(&system.clock))),
        usual(host).surroundings(system.clock, system.sleep, system.randomness),
    ] {
        apart.build().unwrap().send(Rare).await.unwrap();
    }
    let error = usual(host).build().unwrap().send(Rare).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited, "and they still do");
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_an_error_that_says_how_long() {
    let script = script(BURST);
    let client =
        script.direct(ShopClient::builder()).deadline(Duration::from_millis(100)).build().unwrap();
    for _ in 0..BURST {
        client.send(Read).await.unwrap();
    }
    for _ in 0..3 {
        let error = client.send(Read).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::RateLimited, 0));
        // 91 in ten seconds.
        assert_eq!(error.retry_after().unwrap().as_millis(), 109, "nobody got the place");
    }
}

/// Notes how long it is to wait, and never ends.
#[derive(Debug, Default)]
struct Endless(Mutex<Vec<u128>>);

#[async_trait]
impl Sleep for Endless {
    async fn sleep(&self, duration: Duration) {
        self.0.lock().unwrap().push(duration.as_millis());
        pending::<()>().await;
    }
}

#[tokio::test]
async fn those_who_wait_come_one_after_the_other_and_who_is_dropped_gives_its_place_back() {
    let script = script(BURST);
    let sleep = Arc::new(Endless::default());
    let builder = script.direct(ShopClient::builder()).surroundings(
        Arc::<ManualClock>::clone(&script.clock),
        Arc::<Endless>::clone(&sleep),
        Arc::new(Counting::default()),
    );
    let client = builder.build().unwrap();
    for _ in 0..BURST {
        client.send(Read).await.unwrap();
    }
    let mut waiting: Vec<_> = (0..3).map(|_| Box::pin(client.send(Read))).collect();
    for call in &mut waiting {
        assert!(call.now_or_never().is_none());
    }
    drop(waiting.remove(1));
    for _ in 0..2 {
        // The first one is dropped at once, and so the second has the same place.
        assert!(client.send(Read).now_or_never().is_none());
    }
    assert_eq!(*sleep.0.lock().unwrap(), [109, 219, 329, 219, 219]);
}
