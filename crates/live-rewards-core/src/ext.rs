use std::{collections::HashSet, sync::Arc};

use futures_util::{Stream, StreamExt, TryStreamExt, future::Either, stream};

use crate::{
    Claim, ClaimQuery, ClaimSource, Claims, Cursor, Delivery, Error, ErrorKind, Gift, GiftQuery,
    Keyed, LiveRewards, Page, PointsAccount, PointsQuery, RedPacket, RedPacketQuery, RejectedRow,
    Result, Vendor,
};

/// Streams over the pages of any [`LiveRewards`].
///
/// Items come in the vendor's order. A row that could not be decoded is an error of kind
/// [`Decode`](ErrorKind::Decode) at its place, after which the stream goes on; any other error ends it. A row that also stood
/// on one of the two pages before (rows shift when new ones are inserted while reading) comes once. Where the vendor tells no
/// total, a short page doesn't end a listing, since the vendor may have cut it: an empty page does, or a second one in a row without
/// anything new.
///
/// The `_pages` streams start at any cursor; [`Page::next`] of the last page received is where to resume.
pub trait LiveRewardsExt: LiveRewards {
    /// The red packets of a room.
    fn red_packets(
        &self,
        query: RedPacketQuery,
    ) -> impl Stream<Item = Result<RedPacket>> + Send + '_ {
        rows(self.vendor(), self.red_packet_pages(query, None))
    }

    /// The pages of a room's red packets, from a cursor on.
    fn red_packet_pages(
        &self,
        query: RedPacketQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<RedPacket>>> + Send + '_ {
        pages(self.vendor(), from, query, move |query, cursor| async move {
            self.red_packets_page(&query, cursor.as_ref()).await
        })
    }

    /// The claims of a room's red packets, in packet order, whichever way the vendor gives them.
    ///
    /// The page size of the query counts packets.
    fn claims(&self, query: RedPacketQuery) -> impl Stream<Item = Result<Claim>> + Send + '_ {
        let by_packet = match self.capabilities().claims {
            Some(ClaimSource::ByPacket(_)) => true,
            Some(ClaimSource::Inline) => false,
            None => {
                let error = Error::new(ErrorKind::Unsupported, "no published call answers claims")
                    .with_vendor(self.vendor());
                return Either::Left(stream::iter([Err(error)]));
            }
        };
        let claims = self.red_packets(query).map_ok(move |mut packet| {
            if by_packet {
                let query = ClaimQuery::new(packet.room, packet.id);
                let pages = self.claim_pages(query, None).map_ok(|claims| claims.page);
                rows(self.vendor(), pages).left_stream()
            } else {
                let inline = packet.claims.take().unwrap_or_default();
                stream::iter(inline.into_iter().map(Ok)).right_stream()
            }
        });
        let mut ended = false;
        Either::Right(flatten(claims).take_while(move |claim| {
            // Rows that can't be read are passed over; after anything else the next packet would fare no better.
            let last = std::mem::replace(&mut ended, is_final(claim));
            std::future::ready(!last)
        }))
    }

    /// The pages of a red packet's claims, from a cursor on, where claims have a call of their own.
    fn claim_pages(
        &self,
        query: ClaimQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Claims>> + Send + '_ {
        pages(self.vendor(), from, query, move |query, cursor| async move {
            self.claims_page(&query, cursor.as_ref()).await
        })
    }

    /// The gifts of a room or session.
    fn gifts(&self, query: GiftQuery) -> impl Stream<Item = Result<Gift>> + Send + '_ {
        rows(self.vendor(), self.gift_pages(query, None))
    }

    /// The pages of the gifts of a room or session, from a cursor on.
    fn gift_pages(
        &self,
        query: GiftQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<Gift>>> + Send + '_ {
        pages(self.vendor(), from, query, move |query, cursor| async move {
            self.gifts_page(&query, cursor.as_ref()).await
        })
    }

    /// Points accounts.
    fn points_accounts(
        &self,
        query: PointsQuery,
    ) -> impl Stream<Item = Result<PointsAccount>> + Send + '_ {
        rows(self.vendor(), self.points_account_pages(query, None))
    }

    /// The pages of points accounts, from a cursor on.
    fn points_account_pages(
        &self,
        query: PointsQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Page<PointsAccount>>> + Send + '_ {
        pages(self.vendor(), from, query, move |query, cursor| async move {
            self.points_accounts_page(&query, cursor.as_ref()).await
        })
    }
}

impl<T: LiveRewards + ?Sized> LiveRewardsExt for T {}

/// What one page operation answers: a page, alone or with more.
trait PageOf {
    /// A row of the page.
    type Row: Keyed;

    /// The page.
    fn page(&mut self) -> &mut Page<Self::Row>;
}

impl<T: Keyed> PageOf for Page<T> {
    type Row = T;

    fn page(&mut self) -> &mut Page<T> {
        self
    }
}

impl PageOf for Claims {
    type Row = Claim;

