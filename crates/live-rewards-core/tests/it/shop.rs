//! A vendor that answers what a test prepared.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use futures_util::{FutureExt, Stream, StreamExt};
use live_rewards_core::{
    Capabilities, Claim, ClaimQuery, ClaimSource, Claims, Cursor, Error, ErrorKind,
    ListingCapability, LiveRewards, Money, Page, Position, RedPacket, RedPacketQuery, RejectedRow,
    Result, RoomKind, RoomRef, Timestamp, UserIdKind, UserRef, Vendor,
};

#[derive(Debug, Default)]
pub(crate) struct Shop {
    pub(crate) packets: Mutex<VecDeque<Result<Page<RedPacket>>>>,
    pub(crate) claims: Mutex<VecDeque<Result<Page<Claim>>>>,
    /// The cursors that pages were asked for with.
    pub(crate) asked: Mutex<Vec<Option<String>>>,
}

#[async_trait]
impl LiveRewards for Shop {
    fn vendor(&self) -> Vendor {
        Vendor::Xiaoe
    }

    fn capabilities(&self) -> Capabilities {
        let listing = ListingCapability::new(10, None);
        let mut capabilities = Capabilities::default();
        capabilities.red_packets = Some(listing);
        capabilities.claims = Some(ClaimSource::ByPacket(listing));
        capabilities
    }

    async fn red_packets_page(
        &self,
        _: &RedPacketQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<RedPacket>> {
        self.asked.lock().unwrap().push(cursor.map(ToString::to_string));
        next(&self.packets)
    }

    async fn claims_page(&self, _: &ClaimQuery, _: Option<&Cursor>) -> Result<Claims> {
        next(&self.claims).map(|page| Claims::new(None, page))
    }
}

fn next<T>(prepared: &Mutex<VecDeque<Result<T>>>) -> Result<T> {
    let next = prepared.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    next.unwrap_or_else(|| Err(Error::new(ErrorKind::Transport, "nothing more was prepared")))
}

pub(crate) fn query() -> RedPacketQuery {
    RedPacketQuery::new(room())
}

pub(crate) fn room() -> RoomRef {
    RoomRef::new("l_1", RoomKind::Live)
}

pub(crate) fn cursor(number: u32) -> Cursor {
    Cursor::new(Vendor::Xiaoe, &query(), Position::Page { number, size: 1 })
}

/// A page of packets with these ids, and the number of the page after it.
pub(crate) fn page(ids: &[&str], next: Option<u32>) -> Page<RedPacket> {
    let packet = |id: &&str| RedPacket::new((*id).into(), room(), Money::from_fen(100), instant());
    let mut page = Page::new(ids.iter().map(packet).collect(), instant());
    page.next = next.map(cursor);
    page
}

pub(crate) fn claims(users: &[&str]) -> Page<Claim> {
    let claim = |user: &&str| {
        let user = UserRef::new(*user, UserIdKind::VendorUser);
        Claim::new("p".into(), room(), user, Money::from_fen(1), instant())
    };
    Page::new(users.iter().map(claim).collect(), instant())
}

pub(crate) fn rejected(position: usize) -> RejectedRow {
    RejectedRow::new(position, "amount: not a number".to_owned(), format!("row {position}"))
}

fn instant() -> Timestamp {
    Timestamp::from_epoch_ms(0).unwrap()
}

/// Everything that a stream gives; nothing here waits.
pub(crate) fn all<T>(stream: impl Stream<Item = T>) -> Vec<T> {
    stream.collect::<Vec<T>>().now_or_never().unwrap()
}

/// Ids of the packets, or the kind of the error.
pub(crate) fn shown(items: Vec<Result<RedPacket>>) -> Vec<String> {
    let show = |item: Result<RedPacket>| match item {
        Ok(packet) => packet.id.to_string(),
        Err(error) => format!("{:?}", error.kind()),
    };
    items.into_iter().map(show).collect()
}
