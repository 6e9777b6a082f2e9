use std::path::{Path, PathBuf};

use live_rewards::{
    RoomRef, Timestamp, Vendor, VendorConfig, connect, polyv::PolyvConfig, xiaoe::XiaoeConfig,
    yxt::YxtConfig,
};
use live_rewards_emulator::{Emulator, Ready};
use live_rewards_ledger::{AccountIdentity, Ledger, LedgerError, LedgerKind, Stop, SyncOptions};

use super::{source::Source, summary};
use crate::{
    accounts::{EMULATOR, Whose, check, is_meant},
    arguments::Sync,
    clock,
    config::SyncSettings,
    failure::Failure,
    language::say,
    rooms::room,
};

/// Syncs three emulated vendors, whose data stays the same from one sync of a ledger to the next but for what time brings.
pub(super) async fn run(arguments: &Sync) -> Result<(), Failure> {
    let path = arguments.place.ledger.clone();
    let path = path.unwrap_or_else(|| PathBuf::from("live-rewards-demo.sqlite"));
    let start = first_sync(&path)?.unwrap_or_else(clock::now);
    let emulator =
        Emulator::builder().start_at(start.epoch_ms()).start().await.map_err(|error| {
            Failure::general(say!("the emulator can't start: {error}", "模拟器无法启动：{error}"))
        })?;
    let mut sources = emulated(&emulator, start)?;
    check(&arguments.which, Whose::Demo, sources.iter().map(|source| source.name.as_str()))?;
    sources.retain(|source| is_meant(&arguments.which, &source.name));
    let options = super::options(arguments, SyncSettings::default());
    let synced = super::sync(&path, LedgerKind::Demo, &sources, &options, arguments).await;
    emulator.stop().await;
    synced
}

/// Reads the accounts of an emulator into a ledger; fails unless all was read.
pub(crate) async fn read(
    ledger: &mut Ledger,
    emulator: &Emulator,
    options: &SyncOptions,
) -> Result<(), Failure> {
    let sources = emulated(emulator, clock::now())?;
    summary::judge(super::all(ledger, &sources, options, &Stop::new()).await?)
}

/// The accounts of an emulator, first seen at an instant.
fn emulated(emulator: &Emulator, now: Timestamp) -> Result<Vec<Source>, Failure> {
    let ready = emulator.ready();
    let source = |(config, rooms)| {
        let rewards = connect(&config)?;
        let vendor = rewards.vendor();
        let name = format!("demo-{vendor}");
        // Other data is another account's.
        let vendor_account = format!("{name}-{}-{}", ready.scenario, ready.seed);
        let authority = EMULATOR.to_owned();
        let identity = AccountIdentity { vendor, authority, vendor_account };
        Ok(Source { name, identity, former: None, rewards, now, rooms })
    };
    accounts(ready).into_iter().map(source).collect()
}

/// The three emulated accounts with their rooms.
fn accounts(ready: &Ready) -> Vec<(VendorConfig, Vec<RoomRef>)> {
    let Ready { xiaoe, polyv, yxt, .. } = ready;
    let rooms = |vendor, ids: &[String]| ids.iter().map(|id| room(vendor, id)).collect();
    vec![
        (
            VendorConfig::Xiaoe(
                XiaoeConfig::new(&xiaoe.app_id, &xiaoe.client_id, xiaoe.secret_key.as_str())
                    .base_url(&xiaoe.base_url),
            ),
            rooms(Vendor::Xiaoe, &xiaoe.resource_ids),
        ),
        (
            VendorConfig::Polyv(
                PolyvConfig::new(&polyv.app_id, polyv.app_secret.as_str())
                    .live_account(&polyv.live_account)
                    .base_url(&polyv.base_url),
            ),
            rooms(Vendor::Polyv, &polyv.channel_ids),
        ),
        (
            VendorConfig::Yxt(
                YxtConfig::new(&yxt.app_key, yxt.app_secret.as_str()).base_url(&yxt.base_url),
            ),
            rooms(Vendor::Yxt, &yxt.room_ids),
        ),
    ]
}

/// When a ledger was first synced, if it is there.
fn first_sync(path: &Path) -> Result<Option<Timestamp>, Failure> {
    match Ledger::open_read_only(path) {
        Ok(ledger) => Ok(ledger.accounts()?.first().map(|account| account.first_seen_at)),
        Err(LedgerError::Missing(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
