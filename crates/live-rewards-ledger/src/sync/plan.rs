use live_rewards_core::Timestamp;

use super::{
    SyncOptions,
    way::Way,
    window::{Bounds, days_before},
};
use crate::{Ledger, LedgerError, Listing, ListingKey, SeenScope};

/// What is done with a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Nothing: there is nothing between the times given.
    Nothing,
    /// Nothing: it is final.
    Rest,
    /// An interrupted reading goes on. Then the listing is read in the usual way.
    Resume,
    /// It is read.
    Read,
}

/// A listing that is to be read, and what decides how.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) key: ListingKey,
    pub(super) way: Way,
    /// Whether the times that a user gives narrow it.
    pub(super) is_timed: bool,
    /// What is to be read again however long ago it was.
    pub(super) open_since: Option<Timestamp>,
    /// The reading in which rows that are missing could not be read.
    pub(super) rejected: Option<Bounds>,
    /// A reading that begins from then on, and finds everything settled, is the last.
    pub(super) final_from: Option<Timestamp>,
    /// The rows that a complete reading sees, but for the times; nothing if that can't be told.
    pub(super) rows: Option<SeenScope>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) action: Action,
    pub(super) bounds: Bounds,
    /// Whether how far the reading is replaces what was known. One that is narrowed leaves another that is under way alone.
    pub(super) is_kept: bool,
}

impl Wanted {
    /// All of a listing, each time.
    pub(super) fn whole(key: ListingKey) -> Self {
        Self {
            key,
            way: Way::Whole,
            is_timed: false,
            open_since: None,
            rejected: None,
            final_from: None,
            rows: None,
        }
    }

    /// Takes over where rows that could not be read, and aren't given up, have to be asked for.
    pub(super) fn ask_for_rejected(
        &mut self,
        ledger: &Ledger,
        options: &SyncOptions,
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        let given_up = days_before(now, options.settle_days);
        let (is_any, since) = ledger.rejected_after(&self.key, given_up)?;
        self.rejected = is_any.then_some(Bounds { since, until: None });
        Ok(())
    }

    pub(super) fn plan(
        &self,
        stored: Option<&Listing>,
        options: &SyncOptions,
        now: Timestamp,
    ) -> Plan {
        let bounds = self.bounds(stored, options, now);
        let is_narrowed = self.is_timed && options.is_narrowed();
        let under_way = stored.filter(|listing| listing.cursor.is_some());
        // A reading that left something out is begun again.
        let resumable = under_way.filter(|listing| {
            listing.error.is_none() && (!is_narrowed || Bounds::of(listing) == bounds)
        });
        let is_over = under_way.is_none() && !options.full && self.is_final(stored);
        let action = if bounds.is_empty() {
            Action::Nothing
        } else if is_over {
            Action::Rest
        } else if resumable.is_some() {
            Action::Resume
        } else {
            Action::Read
        };
        let is_aside = is_narrowed && under_way.is_some() && resumable.is_none();
        Plan { action, bounds, is_kept: !is_aside }
    }

    /// Up to when everything was read once a reading is through; nothing if it leaves a gap behind what was.
    pub(super) fn complete_until(
        &self,
        reading: &Listing,
        options: &SyncOptions,
    ) -> Option<Timestamp> {
        let needed = match reading.complete_until {
            Some(done) => self.way.from(days_before(done, options.lookback_days)),
            None => self.way.earliest(reading.began_at, options),
        };
        let is_gap = match (reading.since, needed) {
            (None, _) => false,
            (Some(since), Some(needed)) => since > needed,
            (Some(_), None) => true,
        };
        let until = reading.until.map_or(reading.began_at, |until| until.min(reading.began_at));
        (!is_gap).then(|| reading.complete_until.map_or(until, |done| done.max(until)))
    }

