use serde::Deserialize;

use crate::Name;

/// How rows are paged.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// The way of paging.
    pub style: PagingStyle,
    /// Parameter that says which page is wanted, or what to go on from.
    pub position: Name,
    /// Parameter that says how many rows a page has.
    pub size: Name,
    /// Parameter that says which month is wanted.
    pub month: Option<Name>,
    /// Field of a row that the page after it goes on from.
    pub cursor: Option<Name>,
    /// Rows a page when nobody says how many, where that is published.
    pub default_size: Option<u32>,
    /// Most rows a page may have, where that is published or has to be assumed.
    pub max_size: Option<u32>,
    /// The last page that can be read, however many rows there are.
    pub last_page: Option<u32>,
    /// Rows a page that the client asks for unless told otherwise.
    pub ask_size: u32,
    /// Field of the output that holds the rows; none where the output is the rows.
    pub rows: Option<Name>,
    /// Place of the number of rows in all.
    pub total_items: Option<Name>,
    /// Place of the number of pages.
    pub total_pages: Option<Name>,
}

impl Paging {
    /// Whether pages tell how many rows there are in all.
    pub fn tells_total(&self) -> bool {
        match self.style {
            PagingStyle::Cursor => self.total_items.is_some(),
            style => style.has_total(),
        }
    }
}

/// A way of paging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PagingStyle {
    /// By page number, and the answer says how many there are.
    PageWithTotal,
    /// By page number, with no total to rely on.
    Page,
    /// By the number of rows before the page, with no total to rely on.
    Offset,
    /// The same, and the answer says how many rows there are.
    OffsetWithTotal,
    /// By calendar month, and in it by page number, with no total.
    CalendarMonth,
    /// From what the last row before gave, with no total to rely on for the end.
    Cursor,
}

impl PagingStyle {
    /// Whether a total is what ends the pages.
    pub fn has_total(self) -> bool {
        matches!(self, Self::PageWithTotal | Self::OffsetWithTotal)
    }

    /// Whether pages are asked for by the number of rows before them.
    pub fn is_by_offset(self) -> bool {
        matches!(self, Self::Offset | Self::OffsetWithTotal)
    }
}
