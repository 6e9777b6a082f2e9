//! The suite: each function is run for each vendor.

mod filters;
mod pages;
mod refusals;
mod sums;
mod truth;
mod users;

pub(crate) use filters::*;
pub(crate) use pages::*;
pub(crate) use refusals::*;
pub(crate) use sums::*;
pub(crate) use truth::*;
pub(crate) use users::*;

use futures_util::TryStreamExt;
use live_rewards::{LiveRewards, LiveRewardsExt, Money, RedPacket, RedPacketQuery, RoomRef};

async fn packets(rewards: &dyn LiveRewards, room: &RoomRef) -> Vec<RedPacket> {
    read(rewards, RedPacketQuery::new(room.clone())).await
}

async fn read(rewards: &dyn LiveRewards, query: RedPacketQuery) -> Vec<RedPacket> {
    rewards.red_packets(query).try_collect().await.unwrap()
}

fn count<T>(rows: &[T]) -> u64 {
    rows.len().try_into().unwrap()
}

fn sum(amounts: impl Iterator<Item = Money>) -> i64 {
    Money::checked_sum(amounts).unwrap().fen()
}