    /// Whether nothing more is to come: the last reading was complete when it could be the last.
    fn is_final(&self, stored: Option<&Listing>) -> bool {
        let read = stored.filter(|listing| listing.is_final).and_then(|read| read.complete_until);
        read.zip(self.final_from).is_some_and(|(read, from)| from <= read)
    }

    /// What a new reading reads.
    fn bounds(&self, stored: Option<&Listing>, options: &SyncOptions, now: Timestamp) -> Bounds {
        let done = stored.and_then(|listing| listing.complete_until).filter(|_| !options.full);
        // A clock that was ahead then must not keep out what comes until it is right.
        let done = done.map(|done| done.min(now));
        let since = match done {
            None if options.full => self.way.first(now, options),
            None => self.way.earliest(now, options),
            Some(done) => {
                let from = days_before(done, options.lookback_days);
                self.way.from(self.open_since.map_or(from, |open| open.min(from)))
            }
        };
        let since = match self.rejected {
            Some(rejected) => {
                let from = match rejected.since {
                    Some(at) => self.way.from(at),
                    None => self.way.first(now, options),
                };
                since.zip(from).map(|(since, from)| since.min(from))
            }
            None => since,
        };
        if self.is_timed {
            Bounds { since: options.since.or(since), until: options.until }
        } else {
            Bounds { since, until: None }
        }
    }
}

