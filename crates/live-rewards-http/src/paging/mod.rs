mod listing;

use std::mem::discriminant;

use live_rewards_core::{Error, ErrorKind, ListingCapability, Position, Query, Result};

pub use listing::{Fetched, Listing, Paged};

/// How a listing is paged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// How its pages follow each other.
    pub style: PagingStyle,
    /// Rows a page that are asked for unless the caller says otherwise.
    pub size: u32,
    /// Most rows a page that may be asked for, where the vendor says so or is known to cut pages.
    pub max_size: Option<u32>,
    /// Number of the last page that the vendor gives, however many rows there are.
    pub last_page: Option<u32>,
}

/// How pages follow each other. Each style exists once, here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingStyle {
    /// Numbered pages, and answers say how many there are.
    PageWithTotal,
    /// Numbered pages of unknown number.
    Page,
    /// An offset, which must be a multiple of the page size. That answers say how many rows there are is not published; a count is taken
    /// if it comes.
    Offset,
    /// The same, and answers say how many rows there are.
    OffsetWithTotal,
    /// Numbered pages of one month after the other; how many a month has is unknown.
    CalendarMonth,
    /// Pages behind the place that the last row of the page before tells.
    Cursor,
}

/// What an answer says of the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageFacts {
    /// Rows on this page, rejected ones included.
    pub rows: usize,
    /// Rows of the whole listing.
    pub total_items: Option<u64>,
    /// Pages of the whole listing, as the vendor cuts them.
    pub total_pages: Option<u64>,
    /// Where the listing goes on, as JSON text that the last row tells.
    pub after: Option<String>,
}

impl Paging {
    /// What a listing paged like this can do, without filters.
    pub const fn capability(&self) -> ListingCapability {
        let mut capability = ListingCapability::new(self.size, self.max_size);
        capability.total = self.style.tells_total();
        capability
    }

    /// The first page, of a size up to what may be asked for.
    pub fn first(&self, size: Option<u32>) -> Position {
        self.start(None, size)
    }

    /// The first page of what a query asks for.
    pub fn first_of(&self, query: &impl Query) -> Position {
        let first = self.first(query.page_size());
        match query.months() {
            Some((month, last)) if self.style == PagingStyle::CalendarMonth => {
                first.in_months(month, last)
            }
            _ => first,
        }
    }

    /// A page by its number or offset, of a size up to what may be asked for.
    pub fn start(&self, position: Option<u64>, size: Option<u32>) -> Position {
        let most = self.max_size.unwrap_or(u32::MAX);
        let size = size.unwrap_or(self.size).clamp(1, most);
        match self.style {
            PagingStyle::Offset | PagingStyle::OffsetWithTotal => {
                Position::Offset { offset: position.unwrap_or(0), size }
            }
            _ => Position::Page {
                number: u32::try_from(position.unwrap_or(1)).unwrap_or(u32::MAX).max(1),
                size,
            },
        }
    }

    /// Refuses a page that the vendor doesn't give.
    pub(crate) fn check(&self, at: &Position) -> Result<()> {
        if self.gives(at) {
            return Ok(());
        }
        let what = format!(
            "the vendor gives no page {}; ask for more rows a page, or for fewer in all",
            at.page()
        );
        Err(Error::new(ErrorKind::InvalidInput, what))
    }

    /// Refuses a cursor's position that no page of a listing with this first one leads to.
    pub(crate) fn check_resumed(&self, at: &Position, first: &Position) -> Result<()> {
        if self.leads_to(at, first) {
            return Ok(());
        }
        let what = "the cursor names no page that this listing has; start again without it";
        Err(Error::new(ErrorKind::InvalidInput, what))
    }

    fn leads_to(&self, at: &Position, first: &Position) -> bool {
        let may_be_asked = |size: u32| self.max_size.is_none_or(|most| size <= most);
        let is_of_style = match (first, at) {
            (_, Position::After { .. }) => self.style == PagingStyle::Cursor,
            _ if self.style == PagingStyle::Cursor => false,
            (
                Position::Month { month: from, last: to, .. },
                Position::Month { month, last, first_size, .. },
            ) => last == to && (from..=to).contains(&month) && may_be_asked(*first_size),
            _ => discriminant(first) == discriminant(at),
        };
        is_of_style && may_be_asked(at.size())
    }

