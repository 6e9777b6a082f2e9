use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use live_rewards_core::Vendor;

use super::Caller;

/// Until when vendors keep this machine's address out, on the limits' clock.
#[derive(Debug, Default)]
pub(super) struct Blocks(Mutex<HashMap<(Vendor, String), Duration>>);

impl Blocks {
    /// Remembers a block; of several the one that lasts longest.
    pub(super) fn add(&self, caller: Caller<'_>, until: Duration) {
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = blocks.entry(key(caller)).or_default();
        *known = until.max(*known);
    }

    /// What is left of a block.
    pub(super) fn left(&self, caller: Caller<'_>, now: Duration) -> Option<Duration> {
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nearly always there is none; then no key is made.
        if blocks.is_empty() {
            return None;
        }
        blocks.retain(|_, until| now < *until);
        blocks.get(&key(caller)).map(|until| until.saturating_sub(now))
    }
}

fn key(caller: Caller<'_>) -> (Vendor, String) {
    (caller.vendor, caller.authority.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_for_one_host_and_its_latest_end_counts() {
        let seconds = Duration::from_secs;
        let caller = |vendor, authority, application| Caller { vendor, authority, application };
        let one = caller(Vendor::Polyv, "api.polyv.net", "a");
        let blocks = Blocks::default();
        assert_eq!(blocks.left(one, seconds(0)), None);
        blocks.add(one, seconds(300));
        blocks.add(one, seconds(200));
        assert_eq!(blocks.left(one, seconds(10)), Some(seconds(290)));
        let same_host = caller(Vendor::Polyv, "api.polyv.net", "b");
        assert_eq!(blocks.left(same_host, seconds(299)), Some(seconds(1)));
        for other in
            [caller(Vendor::Polyv, "other", "a"), caller(Vendor::Yxt, "api.polyv.net", "a")]
        {
            assert_eq!(blocks.left(other, seconds(10)), None);
        }
        assert_eq!(blocks.left(one, seconds(300)), None);
        assert_eq!(blocks.left(one, seconds(0)), None, "it is forgotten");
    }
}
