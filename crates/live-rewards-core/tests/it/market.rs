//! A vendor whose calls take their time and are answered in any order, from rows that may change meanwhile.

use std::{
    collections::VecDeque,
    ops::Range,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use async_trait::async_trait;
use live_rewards_core::{
    Capabilities, Claim, ClaimQuery, ClaimSource, Claims, Cursor, Error, ErrorKind,
    ListingCapability, LiveRewards, Money, Page, Position, Query, RedPacket, RedPacketQuery,
    RejectedRow, Result, RoomKind, RoomRef, Timestamp, UserIdKind, UserRef, Vendor,
};

/// What the vendor has and how it answers.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// How many claims each red packet has, in the order of the listing.
    pub(crate) packets: Vec<usize>,
    /// Whether claims come with their packets.
    pub(crate) inline: bool,
    pub(crate) style: Style,
    /// Rows a page where the query doesn't say.
    pub(crate) size: u32,
    /// Rows that the vendor gives at most, whatever it is asked for.
    pub(crate) cap: u32,
    pub(crate) end: End,
    /// How often a call is polled before it looks at the rows, and then before it answers; in a circle.
    pub(crate) delays: Vec<u8>,
    /// How many packets come in before each look at the listing.
    pub(crate) news: VecDeque<u8>,
    pub(crate) news_at_head: bool,
    /// A row that can't be read.
    pub(crate) rejected: Option<usize>,
    /// A row whose page fails, and how.
    pub(crate) broken: Option<(usize, ErrorKind)>,
    /// A packet whose claims fail, and how.
    pub(crate) broken_packet: Option<(usize, ErrorKind)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Page,
    Offset,
    Total,
}

/// What comes after the last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Empty,
    /// The last page again.
    Repeats,
    /// One empty page, then errors.
    Refuses,
}

impl Plan {
    pub(crate) fn of(packets: Vec<usize>) -> Self {
        Self {
            packets,
            inline: false,
            style: Style::Page,
            size: 2,
            cap: u32::MAX,
            end: End::Refuses,
            delays: vec![0, 3, 1, 2],
            news: VecDeque::new(),
            news_at_head: false,
            rejected: None,
            broken: None,
            broken_packet: None,
        }
    }
}

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

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn begin(&self, packet: &str) -> UnderWay<'_> {
        let mut state = self.state();
        state.calls.push(packet.to_owned());
        state.under_way += 1;
        state.most_under_way = state.most_under_way.max(state.under_way);
        UnderWay(self)
    }

    async fn wait(&self) {
        let polls = {
            let mut state = self.state();
            state.delays += 1;
            self.plan.delays[state.delays % self.plan.delays.len()]
        };
        Polls(polls).await;
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

    /// The rows of a page, and where the next one is.
    fn look(&self, at: Position, rows: usize) -> Result<(Range<usize>, Option<Position>)> {
        let size = at.size().min(self.plan.cap) as usize;
        let pages = rows.div_ceil(size);
        let before = match at {
            Position::Offset { offset, .. } => usize::try_from(offset).unwrap() / size,
            _ => at.page() as usize - 1,
        };
        let told = self.plan.style == Style::Total;
        let last = pages.saturating_sub(1);
        let page = match self.plan.end {
            End::Refuses if before > pages || (told && before > last) => {
                return Err(Error::new(ErrorKind::NotFound, "no such page"));
            }
            End::Repeats if !told => before.min(last),
            _ => before,
        };
        let range = (page * size).min(rows)..((page + 1) * size).min(rows);
        let short = range.len() < at.size() as usize;
        let next = match at {
            _ if told && before + 1 >= pages => None,
            _ if !told && range.is_empty() => None,
            Position::Page { number, size } if told => {
                Some(Position::Page { number: number + 1, size })
            }
            _ if short && at.offset() == 0 => {
                let size = u32::try_from(range.len()).unwrap();
                Some(match at {
                    Position::Offset { .. } => Position::Offset { offset: size.into(), size },
                    _ => Position::Page { number: 2, size },
                })
            }
            Position::Page { number, size } => Some(Position::Page { number: number + 1, size }),
            Position::Offset { offset, size } => {
                Some(Position::Offset { offset: offset + u64::from(size), size })
            }
            _ => None,
        };
        Ok((range, next))
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
        if self.plan.inline {
            packet.claims = Some((0..*claims).map(|number| claim(id, number)).collect());
        }
        packet
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
        let _under_way = self.begin("");
        self.wait().await;
        let page = {
            let mut state = self.state();
            for _ in 0..state.news.pop_front().unwrap_or(0) {
                state.send(self.plan.news_at_head);
            }
            let rows = state.packets.len();
            self.look(at, rows).map(|(range, next)| {
                let packets = state.packets.range(range.clone());
                let packets = packets.map(|packet| self.red_packet(packet)).collect();
                (range, self.page(query, packets, rows, next))
            })
        };
        self.wait().await;
        let (range, mut page) = page?;
        if let Some((row, kind)) = self.plan.broken
            && range.contains(&row)
        {
            return Err(Error::new(kind, "no page"));
        }
        if let Some(row) = self.plan.rejected
            && range.contains(&row)
        {
            let position = row - range.start;
            let id = page.items.remove(position).id;
            page.rejected = vec![RejectedRow::new(position, "no money".into(), id.to_string())];
        }
        Ok(page)
    }

    async fn claims_page(&self, query: &ClaimQuery, cursor: Option<&Cursor>) -> Result<Claims> {
        let at = self.position(query, cursor)?;
        let id = query.red_packet.as_str();
        let _under_way = self.begin(id);
        self.wait().await;
        let found = self.state().packets.iter().find(|packet| packet.0 == id).cloned();
        let packet = found.ok_or_else(|| Error::new(ErrorKind::NotFound, "no such packet"))?;
        let answer = self.look(at, packet.1);
        self.wait().await;
        if let Some((broken, kind)) = self.plan.broken_packet
            && broken.to_string() == id
        {
            return Err(Error::new(kind, "no claims"));
        }
        let (range, next) = answer?;
        let claims = range.map(|number| claim(id, number)).collect();
        let page = self.page(query, claims, packet.1, next);
        let mut reported = self.red_packet(&packet);
        reported.claimed_count = Some(packet.1 as u64);
        Ok(Claims::new(Some(reported), page))
    }
}

/// Counts a call as under way until it is answered or dropped.
struct UnderWay<'a>(&'a Market);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.state().under_way -= 1;
    }
}

/// Is ready after so many polls.
struct Polls(u8);

impl Future for Polls {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Runs a future, which has to see to it that it is woken.
pub(crate) fn run<F: Future>(future: F) -> F::Output {
    let woken = Arc::new(Woken(AtomicBool::new(true)));
    let waker = Waker::from(Arc::clone(&woken));
    let mut future = pin!(future);
    loop {
        assert!(woken.0.swap(false, Ordering::SeqCst), "it waits for nothing");
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
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