    /// The position after a page, unless the page was the last.
    ///
    /// Where pages have no number or nobody tells how many there are, a short page is not the end: the vendor may have cut it to a size of
    /// its own. Reading goes on right behind it, in pages no larger than it was; an empty page ends the listing. A count of rows only
    /// confirms, by being met exactly, that a short page was the last.
    ///
    /// Where the vendor tells it, that counts, but doesn't end a listing whose count of rows is not met. If the first page is short and not
    /// the last, reading goes on in pages of the size it had.
    ///
    /// A cut that begins later may move the pages, so that rows are missed or come twice. The neutral streams look after that.
    ///
    /// What ends a month doesn't end a listing that is read by months: the next one follows. Where rows tell their place, reading goes on
    /// behind the last one, and ends with an empty page or one that doesn't tell.
    pub fn next(&self, at: &Position, facts: &PageFacts) -> Option<Position> {
        match self.style {
            PagingStyle::Cursor => {
                let token = facts.after.clone().filter(|_| facts.rows > 0)?;
                Some(Position::After { token, size: at.size() })
            }
            _ => self.counted(at, facts).or_else(|| at.following_month()),
        }
    }

    /// The next page where pages or rows are counted.
    fn counted(&self, at: &Position, facts: &PageFacts) -> Option<Position> {
        let rows = u64::try_from(facts.rows).ok()?;
        let read = at.offset().saturating_add(rows);
        let short = rows < u64::from(at.size());
        let by_pages = self.style == PagingStyle::PageWithTotal;
        let told = facts.total_pages.filter(|pages| by_pages && *pages > 0);
        let more = match told {
            Some(pages) => {
                let unmet = rows > 0 && facts.total_items.is_some_and(|items| items != read);
                u64::from(at.page()) < pages || unmet
            }
            None => rows > 0 && !(short && facts.total_items == Some(read)),
        };
        if !more {
            return None;
        }
        // Behind a short page that is not the first a number of pages would have another meaning.
        let countable = told.is_none() || at.offset() == 0;
        let behind = at.behind(rows).filter(|next| short && countable && self.gives(next));
        // A short page that is the last one that the vendor gives is taken for the end.
        behind.or_else(|| at.following().filter(|next| !short || self.gives(next)))
    }

    /// Whether the vendor gives a page, if there are as many rows.
    fn gives(&self, at: &Position) -> bool {
        self.last_page.is_none_or(|last| at.page() <= last)
    }
}

impl PagingStyle {
    const fn tells_total(self) -> bool {
        matches!(self, Self::PageWithTotal | Self::OffsetWithTotal)
    }

