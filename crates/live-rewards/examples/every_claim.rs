//! Streams every claim of a channel from an emulated Polyv.

#![expect(clippy::print_stdout, reason = "an example shows what it has")]

use futures_util::TryStreamExt;
use live_rewards::{
    LiveRewardsExt, Money, RedPacketQuery, RoomKind, RoomRef, VendorConfig, connect,
    polyv::PolyvConfig,
};
use live_rewards_emulator::Emulator;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start().await?;
    let polyv = &emulator.ready().polyv;
    let config = PolyvConfig::new(&polyv.app_id, polyv.app_secret.as_str());
    let rewards = connect(&VendorConfig::Polyv(config.base_url(&polyv.base_url)))?;

    let channel = RoomRef::new(polyv.channel_ids[0].as_str(), RoomKind::Channel);
    let claims: Vec<_> = rewards.claims(RedPacketQuery::new(channel)).try_collect().await?;
    let sum = Money::checked_sum(claims.iter().map(|claim| claim.amount)).ok_or("overflow")?;
    println!("{} claims, {sum} yuan", claims.len());
    Ok(())
}
