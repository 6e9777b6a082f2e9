//! Each client at its full speed, with the limits it has by default, against the emulator's own counting. Both are on one clock, which
//! only the client's waits move on.

use std::sync::Arc;

use live_rewards::{
    ErrorKind, Result,
    polyv::{
        PolyvClient, PolyvConfig,
        http::{
            BuildClient, ClientBuilder, Clock, Endpoint, Limits, RateLimit, Retry, Surroundings,
        },
        red_pack::RedPackStatistics,
    },
    xiaoe::{
        XiaoeClient, XiaoeConfig, access::Token, points::AccountInfoBatch,
        red_packet::RedPacketList,
    },
    yxt::{YxtClient, YxtConfig, gift::GiftRecords},
};
use live_rewards_emulator::{Emulator, Scenario};

use crate::clock::OneClock;

/// An emulator that counts, and the clock.
struct Track {
    emulator: Arc<Emulator>,
    clock: Arc<OneClock>,
}

impl Track {
    async fn new() -> Self {
        let emulator = Emulator::builder().scenario(Scenario::Tiny).start().await.unwrap();
        let emulator = Arc::new(emulator);
        Self { clock: OneClock::of(&emulator), emulator }
    }

    /// A client that looks out for itself, and one that doesn't.
    fn clients<C: BuildClient>(&self, builder: impl Fn() -> ClientBuilder<C>) -> [C; 2] {
        let on_the_clock = || {
            let (clock, sleep) = (Arc::clone(&self.clock), Arc::clone(&self.clock));
            builder().surroundings(clock, sleep, Surroundings::system().randomness)
        };
        let careless = on_the_clock().limits(Limits::unlimited()).retry(Retry::none());
        [on_the_clock().build().unwrap(), careless.build().unwrap()]
    }

    fn xiaoe(&self) -> [XiaoeClient; 2] {
        let xiaoe = &self.emulator.ready().xiaoe;
        self.clients(|| {
            let secret = xiaoe.secret_key.as_str();
            let config = XiaoeConfig::new(&xiaoe.app_id, &xiaoe.client_id, secret);
            XiaoeClient::builder(config.base_url(&xiaoe.base_url))
        })
    }

    fn refusals(&self) -> usize {
        self.emulator.journal().iter().filter(|entry| entry.refusal.is_some()).count()
    }

    /// Calls as fast as the client lets, for so many tenths of the limit's window; then without care, to see that the emulator
    /// counted.
    async fn run<A, B>(
        &self,
        limit: RateLimit,
        tenths: u32,
        call: impl Fn() -> A + Send,
        careless_call: impl Fn() -> B + Send,
    ) where
        A: Future<Output = Result<()>> + Send,
        B: Future<Output = Result<()>> + Send,
    {
        let begin = self.clock.monotonic();
        let calls = limit.requests / 10 * tenths;
        for number in 1..=calls {
            call().await.unwrap();
            // Before the journal forgets.
            if number % 500 == 0 {
                assert_eq!(self.refusals(), 0);
            }
        }
        assert_eq!(self.refusals(), 0);
        let taken = self.clock.monotonic().saturating_sub(begin);
        assert!(taken > limit.window, "there was a whole window");
        let made = u128::from(calls) * limit.window.as_millis();
        let allowed = u128::from(limit.requests) * taken.as_millis();
        assert!(made * 10 >= allowed * 9, "{calls} calls in {taken:?}");

        for _ in 0..limit.requests / 5 {
            if let Err(error) = careless_call().await {
                assert!(matches!(error.kind(), ErrorKind::RateLimited | ErrorKind::Blocked));
                assert!(self.refusals() > 0);
                return;
            }
        }
        panic!("the emulator doesn't count");
    }
}

fn limit_of<E: Endpoint>(_: &E) -> RateLimit {
    E::INFO.limit.unwrap()
}

#[tokio::test]
async fn polyv() {
    let track = Track::new().await;
    let polyv = &track.emulator.ready().polyv;
    let [client, careless] = track.clients(|| {
        let config = PolyvConfig::new(&polyv.app_id, polyv.app_secret.as_str());
        PolyvClient::builder(config.base_url(&polyv.base_url))
    });
    let request = RedPackStatistics::new("1");
    let call = || async { client.send(request.clone()).await.map(drop) };
    let careless_call = || async { careless.send(request.clone()).await.map(drop) };
    track.run(limit_of(&request), 25, call, careless_call).await;
}

#[tokio::test]
async fn xiaoe_red_packets() {
    let track = Track::new().await;
    let [client, careless] = track.xiaoe();
    let request = RedPacketList::new("l_1", 4);
    let call = || async { client.send(request.clone()).await.map(drop) };
    let careless_call = || async { careless.send(request.clone()).await.map(drop) };
    track.run(limit_of(&request), 12, call, careless_call).await;
}

#[tokio::test]
async fn xiaoe_points_accounts() {
    let track = Track::new().await;
    let [client, careless] = track.xiaoe();
    let request = AccountInfoBatch::new().user_ids(Vec::new());
    let call = || async { client.send(request.clone()).await.map(drop) };
    let careless_call = || async { careless.send(request.clone()).await.map(drop) };
    track.run(limit_of(&request), 35, call, careless_call).await;
}

#[tokio::test]
async fn xiaoe_tokens() {
    let track = Track::new().await;
    let [client, careless] = track.xiaoe();
    let xiaoe = &track.emulator.ready().xiaoe;
    let request = Token::new(&xiaoe.app_id, &xiaoe.client_id, xiaoe.secret_key.as_str());
    let call = || async { client.send(request.clone()).await.map(drop) };
    let careless_call = || async { careless.send(request.clone()).await.map(drop) };
    track.run(limit_of(&request), 35, call, careless_call).await;
}

/// It publishes no limit, so there is nothing to wait for.
#[tokio::test]
async fn yxt() {
    let track = Track::new().await;
    let yxt = &track.emulator.ready().yxt;
    let [client, _] = track.clients(|| {
        let config = YxtConfig::new(&yxt.app_key, yxt.app_secret.as_str());
        YxtClient::builder(config.base_url(&yxt.base_url))
    });
    assert_eq!(GiftRecords::INFO.limit, None);
    for _ in 0..300 {
        client.send(GiftRecords::new().session_id("none")).await.unwrap();
    }
    assert_eq!(track.refusals(), 0);
    assert!(track.clock.monotonic().is_zero());
}
