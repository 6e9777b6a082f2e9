use std::{sync::Arc, time::Duration};

use live_rewards::{
    LiveRewards, RoomKind, RoomRef, Timestamp, Vendor,
    polyv::{
        PolyvClient, PolyvConfig, PolyvSigning,
        http::{BuildClient, ClientBuilder, Clock, Limits, Retry, Surroundings},
    },
    xiaoe::{XiaoeClient, XiaoeConfig},
    yxt::{YxtClient, YxtConfig},
};
use live_rewards_emulator::{Emulator, RoomTruth, Scenario, VendorTruth};

/// One vendor's account on an emulator of its own.
pub(crate) struct Account {
    pub(crate) vendor: Vendor,
    pub(crate) rewards: Arc<dyn LiveRewards>,
    pub(crate) rooms: Vec<RoomRef>,
    pub(crate) truth: VendorTruth,
    pub(crate) emulator: Arc<Emulator>,
    signing: PolyvSigning,
}

pub(crate) async fn xiaoe() -> Account {
    account(Vendor::Xiaoe, PolyvSigning::default()).await
}

pub(crate) async fn polyv() -> Account {
    account(Vendor::Polyv, PolyvSigning::default()).await
}

/// Polyv, where requests are signed by SHA-256 and each has a nonce.
pub(crate) async fn polyv_by_sha256() -> Account {
    account(Vendor::Polyv, PolyvSigning::Sha256).await
}

pub(crate) async fn yxt() -> Account {
    account(Vendor::Yxt, PolyvSigning::default()).await
}

async fn account(vendor: Vendor, signing: PolyvSigning) -> Account {
    let emulator =
        Emulator::builder().scenario(Scenario::Tiny).limits(false).start().await.unwrap();
    let ready = emulator.ready();
    let truth = emulator.truth();
    let (truth, kind, ids) = match vendor {
        Vendor::Xiaoe => (truth.xiaoe, RoomKind::Live, &ready.xiaoe.resource_ids),
        Vendor::Polyv => (truth.polyv, RoomKind::Channel, &ready.polyv.channel_ids),
        _ => (truth.yxt, RoomKind::Room, &ready.yxt.room_ids),
    };
    let rooms = ids.iter().map(|id| RoomRef::new(id.as_str(), kind)).collect();
    let rewards = client(vendor, signing, &emulator, &Twist::default());
    Account { vendor, rewards, rooms, truth, emulator: Arc::new(emulator), signing }
}

/// Instants between which all rows of an emulator lie.
pub(crate) fn times(emulator: &Emulator) -> [Timestamp; 2] {
    const DAY: Duration = Duration::from_secs(86_400);
    let start: Timestamp = emulator.ready().start.parse().unwrap();
    [start.checked_sub(400 * DAY).unwrap(), start.checked_add(DAY).unwrap()]
}

impl Account {
    /// A client of the account that is set up in its own way.
    pub(crate) fn client(&self, by: &impl SetUp) -> Arc<dyn LiveRewards> {
        client(self.vendor, self.signing, &self.emulator, by)
    }

    /// Instants between which all rows lie.
    pub(crate) fn times(&self) -> [Timestamp; 2] {
        times(&self.emulator)
    }

    /// Requests that were refused.
    pub(crate) fn refusals(&self) -> usize {
        self.emulator.journal().iter().filter(|entry| entry.refusal.is_some()).count()
    }

    pub(crate) fn base_url(&self) -> &str {
        let ready = self.emulator.ready();
        match self.vendor {
            Vendor::Xiaoe => &ready.xiaoe.base_url,
            Vendor::Polyv => &ready.polyv.base_url,
            _ => &ready.yxt.base_url,
        }
    }

    pub(crate) fn room_truth(&self, room: &RoomRef) -> &RoomTruth {
        self.truth.rooms.iter().find(|truth| truth.room == room.id.as_str()).unwrap()
    }
}

/// How a client is set up.
pub(crate) trait SetUp {
    /// The secret that it has.
    fn secret(&self, right: &str) -> String {
        right.to_owned()
    }

    /// What it calls.
    fn base_url(&self, right: &str) -> String {
        right.to_owned()
    }

    /// All the rest.
    fn set_up<C: BuildClient>(&self, builder: ClientBuilder<C>) -> ClientBuilder<C>;
}

fn client(
    vendor: Vendor,
    signing: PolyvSigning,
    emulator: &Emulator,
    by: &impl SetUp,
) -> Arc<dyn LiveRewards> {
    let ready = emulator.ready();
    match vendor {
        Vendor::Xiaoe => {
            let xiaoe = &ready.xiaoe;
            let secret = by.secret(&xiaoe.secret_key);
            let config = XiaoeConfig::new(&xiaoe.app_id, &xiaoe.client_id, secret)
                .base_url(by.base_url(&xiaoe.base_url));
            Arc::new(by.set_up(XiaoeClient::builder(config)).build().unwrap())
        }
        Vendor::Polyv => {
            let polyv = &ready.polyv;
            let config = PolyvConfig::new(&polyv.app_id, by.secret(&polyv.app_secret))
                .live_account(&polyv.live_account)
                .base_url(by.base_url(&polyv.base_url))
                .signing(signing)
                .nonce(signing == PolyvSigning::Sha256);
            Arc::new(by.set_up(PolyvClient::builder(config)).build().unwrap())
        }
        _ => {
            let yxt = &ready.yxt;
            let config = YxtConfig::new(&yxt.app_key, by.secret(&yxt.app_secret))
                .base_url(by.base_url(&yxt.base_url));
            Arc::new(by.set_up(YxtClient::builder(config)).build().unwrap())
        }
    }
}

/// How a client is to differ from the usual one. Clients look for drift in every answer and find none: the emulator and the specs
/// agree.
#[derive(Clone, Copy, Default)]
pub(crate) struct Twist {
    pub(crate) wrong_secret: bool,
    pub(crate) nobody_there: bool,
    pub(crate) clock_ahead_s: i64,
}

impl SetUp for Twist {
    fn secret(&self, right: &str) -> String {
        if self.wrong_secret { "wrong".repeat(8) } else { right.to_owned() }
    }

    fn base_url(&self, right: &str) -> String {
        if self.nobody_there { nowhere() } else { right.to_owned() }
    }

    fn set_up<C: BuildClient>(&self, builder: ClientBuilder<C>) -> ClientBuilder<C> {
        let Surroundings { clock, sleep, randomness, .. } = Surroundings::system();
        let ahead = Arc::new(Ahead { clock, seconds: self.clock_ahead_s });
        builder
            .surroundings(ahead, sleep, randomness)
            .limits(Limits::unlimited())
            .retry(Retry::none())
            .look_for_drift_in_every_answer()
            .on_drift(|drift| panic!("{drift:?}"))
    }
}

/// An address of this machine where nobody listens.
fn nowhere() -> String {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", free.local_addr().unwrap())
}

/// A wall clock that is set wrong.
#[derive(Debug)]
struct Ahead {
    clock: Arc<dyn Clock>,
    seconds: i64,
}

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        Timestamp::from_epoch_ms(self.clock.now().epoch_ms() + self.seconds * 1000).unwrap()
    }

    fn monotonic(&self) -> Duration {
        self.clock.monotonic()
    }
}
