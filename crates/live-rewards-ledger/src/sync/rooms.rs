use futures_util::stream;
use live_rewards_core::{
    Capabilities, ClaimSource, GiftPaymentQuery, GiftQuery, ListingCapability, LiveRewards,
    LiveRewardsExt, Page, PrizeActivityQuery, RedPacketQuery, RoomQuery, RoomRef, SessionQuery,
};

use super::{
    listing::{Plain, read},
    outcome::Halt,
    plan::Wanted,
    prizes::WithPrizes,
    red_packets::{ByPacket, WithClaims},
    subject::Subject,
    window::Bounds,
    work::Work,
};
use crate::KnownRoom;

/// Reads the rooms that the vendor lists.
pub(super) async fn list(
    work: &mut Work<'_>,
    wanted: Wanted,
    capability: &ListingCapability,
) -> Result<(), Halt> {
    let mut query = RoomQuery::new().read_ahead(work.options.read_ahead);
    query.page_size = work.options.size_for(capability);
    let rewards = work.rewards;
    let pages = |_, from| rewards.room_pages(query.clone(), from);
    read(work, wanted, pages, &mut Plain).await.map(drop)
}

/// Reads all that the vendor has of a room, one listing after the other.
pub(super) async fn read_room(
    work: &mut Work<'_>,
    known: &KnownRoom,
    capabilities: &Capabilities,
) -> Result<(), Halt> {
    for subject in Subject::of_room(capabilities) {
        work.go_on()?;
        let (account, now) = (work.stamp.account, work.stamp.now);
        let wanted = subject.wanted(work.ledger, account, Some(known), &work.options, now)?;
        Box::pin(read_of_room(work, wanted, &known.room, subject, capabilities)).await?;
    }
    Ok(())
}

async fn read_of_room(
    work: &mut Work<'_>,
    wanted: Wanted,
    room: &RoomRef,
    subject: Subject,
    capabilities: &Capabilities,
) -> Result<(), Halt> {
    let rewards = work.rewards;
    let ahead = work.options.read_ahead;
    let options = work.options.clone();
    let size = |listing: &ListingCapability| options.size_for(listing);
    let ended = match subject {
        Subject::Sessions(listing) => {
            let pages = |asked: Bounds, from| {
                let mut query = SessionQuery::in_room(room.clone()).read_ahead(ahead);
                (query.since, query.until) = (asked.since, asked.until);
                query.page_size = size(&listing);
                rewards.session_pages(query, from)
            };
            read(work, wanted, pages, &mut Plain).await
        }
        Subject::RedPackets(listing) => {
            let pages = |asked: Bounds, from| {
                let mut query = RedPacketQuery::new(room.clone()).read_ahead(ahead);
                (query.since, query.until) = (asked.since, asked.until);
                query.page_size = size(&listing);
                rewards.red_packet_pages(query, from)
            };
            match capabilities.claims {
                Some(ClaimSource::ByPacket(claims)) => {
                    read(work, wanted, pages, &mut ByPacket(claims)).await
                }
                _ => read(work, wanted, pages, &mut WithClaims).await,
            }
        }
        Subject::Summary => {
            let pages = |_, _| {
                stream::once(async move {
                    let summary = rewards.red_packet_summary(room).await;
                    summary.map(|summary| {
                        let fetched_at = summary.fetched_at;
                        Page::new(vec![summary], fetched_at)
                    })
                })
            };
            read(work, wanted, pages, &mut Plain).await
        }
        Subject::Gifts(listing) => {
            let pages = |asked: Bounds, from| {
                let mut query = GiftQuery::in_room(room.clone()).read_ahead(ahead);
                (query.since, query.until) = (asked.since, asked.until);
                query.page_size = size(&listing);
                rewards.gift_pages(query, from)
            };
            read(work, wanted, pages, &mut Plain).await
        }
        Subject::GiftPayments(listing) => {
            let pages = |asked: Bounds, from| {
                let mut query = GiftPaymentQuery::in_room(room.clone()).read_ahead(ahead);
                (query.since, query.until) = (asked.since, asked.until);
                query.page_size = size(&listing);
                rewards.gift_payment_pages(query, from)
            };
            read(work, wanted, pages, &mut Plain).await
        }
        Subject::Activities(kind, listing) => {
            let pages = |asked: Bounds, from| {
                let mut query = PrizeActivityQuery::new(room.clone(), kind).read_ahead(ahead);
                (query.since, query.until) = (asked.since, asked.until);
                query.page_size = size(&listing);
                rewards.prize_activity_pages(query, from)
            };
            let prizes = capabilities.prizes.iter().find(|prizes| prizes.kind == kind);
            let mut taker = WithPrizes(prizes.map(|prizes| prizes.listing));
            read(work, wanted, pages, &mut taker).await
        }
        // Of an account, not of a room.
        Subject::Rooms(_) | Subject::PointsAccounts(_) | Subject::PointsEntries(_) => return Ok(()),
    };
    ended.map(drop)
}
