//! Offset and size of a page, and how an answer tells them.

use std::ops::Range;

use serde::Serialize;

use crate::page;
use crate::vendor::Call;
use crate::vendor::yxt::Endpoint;

/// Page size where the tables give none.
const DEFAULT_SIZE: i64 = 20;
/// Largest page where the tables give none, as in the vendor's sister services.
const MAX_SIZE: i64 = 100;

/// The page that a call asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    offset: i64,
    size: i64,
}

/// Where a page stands.
#[derive(Serialize)]
pub(super) struct Paging {
    limit: i64,
    offset: i64,
    pages: i64,
    count: i64,
}

/// An answer with rows.
#[derive(Serialize)]
pub(super) struct Rows<R> {
    pub(super) datas: R,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) paging: Option<Paging>,
}

impl Asked {
    /// Reads offset and size. Too large a size is cut without a word, and an offset between two pages
    /// goes back to the start of its page.
    pub(super) fn of(call: &Call<'_, Endpoint>) -> Self {
        let Some(rules) = &call.route.paging else {
            return Self { offset: 0, size: DEFAULT_SIZE };
        };
        let default_size = rules.default_size.map_or(DEFAULT_SIZE, i64::from);
        let max_size = rules.max_size.map_or(MAX_SIZE, i64::from);
        let size = match call.parameters.integer(rules.size) {
            Some(size) if size > 0 => size.min(max_size),
            _ => default_size,
        };
        let offset = call.parameters.integer(rules.position).unwrap_or(0).max(0);
        Self { offset: offset / size * size, size }
    }

    /// Positions of its rows in a listing of so many.
    pub(super) fn rows(self, count: i64) -> Range<i64> {
        page::from_offset(self.offset, self.size, count)
    }

    /// Its rows of a listing.
    pub(super) fn cut<R>(self, rows: Vec<R>) -> Vec<R> {
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        page::select(rows.into_iter(), &self.rows(count)).collect()
    }

    /// Where it stands in a listing of so many rows.
    pub(super) fn paging(self, count: i64) -> Paging {
        let Self { offset, size: limit } = self;
        Paging { limit, offset, pages: page::count(count, limit), count }
    }
}