    /// Whether a count of rows is one of the listing's. Elsewhere it is a fact about the rows, not about the pages.
    const fn may_tell_total(self) -> bool {
        self.tells_total() || matches!(self, Self::Offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use live_rewards_core::{Month, PointsEntryQuery};
    use proptest::prelude::*;

    const fn paging(style: PagingStyle) -> Paging {
        Paging { style, size: 100, max_size: None, last_page: None }
    }

    /// A vendor with so many rows that cuts pages at a size of its own, as an offset-and-limit back end does.
    fn serve(rows: u64, cap: u32, at: &Position) -> std::ops::Range<u64> {
        let size = u64::from(at.size().min(cap));
        let page = match at {
            Position::Page { number, .. } => u64::from(*number) - 1,
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

    /// How a vendor counts pages: not at all, by the size that it gives, or by the one it was asked for.
    #[derive(Clone, Copy, Debug)]
    enum Pages {
        None,
        Given,
        Asked,
    }

    fn read(
        paging: Paging,
        (rows, cap): (u64, u32),
        size: u32,
        items: Counting,
        pages: Pages,
    ) -> Vec<u64> {
        read_from(paging, size, |at| {
            let page = serve(rows, cap, at);
            let by = match pages {
                Pages::None => None,
                Pages::Given => Some(at.size().min(cap)),
                Pages::Asked => Some(at.size()),
            };
            let total_pages = by.map(|size| rows.div_ceil(size.into()));
            (page, count(items, rows), total_pages)
        })
    }

    type Served = (std::ops::Range<u64>, Option<u64>, Option<u64>);

    fn read_from(paging: Paging, size: u32, vendor: impl Fn(&Position) -> Served) -> Vec<u64> {
        let mut read = Vec::new();
        let mut next = Some(paging.first(Some(size)));
        while let Some(at) = next {
            let (page, total_items, total_pages) = vendor(&at);
            let rows = page.clone().count();
            let facts = PageFacts { rows, total_items, total_pages, after: None };
            read.extend(page);
            assert!(read.len() <= 10_000, "endless");
            next = paging.next(&at, &facts);
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
            for style in [
                PagingStyle::Page,
                PagingStyle::PageWithTotal,
                PagingStyle::Offset,
                PagingStyle::OffsetWithTotal,
            ] {
                prop_assert_eq!(&read(paging(style), (rows, cap), size, items, Pages::None), &all);
            }
            let with_total = paging(PagingStyle::PageWithTotal);
            prop_assert_eq!(&read(with_total, (rows, cap), size, items, Pages::Given), &all);
            // Were one page of less rows than it should have all that is told, nothing would tell of more.
            let items = if rows <= size.into() { Counting::Right } else { items };
            prop_assert_eq!(&read(with_total, (rows, cap), size, items, Pages::Asked), &all);
        }

        #[test]
        fn a_cut_that_begins_later_loses_nothing_where_rows_are_counted_by_the_size_asked_for(
            rows in 0_u64..400,
            cap in 1_u32..120,
            from in 0_u64..400,
            size in 1_u32..120,
            items in counting(),
        ) {
            let all: Vec<u64> = (0..rows).collect();
            let vendor = |at: &Position| {
                let size = if at.offset() < from { at.size() } else { at.size().min(cap) };
                let begin = at.offset().min(rows);
                (begin..(begin + u64::from(size)).min(rows), count(items, rows), None)
            };
            for style in [PagingStyle::Page, PagingStyle::Offset, PagingStyle::OffsetWithTotal] {
                prop_assert_eq!(&read_from(paging(style), size, vendor), &all);
            }
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
    fn a_cursor_leads_to_a_page_that_the_listing_may_have() {
        let [may, june, july] = [5, 6, 7].map(|month| Month::new(2025, month).unwrap());
        let page = |size| Position::Page { number: 2, size };
        let offset = |size| Position::Offset { offset: 200, size };
        let after = |size| Position::After { token: "{}".to_owned(), size };
        let in_month = |month, last, size, first_size| Position::Month {
            month,
            last,
            number: 2,
            size,
            first_size,
        };
        let in_june = |size, first_size| in_month(june, july, size, first_size);
        for (style, at, leads) in [
            (PagingStyle::Page, page(100), true),
            (PagingStyle::PageWithTotal, page(1), true),
            (PagingStyle::Page, page(101), false),
            (PagingStyle::Page, offset(100), false),
            (PagingStyle::Page, after(100), false),
            (PagingStyle::Page, in_june(100, 100), false),
            (PagingStyle::Offset, offset(100), true),
            (PagingStyle::OffsetWithTotal, offset(101), false),
            (PagingStyle::Offset, page(100), false),
            (PagingStyle::Cursor, after(100), true),
            (PagingStyle::Cursor, after(101), false),
            (PagingStyle::Cursor, page(100), false),
            (PagingStyle::CalendarMonth, in_june(7, 100), true),
            (PagingStyle::CalendarMonth, in_june(101, 100), false),
            (PagingStyle::CalendarMonth, in_june(100, 101), false),
            (PagingStyle::CalendarMonth, in_month(june, june, 100, 100), false),
            (PagingStyle::CalendarMonth, in_month(may, july, 100, 100), false),
            (PagingStyle::CalendarMonth, in_month(july, july, 100, 100), true),
            (PagingStyle::CalendarMonth, page(100), false),
            (PagingStyle::CalendarMonth, after(100), false),
        ] {
            let paging = Paging { max_size: Some(100), ..paging(style) };
            let first = paging.first_of(&PointsEntryQuery::new(june, july));
            let checked = paging.check_resumed(&at, &first).map_err(|error| error.kind());
            let expected = if leads { Ok(()) } else { Err(ErrorKind::InvalidInput) };
            assert_eq!(checked, expected, "{style:?} {at:?}");
        }
    }

    #[test]
    fn a_confirmed_short_page_needs_no_further_call() {
        let at = Position::Page { number: 1, size: 50 };
        let facts = PageFacts { rows: 2, total_items: Some(2), ..PageFacts::default() };
        assert_eq!(paging(PagingStyle::Page).next(&at, &facts), None);
    }

    #[test]
    fn no_page_is_asked_for_that_the_vendor_does_not_give() {
        let paging = Paging { last_page: Some(3), ..paging(PagingStyle::Page) };
        let page = |number, size| Position::Page { number, size };
        let next =
            |at: &Position, rows| paging.next(at, &PageFacts { rows, ..PageFacts::default() });
        // Behind 30 rows of page 2 no smaller page can be asked for.
        assert_eq!(next(&page(2, 100), 30), Some(page(3, 100)));
        assert_eq!(next(&page(3, 100), 30), None);
        assert_eq!(next(&page(3, 100), 100), Some(page(4, 100)));
        assert!(paging.check(&page(3, 100)).is_ok());
        let error = paging.check(&page(4, 100)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
}
