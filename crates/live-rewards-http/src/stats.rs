use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// What a client has done since it was built. Clones of a client count together, and a client that fetches tokens counts
/// that in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Calls that were begun, however often each was tried.
    pub requests: u64,
    /// HTTP requests that were sent or tried to be sent.
    pub attempts: u64,
    /// Waits for a rate limit or before another attempt; not those for a token that others fetch, or until one may be fetched.
    pub waits: u64,
    /// How long these waits were in all. One that was cut short because the call was dropped counts whole.
    pub waited: Duration,
    /// Attempts that failed: refused by the vendor, answered by something unreadable, or not answered.
    pub refusals: u64,
    /// Bytes of the bodies that were received whole, decompressed.
    pub bytes_received: u64,
    /// Rows that could not be read and were rejected.
    pub rejected_rows: u64,
}

/// Counts for [`Stats`]. The numbers are independent of each other, so relaxed order is enough.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    requests: AtomicU64,
    attempts: AtomicU64,
    waits: AtomicU64,
    waited_nanos: AtomicU64,
    refusals: AtomicU64,
    bytes_received: AtomicU64,
    rejected_rows: AtomicU64,
}

impl Counters {
    pub(crate) fn request(&self) {
        add(&self.requests, 1_u64);
    }

    pub(crate) fn attempt(&self) {
        add(&self.attempts, 1_u64);
    }

    pub(crate) fn wait(&self, wait: Duration) {
        add(&self.waits, 1_u64);
        add(&self.waited_nanos, wait.as_nanos());
    }

    pub(crate) fn refusal(&self) {
        add(&self.refusals, 1_u64);
    }

    pub(crate) fn received(&self, bytes: usize) {
        add(&self.bytes_received, bytes);
    }

    pub(crate) fn rejected(&self, rows: usize) {
        add(&self.rejected_rows, rows);
    }

    pub(crate) fn stats(&self) -> Stats {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Stats {
            requests: read(&self.requests),
            attempts: read(&self.attempts),
            waits: read(&self.waits),
            waited: Duration::from_nanos(read(&self.waited_nanos)),
            refusals: read(&self.refusals),
            bytes_received: read(&self.bytes_received),
            rejected_rows: read(&self.rejected_rows),
        }
    }
}

fn add(counter: &AtomicU64, number: impl TryInto<u64>) {
    counter.fetch_add(number.try_into().unwrap_or_default(), Ordering::Relaxed);
}
