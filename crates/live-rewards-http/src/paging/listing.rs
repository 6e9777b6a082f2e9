use futures_util::{Stream, stream};
use live_rewards_core::{Cursor, Page, Position, Query, RejectedRow, Result, Timestamp};

use super::{PageFacts, Paging};
use crate::{Endpoint, Pipeline};

/// A typed request for one page of a listing. Generated from the endpoint's spec.
pub trait Listing: Endpoint + Clone {
    /// How its pages follow each other.
    const PAGING: Paging;

    /// The page that the request asks for as it stands.
    fn start(&self) -> Position;

    /// The request for the page at a position.
    fn at(self, position: Position) -> Self;

    /// What an answer says of the pages.
    fn facts(output: &Self::Output) -> PageFacts;
}

/// What one page call answered, and where the listing goes on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fetched<T> {
    /// What the endpoint answered.
    pub output: T,
    next: Option<Cursor>,
    total: Option<u64>,
    request_id: Option<String>,
    at: Timestamp,
}

impl Pipeline {
    /// The page of a listing that a neutral query and its cursor name.
    pub async fn page<L: Listing>(
        &self,
        request: L,
        query: &impl Query,
        cursor: Option<&Cursor>,
    ) -> Result<Fetched<L::Output>> {
        let position = match cursor {
            Some(cursor) => cursor.position(self.vendor(), query)?,
            None => L::PAGING.first(query.page_size()),
        };
        let response = self.call(&request.at(position)).await?;
        let facts = L::facts(&response.output);
        let next = L::PAGING.next(position, facts);
        Ok(Fetched {
            next: next.map(|next| Cursor::new(self.vendor(), query, next)),
            // Elsewhere a count of rows is a fact about them, not about the pages.
            total: facts.total_items.filter(|_| L::PAGING.style.tells_total()),
            output: response.output,
            request_id: response.request_id,
            at: response.fetched_at,
        })
    }

    /// The answers to a listing's pages, one after the other, from the page that the request asks for.
    ///
    /// What a page holds is not compared with the pages before: rows that shift while reading come twice, and a vendor that
    /// repeats its last page is read without end. The neutral streams look after that.
    pub fn pages<L: Listing>(
        &self,
        request: L,
    ) -> impl Stream<Item = Result<Paged<L::Output>>> + Send + use<'_, L> {
        let start = request.start();
        stream::try_unfold(Some(start), move |position| {
            let page = position.map(|position| (position, request.clone().at(position)));
            async move {
                let Some((position, request)) = page else {
                    return Ok(None);
                };
                let output = self.call(&request).await?.output;
                let next = L::PAGING.next(position, L::facts(&output));
                Ok(Some((Paged { output, next }, next)))
            }
        })
    }
}

/// The answer to one page of a listing, and where the listing goes on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Paged<T> {
    /// What the endpoint answered.
    pub output: T,
    /// The next page, for [`Listing::at`]; `None` after the last one.
    pub next: Option<Position>,
}

impl<T> Fetched<T> {
    /// The neutral page, with the rows that the output was mapped to.
    pub fn into_page<R>(self, rows: impl FnOnce(T) -> (Vec<R>, Vec<RejectedRow>)) -> Page<R> {
        let (items, rejected) = rows(self.output);
        let mut page = Page::new(items, self.at);
        page.rejected = rejected;
        page.next = self.next;
        page.total = self.total;
        page.request_id = self.request_id;
        page
    }
}
