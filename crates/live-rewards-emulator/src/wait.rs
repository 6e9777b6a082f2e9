//! Waiting by the machine's clock. No rule of a vendor waits: these are pauses of sockets and of
//! answers that are slow on purpose.

use std::time::Duration;

use tokio::time::Sleep;

#[expect(clippy::disallowed_methods, reason = "the one place that really waits")]
pub(crate) fn pause(duration: Duration) -> Sleep {
    tokio::time::sleep(duration)
}
