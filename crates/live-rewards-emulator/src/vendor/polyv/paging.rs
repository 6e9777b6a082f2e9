//! Pages, in the two forms that the vendor has.

use std::ops::Range;

use serde::Serialize;

use crate::page;
use crate::reply::{Refusal, Reply};
use crate::vendor::Call;
use crate::vendor::polyv::envelope::{Fault, is_newer};
use crate::vendor::polyv::{Endpoint, Polyv};

/// Page size where the tables give none.
const DEFAULT_SIZE: i64 = 10;
/// Largest page where the tables give none: larger ones are cut to it without a word.
const MAX_SIZE: i64 = 1000;
/// Last page of the calls for which the vendor tells one.
const LAST_PAGE: i64 = 1000;

/// The page that a call asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    number: i64,
    size: i64,
}

/// A page as calls of v4 have it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<R> {
    page_number: i64,
    page_size: i64,
    total_pages: i64,
    total_items: i64,
    contents: R,
}

/// A page as older calls have it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OlderPage<R> {
    page_size: i64,
    page_number: i64,
    total_items: i64,
    contents: R,
    start_row: i64,
    first_page: bool,
    last_page: bool,
    next_page_number: i64,
    pre_page_number: i64,
    limit: i64,
    total_pages: i64,
    end_row: i64,
    offset: i64,
}

impl Asked {
    /// Reads number and size; out of their range they are refused.
    pub(super) fn of(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Self, Refusal> {
        let Some(rules) = &call.route.paging else {
            return Ok(Self { number: 1, size: DEFAULT_SIZE });
        };
        let number = call.parameters.integer(rules.position).unwrap_or(1);
        let default_size = rules.default_size.map_or(DEFAULT_SIZE, i64::from);
        let size = call.parameters.integer(rules.size).unwrap_or(default_size);
        let sizes = 1..=rules.max_size.map_or(i64::MAX, i64::from);
        let wrong = if !(1..=last_page(call.endpoint)).contains(&number) {
            rules.position
        } else if !sizes.contains(&size) {
            rules.size
        } else {
            let size = if rules.max_size.is_none() { size.min(MAX_SIZE) } else { size };
            return Ok(Self { number, size });
        };
        Err(polyv.refuse(call.route.path, &Fault::Range(wrong)))
    }

    /// Positions of its rows in a listing of so many.
    pub(super) fn rows(self, total: i64) -> Range<i64> {
        page::rows(self.number, self.size, total)
    }
}

/// The last page that can be asked for.
fn last_page(endpoint: Endpoint) -> i64 {
    match endpoint {
        Endpoint::TaskRewardActivities
        | Endpoint::TaskRewardStats
        | Endpoint::TaskRewardViewerDetails
        | Endpoint::ViewerTaskRewards
        | Endpoint::ViewerList => LAST_PAGE,
        _ => i64::MAX,
    }
}

impl Polyv {
    /// Answers with a page of these rows.
    pub(super) fn page_of<R: Serialize>(
        &self,
        call: &Call<'_, Endpoint>,
        asked: Asked,
        rows: Vec<R>,
    ) -> Reply {
        let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let contents: Vec<R> = page::select(rows.into_iter(), &asked.rows(total)).collect();
        self.page(call, asked, total, contents)
    }

    /// Answers with a page of a listing of so many rows, in the form of the call's path.
    pub(super) fn page(
        &self,
        call: &Call<'_, Endpoint>,
        asked: Asked,
        total_items: i64,
        contents: impl Serialize,
    ) -> Reply {
        let Asked { number: page_number, size: page_size } = asked;
        let total_pages = page::count(total_items, page_size);
        if is_newer(call.route.path) {
            let page = Page { page_number, page_size, total_pages, total_items, contents };
            return self.success(call, &page);
        }
        let rows = asked.rows(total_items);
        let page = OlderPage {
            page_size,
            page_number,
            total_items,
            contents,
            start_row: if rows.is_empty() { 0 } else { rows.start + 1 },
            first_page: page_number == 1,
            last_page: page_number >= total_pages,
            next_page_number: page_number.saturating_add(1).min(total_pages).max(1),
            pre_page_number: (page_number - 1).max(1),
            limit: page_size,
            total_pages,
            end_row: if rows.is_empty() { 0 } else { rows.end },
            offset: (page_number - 1).saturating_mul(page_size),
        };
        self.success(call, &page)
    }
}

/// The parts of a listing that lie on a page, where parts of these lengths follow each other, each
/// with the positions within it.
pub(super) fn across<P: Copy>(parts: &[(P, i64)], page: &Range<i64>) -> Vec<(P, Range<i64>)> {
    let mut before = 0;
    let mut found = Vec::new();
    for (part, count) in parts {
        let first = (page.start - before).clamp(0, *count);
        let end = (page.end - before).clamp(first, *count);
        if first < end {
            found.push((*part, first..end));
        }
        before += count;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_lies_across_parts() {
        let parts = [('a', 2), ('b', 0), ('c', 3), ('d', 1)];
        assert_eq!(across(&parts, &(0..2)), [('a', 0..2)]);
        assert_eq!(across(&parts, &(1..4)), [('a', 1..2), ('c', 0..2)]);
        assert_eq!(across(&parts, &(4..9)), [('c', 2..3), ('d', 0..1)]);
        assert!(across(&parts, &(6..8)).is_empty());
    }
}
