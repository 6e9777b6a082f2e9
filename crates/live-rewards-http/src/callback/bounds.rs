use std::time::Duration;

use live_rewards_core::Timestamp;

use super::{CallbackError, CallbackErrorKind, Incoming};

/// How large a callback may be, and how far its time may be from ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    window: Duration,
    max_bytes: usize,
}

impl Bounds {
    /// Bytes of query and body together unless told otherwise: 1 MiB. The vendors publish no bound.
    pub const MAX_BYTES: usize = 1 << 20;

    /// Takes requests of up to [`MAX_BYTES`](Self::MAX_BYTES) whose time is up to this far from ours, before or after.
    pub const fn new(window: Duration) -> Self {
        Self { window, max_bytes: Self::MAX_BYTES }
    }

    /// The same with up to so many bytes.
    pub const fn max_bytes(mut self, most: usize) -> Self {
        self.max_bytes = most;
        self
    }

    /// Refuses a request with more bytes of query and body.
    pub fn check_size(&self, incoming: &Incoming<'_>) -> Result<(), CallbackError> {
        let most = self.max_bytes;
        let size = incoming.query.len().checked_add(incoming.body.len());
        if size.is_some_and(|size| size <= most) {
            return Ok(());
        }
        let what = format!("query and body have more than {most} bytes");
        Err(CallbackError::new(CallbackErrorKind::TooLarge, what))
    }

    /// Refuses a callback whose time is further from now.
    pub fn check_time(&self, at: Timestamp, now: Timestamp) -> Result<(), CallbackError> {
        let off = Duration::from_millis(now.epoch_ms().abs_diff(at.epoch_ms()));
        if off <= self.window {
            return Ok(());
        }
        let what = format!("its time is more than {} s off", self.window.as_secs());
        Err(CallbackError::new(CallbackErrorKind::Outdated, what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds::new(Duration::from_secs(300));

    #[test]
    fn the_window_is_open_on_both_sides_and_its_ends_belong_to_it() {
        let now = 1_718_334_336_000;
        let check = |off: i64| {
            let at = |ms| Timestamp::from_epoch_ms(ms).unwrap();
            BOUNDS.check_time(at(now + off), at(now))
        };
        for off in [0, -300_000, 300_000] {
            assert_eq!(check(off), Ok(()), "{off}");
        }
        for off in [-300_001, 300_001, -now] {
            assert_eq!(check(off).unwrap_err().kind(), CallbackErrorKind::Outdated, "{off}");
        }
    }

    #[test]
    fn query_and_body_are_counted_together() {
        let incoming = Incoming { method: "POST", query: "a=1", content_type: None, body: b"b=2" };
        assert_eq!(BOUNDS.max_bytes(6).check_size(&incoming), Ok(()));
        let error = BOUNDS.max_bytes(5).check_size(&incoming).unwrap_err();
        assert_eq!(error.kind(), CallbackErrorKind::TooLarge);
        assert_eq!(error.reply().status, 413);
    }
}
