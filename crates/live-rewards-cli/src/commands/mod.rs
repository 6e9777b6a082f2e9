mod account;
mod checks;
mod completions;
#[cfg(feature = "emulate")]
mod demo;
mod doctor;
#[cfg(feature = "emulate")]
mod emulate;
mod export;
mod fetch;
mod init;
mod look_up;
mod man;
mod period;
mod reconcile;
mod report;
mod rooms;
mod state;
mod status;
mod sync;

use live_rewards_ledger::ListingKey;

use crate::{arguments::Command, failure::Failure, language::say};

pub(crate) async fn run(command: Command) -> Result<(), Failure> {
    match command {
        #[cfg(feature = "emulate")]
        Command::Demo(demo) => demo::run(&demo).await,
        Command::Init(init) => init::run(&init),
        Command::Account(account) => account::run(&account).await,
        Command::Doctor(doctor) => doctor::run(&doctor).await,
        Command::Fetch(fetch) => fetch::run(&fetch).await,
        Command::RedPackets(arguments) => look_up::red_packets::run(&arguments).await,
        Command::Claims(arguments) => look_up::claims::run(&arguments).await,
        Command::Gifts(arguments) => look_up::gifts::run(&arguments).await,
        Command::Points(arguments) => look_up::points::run(&arguments).await,
        Command::Sync(sync) => sync::run(&sync).await,
        Command::Rooms(rooms) => rooms::run(&rooms),
        Command::Reconcile(reconcile) => reconcile::run(&reconcile),
        Command::Export(export) => export::run(&export),
        Command::Report(report) => report::run(&report),
        Command::Period(period) => period::run(&period),
        Command::Status(status) => status::run(&status),
        Command::State(state) => state::run(&state),
        Command::Completions(completions) => completions::run(&completions),
        Command::Man(man) => man::run(&man),
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
        rows => Err(Failure::incomplete(say!(
            "{rows} rows could not be read and are not in the files; the lines above say why",
            "有 {rows} 行读不出，文件里没有；原因见上面各行"
        ))),
    }
}
