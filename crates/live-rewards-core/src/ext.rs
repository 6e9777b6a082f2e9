use std::{collections::HashSet, sync::Arc};

use futures_util::{Stream, StreamExt, TryStreamExt, future::Either, stream};

use crate::{
    Claim, ClaimQuery, ClaimSource, Claims, Cursor, Error, ErrorKind, Gift, GiftQuery, Keyed,
    LiveRewards, Page, PointsAccount, PointsQuery, RedPacket, RedPacketQuery, RejectedRow, Result,
    Vendor,
};

/// Streams over the pages of any [`LiveRewards`].
///
/// Items come in the vendor's order. A row that could not be decoded is an error of kind
/// [`Decode`](ErrorKind::Decode) at its place, after which the stream goes on; any other error ends it. A row that also stood
/// on the page before (rows shift when new ones are inserted while reading) comes once. Where the vendor tells no total, only a page
/// with nothing new ends a listing, since a short page may have been cut by the vendor.
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
        pages(from, query, move |query, cursor| async move {
            self.red_packets_page(&query, cursor.as_ref()).await
        })
    }

    /// The claims of a room's red packets, in packet order, whichever way the vendor gives them.
    ///
    /// Where claims come inside the packets, page size counts packets.
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
        Either::Right(flatten(claims))
    }

    /// The pages of a red packet's claims, from a cursor on, where claims have a call of their own.
    fn claim_pages(
        &self,
        query: ClaimQuery,
        from: Option<Cursor>,
    ) -> impl Stream<Item = Result<Claims>> + Send + '_ {
        pages(from, query, move |query, cursor| async move {
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
        pages(from, query, move |query, cursor| async move {
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
        pages(from, query, move |query, cursor| async move {
            self.points_accounts_page(&query, cursor.as_ref()).await
        })
    }
}

impl<T: LiveRewards + ?Sized> LiveRewardsExt for T {}

/// What one page operation answers: a page, alone or with more.
pub trait PageOf {
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

/// Where a stream of pages stands.
struct Reading<K> {
    cursor: Option<Cursor>,
    ended: bool,
    keys: HashSet<K>,
    rejected: Vec<RejectedRow>,
}

fn pages<'a, Q, P, F, A>(
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
    let start = Reading {
        cursor: from,
        ended: false,
        keys: HashSet::new(),
        rejected: Vec::new(),
    };
    let query = Arc::new(query);
    stream::try_unfold(
        (start, query, fetch),
        |(mut reading, query, fetch)| async move {
            if reading.ended {
                return Ok(None);
            }
            let mut answer = fetch(Arc::clone(&query), reading.cursor.clone()).await?;
            let page = answer.page();
            let received = page.items.len();
            let news = reading.take_news(page);
            if received > 0 && !news && page.total.is_none() {
                // The vendor repeats its last page instead of sending an empty one.
                page.next = None;
            }
            if page.next.is_some() && page.next == reading.cursor {
                return Err(Error::new(
                    ErrorKind::Vendor,
                    "the listing does not advance",
                ));
            }
            reading.cursor.clone_from(&page.next);
            reading.ended = page.next.is_none();
            Ok(Some((answer, (reading, query, fetch))))
        },
    )
}

impl<K: Eq + std::hash::Hash> Reading<K> {
    /// Drops the rows that also stood on the page before; whether anything is left that did not.
    fn take_news<T: Keyed<Key = K>>(&mut self, page: &mut Page<T>) -> bool {
        let before = std::mem::replace(&mut self.keys, page.items.iter().map(Keyed::key).collect());
        page.items.retain(|item| !before.contains(&item.key()));
        let rejected_before = std::mem::replace(&mut self.rejected, page.rejected.clone());
        !page.items.is_empty() || (!page.rejected.is_empty() && page.rejected != rejected_before)
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
        let message = format!(
            "row {} of a page can't be read: {}",
            row.position, row.reason
        );
        rows.push(Err(
            Error::new(ErrorKind::Decode, message).with_vendor(vendor)
        ));
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
