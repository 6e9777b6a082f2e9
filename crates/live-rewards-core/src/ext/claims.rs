use std::{
    collections::VecDeque,
    sync::Arc,
    task::{Context, Poll},
};

use super::{
    ahead::Ahead,
    packet::{Packet, Standing},
    rows::in_place,
};
use crate::{
    ClaimQuery, ClaimSource, Claims, Cursor, Error, ErrorKind, LiveRewards, Page, Position,
    RedPacket, RedPacketId, RedPacketQuery, Result, Vendor, cursor::ListingPage,
};

/// Pages on which the red packet that a cursor names is looked for: newer ones push it to later pages.
const PAGES_TO_LOOK_AT: u32 = 10;

/// Reads the claims of a room's red packets in packet order, those of several packets at once.
///
/// Of the packet whose turn it is pages are read ahead; of each one after it only the first page is, so that memory stays flat, and where
/// that is short the one behind it, which is hardly ever more than empty. The next page of red packets is asked for once all known
/// ones are opened.
pub(super) struct RoomClaims<'a> {
    vendor: Vendor,
    query: Arc<RedPacketQuery>,
    /// Most calls under way at once.
    most: usize,
    /// Rows that the first page of red packets is asked for.
    first_size: Option<u32>,
    listing: Ahead<'a, Page<RedPacket>>,
    /// Reads the claims of a packet, where they have a call of their own.
    read: Option<Read<'a>>,
    /// Where reading goes on, until it is found.
    sought: Option<Sought>,
    /// Packets of the last page that are not opened yet.
    known: VecDeque<Packet<'a>>,
    /// Packets whose claims were asked for; the first one is handed out.
    opened: VecDeque<Packet<'a>>,
}

type Read<'a> = Box<dyn Fn(ClaimQuery, Option<Cursor>) -> Ahead<'a, Claims> + Send + 'a>;

struct Sought {
    red_packet: RedPacketId,
    claims: Option<Position>,
    pages_left: u32,
}

