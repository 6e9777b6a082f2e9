use std::{collections::HashSet, hash::Hash, sync::Arc};

use futures_util::{Stream, stream};

use super::ahead::Ahead;
use crate::{Claim, Claims, Cursor, Keyed, Page, Query, RejectedRow, Result, Vendor};

/// The pages of a listing, from a cursor on, as many at once as the query says.
pub(super) fn pages<'a, Q, P, F, A>(
    vendor: Vendor,
    from: Option<Cursor>,
    query: Q,
    fetch: F,
) -> impl Stream<Item = Result<P>> + Send + 'a
where
    Q: Query + 'a,
    P: PageOf + Send + 'a,
    <P::Row as Keyed>::Key: 'a,
    F: Fn(Arc<Q>, Option<Cursor>) -> A + Send + 'a,
    A: Future<Output = Result<P>> + Send + 'a,
{
    let most = query.read_ahead().max(1);
    let mut pages = Ahead::new(vendor, from, query, fetch);
    stream::poll_fn(move |context| pages.poll(most, context))
}

/// What one page operation answers: a page, alone or with more.
pub(super) trait PageOf {
    /// A row of the page.
    type Row: Keyed;

    /// The page.
    fn page(&self) -> &Page<Self::Row>;

    /// The page, to change it.
    fn page_mut(&mut self) -> &mut Page<Self::Row>;
}

impl<T: Keyed> PageOf for Page<T> {
    type Row = T;

    fn page(&self) -> &Page<T> {
        self
    }

    fn page_mut(&mut self) -> &mut Page<T> {
        self
    }
}

impl PageOf for Claims {
    type Row = Claim;

    fn page(&self) -> &Page<Claim> {
        &self.page
    }

    fn page_mut(&mut self) -> &mut Page<Claim> {
        &mut self.page
    }
}

/// What the pages read so far say of the next one.
pub(super) struct Reading<K> {
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

impl<K: Eq + Hash> Reading<K> {
    pub(super) fn new() -> Self {
        Self { stale: 0, seen: [Seen::new(), Seen::new()] }
    }

    /// Drops the rows that also stood on one of the two pages before, and ends the listing if the vendor repeats its last page.
    /// Whether any row stood there.
    pub(super) fn take_news<T: Keyed<Key = K>>(&mut self, page: &mut Page<T>) -> bool {
        let now = Seen {
            keys: page.items.iter().map(Keyed::key).collect(),
            rejected: page.rejected.clone(),
        };
        let received = page.items.len() + page.rejected.len();
        let items = page.items.len();
        page.items.retain(|item| {
            let key = item.key();
            !self.seen.iter().any(|seen| seen.keys.contains(&key))
        });
        let shifted = page.items.len() < items || self.seen.iter().any(|seen| seen.rejected(&now));
        let rejected_before = self.seen.iter().any(|seen| seen.rejected == page.rejected);
        let news = !page.items.is_empty() || (!page.rejected.is_empty() && !rejected_before);
        self.seen.swap(0, 1);
        self.seen[1] = now;
        self.stale = if received > 0 && !news { self.stale + 1 } else { 0 };
        if self.stale >= STALE_PAGES && page.total.is_none() {
            // The vendor repeats its last page instead of sending an empty one.
            page.next = None;
        }
        shifted
    }
}

impl<K> Seen<K> {
    fn new() -> Self {
        Self { keys: HashSet::new(), rejected: Vec::new() }
    }

    /// Whether one of the rejected rows stood here too, at whatever position.
    fn rejected(&self, page: &Self) -> bool {
        page.rejected.iter().any(|row| self.rejected.iter().any(|seen| seen.raw == row.raw))
    }
}
