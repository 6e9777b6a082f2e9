use std::time::SystemTime;

use live_rewards::Timestamp;

/// The machine's time in whole milliseconds: what the ledger dates its readings by.
#[expect(clippy::disallowed_methods, reason = "the command is where the real clock comes in")]
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::from(SystemTime::now());
    // The ledger keeps no more.
    Timestamp::from_epoch_ms(now.epoch_ms()).unwrap_or(now)
}
