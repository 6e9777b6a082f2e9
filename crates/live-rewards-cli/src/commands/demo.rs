use std::io::{self, Write};

use live_rewards::{
    Money, Points, RoomRef, Vendor, VendorConfig, connect, polyv::PolyvConfig, xiaoe::XiaoeConfig,
    yxt::YxtConfig,
};
use live_rewards_emulator::{Emulator, Ready, VendorTruth};

use super::fetch;
use crate::{
    arguments::Demo,
    failure::Failure,
    files::Files,
    summary,
    summary::Summary,
    tally::{Left, Tally},
};

pub(crate) async fn run(arguments: &Demo) -> Result<(), Failure> {
    let mut files = Files::begin(&arguments.out)?;
    let emulator = Emulator::builder()
        .seed(arguments.seed)
        .start()
        .await
        .map_err(|error| Failure::general(format!("the emulator can't start: {error}")))?;
    let mut summaries = Vec::new();
    for (config, rooms) in accounts(emulator.ready()) {
        let rewards = connect(&config)?;
        summaries.push(fetch::fetch(&*rewards, &rooms, &mut files).await?);
    }
    files.commit()?;
    summary::print(&summaries)?;
    let truth = emulator.truth();
    let differences: Vec<String> = summaries
        .iter()
        .flat_map(|Summary { vendor, tally, .. }| {
            let truth = match vendor {
                Vendor::Xiaoe => &truth.xiaoe,
                Vendor::Polyv => &truth.polyv,
                _ => &truth.yxt,
            };
            differences(*vendor, tally, truth)
        })
        .collect();
    emulator.stop().await;
    if !differences.is_empty() {
        return Err(Failure::different(differences.join("; ")));
    }
    fetch::complete(summaries.iter().map(|summary| summary.tally.rejected).sum())?;
    writeln!(
        io::stdout(),
        "All sums agree with the emulator's ground truth to the fen. Files: {}",
        arguments.out.display()
    )
    .map_err(|error| Failure::stdout(&error))
}

/// The three emulated accounts with their rooms.
fn accounts(ready: &Ready) -> Vec<(VendorConfig, Vec<RoomRef>)> {
    let Ready {
        xiaoe, polyv, yxt, ..
    } = ready;
    let rooms = |vendor, ids: &[String]| ids.iter().map(|id| fetch::room(vendor, id)).collect();
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

/// Where fetched figures differ from the emulator's.
fn differences(vendor: Vendor, tally: &Tally, truth: &VendorTruth) -> Vec<String> {
    let total = &truth.total;
    let fen = |fen: i64| Money::from_fen(fen).to_string();
    let left = match tally.left {
        Left::Known(left) => left.to_string(),
        Left::Unknown => "unknown".to_owned(),
    };
    [
        (
            "red packets",
            tally.red_packets.to_string(),
            total.red_packets.to_string(),
        ),
        ("claims", tally.claims.to_string(), total.claims.to_string()),
        ("issued", tally.issued.to_string(), fen(total.issued_fen)),
        ("claimed", tally.claimed.to_string(), fen(total.claimed_fen)),
        ("left", left, fen(total.left_fen)),
        ("gifts", tally.gifts.to_string(), total.gifts.to_string()),
        (
            "gift points",
            tally.gift_points.to_string(),
            Points::new(total.gift_points_charged).to_string(),
        ),
        (
            "accounts",
            tally.points_accounts.to_string(),
            truth.points_accounts.to_string(),
        ),
        (
            "points",
            tally.points.to_string(),
            Points::new(truth.points_available).to_string(),
        ),
    ]
    .into_iter()
    .filter(|(_, fetched, expected)| fetched != expected)
    .map(|(what, fetched, expected)| {
        format!("{vendor} {what}: fetched {fetched}, the emulator served {expected}")
    })
    .collect()
}
