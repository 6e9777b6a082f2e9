use std::time::SystemTime;

use live_rewards::Timestamp;

/// The machine's time: what the ledger dates its readings by.
#[expect(clippy::disallowed_methods, reason = "the command is where the real clock comes in")]
pub(crate) fn now() -> Timestamp {
    SystemTime::now().into()
}
