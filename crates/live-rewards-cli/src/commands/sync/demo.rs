use std::path::{Path, PathBuf};

use live_rewards::{Timestamp, connect};
use live_rewards_emulator::Emulator;
use live_rewards_ledger::{AccountIdentity, Ledger, LedgerError, LedgerKind};

use super::source::Source;
use crate::{
    accounts::{EMULATOR, check, is_meant},
    arguments::Sync,
    clock,
    commands::demo::accounts,
    config::SyncSettings,
    failure::Failure,
};

/// Syncs three emulated vendors, whose data stays the same from one sync of a ledger to the next but for what time brings.
pub(super) async fn run(arguments: &Sync) -> Result<(), Failure> {
    let path = arguments.place.ledger.clone();
    let path = path.unwrap_or_else(|| PathBuf::from("live-rewards-demo.sqlite"));
    let start = first_sync(&path)?.unwrap_or_else(clock::now);
    let emulator = Emulator::builder()
        .start_at(start.epoch_ms())
        .start()
        .await
        .map_err(|error| Failure::general(format!("the emulator can't start: {error}")))?;
    let mut sources = Vec::new();
    for (config, rooms) in accounts(emulator.ready()) {
        let rewards = connect(&config)?;
        let vendor = rewards.vendor();
        let name = format!("demo-{vendor}");
        let identity = AccountIdentity {
            vendor,
            authority: EMULATOR.to_owned(),
            vendor_account: name.clone(),
        };
        sources.push(Source { name, identity, rewards, now: start, rooms });
    }
    check(&arguments.which, "the demo", sources.iter().map(|source| source.name.as_str()))?;
    sources.retain(|source| is_meant(&arguments.which, &source.name));
    let options = super::options(arguments, SyncSettings::default());
    let synced = super::sync(&path, LedgerKind::Demo, &sources, &options, arguments).await;
    emulator.stop().await;
    synced
}

/// When a ledger was first synced, if it is there.
fn first_sync(path: &Path) -> Result<Option<Timestamp>, Failure> {
    match Ledger::open_read_only(path) {
        Ok(ledger) => Ok(ledger.accounts()?.first().map(|account| account.first_seen_at)),
        Err(LedgerError::Missing(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
