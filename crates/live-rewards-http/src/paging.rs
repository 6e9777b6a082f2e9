use futures_util::{Stream, stream};
use live_rewards_core::{
    Cursor, ListingCapability, Page, Position, Query, RejectedRow, Result, Timestamp,
};

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

/// How a listing is paged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// How its pages follow each other.
    pub style: PagingStyle,
    /// Rows a page that are asked for unless the caller says otherwise.
    pub size: u32,
    /// Most rows a page that may be asked for, where the vendor says so or is known to cut pages.
    pub max_size: Option<u32>,
}

/// How pages follow each other. Each style exists once, here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingStyle {
    /// Numbered pages, and answers say how many there are.
    PageWithTotal,
    /// Numbered pages of unknown number.
    Page,
    /// An offset, which must be a multiple of the page size; of unknown length.
    Offset,
}

/// What an answer says of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageFacts {
    /// Rows on this page, rejected ones included.
    pub rows: usize,
    /// Rows of the whole listing.
    pub total_items: Option<u64>,
    /// Pages of the whole listing, as the vendor cuts them.
    pub total_pages: Option<u64>,
}

impl Paging {
    /// What a listing paged like this can do, without filters.
    pub const fn capability(&self) -> ListingCapability {
        let mut capability = ListingCapability::new(self.size, self.max_size);
        capability.total = matches!(self.style, PagingStyle::PageWithTotal);
        capability
    }

    /// The first page, of a size up to what may be asked for.
    pub fn first(&self, size: Option<u32>) -> Position {
        self.start(None, size)
    }

    /// A page by its number or offset, of a size up to what may be asked for.
    pub fn start(&self, position: Option<u64>, size: Option<u32>) -> Position {
        let most = self.max_size.unwrap_or(u32::MAX);
        let size = size.unwrap_or(self.size).clamp(1, most);
        match self.style {
            PagingStyle::PageWithTotal | PagingStyle::Page => Position::Page {
                number: u32::try_from(position.unwrap_or(1)).unwrap_or(u32::MAX).max(1),
                size,
            },
            PagingStyle::Offset => Position::Offset { offset: position.unwrap_or(0), size },
        }
    }

    /// The position after a page, unless the page was the last.
    ///
    /// Where the vendor tells no number of pages, a short page is not the end: the vendor may have cut the page to a
    /// size of its own. If the first page is short, reading goes on in pages of the size it had; an empty page ends the
    /// listing. A count of rows only confirms, by being met exactly, that a short page was the last; and it keeps a number of pages
    /// from ending a listing that has more rows.
    pub fn next(&self, at: Position, facts: PageFacts) -> Option<Position> {
        let (size, rows) = (at.size(), u64::try_from(facts.rows).ok()?);
        let read = at.offset().saturating_add(rows);
        if let (PagingStyle::PageWithTotal, Some(pages @ 1..)) = (self.style, facts.total_pages) {
            let more_rows = facts.total_items.is_some_and(|items| read < items && rows > 0);
            let more = u64::from(at.page()) < pages || more_rows;
            return more.then(|| after(at, size))?;
        }
        if rows == 0 {
            return None;
        }
        let short = rows < u64::from(size);
        if short && facts.total_items == Some(read) {
            return None;
        }
        if short && at.offset() == 0 {
            let size = u32::try_from(rows).ok()?;
            return match at {
                Position::Offset { .. } => Some(Position::Offset { offset: rows, size }),
                _ => Some(Position::Page { number: 2, size }),
            };
        }
        after(at, size)
    }
}

fn after(at: Position, size: u32) -> Option<Position> {
    match at {
        Position::Page { number, .. } => {
            Some(Position::Page { number: number.checked_add(1)?, size })
        }
        Position::Offset { offset, .. } => {
            Some(Position::Offset { offset: offset.checked_add(size.into())?, size })
        }
        _ => None,
    }
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
            total: facts.total_items.filter(|_| L::PAGING.style == PagingStyle::PageWithTotal),
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn paging(style: PagingStyle) -> Paging {
        Paging { style, size: 100, max_size: None }
    }

    /// A vendor with so many rows that cuts pages at a size of its own, as an offset-and-limit back end does.
    fn serve(rows: u64, cap: u32, at: Position) -> std::ops::Range<u64> {
        let size = u64::from(at.size().min(cap));
        let page = match at {
            Position::Page { number, .. } => u64::from(number) - 1,
            // Offsets are floored to a multiple of the size in use.
            Position::Offset { offset, .. } => offset / size,
            _ => unreachable!(),
        };
        (page * size).min(rows)..((page + 1) * size).min(rows)
    }

    /// How a vendor counts: not at all, right, or behind or ahead of its rows.
    #[derive(Clone, Copy, Debug)]
    enum Counting {
        None,
        Right,
        Off(i64),
    }

    fn count(counting: Counting, rows: u64) -> Option<u64> {
        match counting {
            Counting::None => None,
            Counting::Right => Some(rows),
            Counting::Off(by) => Some(rows.saturating_add_signed(by)),
        }
    }

    fn read(
        paging: Paging,
        (rows, cap): (u64, u32),
        size: u32,
        items: Counting,
        pages_told: bool,
    ) -> Vec<u64> {
        let mut read = Vec::new();
        let mut next = Some(paging.first(Some(size)));
        while let Some(at) = next {
            let page = serve(rows, cap, at);
            let total_pages = pages_told.then(|| rows.div_ceil(at.size().min(cap).into()));
            let total_items = count(items, rows);
            let facts = PageFacts { rows: page.clone().count(), total_items, total_pages };
            read.extend(page);
            assert!(read.len() <= 10_000, "endless");
            next = paging.next(at, facts);
        }
        read
    }

    fn counting() -> impl Strategy<Value = Counting> {
        prop_oneof![
            Just(Counting::None),
            Just(Counting::Right),
            (1_i64..200).prop_map(Counting::Off),
            // A count that lags behind ends a listing only where it happens to equal what was read.
            Just(Counting::Off(-1000)),
        ]
    }

    proptest! {
        #[test]
        fn every_row_comes_once_in_order_whatever_size_is_asked_and_given(
            rows in 0_u64..400,
            cap in 1_u32..120,
            size in 1_u32..120,
            items in counting(),
        ) {
            let all: Vec<u64> = (0..rows).collect();
            for style in [PagingStyle::Page, PagingStyle::Offset, PagingStyle::PageWithTotal] {
                prop_assert_eq!(&read(paging(style), (rows, cap), size, items, false), &all);
            }
            let with_total = paging(PagingStyle::PageWithTotal);
            prop_assert_eq!(&read(with_total, (rows, cap), size, items, true), &all);
        }
    }

    #[test]
    fn sizes_stay_within_what_may_be_asked() {
        let capped = Paging { max_size: Some(100), ..paging(PagingStyle::Offset) };
        for (asked, size) in [(None, 100), (Some(0), 1), (Some(7), 7), (Some(500), 100)] {
            assert_eq!(capped.first(asked).size(), size);
        }
    }

    #[test]
    fn a_confirmed_short_page_needs_no_further_call() {
        let at = Position::Page { number: 1, size: 50 };
        let facts = PageFacts { rows: 2, total_items: Some(2), total_pages: None };
        assert_eq!(paging(PagingStyle::Page).next(at, facts), None);
    }
}
