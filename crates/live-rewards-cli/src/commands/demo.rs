use std::io::{self, Write};

use live_rewards::{
    RoomRef, Vendor, VendorConfig, connect, polyv::PolyvConfig, xiaoe::XiaoeConfig, yxt::YxtConfig,
};
use live_rewards_emulator::{Emulator, Ready};
use live_rewards_ledger::{CLAIMS, GIFTS, POINTS_ACCOUNTS, RED_PACKETS};

use super::ground_truth;
use crate::{arguments::Demo, failure::Failure, files::Files, reading::read, rooms::room, summary};

/// So few rows a page that every listing has several.
const PAGE_SIZE: u32 = 50;

pub(crate) async fn run(arguments: &Demo) -> Result<(), Failure> {
    let tables = [&RED_PACKETS, &CLAIMS, &GIFTS, &POINTS_ACCOUNTS];
    let mut files = Files::begin(&arguments.out, &tables)?;
    let emulator = Emulator::builder()
        .seed(arguments.seed)
        .start()
        .await
        .map_err(|error| Failure::general(format!("the emulator can't start: {error}")))?;
    let mut summaries = Vec::new();
    for (config, rooms) in accounts(emulator.ready()) {
        let rewards = connect(&config)?;
        summaries.push(read(&*rewards, &rooms, Some(PAGE_SIZE), &mut files).await?);
    }
    let names = files.commit()?;
    let rejected: u64 = summaries.iter().map(|summary| summary.total.rejected).sum();
    let agreed = ground_truth::compare(&summaries, &emulator.truth())
        .and_then(|()| super::complete(rejected));
    emulator.stop().await;
    // Whether anybody reads the table doesn't change what the run came to.
    let printed = summary::print(&summaries, &arguments.out, &names);
    agreed.and(printed)?;
    writeln!(io::stdout(), "All sums agree with the emulator's ground truth to the fen.")
        .map_err(|error| Failure::stdout(&error))
}

/// The three emulated accounts with their rooms.
pub(super) fn accounts(ready: &Ready) -> Vec<(VendorConfig, Vec<RoomRef>)> {
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
