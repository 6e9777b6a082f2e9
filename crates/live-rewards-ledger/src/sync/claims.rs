use std::{collections::VecDeque, slice};

use futures_util::{
    FutureExt, StreamExt,
    future::BoxFuture,
    stream::{BoxStream, FuturesOrdered},
};
use live_rewards_core::{
    ClaimQuery, Claims, Cursor, Error, ErrorKind, ListingCapability, LiveRewardsExt, Operation,
    RedPacket, Result, Timestamp,
};

use super::{
    SyncOptions,
    counted::Counted,
    outcome::Halt,
    plan::{Action, Wanted},
    reading::Reading,
    settled::{is_as_stored, is_hidden, is_settled},
    window::days_after,
    work::Work,
};
use crate::{LedgerError, Listing, ListingKey, SeenScope};

/// Reads the claims of the red packets of a page, where they have a call of their own.
///
/// The first pages of several red packets are asked for at once and written in order. A red packet of which the listing says nothing
/// new is left out if it is final, or was read since the reading of the listing began.
pub(super) async fn read(
    work: &mut Work<'_>,
    listing: &mut Reading,
    packets: &[RedPacket],
    capability: &ListingCapability,
) -> Result<(), Halt> {
    let mut waiting = VecDeque::with_capacity(packets.len());
    for listed in packets {
        waiting.extend(Packet::to_read(work, listing, listed, capability)?);
    }
    let rewards = work.rewards;
    let most = work.options.read_ahead.max(1);
    let mut opening: FuturesOrdered<BoxFuture<'_, Opened<'_>>> = FuturesOrdered::new();
    loop {
        while opening.len() < most
            && let Some(mut packet) = waiting.pop_front()
        {
            packet.is_early = !opening.is_empty();
            opening.push_back(packet.open(rewards).boxed());
        }
        let Some(opened) = opening.next().await else {
            return Ok(());
        };
        match read_packet(work, opened).await? {
            Some(reading) if reading.is_final() => {}
            Some(_) => listing.is_unsettled = true,
            None => listing.miss(),
        }
    }
}

/// A red packet whose claims are to be read.
struct Packet {
    /// All that is known of it.
    red_packet: RedPacket,
    query: ClaimQuery,
    reading: Reading,
    from: Option<Cursor>,
    /// Whether its first page is asked for before its turn.
    is_early: bool,
    /// Whether the ledger has it.
    is_stored: bool,
}

/// A red packet, and its pages of claims, the first of which has been asked for.
struct Opened<'a> {
    packet: Packet,
    first: Option<Result<Claims>>,
    rest: BoxStream<'a, Result<Claims>>,
}

/// Reads all claims of a red packet: an interrupted reading to its end first, then a new one. Gives the reading, or nothing if they
/// can't be read.
async fn read_packet<'a>(
    work: &mut Work<'a>,
    mut opened: Opened<'a>,
) -> Result<Option<Reading>, Halt> {
    let rewards = work.rewards;
    loop {
        let error = opened.take_all(work).await?.err();
        let mut packet = opened.packet;
        match error {
            None if packet.reading.is_new() => {
                work.outcome.listings_read += 1;
                return Ok(Some(packet.reading));
            }
            Some(error) if packet.is_early && is_passing(error.kind()) => packet.is_early = false,
            Some(error) => {
                let error = work.of_listing(error)?;
                if packet.reading.is_new() {
                    packet.fail(work, error)?;
                    return Ok(None);
                }
                packet.begin_again(work)?;
            }
            None if work.options.max_requests.is_some() => {
                // As for listings: a large red packet must not take every run's calls.
                work.is_postponed = true;
                return Ok(Some(packet.reading));
            }
            None => packet.begin_again(work)?,
        }
        work.go_on()?;
        opened = packet.open(rewards).await;
    }
}

/// Whether a call may fail so because nobody moved it on in time.
fn is_passing(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Timeout | ErrorKind::Transport | ErrorKind::RateLimited)
}

impl Opened<'_> {
    /// Commits the pages to the last one, or to the error that comes instead.
    async fn take_all(&mut self, work: &mut Work<'_>) -> Result<Result<()>, Halt> {
        let mut next = self.first.take();
        while let Some(answer) = next {
            match answer {
                Ok(claims) => self.packet.take(work, claims)?,
                Err(error) => return Ok(Err(error)),
            }
            work.go_on()?;
            next = self.rest.next().await;
        }
        Ok(Ok(()))
    }
}

