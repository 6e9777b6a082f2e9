use live_rewards_core::{Cursor, Error, Operation, Page, Timestamp};

use super::{
    SyncOptions,
    place::Place,
    plan::{Plan, Wanted},
    timed::Timed,
    way::Way,
    window::{Bounds, days_before},
};
use crate::{LedgerError, Listing, ListingKey, Record, SeenScope, Stamp, Writing};

/// One reading of a listing, from its start or from where an earlier run left it.
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) wanted: Wanted,
    /// How far it is, as it is kept.
    listing: Listing,
    /// Whether that is kept.
    is_kept: bool,
    /// Whether it begins at the start, in this run.
    is_new: bool,
    /// The range that is read now. What lies outside is cut off.
    part: Bounds,
    /// Where the next range begins, if there is one.
    next_part: Option<Timestamp>,
    /// The same, once the range before is through.
    turns_to: Option<Timestamp>,
    /// Whether all rows that it should see are marked, so that those that are gone can be told.
    marks: bool,
    /// Whether something that it came upon can still change.
    pub(super) is_unsettled: bool,
}

impl Reading {
    /// One from the start.
    pub(super) fn new(
        wanted: &Wanted,
        stored: Option<Listing>,
        plan: &Plan,
        stamp: &Stamp,
    ) -> Self {
        let new = || Listing::new(wanted.key.clone(), stamp.now, stamp.run);
        let mut listing = stored.unwrap_or_else(new);
        let was_complete = listing.complete_until.is_some();
        listing.since = plan.bounds.since;
        listing.until = plan.bounds.until;
        listing.cursor = None;
        listing.began_at = stamp.now;
        listing.began_run = stamp.run;
        listing.rows = 0;
        (listing.total, listing.counted, listing.repeated) = (None, 0, 0);
        listing.error = None;
        let mut reading = Self::of(wanted, listing, plan.is_kept);
        reading.is_new = true;
        let is_certain = sees_all(wanted.key.operation, plan.bounds.since, plan.bounds.until);
        reading.marks = was_complete && wanted.rows.is_some() && is_certain;
        reading.begin_part(None);
        reading
    }

    /// One that an earlier run left, and its cursor; nothing if what it left can't be read.
    pub(super) fn resume(wanted: &Wanted, listing: Listing) -> Option<(Self, Option<Cursor>)> {
        let place = Place::parse(listing.cursor.as_deref()?)?;
        let mut reading = Self::of(wanted, listing, true);
        reading.begin_part(place.part);
        Some((reading, place.cursor))
    }

    fn of(wanted: &Wanted, listing: Listing, is_kept: bool) -> Self {
        Self {
            wanted: wanted.clone(),
            listing,
            is_kept,
            is_new: false,
            part: Bounds::default(),
            next_part: None,
            turns_to: None,
            marks: false,
            is_unsettled: false,
        }
    }

    pub(super) fn key(&self) -> &ListingKey {
        &self.listing.key
    }

    /// Where it begins in time.
    pub(super) fn since(&self) -> Option<Timestamp> {
        self.listing.since
    }

    /// Whether it begins at the start, in this run: then nothing needs to be read again.
    pub(super) fn is_new(&self) -> bool {
        self.is_new
    }

    /// Whether nothing more is to come. Said once it is through.
    pub(super) fn is_final(&self) -> bool {
        self.listing.is_final
    }

    /// Whether a listing that belongs to one of its rows was read since it began.
    pub(super) fn has_read(&self, of_row: &Listing) -> bool {
        let is_through = of_row.cursor.is_none() && of_row.error.is_none();
        is_through && of_row.completed_at.is_some() && of_row.began_run >= self.listing.began_run
    }

    /// The times to ask for.
    pub(super) fn asked(&self) -> Bounds {
        self.wanted.way.asked(self.part, self.listing.began_at)
    }

    /// Leaves out the rows that lie outside of the times to read.
    pub(super) fn cut<R: Timed>(&self, page: &mut Page<R>) {
        let received = page.items.len();
        page.items.retain(|row| row.time().is_none_or(|time| self.part.holds(time)));
        page.left_out += received - page.items.len();
    }

    /// How many rows it has come to with a page that is yet to be taken.
    pub(super) fn rows_with<R>(&self, page: &Page<R>) -> u64 {
        self.listing.rows.saturating_add(count(page.items.len()))
    }

    /// Goes on to the next range, if the last page led there.
    pub(super) fn turn(&mut self) -> bool {
        let part = self.turns_to.take();
        if part.is_some() {
            self.begin_part(part);
        }
        part.is_some()
    }

    /// Notes that something that belongs to its rows could not be read. What is complete then ends before this reading, unless the
    /// next one reads everything again anyhow.
    pub(super) fn miss(&mut self) {
        self.is_unsettled = true;
        if self.wanted.way != Way::Whole {
            self.listing.error =
                Some("something that belongs to its rows can't be read".to_owned());
        }
    }

