//! What was asked and what came of it: the last requests, each refusal with its reason.

mod entry;
mod mask;
mod offset;
mod reason;

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

pub use self::entry::JournalEntry;
pub use self::reason::{LimitHit, RefusalReason, SignatureMismatch};

pub(crate) use self::entry::Seen;
pub(crate) use self::mask::{SECRET, plain};
pub(crate) use self::offset::clock_offset;

/// Most requests remembered; the oldest is forgotten first.
const CAPACITY: usize = 1000;

/// The last requests to all vendors.
#[derive(Debug, Default)]
pub(crate) struct Journal(Mutex<Written>);

#[derive(Debug, Default)]
struct Written {
    /// Requests so far, forgotten ones included.
    count: u64,
    entries: VecDeque<JournalEntry>,
}

impl Journal {
    /// Adds a request and gives it its number.
    pub(crate) fn record(&self, mut entry: JournalEntry) {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.count += 1;
        entry.number = written.count;
        if written.entries.len() >= CAPACITY {
            written.entries.pop_front();
        }
        written.entries.push_back(entry);
    }

    /// Requests so far.
    pub(crate) fn count(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).count
    }

    /// The last `most` requests that pass the filter, oldest first.
    pub(crate) fn last(
        &self,
        most: usize,
        filter: impl Fn(&JournalEntry) -> bool,
    ) -> Vec<JournalEntry> {
        let written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut entries: Vec<JournalEntry> = written
            .entries
            .iter()
            .rev()
            .filter(|entry| filter(entry))
            .take(most)
            .cloned()
            .collect();
        entries.reverse();
        entries
    }

    /// Everything that is remembered, oldest first.
    pub(crate) fn all(&self) -> Vec<JournalEntry> {
        self.last(CAPACITY, |_| true)
    }

    /// Forgets everything and counts from 1 again.
    pub(crate) fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Written::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(entries: &[JournalEntry]) -> Vec<u64> {
        entries.iter().map(|entry| entry.number).collect()
    }

    #[test]
    fn the_oldest_is_forgotten_and_numbers_go_on() {
        let journal = Journal::default();
        for _ in 0..=CAPACITY {
            journal.record(JournalEntry::default());
        }
        assert_eq!(journal.all().len(), CAPACITY);
        assert_eq!(numbers(&journal.last(2, |_| true)), [1000, 1001]);
        assert_eq!(numbers(&journal.last(2, |entry| entry.number < 4)), [2, 3]);
        journal.clear();
        journal.record(JournalEntry::default());
        assert_eq!(numbers(&journal.all()), [1]);
        assert_eq!(journal.count(), 1);
    }
}
