//! Listings that are read month by month, whatever size the vendor cuts pages to and however a month ends.

use std::ops::Range;

use async_trait::async_trait;
use futures_util::TryStreamExt;
use live_rewards_core::{
    Capabilities, Cursor, Error, ErrorKind, LiveRewards, LiveRewardsExt, Month, Page, Points,
    PointsEntry, PointsEntryKind, PointsEntryQuery, Position, Result, UserIdKind, UserRef, Vendor,
};
use proptest::prelude::*;

use crate::{club::instant, run::run};

/// A vendor with so many entries in each month of a year.
#[derive(Debug)]
struct Diary {
    months: Vec<u32>,
    /// Rows that it gives at most, whatever it is asked for.
    cap: u32,
    /// After a month's last page comes that page again.
    repeats: bool,
    /// Of so many rows one is an entry; the others are left out.
    every: usize,
    /// The last page of a month that it gives.
    last_page: Option<u32>,
}

fn month(number: usize) -> Month {
    Month::new(2025, u8::try_from(number).unwrap() + 1).unwrap()
}

impl Diary {
    fn entries(&self, at: &Position) -> (Month, Range<u32>) {
        let Position::Month { month, number, size, .. } = at else {
            panic!("{at:?}");
        };
        let rows = self.months[usize::from(month.month()) - 1];
        let size = *size.min(&self.cap);
        let last = rows.div_ceil(size).saturating_sub(1);
        let page = if self.repeats { last.min(number - 1) } else { number - 1 };
        (*month, (page * size).min(rows)..((page + 1) * size).min(rows))
    }

    fn all(&self) -> Vec<String> {
        let months = self.months.iter().enumerate();
        let entries = months.flat_map(|(at, rows)| {
            (0..*rows).step_by(self.every).map(move |row| id(month(at), row))
        });
        entries.collect()
    }
}

fn id(month: Month, row: u32) -> String {
    format!("{month} {row}")
}

#[async_trait]
impl LiveRewards for Diary {
    fn vendor(&self) -> Vendor {
        Vendor::Xiaoe
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::default()
    }

    async fn points_entries_page(
        &self,
        query: &PointsEntryQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PointsEntry>> {
        let at = match cursor {
            Some(cursor) => cursor.position(Vendor::Xiaoe, query)?,
            None => Position::Page { number: 1, size: query.page_size.unwrap() }
                .in_months(query.first, query.last),
        };
        let gives = |at: &Position| self.last_page.is_none_or(|last| at.page() <= last);
        if !gives(&at) {
            return Err(Error::new(ErrorKind::InvalidInput, "no such page"));
        }
        let (month, rows) = self.entries(&at);
        let received = u32::try_from(rows.len()).unwrap();
        let entries = rows.filter(|row| (*row as usize).is_multiple_of(self.every)).map(|row| {
            let user = UserRef::new("u", UserIdKind::VendorUser);
            let mut entry =
                PointsEntry::new(user, PointsEntryKind::Earned, Points::new(1), instant());
            entry.id = Some(id(month, row).into());
            entry
        });
        let next = match received {
            0 => at.following_month(),
            short if short < at.size() => {
                at.behind(short.into()).filter(gives).or_else(|| at.following())
            }
            _ => at.following(),
        };
        let mut page = Page::new(entries.collect(), instant());
        page.left_out = received as usize - page.items.len();
        page.next = next.map(|next| Cursor::new(Vendor::Xiaoe, query, next));
        Ok(page)
    }
}

fn read(diary: &Diary, query: PointsEntryQuery) -> Vec<String> {
    let entries: Vec<PointsEntry> = run(diary.points_entries(query).try_collect()).unwrap();
    entries.into_iter().map(|entry| entry.id.unwrap().to_string()).collect()
}

#[test]
fn a_short_page_is_taken_where_no_page_is_small_enough_to_make_sure_of_it() {
    let months = vec![15, 3];
    let diary = Diary { months, cap: 100, repeats: false, every: 1, last_page: Some(5) };
    let query = PointsEntryQuery::new(month(0), month(1)).page_size(10);
    assert_eq!(read(&diary, query), diary.all());
}

proptest! {
    #[test]
    fn every_entry_of_every_month_comes_once_and_in_order(
        months in proptest::collection::vec(0_u32..12, 1..5),
        cap in 1_u32..8,
        size in 1_u32..8,
        repeats: bool,
        every in 1_usize..4,
        read_ahead in 1_usize..5,
    ) {
        // A page without an entry can't be told from another one.
        let repeats = repeats && every == 1;
        let diary = Diary { months, cap, repeats, every, last_page: None };
        let last = month(diary.months.len() - 1);
        let query = PointsEntryQuery::new(month(0), last).page_size(size).read_ahead(read_ahead);
        prop_assert_eq!(read(&diary, query), diary.all());
    }
}
