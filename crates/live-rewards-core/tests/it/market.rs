//! A vendor whose calls take their time and are answered in any order, from rows that may change meanwhile.

use std::{
    collections::VecDeque,
    future::poll_fn,
    sync::{Mutex, MutexGuard},
    task::Poll,
};

use async_trait::async_trait;
use live_rewards_core::{
    Capabilities, Claim, ClaimQuery, ClaimSource, Claims, Cursor, Error, ErrorKind,
    ListingCapability, LiveRewards, Money, Page, Position, Query, RedPacket, RedPacketQuery,
    RejectedRow, Result, RoomKind, RoomRef, Timestamp, UserIdKind, UserRef, Vendor,
};

use crate::{
    plan::{Plan, Style},
    run::Polls,
};

#[derive(Debug)]
pub(crate) struct Market {
    plan: Plan,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Ids of the packets and how many claims they have.
    packets: VecDeque<(String, usize)>,
    news: VecDeque<u8>,
    sent: usize,
    delays: usize,
    under_way: usize,
    most_under_way: usize,
    pauses: usize,
    ticks: usize,
    /// What was called: an empty id for the listing, else that of a packet.
    calls: Vec<String>,
}

impl Market {
    pub(crate) fn open(plan: &Plan) -> Self {
        let packets = plan.packets.iter().enumerate();
        let state = State {
            packets: packets.map(|(number, claims)| (number.to_string(), *claims)).collect(),
            news: plan.news.clone(),
            sent: 0,
            delays: 0,
            under_way: 0,
            most_under_way: 0,
            pauses: 0,
            ticks: 0,
            calls: Vec::new(),
        };
        Self { plan: plan.clone(), state: Mutex::new(state) }
    }

    pub(crate) fn under_way(&self) -> usize {
        self.state().under_way
    }

    pub(crate) fn most_under_way(&self) -> usize {
        self.state().most_under_way
    }

    pub(crate) fn calls(&self) -> usize {
        self.state().calls.len()
    }

    pub(crate) fn calls_of(&self, packet: &str) -> usize {
        self.state().calls.iter().filter(|call| *call == packet).count()
    }

    /// New packets at the head.
    pub(crate) fn send(&self, packets: usize) {
        for _ in 0..packets {
            self.state().send(true);
        }
    }

    pub(crate) fn remove(&self, packet: &str) {
        self.state().packets.retain(|(id, _)| id != packet);
    }

    /// Lets so much time go by that all calls under way fail.
    pub(crate) fn pause(&self) {
        self.state().pauses += 1;
    }

    /// Moves on all calls that wait for a tick.
    pub(crate) fn tick(&self) {
        self.state().ticks += 1;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn begin(&self, packet: &str) -> UnderWay<'_> {
        let mut state = self.state();
        state.calls.push(packet.to_owned());
        state.under_way += 1;
        state.most_under_way = state.most_under_way.max(state.under_way);
        UnderWay { market: self, number: state.calls.len() - 1, pauses: state.pauses }
    }

    async fn wait(&self) {
        let (polls, ticks) = {
            let mut state = self.state();
            state.delays += 1;
            let delays = &self.plan.delays;
            (delays.get(state.delays % delays.len().max(1)).copied(), state.ticks)
        };
        let Some(polls) = polls else {
            return self.ticked(ticks).await;
        };
        Polls(polls).await;
    }

