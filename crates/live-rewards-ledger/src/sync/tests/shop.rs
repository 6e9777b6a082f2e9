use std::sync::{Mutex, MutexGuard};

use live_rewards_core::{
    Capabilities, Claim, ClaimSource, Cursor, Error, ErrorKind, Gift, GiftPayment,
    ListingCapability, Page, PointsAccount, PointsEntry, Position, Prize, PrizeActivity,
    PrizeCapability, PrizeKind, Query, RedPacket, RejectedRow, Result, Room, Session,
    SessionCapability, Timestamp, Vendor,
};

use crate::sync::Stop;

/// A vendor whose answers come from its rows, two a page, and include the times that are asked for.
#[derive(Debug)]
pub(super) struct Shop {
    pub(super) vendor: Vendor,
    pub(super) capabilities: Capabilities,
    state: Mutex<State>,
}

/// What it has. Rows come in this order.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) rooms: Vec<Room>,
    pub(super) sessions: Vec<Session>,
    pub(super) packets: Vec<RedPacket>,
    /// Packets as the claims call has them.
    pub(super) reported: Vec<RedPacket>,
    /// Packets of which the claims call says something that can't be read.
    pub(super) garbled: Vec<String>,
    pub(super) claims: Vec<Claim>,
    pub(super) gifts: Vec<Gift>,
    pub(super) payments: Vec<GiftPayment>,
    pub(super) activities: Vec<PrizeActivity>,
    pub(super) prizes: Vec<Prize>,
    pub(super) accounts: Vec<PointsAccount>,
    pub(super) entries: Vec<PointsEntry>,
    /// Ids of the rows that can't be read.
    pub(super) spoiled: Vec<String>,
    /// Calls that fail if they have this text, so many times.
    pub(super) failures: Vec<(&'static str, ErrorKind, usize)>,
    /// Asked to stop by the first call with this text.
    pub(super) stop_at: Option<(&'static str, Stop)>,
    calls: Vec<String>,
}

const LISTING: ListingCapability = ListingCapability::new(2, None);

const ACTIVITIES: &[PrizeCapability] = &[
    PrizeCapability::new(PrizeKind::Lottery, LISTING.by_session().needs_time().longest_days(365)),
    PrizeCapability::new(PrizeKind::Task, LISTING),
];

impl Shop {
    /// One that narrows by time and gives claims with their packets.
    pub(super) fn inline() -> Self {
        let mut capabilities = Capabilities::default();
        capabilities.rooms = Some(LISTING);
        capabilities.sessions = Some(SessionCapability::new(LISTING.by_time()));
        capabilities.red_packets = Some(LISTING.by_time());
        capabilities.claims = Some(ClaimSource::Inline);
        capabilities.gifts = Some(LISTING.needs_time());
        Self::of(Vendor::Polyv, capabilities)
    }

    /// The same with prizes and nothing else.
    pub(super) fn prizes() -> Self {
        let mut capabilities = Capabilities::default();
        capabilities.prize_activities = ACTIVITIES;
        capabilities.prizes = ACTIVITIES;
        Self::of(Vendor::Polyv, capabilities)
    }

    /// One that has gifts, and payments for them.
    pub(super) fn gifts() -> Self {
        let mut capabilities = Capabilities::default();
        capabilities.gifts = Some(LISTING.needs_time());
        capabilities.gift_payments = Some(LISTING.needs_time());
        Self::of(Vendor::Polyv, capabilities)
    }

    /// One that has a call for the claims of a packet, and doesn't narrow by time.
    pub(super) fn by_packet() -> Self {
        let mut capabilities = Capabilities::default();
        capabilities.red_packets = Some(LISTING);
        capabilities.claims = Some(ClaimSource::ByPacket(LISTING));
        capabilities.red_packet_summary = true;
        Self::of(Vendor::Xiaoe, capabilities)
    }

    /// One that has points.
    pub(super) fn points() -> Self {
        let mut capabilities = Capabilities::default();
        capabilities.points_accounts = Some(LISTING.by_time());
        capabilities.points_entries = Some(LISTING);
        Self::of(Vendor::Xiaoe, capabilities)
    }

    fn of(vendor: Vendor, capabilities: Capabilities) -> Self {
        Self { vendor, capabilities, state: Mutex::default() }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The next calls with this text fail.
    pub(super) fn fail(&self, text: &'static str, kind: ErrorKind, times: usize) {
        self.state().failures.push((text, kind, times));
    }

    /// The calls since the last time.
    pub(super) fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.state().calls)
    }

    /// The calls since the last time with this text.
    pub(super) fn calls_of(&self, text: &str) -> Vec<String> {
        self.calls().into_iter().filter(|call| call.contains(text)).collect()
    }

    pub(super) fn begin(&self, call: String) -> Result<()> {
        let mut state = self.state();
        if let Some((text, stop)) = &state.stop_at
            && call.contains(text)
        {
            stop.ask();
        }
        let failure =
            state.failures.iter_mut().find(|(text, _, left)| *left > 0 && call.contains(text));
        let kind = failure.map(|(_, kind, left)| {
            *left -= 1;
            *kind
        });
        state.calls.push(call);
        kind.map_or(Ok(()), |kind| Err(Error::new(kind, "as ordered").with_vendor(self.vendor)))
    }

    /// Makes a call of the listing of some rows, which are picked and known by an id.
    pub(super) fn page<T: Clone>(
        &self,
        query: &impl Query,
        cursor: Option<&Cursor>,
        of: &str,
        rows: impl Fn(&State) -> Vec<(String, T)>,
    ) -> Result<Page<T>> {
        let first = Position::Page { number: 1, size: query.page_size().unwrap_or(2) };
        let at = cursor.map_or(Ok(first), |cursor| cursor.position(self.vendor, query))?;
        let range = match (query.since(), query.until()) {
            (None, None) => String::new(),
            (since, until) => format!(" {}..{}", short(since), short(until)),
        };
        self.begin(format!("{}{of}{range} p{}", query.operation(), at.page()))?;
        let state = self.state();
        let rows = rows(&state);
        let (start, size) = (usize::try_from(at.offset()).unwrap(), at.size() as usize);
        let mut page = Page::new(Vec::new(), Timestamp::from_epoch_ms(0).unwrap());
        for (number, (id, row)) in rows.iter().skip(start).take(size).enumerate() {
            if state.spoiled.contains(id) {
                page.rejected.push(RejectedRow::new(number, "spoiled".to_owned(), id.clone()));
            } else {
                page.items.push(row.clone());
            }
        }
        page.total = Some(rows.len() as u64);
        let next = (start + size < rows.len()).then(|| at.following().unwrap());
        page.next = next.map(|next| Cursor::new(self.vendor, query, next));
        Ok(page)
    }
}

/// As `2026-01-31 08:00:00`.
fn short(time: Option<Timestamp>) -> String {
    time.map_or(String::new(), |time| time.to_string()[..19].replace('T', " "))
}
