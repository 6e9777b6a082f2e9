#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};

/// Waits for Ctrl-C, a request to end, or the end of the terminal.
#[cfg(unix)]
pub(crate) async fn interrupted() {
    asked_to_end().await;
}

/// Waits for the same, and tells whether it was a request to end, as a service gets it.
#[cfg(unix)]
pub(crate) async fn asked_to_end() -> bool {
    tokio::select! {
        () = received(SignalKind::interrupt()) => false,
        () = received(SignalKind::terminate()) => true,
        () = hung_up() => false,
    }
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
pub(crate) async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // It can't be listened for, and ends the process as it does without this.
        std::future::pending::<()>().await;
    }
}

/// Waits for Ctrl-C, which is no request to end.
#[cfg(all(not(unix), feature = "emulate"))]
pub(crate) async fn asked_to_end() -> bool {
    interrupted().await;
    false
}

#[cfg(unix)]
async fn received(kind: SignalKind) {
    match signal(kind) {
        Ok(mut signals) => {
            signals.recv().await;
        }
        // It can't be listened for, and ends the process as it does without this.
        Err(_) => std::future::pending().await,
    }
}

#[cfg(unix)]
async fn hung_up() {
    // What isn't there to be read asks for nothing.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if ignores_hangup(&status) {
        std::future::pending::<()>().await;
    } else {
        received(SignalKind::hangup()).await;
    }
}

/// Whether the process was started to outlive its terminal, as by `nohup`; listening for the signal would undo that.
#[cfg(unix)]
fn ignores_hangup(status: &str) -> bool {
    status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask & 1 == 1)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_was_started_to_outlive_its_terminal_is_known() {
        let status = |mask: &str| format!("Name:\tx\nSigBlk:\t0000000000000001\nSigIgn:\t{mask}\n");
        assert!(ignores_hangup(&status("0000000000001001")));
        assert!(!ignores_hangup(&status("0000000000001000")));
        assert!(!ignores_hangup(""));
    }
}
