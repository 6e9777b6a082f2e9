use std::time::Duration;

use live_rewards_core::Timestamp;

use super::{CallbackError, CallbackErrorKind};

/// Refuses a callback whose time is further from now than this, be it before or after.
pub fn check_window(at: Timestamp, now: Timestamp, window: Duration) -> Result<(), CallbackError> {
    let off = Duration::from_millis(now.epoch_ms().abs_diff(at.epoch_ms()));
    if off <= window {
        return Ok(());
    }
    let what = format!("its time is more than {} s off", window.as_secs());
    Err(CallbackError::new(CallbackErrorKind::Outdated, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_open_on_both_sides_and_its_ends_belong_to_it() {
        let now = 1_718_334_336_000;
        let check = |off: i64| {
            let at = |ms| Timestamp::from_epoch_ms(ms).unwrap();
            check_window(at(now + off), at(now), Duration::from_secs(300))
        };
        for off in [0, -300_000, 300_000] {
            assert_eq!(check(off), Ok(()), "{off}");
        }
        for off in [-300_001, 300_001, -now] {
            assert_eq!(check(off).unwrap_err().kind(), CallbackErrorKind::Outdated, "{off}");
        }
    }
}
