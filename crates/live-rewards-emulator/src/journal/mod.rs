//! What was asked and what came of it: the last requests, each refusal with its reason.

mod entry;
mod mask;
mod offset;
mod reason;
mod recorded;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

pub use self::entry::JournalEntry;
pub use self::reason::{LimitHit, RefusalReason, SignatureMismatch};

pub(crate) use self::mask::{SECRET, masked, plain};
pub(crate) use self::offset::clock_offset;
pub(crate) use self::reason::NO_KNOWN_MISTAKE;
pub(crate) use self::recorded::{Arrival, Recorded};

/// Most requests remembered; the oldest is forgotten first.
const CAPACITY: usize = 1000;
/// Most bytes of them: requests as clients make them are far smaller.
const MOST_BYTES: usize = 8 << 20;

/// The last requests to all vendors.
#[derive(Debug, Default)]
pub(crate) struct Journal(Mutex<Written>);

#[derive(Debug, Default)]
struct Written {
    /// Requests so far, forgotten ones included.
    count: u64,
    entries: VecDeque<Arc<Recorded>>,
    /// Sizes of the entries.
    bytes: usize,
}

impl Journal {
    /// Adds a request. Its number is that of the requests so far.
    pub(crate) fn record(&self, recorded: Recorded) {
        let recorded = Arc::new(recorded);
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.count += 1;
        written.bytes += recorded.size();
        written.entries.push_back(recorded);
        let mut forgotten = Vec::new();
        while written.entries.len() > CAPACITY || written.bytes > MOST_BYTES {
            let Some(oldest) = written.entries.pop_front() else { break };
            written.bytes = written.bytes.saturating_sub(oldest.size());
            forgotten.push(oldest);
        }
        // What it held is given back while others can write.
        drop(written);
        drop(forgotten);
    }

    /// Requests so far.
    pub(crate) fn count(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).count
    }

    /// The last `most` requests that pass the filter, oldest first.
    pub(crate) fn last(
        &self,
        most: usize,
        filter: impl Fn(&Recorded) -> bool,
    ) -> Vec<JournalEntry> {
        let mut found = self.found(most, filter);
        found.reverse();
        found.into_iter().map(|(number, recorded)| recorded.entry(number)).collect()
    }

    /// Everything that is remembered, oldest first.
    pub(crate) fn all(&self) -> Vec<JournalEntry> {
        self.last(CAPACITY, |_| true)
    }

    /// Forgets everything and counts from 1 again.
    pub(crate) fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Written::default();
    }

    /// The same with their numbers, newest first.
    fn found(&self, most: usize, filter: impl Fn(&Recorded) -> bool) -> Vec<(u64, Arc<Recorded>)> {
        let written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let numbered = (1..=written.count).rev().zip(written.entries.iter().rev());
        let passed = numbered.filter(|(_, recorded)| filter(recorded));
        passed.take(most).map(|(number, recorded)| (number, Arc::clone(recorded))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(entries: &[JournalEntry]) -> Vec<u64> {
        entries.iter().map(|entry| entry.number).collect()
    }

    fn recorded(status: u16) -> Recorded {
        let mut recorded = Recorded::default();
        recorded.status = Some(status);
        recorded
    }

    #[test]
    fn the_oldest_is_forgotten_and_numbers_go_on() {
        let journal = Journal::default();
        for number in 0..=CAPACITY {
            journal.record(recorded(if number == 2 { 403 } else { 200 }));
        }
        assert_eq!(journal.all().len(), CAPACITY);
        assert_eq!(numbers(&journal.last(2, |_| true)), [1000, 1001]);
        assert_eq!(numbers(&journal.last(2, |recorded| recorded.status == Some(403))), [3]);
        journal.clear();
        journal.record(recorded(200));
        assert_eq!(numbers(&journal.all()), [1]);
        assert_eq!(journal.count(), 1);
    }

    #[test]
    fn of_large_requests_fewer_are_remembered() {
        let journal = Journal::default();
        for _ in 0..CAPACITY {
            journal.record(Recorded::with_body(16 << 10));
        }
        assert_eq!(journal.all().len(), MOST_BYTES / (16 << 10));
        assert_eq!(journal.0.lock().unwrap().bytes, MOST_BYTES);
        for _ in 0..CAPACITY {
            journal.record(recorded(200));
        }
        assert_eq!(journal.all().len(), CAPACITY);
        assert_eq!(journal.0.lock().unwrap().bytes, 0);
    }
}
