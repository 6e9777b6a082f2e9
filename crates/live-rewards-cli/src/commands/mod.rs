#[cfg(feature = "emulate")]
mod demo;
#[cfg(feature = "emulate")]
mod emulate;
mod fetch;
#[cfg(feature = "emulate")]
mod ground_truth;
mod period;
mod reconcile;
mod rooms;
mod state;
mod status;
mod sync;

use live_rewards_ledger::ListingKey;

use crate::{arguments::Command, failure::Failure};

pub(crate) async fn run(command: Command) -> Result<(), Failure> {
    match command {
        #[cfg(feature = "emulate")]
        Command::Demo(demo) => demo::run(&demo).await,
        Command::Fetch(fetch) => fetch::run(&fetch).await,
        Command::Sync(sync) => sync::run(&sync).await,
        Command::Rooms(rooms) => rooms::run(&rooms),
        Command::Reconcile(reconcile) => reconcile::run(&reconcile),
        Command::Period(period) => period::run(&period),
        Command::Status(status) => status::run(&status),
        Command::State(state) => state::run(&state),
        #[cfg(feature = "emulate")]
        Command::Emulate(emulate) => emulate::run(&emulate).await,
    }
}

/// What a listing is of, in words.
fn listing_name(ListingKey { operation, scope, .. }: &ListingKey) -> String {
    if scope.is_empty() { operation.to_string() } else { format!("{operation} {scope}") }
}

/// Rows that could not be read make a run incomplete.
fn complete(rejected: u64) -> Result<(), Failure> {
    match rejected {
        0 => Ok(()),
        rows => Err(Failure::incomplete(format!(
            "{rows} rows could not be read and are not in the files; the lines above say why"
        ))),
    }
}
