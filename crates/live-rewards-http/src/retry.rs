use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

/// How often and how patiently a call is tried again.
///
/// Whether it may be tried again at all is not a setting: that follows from what the call does and from what is known of
/// its delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// Attempts after the first. 0 turns retries off; a new token and a corrected clock are still tried once.
    pub max_retries: usize,
    /// The first wait, before jitter.
    pub min_delay: Duration,
    /// The longest wait, before jitter.
    pub max_delay: Duration,
}

impl Default for Retry {
    /// Four retries, from 200 ms to 10 s.
    fn default() -> Self {
        Self {
            max_retries: 4,
            min_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(10),
        }
    }
}

impl Retry {
    /// No retries.
    pub fn none() -> Self {
        Self { max_retries: 0, ..Self::default() }
    }

    /// At most so many attempts after the first.
    pub fn max_retries(mut self, retries: usize) -> Self {
        self.max_retries = retries;
        self
    }

    /// The waits: doubling, each with up to its own length of jitter on top.
    pub(crate) fn delays(&self, seed: u64) -> ExponentialBackoff {
        ExponentialBuilder::default()
            .with_min_delay(self.min_delay.min(self.max_delay))
            .with_max_delay(self.max_delay)
            .with_max_times(self.max_retries)
            .with_jitter()
            .with_jitter_seed(seed)
            .build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wait_is_longer_than_the_longest() {
        let longest = Duration::from_secs(1);
        let retry =
            Retry { max_retries: 3, min_delay: Duration::from_secs(60), max_delay: longest };
        let delays: Vec<_> = retry.delays(7).collect();
        assert_eq!(delays.len(), 3);
        assert!(delays.iter().all(|delay| (longest..=longest * 2).contains(delay)), "{delays:?}");
    }
}