    /// Is ready once there were more ticks than so many.
    async fn ticked(&self, ticks: usize) {
        poll_fn(|context| {
            if self.state().ticks > ticks {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }

    fn position(&self, query: &impl Query, cursor: Option<&Cursor>) -> Result<Position> {
        if let Some(cursor) = cursor {
            return cursor.position(Vendor::Xiaoe, query);
        }
        let size = query.page_size().unwrap_or(self.plan.size);
        Ok(match self.plan.style {
            Style::Page | Style::Total => Position::Page { number: 1, size },
            Style::Offset => Position::Offset { offset: 0, size },
        })
    }

    fn page<T>(
        &self,
        query: &impl Query,
        rows: Vec<T>,
        of: usize,
        next: Option<Position>,
    ) -> Page<T> {
        let mut page = Page::new(rows, instant());
        page.next = next.map(|next| Cursor::new(Vendor::Xiaoe, query, next));
        page.total = (self.plan.style == Style::Total).then_some(of as u64);
        page
    }

    fn red_packet(&self, (id, claims): &(String, usize)) -> RedPacket {
        let mut packet =
            RedPacket::new(id.as_str().into(), room(), Money::from_fen(100), instant());
        if self.plan.inline && !self.is_spoilt(id) {
            packet.claims = Some((0..*claims).map(|number| claim(id, number)).collect());
        }
        packet
    }

    fn is_spoilt(&self, packet: &str) -> bool {
        self.plan.spoilt.is_some_and(|spoilt| spoilt.to_string() == packet)
    }
}

impl State {
    fn send(&mut self, at_head: bool) {
        self.sent += 1;
        let packet = (format!("new {}", self.sent), 1);
        if at_head {
            self.packets.push_front(packet);
        } else {
            self.packets.push_back(packet);
        }
    }
}

#[async_trait]
impl LiveRewards for Market {
    fn vendor(&self) -> Vendor {
        Vendor::Xiaoe
    }

    fn capabilities(&self) -> Capabilities {
        let listing = ListingCapability::new(self.plan.size, None);
        let by_packet = ClaimSource::ByPacket(listing);
        let mut capabilities = Capabilities::default();
        capabilities.red_packets = Some(listing);
        capabilities.claims = Some(if self.plan.inline { ClaimSource::Inline } else { by_packet });
        capabilities
    }

    async fn red_packets_page(
        &self,
        query: &RedPacketQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<RedPacket>> {
        let at = self.position(query, cursor)?;
        let call = self.begin("");
        self.wait().await;
        let page = {
            let mut state = self.state();
            for _ in 0..state.news.pop_front().unwrap_or(0) {
                state.send(self.plan.news_at_head);
            }
            let rows = state.packets.len();
            self.plan.look(&at, rows, call.number).map(|(range, next)| {
                let packets = state.packets.range(range.clone());
                let packets = packets.map(|packet| self.red_packet(packet)).collect();
                (range, self.page(query, packets, rows, next))
            })
        };
        self.wait().await;
        call.in_time()?;
        let (range, mut page) = page?;
        if let Some((row, kind)) = self.plan.broken
            && range.contains(&row)
        {
            return Err(Error::new(kind, "no page"));
        }
        let rejected = self.plan.rejected.map(|row| row.to_string());
        let is_rejected = |packet: &RedPacket| Some(packet.id.as_str()) == rejected.as_deref();
        if let Some(position) = page.items.iter().position(is_rejected) {
            let id = page.items.remove(position).id.to_string();
            page.rejected = vec![RejectedRow::new(position, format!("no money in {id}"), id)];
        }
        Ok(page)
    }

    async fn claims_page(&self, query: &ClaimQuery, cursor: Option<&Cursor>) -> Result<Claims> {
        let at = self.position(query, cursor)?;
        let id = query.red_packet.as_str();
        let call = self.begin(id);
        self.wait().await;
        let found = self.state().packets.iter().find(|packet| packet.0 == id).cloned();
        let packet = found.ok_or_else(|| Error::new(ErrorKind::NotFound, "no such packet"))?;
        let answer = self.plan.look(&at, packet.1, call.number);
        self.wait().await;
        call.in_time()?;
        if let Some((broken, kind)) = self.plan.broken_packet
            && broken.to_string() == id
        {
            return Err(Error::new(kind, "no claims"));
        }
        let (range, next) = answer?;
        let claims = range.map(|number| claim(id, number)).collect();
        let page = self.page(query, claims, packet.1, next);
        if self.is_spoilt(id) {
            let mut claims = Claims::new(None, page);
            claims.rejected = Some(RejectedRow::new(0, "no money".to_owned(), id.to_owned()));
            return Ok(claims);
        }
        let mut reported = self.red_packet(&packet);
        reported.claimed_count = Some(packet.1 as u64);
        Ok(Claims::new(Some(reported), page))
    }
}

/// Counts a call as under way until it is answered or dropped.
struct UnderWay<'a> {
    market: &'a Market,
    number: usize,
    /// How many pauses there were before.
    pauses: usize,
}

impl UnderWay<'_> {
    fn in_time(&self) -> Result<()> {
        if self.market.state().pauses > self.pauses {
            return Err(Error::new(ErrorKind::Timeout, "nobody looked after it"));
        }
        Ok(())
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.market.state().under_way -= 1;
    }
}

pub(crate) fn query() -> RedPacketQuery {
    RedPacketQuery::new(room())
}

fn claim(packet: &str, number: usize) -> Claim {
    let user = UserRef::new(format!("{packet}/{number}"), UserIdKind::VendorUser);
    Claim::new(packet.into(), room(), user, Money::from_fen(1), instant())
}

fn room() -> RoomRef {
    RoomRef::new("l_1", RoomKind::Live)
}

fn instant() -> Timestamp {
    Timestamp::from_epoch_ms(0).unwrap()
}
