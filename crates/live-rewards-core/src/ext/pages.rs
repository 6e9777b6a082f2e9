use std::sync::Arc;

use futures_util::{Stream, stream};

use super::ahead::Ahead;
use crate::{Claim, Claims, Cursor, Keyed, Page, Query, Result, Vendor};

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