    /// Keeps that it has begun, so that what is read before its first page is through is known as part of it.
    pub(super) fn open(&mut self, writing: &mut Writing<'_>) -> Result<(), LedgerError> {
        if self.listing.cursor.is_none() && self.is_kept {
            self.move_to(self.part.since, None);
            writing.save(&self.listing)?;
        }
        Ok(())
    }

    /// Takes over a page that is being written. Says how many rows have vanished.
    pub(super) fn take<R: Record>(
        &mut self,
        page: &Page<R>,
        writing: &mut Writing<'_>,
        stamp: &Stamp,
        options: &SyncOptions,
    ) -> Result<u64, LedgerError> {
        self.listing.rows = self.rows_with(page);
        let received = page.items.len() + page.rejected.len() + page.left_out + page.repeated;
        self.listing.counted = self.listing.counted.saturating_add(count(received));
        self.listing.repeated = self.listing.repeated.saturating_add(count(page.repeated));
        // A rejected row may be one that was readable before.
        self.marks &= page.rejected.is_empty();
        // What could not be read is asked for again as long as its room is read.
        self.is_unsettled |= !page.rejected.is_empty();
        if self.marks {
            writing.mark_seen(stamp, &page.items)?;
        }
        let mut vanished = 0;
        match (&page.next, self.next_part) {
            (Some(cursor), _) => self.move_to(self.part.since, Some(cursor.clone())),
            (None, Some(next)) => {
                self.turns_to = Some(next);
                self.move_to(Some(next), None);
            }
            (None, None) => {
                // Of several parts each has its own.
                let is_one = self.part == Bounds::of(&self.listing);
                self.listing.total = page.total.filter(|_| is_one);
                if let Some(scope) = self.scope() {
                    vanished = writing.note_vanished::<R>(stamp, &scope)?;
                }
                self.end(stamp.now, writing, options)?;
            }
        }
        if self.is_kept {
            writing.save(&self.listing)?;
        }
        Ok(vanished)
    }

    /// Keeps what it failed with. The next run begins again.
    pub(super) fn fail(
        &mut self,
        error: &Error,
        writing: &mut Writing<'_>,
    ) -> Result<(), LedgerError> {
        self.listing.cursor = None;
        self.listing.error = Some(error.to_string());
        self.listing.is_final = false;
        if self.is_kept { writing.save(&self.listing) } else { Ok(()) }
    }

    fn begin_part(&mut self, from: Option<Timestamp>) {
        let bounds = Bounds::of(&self.listing);
        (self.part, self.next_part) = self.wanted.way.part(bounds, from, self.listing.began_at);
    }

    fn move_to(&mut self, part: Option<Timestamp>, cursor: Option<Cursor>) {
        let in_parts = matches!(self.wanted.way, Way::ByTime { days: Some(_), .. });
        let place = Place { part: part.filter(|_| in_parts), cursor };
        self.listing.cursor = Some(place.to_string());
    }

    /// The rows that it should have seen, if it has marked them.
    fn scope(&self) -> Option<SeenScope> {
        let scope = self.wanted.rows.clone().filter(|_| self.marks)?;
        Some(SeenScope { since: self.listing.since, until: self.listing.until, ..scope })
    }

    fn end(
        &mut self,
        now: Timestamp,
        writing: &mut Writing<'_>,
        options: &SyncOptions,
    ) -> Result<(), LedgerError> {
        let listing = &mut self.listing;
        listing.cursor = None;
        if sees_all(listing.key.operation, listing.since, listing.until) {
            writing.resolve_rejected(&listing.key, listing.since, listing.began_run, now)?;
        }
        let complete_until = self.wanted.complete_until(listing, options);
        let Some(until) = complete_until.filter(|_| listing.error.is_none()) else {
            return Ok(());
        };
        let given_up = days_before(listing.began_at, options.settle_days);
        let rejected = match self.wanted.way {
            Way::Whole => None,
            _ => writing.rejected_since_run(&listing.key, listing.began_run)?,
        };
        // What could not be read is asked for again, until it is given up.
        let held = listing.complete_until.or(listing.since);
        listing.complete_until = match rejected {
            Some([oldest, _]) if oldest > given_up => held,
            Some([_, newest]) if newest > given_up => held.max(Some(given_up.min(until))),
            _ => Some(until),
        };
        listing.completed_at = Some(now);
        listing.given_up_before = Some(given_up);
        let may_be_last = self.wanted.final_from.is_some_and(|from| from <= until);
        // A narrowed reading doesn't see all that may be unsettled.
        let is_whole = listing.until.is_none();
        listing.is_final = self.is_new && is_whole && may_be_last && !self.is_unsettled;
        Ok(())
    }
}

fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

/// Whether a reading between two instants comes upon all rows that it is about, so that one that is missing is gone.
///
/// By which of its times a vendor's filter ends is not always known. By which it begins isn't for lotteries, and when a task starts may
/// be set anew.
fn sees_all(operation: Operation, since: Option<Timestamp>, until: Option<Timestamp>) -> bool {
    until.is_none() && (since.is_none() || operation != Operation::PrizeActivities)
}
