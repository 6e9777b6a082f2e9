use std::{mem, pin::pin};

use futures_util::TryStreamExt;
use live_rewards::{
    ClaimQuery, ClaimSource, GiftQuery, LiveRewards, LiveRewardsExt, Money, PointsQuery, RedPacket,
    RedPacketQuery, RejectedRow, RoomRef, Timestamp,
};

use crate::{
    failure::{Failure, tell},
    files::Files,
    language::say,
    output::plain,
    summary::Summary,
    tally::Tally,
};

/// From 2000 to 2100, in milliseconds since 1970.
const EVER: [i64; 2] = [946_684_800_000, 4_102_444_800_000];

/// Reads the red packets, claims and gifts of some rooms, and the points accounts, as far as the vendor has them, into the files.
/// Without a page size the client chooses it.
pub(crate) async fn read(
    rewards: &dyn LiveRewards,
    rooms: &[RoomRef],
    page_size: Option<u32>,
    files: &mut Files,
) -> Result<Summary, Failure> {
    let capabilities = rewards.capabilities();
    let mut reading = Reading { rewards, page_size, files, tally: Tally::default() };
    let mut summary = Summary {
        vendor: rewards.vendor(),
        capabilities,
        rooms: Vec::with_capacity(rooms.len()),
        total: Tally::default(),
    };
    for room in rooms {
        if capabilities.red_packets.is_some() {
            reading.red_packets(room).await?;
        }
        if let Some(listing) = capabilities.gifts {
            reading.gifts(room, listing.needs_time).await?;
        }
        let tally = mem::take(&mut reading.tally);
        summary.total.add(&tally)?;
        summary.rooms.push((room.clone(), tally));
    }
    if capabilities.points_accounts.is_some() {
        reading.points_accounts().await?;
        summary.total.add(&reading.tally)?;
    }
    Ok(summary)
}

struct Reading<'a> {
    rewards: &'a dyn LiveRewards,
    page_size: Option<u32>,
    files: &'a mut Files,
    /// Of the room that is being read, or of the points accounts.
    tally: Tally,
}

impl Reading<'_> {
    async fn red_packets(&mut self, room: &RoomRef) -> Result<(), Failure> {
        let rewards = self.rewards;
        let by_packet = matches!(rewards.capabilities().claims, Some(ClaimSource::ByPacket(_)));
        let mut query = RedPacketQuery::new(room.clone());
        query.page_size = self.page_size;
        let mut pages = pin!(rewards.red_packet_pages(query, None));
        while let Some(page) = pages.try_next().await? {
            self.rejected(&red_packets(), &page.rejected);
            for mut packet in page.items {
                let claimed = if by_packet {
                    self.claims_of(&mut packet).await?
                } else {
                    self.claims_in(&packet)?
                };
                self.tally.red_packet(&packet, claimed)?;
                self.files.write(rewards.vendor(), &packet)?;
            }
        }
        Ok(())
    }

    /// Reads a red packet's claims, and what only that call says of the packet. Gives the sum.
    async fn claims_of(&mut self, packet: &mut RedPacket) -> Result<Money, Failure> {
        let rewards = self.rewards;
        let mut query = ClaimQuery::new(packet.room.clone(), packet.id.clone());
        query.page_size = self.page_size;
        let mut pages = pin!(rewards.claim_pages(query, None));
        let before = self.tally.claimed;
        let mut is_told = false;
        while let Some(claims) = pages.try_next().await? {
            if let Some(reported) = claims.red_packet {
                packet.update_from(reported);
            }
            if let Some(row) = claims.rejected.filter(|_| !is_told) {
                is_told = true;
                self.rejected(&red_packets(), &[row]);
            }
            self.rejected(&say!("claims", "领取记录"), &claims.page.rejected);
            for claim in &claims.page.items {
                self.tally.claim(claim)?;
                self.files.write(rewards.vendor(), claim)?;
            }
        }
        Ok(self.tally.claimed.checked_sub(before).unwrap_or_default())
    }

    fn claims_in(&mut self, packet: &RedPacket) -> Result<Money, Failure> {
        let before = self.tally.claimed;
        if packet.claims.is_none() {
            self.tally.rejected += 1;
            tell(say!(
                "{}: red packet {} came without its claims",
                "{}：红包 {} 没有附带领取记录",
                self.rewards.vendor(),
                plain(packet.id.as_str())
            ));
        }
        for claim in packet.claims.iter().flatten() {
            self.tally.claim(claim)?;
            self.files.write(self.rewards.vendor(), claim)?;
        }
        Ok(self.tally.claimed.checked_sub(before).unwrap_or_default())
    }

    /// Reads all gifts. A vendor that must be told from when and up to when is told times between which all of them lie.
    async fn gifts(&mut self, room: &RoomRef, needs_time: bool) -> Result<(), Failure> {
        let rewards = self.rewards;
        let mut query = GiftQuery::in_room(room.clone());
        query.page_size = self.page_size;
        if needs_time {
            [query.since, query.until] = EVER.map(Timestamp::from_epoch_ms);
        }
        let mut pages = pin!(rewards.gift_pages(query, None));
        while let Some(page) = pages.try_next().await? {
            self.rejected(&say!("gifts", "礼物"), &page.rejected);
            for gift in &page.items {
                self.tally.gift(gift)?;
                self.files.write(rewards.vendor(), gift)?;
            }
        }
        Ok(())
    }

    async fn points_accounts(&mut self) -> Result<(), Failure> {
        let rewards = self.rewards;
        let mut query = PointsQuery::new();
        query.page_size = self.page_size;
        let mut pages = pin!(rewards.points_account_pages(query, None));
        while let Some(page) = pages.try_next().await? {
            self.rejected(&say!("points accounts", "积分账户"), &page.rejected);
            for account in &page.items {
                self.tally.points_account(account)?;
                self.files.write(rewards.vendor(), account)?;
            }
        }
        Ok(())
    }

    fn rejected(&mut self, what: &str, rows: &[RejectedRow]) {
        for row in rows {
            self.tally.rejected += 1;
            tell(say!(
                "{}: row {} of a page of {what} can't be read: {}",
                "{}：一页{what}的第 {} 行无法解析：{}",
                self.rewards.vendor(),
                row.position,
                plain(&row.reason)
            ));
        }
    }
}

fn red_packets() -> String {
    say!("red packets", "红包")
}
