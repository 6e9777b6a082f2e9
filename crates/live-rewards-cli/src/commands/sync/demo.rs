use std::path::PathBuf;

use live_rewards::connect;
use live_rewards_emulator::Emulator;
use live_rewards_ledger::{AccountIdentity, LedgerKind};

use super::source::Source;
use crate::{
    accounts::EMULATOR,
    arguments::Sync,
    commands::demo::accounts,
    config::{SyncSettings, matches},
    failure::Failure,
};

/// Syncs three emulated vendors.
pub(super) async fn run(arguments: &Sync) -> Result<(), Failure> {
    let emulator = Emulator::builder()
        .start()
        .await
        .map_err(|error| Failure::general(format!("the emulator can't start: {error}")))?;
    let mut sources = Vec::new();
    for (config, rooms) in accounts(emulator.ready()) {
        let rewards = connect(&config)?;
        let vendor = rewards.vendor();
        let name = format!("demo-{vendor}");
        let globs = &arguments.which.account;
        if globs.is_empty() || globs.iter().any(|glob| matches(glob, &name)) {
            let identity = AccountIdentity {
                vendor,
                authority: EMULATOR.to_owned(),
                vendor_account: name.clone(),
            };
            sources.push(Source { name, identity, rewards, rooms });
        }
    }
    let path = arguments.place.ledger.clone();
    let path = path.unwrap_or_else(|| PathBuf::from("live-rewards-demo.sqlite"));
    let options = super::options(arguments, SyncSettings::default());
    let synced = super::sync(&path, LedgerKind::Demo, &sources, &options, arguments).await;
    emulator.stop().await;
    synced
}
