use std::{
    io::{self, Write},
    pin::pin,
};

use futures_util::TryStreamExt;
use live_rewards::{
    ClaimQuery, ClaimSource, GiftQuery, LiveRewards, LiveRewardsExt, Money, PointsQuery, RedPacket,
    RedPacketQuery, RejectedRow, RoomKind, RoomRef, Vendor, VendorConfig, connect,
};

use crate::{
    arguments::Fetch, failure::Failure, files::Files, summary, summary::Summary, tally::Tally,
};

pub(crate) async fn run(arguments: &Fetch) -> Result<(), Failure> {
    let rooms = rooms(arguments.vendor, &arguments.room)?;
    let rewards = connect(&VendorConfig::from_env(arguments.vendor)?)?;
    let mut files = Files::begin(&arguments.out)?;
    let summary = fetch(&*rewards, &rooms, &mut files).await?;
    files.commit()?;
    let rejected = summary.tally.rejected;
    summary::print(&[summary])?;
    complete(rejected)
}

/// Rows that could not be read make a run incomplete.
pub(crate) fn complete(rejected: u64) -> Result<(), Failure> {
    match rejected {
        0 => Ok(()),
        rows => Err(Failure::incomplete(format!(
            "{rows} rows could not be read and are not in the files; the lines above say why"
        ))),
    }
}

fn rooms(vendor: Vendor, ids: &[String]) -> Result<Vec<RoomRef>, Failure> {
    if ids.iter().any(|id| id.trim().is_empty()) {
        return Err(Failure::usage("a room id is empty; give --room its id"));
    }
    Ok(ids.iter().map(|id| room(vendor, id)).collect())
}

/// The room of an id, of the kind that the vendor has.
pub(crate) fn room(vendor: Vendor, id: &str) -> RoomRef {
    let kind = match vendor {
        Vendor::Polyv => RoomKind::Channel,
        Vendor::Xiaoe => RoomKind::Live,
        _ => RoomKind::Room,
    };
    RoomRef::new(id, kind)
}

/// Fetches all that the vendor offers of some rooms, and the points accounts, into the files.
pub(crate) async fn fetch(
    rewards: &dyn LiveRewards,
    rooms: &[RoomRef],
    files: &mut Files,
) -> Result<Summary, Failure> {
    let capabilities = rewards.capabilities();
    let mut run = Run {
        rewards,
        files,
        tally: Tally::default(),
    };
    for room in rooms {
        if capabilities.red_packets.is_some() {
            run.red_packets(room).await?;
        }
        if capabilities.gifts.is_some() {
            run.gifts(room).await?;
        }
    }
    if capabilities.points_accounts.is_some() {
        run.points_accounts().await?;
    }
    Ok(Summary {
        vendor: rewards.vendor(),
        capabilities,
        tally: run.tally,
    })
}

struct Run<'a> {
    rewards: &'a dyn LiveRewards,
    files: &'a mut Files,
    tally: Tally,
}

impl Run<'_> {
    async fn red_packets(&mut self, room: &RoomRef) -> Result<(), Failure> {
        let by_packet = matches!(
            self.rewards.capabilities().claims,
            Some(ClaimSource::ByPacket(_))
        );
        let rewards = self.rewards;
        let mut pages = pin!(rewards.red_packet_pages(RedPacketQuery::new(room.clone()), None));
        while let Some(page) = pages.try_next().await? {
            self.rejected("red packet", &page.rejected);
            for mut packet in page.items {
                let claimed = if by_packet {
                    self.claims_of(&mut packet).await?
                } else {
                    self.claims_in(&packet)?
                };
                self.tally.red_packet(&packet, claimed)?;
                self.files.red_packet(rewards.vendor(), &packet)?;
            }
        }
        Ok(())
    }

    /// Fetches a red packet's claims, and what only that call says of the packet. Gives the sum.
    async fn claims_of(&mut self, packet: &mut RedPacket) -> Result<Money, Failure> {
        let rewards = self.rewards;
        let query = ClaimQuery::new(packet.room.clone(), packet.id.clone());
        let mut pages = pin!(rewards.claim_pages(query, None));
        let before = self.tally.claimed;
        while let Some(claims) = pages.try_next().await? {
            if let Some(reported) = claims.red_packet {
                packet.update_from(reported);
            }
            self.rejected("claim", &claims.page.rejected);
            for claim in &claims.page.items {
                self.tally.claim(claim)?;
                self.files.claim(rewards.vendor(), claim)?;
            }
        }
        Ok(self.tally.claimed.checked_sub(before).unwrap_or_default())
    }

    fn claims_in(&mut self, packet: &RedPacket) -> Result<Money, Failure> {
        let before = self.tally.claimed;
        for claim in packet.claims.iter().flatten() {
            self.tally.claim(claim)?;
            self.files.claim(self.rewards.vendor(), claim)?;
        }
        Ok(self.tally.claimed.checked_sub(before).unwrap_or_default())
    }

    async fn gifts(&mut self, room: &RoomRef) -> Result<(), Failure> {
        let rewards = self.rewards;
        let mut pages = pin!(rewards.gift_pages(GiftQuery::in_room(room.clone()), None));
        while let Some(page) = pages.try_next().await? {
            self.rejected("gift", &page.rejected);
            for gift in &page.items {
                self.tally.gift(gift)?;
                self.files.gift(rewards.vendor(), gift)?;
            }
        }
        Ok(())
    }

    async fn points_accounts(&mut self) -> Result<(), Failure> {
        let rewards = self.rewards;
        let mut pages = pin!(rewards.points_account_pages(PointsQuery::new(), None));
        while let Some(page) = pages.try_next().await? {
            self.rejected("points account", &page.rejected);
            for account in &page.items {
                self.tally.points_account(account)?;
                self.files.points_account(rewards.vendor(), account)?;
            }
        }
        Ok(())
    }

    fn rejected(&mut self, what: &str, rows: &[RejectedRow]) {
        for row in rows {
            self.tally.rejected += 1;
            // Where standard error is closed there is nobody to tell.
            let _ = writeln!(
                io::stderr(),
                "{}: row {} of a page of {what}s can't be read: {}",
                self.rewards.vendor(),
                row.position,
                row.reason
            );
        }
    }
}
