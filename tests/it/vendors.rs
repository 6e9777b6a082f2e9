use std::{sync::Arc, time::Duration};

use live_rewards::{
    LiveRewards, RoomKind, RoomRef, Timestamp, Vendor,
    polyv::{
        PolyvClient, PolyvConfig,
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
    pub(crate) emulator: Emulator,
}

/// How a client of the account is to differ from the usual one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Twist {
    pub(crate) wrong_secret: bool,
    pub(crate) nobody_there: bool,
    pub(crate) clock_ahead_s: i64,
}

pub(crate) async fn xiaoe() -> Account {
    account(Vendor::Xiaoe).await
}

pub(crate) async fn polyv() -> Account {
    account(Vendor::Polyv).await
}

pub(crate) async fn yxt() -> Account {
    account(Vendor::Yxt).await
}

async fn account(vendor: Vendor) -> Account {
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
    let rewards = client(vendor, &emulator, Twist::default());
    Account { vendor, rewards, rooms, truth, emulator }
}

impl Account {
    pub(crate) fn twisted(&self, twist: Twist) -> Arc<dyn LiveRewards> {
        client(self.vendor, &self.emulator, twist)
    }

    pub(crate) fn room_truth(&self, room: &RoomRef) -> &RoomTruth {
        self.truth.rooms.iter().find(|truth| truth.room == room.id.as_str()).unwrap()
    }
}

fn client(vendor: Vendor, emulator: &Emulator, twist: Twist) -> Arc<dyn LiveRewards> {
    let ready = emulator.ready();
    let secret = |secret: &String| {
        if twist.wrong_secret { "wrong".repeat(8) } else { secret.clone() }
    };
    let base_url = |url: &String| if twist.nobody_there { nowhere() } else { url.clone() };
    match vendor {
        Vendor::Xiaoe => {
            let xiaoe = &ready.xiaoe;
            let key = secret(&xiaoe.secret_key);
            let config = XiaoeConfig::new(&xiaoe.app_id, &xiaoe.client_id, key)
                .base_url(base_url(&xiaoe.base_url));
            Arc::new(build(XiaoeClient::builder(config), twist))
        }
        Vendor::Polyv => {
            let polyv = &ready.polyv;
            let config = PolyvConfig::new(&polyv.app_id, secret(&polyv.app_secret))
                .base_url(base_url(&polyv.base_url));
            Arc::new(build(PolyvClient::builder(config), twist))
        }
        _ => {
            let yxt = &ready.yxt;
            let config = YxtConfig::new(&yxt.app_key, secret(&yxt.app_secret))
                .base_url(base_url(&yxt.base_url));
            Arc::new(build(YxtClient::builder(config), twist))
        }
    }
}

/// An address of this machine where nobody listens.
fn nowhere() -> String {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", free.local_addr().unwrap())
}

/// Clients look for drift in every answer and find none: the emulator and the specs agree.
fn build<C: BuildClient>(builder: ClientBuilder<C>, twist: Twist) -> C {
    let Surroundings { clock, sleep, randomness, .. } = Surroundings::system();
    let ahead = Arc::new(Ahead { clock, seconds: twist.clock_ahead_s });
    builder
        .surroundings(ahead, sleep, randomness)
        .limits(Limits::unlimited())
        .retry(Retry::none())
        .look_for_drift_in_every_answer()
        .on_drift(|drift| panic!("{drift:?}"))
        .build()
        .unwrap()
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