impl Bounds {
    /// Those of the last reading of a listing.
    pub(super) fn of(listing: &Listing) -> Self {
        Self { since: listing.since, until: listing.until }
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{ListingCapability, Operation};

    use super::*;
    use crate::{AccountId, RunId};

    fn day(day: i64) -> Timestamp {
        Timestamp::from_epoch_ms((20_000 + day) * 86_400_000).unwrap()
    }

    fn key() -> ListingKey {
        ListingKey {
            account: AccountId(1),
            operation: Operation::RedPackets,
            scope: "channel:1".to_owned(),
        }
    }

    fn by_time() -> Wanted {
        let way = Way::of(&ListingCapability::new(10, None).by_time());
        Wanted { way, is_timed: true, ..Wanted::whole(key()) }
    }

    /// Read completely up to a day.
    fn complete(until: i64) -> Listing {
        let mut listing = Listing::new(key(), day(until), RunId(1));
        listing.complete_until = Some(day(until));
        listing.completed_at = Some(day(until));
        listing
    }

    fn under_way(since: Option<i64>, until: Option<i64>) -> Listing {
        let mut listing = complete(50);
        listing.cursor = Some("c".to_owned());
        (listing.since, listing.until) = (since.map(day), until.map(day));
        listing
    }

    fn options(since: Option<i64>, until: Option<i64>) -> SyncOptions {
        SyncOptions { since: since.map(day), until: until.map(day), ..SyncOptions::default() }
    }

    fn since(wanted: &Wanted, stored: Option<&Listing>, options: &SyncOptions) -> Option<i64> {
        let since = wanted.plan(stored, options, day(100)).bounds.since?;
        Some(since.epoch_ms() / 86_400_000 - 20_000)
    }

    #[test]
    fn a_reading_begins_some_days_before_what_is_complete() {
        let (plain, stored) = (options(None, None), complete(60));
        assert_eq!(since(&by_time(), None, &plain), None);
        assert_eq!(since(&by_time(), Some(&stored), &plain), Some(56));
        assert_eq!(since(&Wanted::whole(key()), Some(&stored), &plain), None);
        for (open, begin) in [(40, 40), (58, 56)] {
            let wanted = Wanted { open_since: Some(day(open)), ..by_time() };
            assert_eq!(since(&wanted, Some(&stored), &plain), Some(begin));
        }
        let full = SyncOptions { full: true, ..plain };
        assert_eq!(since(&by_time(), Some(&stored), &full), None);
        assert_eq!(since(&by_time(), Some(&stored), &options(Some(20), None)), Some(20));
    }

    #[test]
    fn a_full_reading_in_parts_goes_back_as_far_as_there_is_anything_or_as_is_said() {
        let way = Way::of(&ListingCapability::new(10, None).needs_time().longest_days(365));
        let wanted = Wanted { way, ..by_time() };
        let (first, stored) = (-9_043, complete(60));
        for stored in [None, Some(&stored)] {
            let full = |since| SyncOptions { full: true, ..options(since, None) };
            assert_eq!(since(&wanted, stored, &full(None)), Some(first));
            assert_eq!(since(&wanted, stored, &full(Some(-900))), Some(-900));
        }
        assert_eq!(since(&wanted, None, &options(None, None)), Some(100 - 365));
        assert_eq!(since(&wanted, None, &options(Some(-900), None)), Some(-900));
    }

    #[test]
    fn given_times_do_not_narrow_what_has_none() {
        let plan = Wanted::whole(key()).plan(None, &options(Some(1), Some(2)), day(100));
        assert_eq!((plan.action, plan.bounds), (Action::Read, Bounds::default()));
    }

    #[test]
    fn nothing_is_read_between_times_that_hold_nothing() {
        let stored = complete(60);
        let plan = by_time().plan(Some(&stored), &options(None, Some(10)), day(100));
        assert_eq!(plan.action, Action::Nothing);
    }

    #[test]
    fn an_interrupted_reading_goes_on() {
        let mut stored = under_way(Some(46), None);
        let planned = |stored: &Listing, options| by_time().plan(Some(stored), &options, day(100));
        let plain = planned(&stored, options(None, None));
        assert_eq!((plain.action, plain.is_kept), (Action::Resume, true));
        let narrowed = planned(&stored, options(Some(90), None));
        assert_eq!((narrowed.action, narrowed.is_kept), (Action::Read, false));
        stored.error = Some("something is missing".to_owned());
        let again = planned(&stored, options(None, None));
        assert_eq!((again.action, again.is_kept), (Action::Read, true));
        let narrowed = planned(&under_way(Some(90), None), options(Some(90), None));
        assert_eq!((narrowed.action, narrowed.is_kept), (Action::Resume, true));
    }

    #[test]
    fn what_is_final_is_read_only_in_full() {
        let wanted = Wanted { final_from: Some(day(60)), ..Wanted::whole(key()) };
        let action = |wanted: &Wanted, stored: &Listing, full| {
            let options = SyncOptions { full, ..SyncOptions::default() };
            wanted.plan(Some(stored), &options, day(100)).action
        };
        let stored = Listing { is_final: true, ..complete(60) };
        assert_eq!(action(&wanted, &stored, false), Action::Rest);
        assert_eq!(action(&wanted, &stored, true), Action::Read);
        assert_eq!(action(&wanted, &complete(60), false), Action::Read);
        // The room went on since.
        let later = Wanted { final_from: Some(day(61)), ..wanted };
        assert_eq!(action(&later, &stored, false), Action::Read);
    }

    #[test]
    fn only_a_reading_without_a_gap_moves_what_is_complete() {
        let reading = |since, until, done: Option<i64>| {
            let mut reading = under_way(since, until);
            reading.began_at = day(100);
            reading.complete_until = done.map(day);
            let until = by_time().complete_until(&reading, &SyncOptions::default())?;
            Some(until.epoch_ms() / 86_400_000 - 20_000)
        };
        assert_eq!(reading(None, None, None), Some(100));
        assert_eq!(reading(Some(1), None, None), None);
        assert_eq!(reading(None, Some(80), None), Some(80));
        assert_eq!(reading(Some(56), None, Some(60)), Some(100));
        assert_eq!(reading(Some(57), None, Some(60)), None);
        assert_eq!(reading(Some(56), Some(80), Some(60)), Some(80));
        assert_eq!(reading(None, Some(20), Some(60)), Some(60));
        assert_eq!(reading(None, Some(200), Some(60)), Some(100));
    }
}
