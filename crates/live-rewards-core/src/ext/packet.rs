use std::{sync::Arc, task::Context};

use super::ahead::Ahead;
use crate::{
    Claims, Cursor, Error, Page, Position, RedPacket, RedPacketQuery, RejectedRow, Result, Vendor,
    cursor::{ListingPage, RoomPlace},
};

/// A red packet of a room whose claims are to be handed out.
pub(super) enum Packet<'a> {
    /// They are read.
    Read(Box<ReadPacket<'a>>),
    /// They came with it, or nothing comes anymore; nothing once that was handed out.
    Ready(Option<Box<Result<Claims>>>),
    /// It can't be read; nothing once that was handed out.
    RejectedRow(Option<Error>),
}

/// A red packet whose claims are read.
pub(super) struct ReadPacket<'a> {
    red_packet: RedPacket,
    standing: Standing,
    claims: Ahead<'a, Claims>,
}

/// Where a red packet stands in its room.
#[derive(Clone)]
pub(super) struct Standing {
    pub(super) vendor: Vendor,
    pub(super) query: Arc<RedPacketQuery>,
    /// The page that it stands on.
    pub(super) listing: ListingPage,
    /// Whether the listing ends with it.
    pub(super) last: bool,
}

impl<'a> Packet<'a> {
    /// One whose claims are read.
    pub(super) fn read(
        red_packet: RedPacket,
        standing: Standing,
        claims: Ahead<'a, Claims>,
    ) -> Self {
        Self::Read(Box::new(ReadPacket { red_packet, standing, claims }))
    }

    /// One that brings its claims; the page says when they were received.
    pub(super) fn with_claims(
        mut red_packet: RedPacket,
        standing: &Standing,
        listed: &Page<()>,
    ) -> Self {
        let claims = red_packet.claims.take();
        // No claims at all would be an empty list.
        let missing = || RejectedRow::new(0, "its claims are missing".to_owned(), String::new());
        let rejected = claims.is_none().then(missing);
        let mut page = Page::new(claims.unwrap_or_default(), listed.fetched_at);
        page.request_id.clone_from(&listed.request_id);
        page.next = standing.next(&red_packet, None);
        let mut claims = Claims::new(Some(red_packet), page);
        claims.rejected = rejected;
        Self::Ready(Some(Box::new(Ok(claims))))
    }

    /// In place of those that can't be had.
    pub(super) fn failed(error: Error) -> Self {
        Self::Ready(Some(Box::new(Err(error))))
    }

    /// Calls that have no answer yet.
    pub(super) fn under_way(&self) -> usize {
        match self {
            Self::Read(packet) => packet.claims.under_way(),
            Self::Ready(_) | Self::RejectedRow(_) => 0,
        }
    }

    /// Asks for its next pages, up to so many, while calls are free.
    pub(super) fn ask(&mut self, most: usize, free: &mut usize, in_turn: bool) {
        if let Self::Read(packet) = self {
            packet.claims.ask(most, free, in_turn);
        }
    }

    /// Moves its calls on. Whether anything came of it.
    pub(super) fn drive(&mut self, context: &mut Context<'_>, in_turn: bool) -> bool {
        match self {
            Self::Read(packet) => packet.claims.drive(context, in_turn),
            Self::Ready(_) | Self::RejectedRow(_) => false,
        }
    }

    /// Whether an error is known to end the stream with it.
    pub(super) fn ends_all(&self) -> bool {
        match self {
            Self::Read(packet) => packet.claims.has_failed(),
            Self::Ready(ready) => ready.as_deref().is_some_and(Result::is_err),
            Self::RejectedRow(_) => false,
        }
    }

    /// Whether it is a row that can't be read.
    pub(super) fn is_rejected_row(&self) -> bool {
        matches!(self, Self::RejectedRow(_))
    }

    /// Its next page of claims, if that is here.
    pub(super) fn take(&mut self) -> Option<Result<Claims>> {
        match self {
            Self::Read(packet) => packet.take(),
            Self::Ready(ready) => ready.take().map(|ready| *ready),
            Self::RejectedRow(error) => error.take().map(Err),
        }
    }

    /// Whether all of it was handed out.
    pub(super) fn is_done(&self) -> bool {
        match self {
            Self::Read(packet) => packet.claims.is_over(),
            Self::Ready(ready) => ready.is_none(),
            Self::RejectedRow(error) => error.is_none(),
        }
    }
}

impl ReadPacket<'_> {
    /// The next page of claims, with all that is known of the packet by then.
    fn take(&mut self) -> Option<Result<Claims>> {
        let taken = self.claims.take()?;
        Some(taken.map(|(_, mut claims)| {
            if let Some(reported) = claims.red_packet.take() {
                self.red_packet.update_from(reported);
            }
            let next = claims.page.next.as_ref().and_then(Cursor::listing_position).cloned();
            claims.page.next = self.standing.next(&self.red_packet, next);
            claims.red_packet = Some(self.red_packet.clone());
            claims
        }))
    }
}

impl Standing {
    /// Where a room's claims go on: at this position in the packet's, or after the packet.
    fn next(&self, red_packet: &RedPacket, claims: Option<Position>) -> Option<Cursor> {
        if claims.is_none() && self.last {
            return None;
        }
        let red_packet = red_packet.id.clone();
        let place = RoomPlace { listing: self.listing.clone(), red_packet, claims };
        Some(Cursor::in_room(self.vendor, &self.query, place))
    }
}