impl<'a> RoomClaims<'a> {
    pub(super) fn new<T: LiveRewards + ?Sized>(
        rewards: &'a T,
        mut query: RedPacketQuery,
        from: Option<&Cursor>,
    ) -> Result<Self> {
        let vendor = rewards.vendor();
        let capabilities = rewards.capabilities();
        let read: Option<Read<'a>> = match capabilities.claims {
            Some(ClaimSource::ByPacket(listing)) => Some(Box::new(move |query, from| {
                claims_of(rewards, query, from).first_size(listing.page_size)
            })),
            Some(ClaimSource::Inline) => None,
            None => {
                let error = Error::new(ErrorKind::Unsupported, "no published call answers claims");
                return Err(error.with_vendor(vendor));
            }
        };
        let mut start = None;
        let mut sought = None;
        if let Some(from) = from {
            let place = from.room_place(vendor, &query)?.clone();
            match place.listing {
                ListingPage::First { size } => query.page_size = size.or(query.page_size),
                ListingPage::At(position) => start = Some(Cursor::new(vendor, &query, position)),
            }
            sought = Some(Sought {
                red_packet: place.red_packet,
                claims: place.claims,
                pages_left: PAGES_TO_LOOK_AT,
            });
        }
        let usual_size = capabilities.red_packets.map(|listing| listing.page_size);
        Ok(Self {
            vendor,
            most: query.read_ahead.max(1),
            first_size: query.page_size.or(usual_size),
            listing: red_packets_of(rewards, query.clone(), start),
            query: Arc::new(query),
            read,
            sought,
            known: VecDeque::new(),
            opened: VecDeque::new(),
        })
    }

    /// The next page of claims.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Claims>>> {
        loop {
            self.ask();
            if !self.drive(context) {
                break;
            }
        }
        let Some(packet) = self.opened.front_mut() else {
            return if self.listing.is_over() { Poll::Ready(None) } else { Poll::Pending };
        };
        let is_row = packet.is_rejected_row();
        let taken = packet.take();
        if !is_row && matches!(taken, Some(Err(_))) {
            self.stop_after(0);
        } else if packet.is_done() {
            self.opened.pop_front();
        }
        taken.map_or(Poll::Pending, |page| Poll::Ready(Some(page)))
    }

    /// Asks for pages and opens packets while calls are free; what is needed sooner comes first.
    fn ask(&mut self) {
        let under_way: usize = self.opened.iter().map(Packet::under_way).sum();
        let mut free = self.most.saturating_sub(under_way + self.listing.under_way());
        for (at, packet) in self.opened.iter_mut().enumerate() {
            packet.ask(if at == 0 { self.most } else { 1 }, &mut free, at == 0);
        }
        // Claims that came with their packets need no call.
        while self.opened.len() < self.most && (free > 0 || self.read.is_none()) {
            let Some(mut packet) = self.known.pop_front() else {
                break;
            };
            packet.ask(1, &mut free, self.opened.is_empty());
            self.opened.push_back(packet);
        }
        if self.known.is_empty() && self.opened.len() < self.most {
            let pages = if self.read.is_some() { 1 } else { self.most };
            self.listing.ask(pages, &mut free, self.opened.is_empty());
        }
    }

    /// Moves all calls on. Whether anything came of it; then more can be asked for.
    fn drive(&mut self, context: &mut Context<'_>) -> bool {
        let all_handed_out = self.known.is_empty() && self.opened.is_empty();
        let mut moved = self.listing.drive(context, all_handed_out);
        for (at, packet) in self.opened.iter_mut().enumerate() {
            moved |= packet.drive(context, at == 0);
        }
        if let Some(end) = self.opened.iter().position(Packet::ends_all) {
            self.stop_after(end + 1);
        }
        if self.known.is_empty() {
            match self.listing.take() {
                None => return moved,
                Some(Ok((at, page))) => self.list(at.as_ref(), page),
                Some(Err(error)) => self.opened.push_back(Packet::failed(error)),
            }
            moved = true;
        }
        moved
    }

    /// Hands out nothing after so many of the opened packets.
    fn stop_after(&mut self, packets: usize) {
        self.opened.truncate(packets);
        self.known.clear();
        self.listing.end();
    }

    /// Takes over a page of red packets.
    fn list(&mut self, at: Option<&Cursor>, mut page: Page<RedPacket>) {
        let mut listed = Page::new(Vec::new(), page.fetched_at);
        listed.request_id = page.request_id.take();
        let mut rows = in_place(self.vendor, page);
        let mut resumed = None;
        if let Some(sought) = self.sought.take() {
            let Some(at) = rows.iter().position(|row| sought.is_in(row)) else {
                self.look_on(sought);
                return;
            };
            resumed = sought.claims;
            rows.drain(..at + usize::from(resumed.is_none()));
        }
        let at = at.and_then(Cursor::listing_position).cloned();
        let mut standing = Standing {
            vendor: self.vendor,
            query: Arc::clone(&self.query),
            listing: at.map_or(ListingPage::First { size: self.first_size }, ListingPage::At),
            last: false,
        };
        let mut rows = rows.into_iter().peekable();
        while let Some(row) = rows.next() {
            standing.last = rows.peek().is_none() && self.listing.is_over();
            self.known.push_back(match (row, &self.read) {
                (Err(error), _) => Packet::RejectedRow(Some(error)),
                (Ok(packet), None) => Packet::with_claims(packet, &standing, &listed),
                (Ok(packet), Some(read)) => {
                    let query = ClaimQuery::new(packet.room.clone(), packet.id.clone());
                    let from = resumed.take();
                    let from = from.map(|position| Cursor::new(self.vendor, &query, position));
                    Packet::read(packet, standing.clone(), read(query, from))
                }
            });
        }
    }

    /// Looks for a red packet on the next page, if that isn't too far.
    fn look_on(&mut self, mut sought: Sought) {
        sought.pages_left -= 1;
        if sought.pages_left > 0 && !self.listing.is_over() {
            self.sought = Some(sought);
            return;
        }
        let message = format!(
            "the cursor's red packet {} is not where it stood; start again without the cursor",
            sought.red_packet
        );
        let error = Error::new(ErrorKind::InvalidInput, message).with_vendor(self.vendor);
        self.listing.end();
        self.opened.push_back(Packet::failed(error));
    }
}

impl Sought {
    fn is_in(&self, row: &Result<RedPacket>) -> bool {
        row.as_ref().is_ok_and(|packet| packet.id == self.red_packet)
    }
}

fn red_packets_of<T: LiveRewards + ?Sized>(
    rewards: &T,
    query: RedPacketQuery,
    from: Option<Cursor>,
) -> Ahead<'_, Page<RedPacket>> {
    Ahead::new(rewards.vendor(), from, query, move |query, cursor| async move {
        rewards.red_packets_page(&query, cursor.as_ref()).await
    })
}

fn claims_of<T: LiveRewards + ?Sized>(
    rewards: &T,
    query: ClaimQuery,
    from: Option<Cursor>,
) -> Ahead<'_, Claims> {
    Ahead::new(rewards.vendor(), from, query, move |query, cursor| async move {
        rewards.claims_page(&query, cursor.as_ref()).await
    })
}