impl Packet {
    /// A red packet as a listing has it; nothing if its claims needn't be read.
    fn to_read(
        work: &Work<'_>,
        listing: &mut Reading,
        listed: &RedPacket,
        capability: &ListingCapability,
    ) -> Result<Option<Self>, LedgerError> {
        let (options, stamp) = (&work.options, &work.stamp);
        let packet = work.ledger.stored_red_packet(stamp.account, &listed.id)?;
        let key = ListingKey {
            account: stamp.account,
            operation: Operation::Claims,
            scope: listed.id.to_string(),
        };
        let stored = work.ledger.listing(&key)?;
        let is_through = |read: &&Listing| read.cursor.is_none() && read.error.is_none();
        let is_final = stored.as_ref().filter(is_through).is_some_and(|read| read.is_final);
        let has_read = stored.as_ref().is_some_and(|read| listing.has_read(read));
        let is_as_stored = packet.as_ref().is_some_and(|packet| is_as_stored(listed, packet));
        if is_as_stored && (has_read || is_final && !options.full) {
            listing.is_unsettled |= !is_final;
            return Ok(None);
        }
        let mut wanted = Wanted::whole(key);
        let of_packet = Some(listed.id.clone());
        wanted.rows = Some(SeenScope { red_packet: of_packet, ..SeenScope::default() });
        let plan = wanted.plan(stored.as_ref(), options, stamp.now);
        let left = stored.clone().filter(|_| plan.action == Action::Resume);
        let resumed = left.and_then(|left| Reading::resume(&wanted, left));
        let (reading, from) =
            resumed.unwrap_or_else(|| (Reading::new(&wanted, stored, &plan, stamp), None));
        let mut red_packet = listed.clone();
        if packet.as_ref().is_some_and(|packet| is_hidden(packet.state.as_ref())) {
            red_packet.state = None;
        }
        let mut query = ClaimQuery::new(listed.room.clone(), listed.id.clone());
        query.page_size = options.size_for(capability);
        query.read_ahead = options.read_ahead;
        Ok(Some(Self {
            red_packet,
            query,
            reading,
            from,
            is_early: false,
            is_stored: packet.is_some(),
        }))
    }

    /// Asks for the page of claims with which its reading begins.
    async fn open<'a>(self, rewards: &'a Counted<'a>) -> Opened<'a> {
        let mut rest = rewards.claim_pages(self.query.clone(), self.from.clone()).boxed();
        let first = rest.next().await;
        Opened { packet: self, first, rest }
    }

    /// Commits a page of claims, and the red packet as both calls report it; if what the claims call says of it can't be read, that is a
    /// rejected row beside the claims.
    fn take(&mut self, work: &mut Work<'_>, claims: Claims) -> Result<(), Halt> {
        let Claims { red_packet, rejected, mut page, .. } = claims;
        self.is_early = false;
        if let Some(reported) = red_packet {
            self.red_packet.update_from(reported);
        }
        if let Some(rejected) = rejected {
            // It is none of the rows of which there is a total.
            page.rejected.push(rejected);
            page.total = None;
        }
        let read = self.reading.rows_with(&page);
        self.reading.wanted.final_from = Some(final_from(&self.red_packet, read, &work.options));
        let red_packet = slice::from_ref(&self.red_packet);
        work.commit(&mut self.reading, &page, |writing, stamp| {
            let mut written = writing.upsert(stamp, red_packet)?;
            written += writing.upsert(stamp, &page.items)?;
            Ok(written)
        })?;
        self.is_stored = true;
        Ok(())
    }

    /// Begins a new reading.
    fn begin_again(&mut self, work: &Work<'_>) -> Result<(), LedgerError> {
        let wanted = &self.reading.wanted;
        let stored = work.ledger.listing(&wanted.key)?;
        let plan = wanted.plan(stored.as_ref(), &work.options, work.stamp.now);
        self.reading = Reading::new(wanted, stored, &plan, &work.stamp);
        self.from = None;
        Ok(())
    }

    /// Keeps what the claims failed with, and the red packet if the ledger doesn't have it yet.
    fn fail(&mut self, work: &mut Work<'_>, error: Error) -> Result<(), Halt> {
        let new: &[RedPacket] =
            if self.is_stored { &[] } else { slice::from_ref(&self.red_packet) };
        work.fail(&mut self.reading, error, |writing, stamp| writing.upsert(stamp, new))
    }
}

/// From when on a reading of a red packet's claims that has come to so many is the last: late claims come within days; a refund, and claims
/// that are counted and not listed yet, are waited for only so long.
fn final_from(packet: &RedPacket, claims: u64, options: &SyncOptions) -> Timestamp {
    let is_short = packet.claimed_count.is_some_and(|counted| claims < counted);
    let is_over = is_settled(packet) && !is_short;
    days_after(packet.created_at, if is_over { options.lookback_days } else { options.settle_days })
}
