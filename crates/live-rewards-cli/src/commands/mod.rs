#[cfg(feature = "emulate")]
mod demo;
#[cfg(feature = "emulate")]
mod emulate;
mod fetch;

use crate::{arguments::Command, failure::Failure};

pub(crate) async fn run(command: Command) -> Result<(), Failure> {
    match command {
        #[cfg(feature = "emulate")]
        Command::Demo(demo) => demo::run(&demo).await,
        Command::Fetch(fetch) => fetch::run(&fetch).await,
        #[cfg(feature = "emulate")]
        Command::Emulate(emulate) => emulate::run(&emulate).await,
    }
}

/// Waits for Ctrl-C or, where there is such a thing, a request to end.
pub(crate) async fn interrupted() {
    let ctrl_c = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = ctrl_c => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = ctrl_c.await;
}
