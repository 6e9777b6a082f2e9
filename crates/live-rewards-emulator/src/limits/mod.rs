//! Published rate limits, counted over sliding windows of the emulated time.

mod window;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::catalog::Limit;
use crate::journal::LimitHit;

use self::window::Window;

/// Most callers and endpoints that are counted at a time; the one that was idle longest goes first.
const CAPACITY: usize = 256;

/// What is counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Counted {
    /// Every request from an address.
    Address(IpAddr),
    /// Calls of one endpoint by the application.
    Endpoint(&'static str),
}

/// Requests counted so far.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<HashMap<Counted, Window>>);

impl Limits {
    /// Counts a request, unless the limit is reached. Then everything that is counted with it is
    /// turned down for `block_ms`, or until the window has room again.
    ///
    /// The time is read while nothing else is counted: a request from before a block doesn't come
    /// after it.
    pub(crate) fn count(
        &self,
        counted: Counted,
        limit: &Limit,
        block_ms: Option<i64>,
        now_ms: impl FnOnce() -> i64,
    ) -> Result<(), LimitHit> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now_ms = now_ms();
        if windows.len() >= CAPACITY && !windows.contains_key(&counted) {
            let idle = windows.iter().min_by_key(|(_, window)| window.last_ms());
            if let Some(idle) = idle.map(|(counted, _)| *counted) {
                windows.remove(&idle);
            }
        }
        let window = windows.entry(counted).or_default();
        let allowed = usize::try_from(limit.requests).unwrap_or(usize::MAX);
        let length_ms = i64::from(limit.window_seconds) * 1000;
        window
            .count(allowed, length_ms, block_ms, now_ms)
            .map_err(|until_ms| LimitHit::new(limit.requests, limit.window_seconds, until_ms))
    }

    /// Forgets everything, blocks included.
    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::sync::atomic::{AtomicI64, Ordering};
    use std::thread;

    use super::*;
    use crate::catalog::Scope;

    const LIMIT: Limit = Limit { requests: 2, window_seconds: 10, scope: Scope::Endpoint };

    #[test]
    fn each_endpoint_has_a_count_of_its_own() {
        let limits = Limits::default();
        let count = |id| limits.count(Counted::Endpoint(id), &LIMIT, None, || 5000);
        assert!(count("a").is_ok() && count("a").is_ok() && count("b").is_ok());
        let hit = count("a").unwrap_err();
        assert_eq!((hit.requests, hit.window_seconds, hit.until_ms), (2, 10, 15_000));
        assert_eq!(hit.until, "1970-01-01T00:00:15Z");
        limits.clear();
        assert!(count("a").is_ok());
    }

    #[test]
    fn a_block_is_lifted_by_no_request_that_came_with_it() {
        let (limits, clock) = (Limits::default(), AtomicI64::new(0));
        let count = || {
            let now_ms = || clock.fetch_add(1, Ordering::Relaxed);
            limits.count(Counted::Endpoint("a"), &LIMIT, Some(i64::from(i32::MAX)), now_ms)
        };
        let passed: usize = thread::scope(|scope| {
            let one = || (0..5000).filter(|_| count().is_ok()).count();
            let all: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
            all.into_iter().map(|one| one.join().unwrap()).sum()
        });
        assert_eq!(passed, 2);
    }

    #[test]
    fn the_number_of_counts_is_bounded() {
        let limits = Limits::default();
        for number in 0..1000 {
            let address = Counted::Address(IpAddr::V4(Ipv4Addr::from_bits(number)));
            assert!(limits.count(address, &LIMIT, None, || i64::from(number)).is_ok());
        }
        assert_eq!(limits.0.lock().unwrap().len(), CAPACITY);
    }
}
