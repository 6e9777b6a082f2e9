use futures_util::{Stream, stream};
use live_rewards_core::{Cursor, Page, Position, Query, RejectedRow, Result, Timestamp};

use super::{PageFacts, Paging};
use crate::{Endpoint, Pipeline, Response};

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
    rows: usize,
    /// Those of them that could not be decoded.
    undecoded: usize,
    next: Option<Cursor>,
    total: Option<u64>,
    request_id: Option<String>,
    at: Timestamp,
    pipeline: Pipeline,
    endpoint: &'static str,
}

impl Pipeline {
    /// The page of a listing that a neutral query and its cursor name.
    ///
    /// A cursor that names a page as another style of paging does, or one larger than may be asked for, is refused.
    pub async fn page<L: Listing>(
        &self,
        request: L,
        query: &impl Query,
        cursor: Option<&Cursor>,
    ) -> Result<Fetched<L::Output>> {
        let first = L::PAGING.first_of(query);
        let position = match cursor {
            Some(cursor) => {
                let at = cursor.position(self.vendor(), query)?;
                self.checked::<L>(L::PAGING.check_resumed(&at, &first))?;
                at
            }
            None => first,
        };
        let response = self.listed(request, &position).await?;
        let facts = L::facts(&response.output);
        let next = L::PAGING.next(&position, &facts);
        Ok(Fetched {
            rows: facts.rows,
            undecoded: response.rejected,
            next: next.map(|next| Cursor::new(self.vendor(), query, next)),
            total: facts.total_items.filter(|_| L::PAGING.style.may_tell_total()),
            output: response.output,
            request_id: response.request_id,
            at: response.fetched_at,
            pipeline: self.clone(),
            endpoint: L::INFO.id,
        })
    }

    async fn listed<L: Listing>(
        &self,
        request: L,
        position: &Position,
    ) -> Result<Response<L::Output>> {
        self.checked::<L>(L::PAGING.check(position))?;
        self.call(&request.at(position.clone())).await
    }

    /// Names what a position was refused for.
    fn checked<L: Listing>(&self, checked: Result<()>) -> Result<()> {
        checked.map_err(|error| error.with_vendor(self.vendor()).with_endpoint(L::INFO.id))
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
            let request = request.clone();
            async move {
                let Some(position) = position else {
                    return Ok(None);
                };
                let output = self.listed(request, &position).await?.output;
                let next = L::PAGING.next(&position, &L::facts(&output));
                Ok(Some((Paged { output, next: next.clone() }, next)))
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
    /// The neutral page, with the rows that the output was mapped to, and the rejected ones. Those that were rejected in mapping are
    /// counted, too.
    pub fn into_page<R>(self, rows: impl FnOnce(T) -> (Vec<R>, Vec<RejectedRow>)) -> Page<R> {
        let (items, rejected) = rows(self.output);
        self.pipeline.rejected(self.endpoint, rejected.len().saturating_sub(self.undecoded));
        let mut page = Page::new(items, self.at);
        page.rejected = rejected;
        page.left_out = self.rows.saturating_sub(page.items.len() + page.rejected.len());
        page.next = self.next;
        page.total = self.total;
        page.request_id = self.request_id;
        page
    }
}