    fn page(&mut self) -> &mut Page<Claim> {
        &mut self.page
    }
}

fn is_final<T>(item: &Result<T>) -> bool {
    item.as_ref().is_err_and(|error| error.kind() != ErrorKind::Decode)
}

/// Where a stream of pages stands.
struct Reading<K> {
    cursor: Option<Cursor>,
    ended: bool,
    /// Pages in a row without anything new.
    stale: u32,
    /// What the last two pages held.
    seen: [Seen<K>; 2],
}

/// What a page held.
struct Seen<K> {
    keys: HashSet<K>,
    rejected: Vec<RejectedRow>,
}

/// A burst of new rows can push a page's rows onto the next page once; a listing that shows nothing new twice repeats its last page.
const STALE_PAGES: u32 = 2;

fn pages<'a, Q, P, F, A>(
    vendor: Vendor,
    from: Option<Cursor>,
    query: Q,
    fetch: F,
) -> impl Stream<Item = Result<P>> + Send + 'a
where
    Q: Send + Sync + 'a,
    P: PageOf + Send + 'a,
    <P::Row as Keyed>::Key: 'a,
    F: Fn(Arc<Q>, Option<Cursor>) -> A + Send + 'a,
    A: Future<Output = Result<P>> + Send + 'a,
{
    let start = Reading { cursor: from, ended: false, stale: 0, seen: [Seen::new(), Seen::new()] };
    let query = Arc::new(query);
    stream::try_unfold((start, query, fetch), move |(mut reading, query, fetch)| async move {
        if reading.ended {
            return Ok(None);
        }
        let mut answer = fetch(Arc::clone(&query), reading.cursor.clone()).await?;
        let page = answer.page();
        let received = page.items.len() + page.rejected.len();
        let news = reading.take_news(page);
        reading.stale = if received > 0 && !news { reading.stale + 1 } else { 0 };
        if reading.stale >= STALE_PAGES && page.total.is_none() {
            // The vendor repeats its last page instead of sending an empty one.
            page.next = None;
        }
        if page.next.is_some() && page.next == reading.cursor {
            let error = Error::new(ErrorKind::Vendor, "the listing does not advance");
            return Err(error.with_vendor(vendor).with_delivery(Delivery::Unknown));
        }
        reading.cursor.clone_from(&page.next);
        reading.ended = page.next.is_none();
        Ok(Some((answer, (reading, query, fetch))))
    })
}

impl<K> Seen<K> {
    fn new() -> Self {
        Self { keys: HashSet::new(), rejected: Vec::new() }
    }
}

impl<K: Eq + std::hash::Hash> Reading<K> {
    /// Drops the rows that also stood on one of the two pages before; whether anything is left that did not.
    fn take_news<T: Keyed<Key = K>>(&mut self, page: &mut Page<T>) -> bool {
        let now = Seen {
            keys: page.items.iter().map(Keyed::key).collect(),
            rejected: page.rejected.clone(),
        };
        let seen = &self.seen;
        page.items.retain(|item| {
            let key = item.key();
            !seen.iter().any(|seen| seen.keys.contains(&key))
        });
        let rejected_before = seen.iter().any(|seen| seen.rejected == page.rejected);
        let news = !page.items.is_empty() || (!page.rejected.is_empty() && !rejected_before);
        self.seen.swap(0, 1);
        self.seen[1] = now;
        news
    }
}

/// The rows of pages, and an error for each rejected one.
fn rows<'a, T: Send + 'a>(
    vendor: Vendor,
    pages: impl Stream<Item = Result<Page<T>>> + Send + 'a,
) -> impl Stream<Item = Result<T>> + Send + 'a {
    flatten(pages.map_ok(move |page| stream::iter(in_place(vendor, page))))
}

/// Puts the rejected rows of a page where they stood among the others.
fn in_place<T>(vendor: Vendor, page: Page<T>) -> Vec<Result<T>> {
    let mut rows = Vec::with_capacity(page.items.len() + page.rejected.len());
    let mut items = page.items.into_iter();
    for row in page.rejected {
        while rows.len() < row.position {
            match items.next() {
                Some(item) => rows.push(Ok(item)),
                None => break,
            }
        }
        let message = format!("row {} of a page can't be read: {}", row.position, row.reason);
        rows.push(Err(Error::new(ErrorKind::Decode, message).with_vendor(vendor)));
    }
    rows.extend(items.map(Ok));
    rows
}

/// Like `try_flatten`, but an error inside doesn't end the stream.
fn flatten<'a, T, I>(
    outer: impl Stream<Item = Result<I>> + Send + 'a,
) -> impl Stream<Item = Result<T>> + Send + 'a
where
    T: Send + 'a,
    I: Stream<Item = Result<T>> + Send + 'a,
{
    outer.flat_map(|inner| match inner {
        Ok(inner) => inner.left_stream(),
        Err(error) => stream::iter([Err(error)]).right_stream(),
    })
}
