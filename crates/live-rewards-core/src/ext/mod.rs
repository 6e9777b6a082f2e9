mod ahead;
mod claims;
mod names;
mod packet;
mod pages;
mod reading;
mod rows;
mod short;

pub use names::{EachUser, Names, NamesUsers};

use futures_util::{Stream, StreamExt, stream};

use self::claims::RoomClaims;
use crate::{
    Claim, ClaimQuery, Claims, Cursor, Gift, GiftPayment, GiftPaymentQuery, GiftQuery, LiveRewards,
    Page, PointsAccount, PointsEntry, PointsEntryQuery, PointsQuery, Prize, PrizeActivity,
    PrizeActivityQuery, PrizeQuery, RedPacket, RedPacketQuery, Result, Room, RoomQuery, Session,
    SessionQuery, User, UserQuery,
};

/// Streams over the pages of any [`LiveRewards`].
///
/// Items come in the vendor's order. A row that could not be decoded is an error of kind
/// [`RejectedRow`](crate::ErrorKind::RejectedRow) at its place, after which the stream goes on; any other error ends it. Where the
/// vendor tells no total, a short page doesn't end a listing, since the vendor may have cut it: an empty page does, or a second one in
/// a row without anything new.
///
/// A row that also stood before on its page or on one of the two pages before (rows shift when new ones are inserted while reading)
/// comes once; [`Page::repeated`] counts those that are dropped. Rows without an id that are equal in all that identifies them are kept
/// apart if they stand on one page. If they stand on two, only as many come as the page with most of them has.
///
/// The `_pages` streams start at any cursor; [`Page::next`] of the last page received is where to resume, also after an error.
///
/// # Reading ahead
///
/// With `read_ahead(n)` in its query a stream has up to `n` calls under way at once, and keeps up to `n` pages that wait for their
/// turn (`claims` and `claim_pages_in_room` up to three times as many, where they are short). Calls are moved on while the stream is
/// polled, and dropped with it. Items, their order, errors and cursors are those of reading one page after the other: a call that failed
/// before its turn, because there was no such page yet or because nobody polled it in time, is made again when its turn comes. A
/// listing is read ahead once its first page has come; where the vendor tells no total, as many pages ahead as full ones have come in
/// a row, so that few calls go past the end.
///
/// # Rows that move while they are read
///
/// A vendor that pages by number or offset can't be read as of one instant. New rows at the head push the others to later pages: as
/// long as fewer come in than two pages hold, no other row is lost or comes twice. New rows at the tail come or not, as it happens. If
/// rows are removed or reordered meanwhile, others may be missed. `read_ahead` changes nothing of that: a page that the vendor may
/// have answered before the page in front of it, as rows that stand on two pages or a changed total show, is asked for again, and
/// fewer pages are asked for at once as long as the listing moves.
///
/// Rejected rows have no key; those with the same text count as the same row if they stand on different pages.
///
/// # Pages that the vendor cuts
///
/// A vendor may give fewer rows a page than it was asked for, from the first page on, from a later one on, or once. Nothing is lost or
/// comes twice: a short page, unless it is the first or the total says that it is the last, is held back until two more calls have
/// shown that it begins where it should and that nothing is behind it. If not, it is asked for again, and if the vendor cuts it
/// again, reading goes on in pages of the size that it gives. That ends where:
///
/// - the last page is cut to just as many rows as the total leaves for it, so that it looks whole, and pages are counted by the cut size;
/// - the vendor also sends rows that are no answer ([`Page::left_out`]): such a page is taken as it comes;
/// - the doubt comes back more than five times in one listing, as when rows come in between any two calls or are missing from
///   pages in the middle: from then on short pages are taken as they come;
/// - rows that are equal in all that identifies them stand on two pages, or on a page that is cut between them.
///
/// Whoever follows [`Page::next`] without these streams loses nothing to a cut from the first page on, nor, where the vendor tells no
/// total and counts rows by the size asked for, to a later one.
pub trait LiveRewardsExt: LiveRewards {
    /// The rooms of the account.
    fn rooms(&self, query: RoomQuery) -> impl Stream<Item = Result<Room>> + Send + '_ {
        rows::rows(self.vendor(), self.room_pages(query, None))
    }

    /// The pages of the account's rooms, from a cursor on.
    fn room_pages(
        &self,
        query: RoomQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<Room>>> + Send + '_ {
        pages::pages(self.vendor(), from, query, move |query, cursor| async move {
            self.rooms_page(&query, cursor.as_ref()).await
        })
    }

    /// The sessions of a room.
    fn sessions(&self, query: SessionQuery) -> impl Stream<Item = Result<Session>> + Send + '_ {
        rows::rows(self.vendor(), self.session_pages(query, None))
    }

    /// The pages of sessions, from a cursor on.
    fn session_pages(
        &self,
        query: SessionQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<Session>>> + Send + '_ {
        pages::pages(self.vendor(), from, query, move |query, cursor| async move {
            self.sessions_page(&query, cursor.as_ref()).await
        })
    }

    /// The red packets of a room.
    fn red_packets(
        &self,
        query: RedPacketQuery,
    ) -> impl Stream<Item = Result<RedPacket>> + Send + '_ {
        rows::rows(self.vendor(), self.red_packet_pages(query, None))
    }

    /// The pages of a room's red packets, from a cursor on.
    fn red_packet_pages(
        &self,
        query: RedPacketQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<RedPacket>>> + Send + '_ {
        pages::pages(self.vendor(), from, query, move |query, cursor| async move {
            self.red_packets_page(&query, cursor.as_ref()).await
        })
    }

    /// The claims of a room's red packets, in packet order, whichever way the vendor gives them.
    ///
    /// The page size of the query counts packets, its `read_ahead` all calls: one for each of so many packets at once, and what is
    /// left of them for the packet whose turn it is. [`Claims::rejected`] is an error of kind
    /// [`RejectedRow`](crate::ErrorKind::RejectedRow) before the claims of its packet.
    fn claims(&self, query: RedPacketQuery) -> impl Stream<Item = Result<Claim>> + Send + '_ {
        rows::claims(self.vendor(), self.claim_pages_in_room(query, None))
    }

    /// The pages of the claims of a room's red packets, in packet order, from a cursor on.
    ///
    /// Every packet has at least one page, in which [`Claims::red_packet`] is the packet as the listing has it and as the claims
    /// call reports it, together; if what the call reports can't be read, as the listing has it. Where claims come with their packets,
    /// each packet is one page.
    ///
    /// [`Page::next`] is for this method alone. It names a page of red packets, a packet on it and how far its claims are read; there
    /// the rest follows. Packets that were sent meanwhile push the packet to later pages, where it is looked for: on the page named
    /// and the nine after it. If it is on none of them, because more came before it or it is gone, the stream is one error of kind
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), and reading has to start again without the cursor.
    fn claim_pages_in_room(
        &self,
        query: RedPacketQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Claims>> + Send + '_ {
        match RoomClaims::new(self, query, from.as_ref()) {
            Ok(mut claims) => stream::poll_fn(move |context| claims.poll(context)).left_stream(),
            Err(error) => stream::iter([Err(error)]).right_stream(),
        }
    }

    /// The pages of a red packet's claims, from a cursor on, where claims have a call of their own.
    fn claim_pages(
        &self,
        query: ClaimQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Claims>> + Send + '_ {
        pages::pages(self.vendor(), from, query, move |query, cursor| async move {
            self.claims_page(&query, cursor.as_ref()).await
        })
    }

    /// The gifts of a room or session.
    fn gifts(&self, query: GiftQuery) -> impl Stream<Item = Result<Gift>> + Send + '_ {
        rows::rows(self.vendor(), self.gift_pages(query, None))
    }

    /// The pages of the gifts of a room or session, from a cursor on.
    fn gift_pages(
        &self,
        query: GiftQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<Gift>>> + Send + '_ {
        pages::pages(self.vendor(), from, query, move |query, cursor| async move {
            self.gifts_page(&query, cursor.as_ref()).await
        })
    }

    /// The payments for gifts in a room. They are the money of [`gifts`](Self::gifts) once more: match the two, never add them.
    fn gift_payments(
        &self,
        query: GiftPaymentQuery,
    ) -> impl Stream<Item = Result<GiftPayment>> + Send + '_ {
        rows::rows(self.vendor(), self.gift_payment_pages(query, None))
    }

    /// The pages of the payments for gifts in a room, from a cursor on.
    fn gift_payment_pages(
        &self,
        query: GiftPaymentQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<GiftPayment>>> + Send + '_ {
        pages::pages(self.vendor(), from, query, move |query, cursor| async move {
            self.gift_payments_page(&query, cursor.as_ref()).await
        })
    }

    /// What prizes are won in, of one kind, in a room.
    fn prize_activities(
        &self,
        query: PrizeActivityQuery,
    ) -> impl Stream<Item = Result<PrizeActivity>> + Send + '_ {
        rows::rows(self.vendor(), self.prize_activity_pages(query, None))
    }

    /// The pages of what prizes are won in, from a cursor on.
    fn prize_activity_pages(
        &self,
        query: PrizeActivityQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<PrizeActivity>>> + Send + '_ {
        pages::pages(self.vendor(), from, query, move |query, cursor| async move {
            self.prize_activities_page(&query, cursor.as_ref()).await
        })
    }

    /// The prizes that were won in an activity.
    fn prizes(&self, query: PrizeQuery) -> impl Stream<Item = Result<Prize>> + Send + '_ {
        rows::rows(self.vendor(), self.prize_pages(query, None))
    }

    /// The pages of an activity's prizes, from a cursor on.
    fn prize_pages(
        &self,
        query: PrizeQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<Prize>>> + Send + '_ {
        pages::pages(self.vendor(), from, query, move |query, cursor| async move {
            self.prizes_page(&query, cursor.as_ref()).await
        })
    }

    /// The prizes of all activities of a kind in a room, one activity after the other.
    ///
    /// The page size of the query counts activities, its `read_ahead` the pages of one activity's prizes. There are no pages of this to
    /// go on from: to resume, read [`prize_activity_pages`](Self::prize_activity_pages), and for each activity
    /// [`prize_pages`](Self::prize_pages).
    fn prizes_in_room(
        &self,
        query: PrizeActivityQuery,
    ) -> impl Stream<Item = Result<Prize>> + Send + '_ {
        let read_ahead = query.read_ahead;
        // While an activity's prizes are read nobody moves a call for the next activities on.
        let activities = self.prize_activities(query.read_ahead(1));
        rows::until_final(activities.flat_map(move |activity| match activity {
            Ok(activity) => {
                self.prizes(PrizeQuery::of(&activity).read_ahead(read_ahead)).left_stream()
            }
            Err(error) => stream::iter([Err(error)]).right_stream(),
        }))
    }

    /// Points accounts.
    fn points_accounts(
        &self,
        query: PointsQuery,
    ) -> impl Stream<Item = Result<PointsAccount>> + Send + '_ {
        rows::rows(self.vendor(), self.points_account_pages(query, None))
    }

    /// The pages of points accounts, from a cursor on.
    fn points_account_pages(
        &self,
        query: PointsQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<PointsAccount>>> + Send + '_ {
        pages::pages(self.vendor(), from, query, move |query, cursor| async move {
            self.points_accounts_page(&query, cursor.as_ref()).await
        })
    }

    /// The points log, month by month.
    fn points_entries(
        &self,
        query: PointsEntryQuery,
    ) -> impl Stream<Item = Result<PointsEntry>> + Send + '_ {
        rows::rows(self.vendor(), self.points_entry_pages(query, None))
    }

    /// The pages of the points log, from a cursor on.
    fn points_entry_pages(
        &self,
        query: PointsEntryQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<PointsEntry>>> + Send + '_ {
        pages::pages(self.vendor(), from, query, move |query, cursor| async move {
            self.points_entries_page(&query, cursor.as_ref()).await
        })
    }

    /// Users. Who attended a room twice comes twice, if the vendor says when they came.
    fn users(&self, query: UserQuery) -> impl Stream<Item = Result<User>> + Send + '_ {
        rows::rows(self.vendor(), self.user_pages(query, None))
    }

    /// The pages of users, from a cursor on.
    fn user_pages(
        &self,
        query: UserQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<User>>> + Send + '_ {
        pages::pages(self.vendor(), from, query, move |query, cursor| async move {
            self.users_page(&query, cursor.as_ref()).await
        })
    }
}

impl<T: LiveRewards + ?Sized> LiveRewardsExt for T {}
