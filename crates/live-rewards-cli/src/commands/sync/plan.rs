use std::path::Path;

use live_rewards_ledger::{
    AccountId, Ledger, LedgerError, LedgerKind, PlannedListing, SyncOptions, plan,
};

use super::source::Source;
use crate::{
    accounts::ledger_failure,
    clock,
    failure::Failure,
    language::say,
    sheet::{Cell, Format, Sheet},
};

/// Shows what a sync would read. Neither a vendor is asked nor anything written.
pub(super) fn show(
    path: &Path,
    kind: LedgerKind,
    sources: &[Source],
    options: &SyncOptions,
    format: Format,
) -> Result<(), Failure> {
    let ledger = match Ledger::open_read_only(path) {
        Ok(ledger) if ledger.kind() != kind => {
            let (path, kind) = (path.to_owned(), ledger.kind());
            return Err(LedgerError::OtherKind { path, kind }.into());
        }
        Ok(ledger) => Some(ledger),
        Err(LedgerError::Missing(_)) => None,
        Err(error) => return Err(ledger_failure(path, error)),
    };
    let mut sheet = Sheet::new("listings")
        .column("account", say!("Account", "账号"))
        .column("operation", say!("Reads", "读取"))
        .column("scope", say!("Of", "范围"))
        .column("since", say!("From (Beijing)", "从（北京时间）"))
        .column("until", say!("Up to (Beijing)", "到（北京时间）"))
        .for_machines("resumed")
        .for_machines("final")
        .for_people(say!("Note", "说明"));
    for source in sources {
        let account = match &ledger {
            Some(ledger) => source.known(ledger)?,
            None => None,
        };
        for listing in listings(ledger.as_ref().zip(account), source, options)? {
            let PlannedListing { operation, scope, since, until, is_resumed, is_final } = listing;
            let note = match (is_final, is_resumed) {
                (true, _) => say!("final, not read", "不再变化，不读"),
                (_, true) => say!("goes on", "接着读"),
                _ => String::new(),
            };
            sheet.row([
                source.name.as_str().into(),
                operation.as_str().into(),
                scope.into(),
                Cell::time_or(since, say!("the start", "最早")),
                Cell::time_or(until, say!("now", "现在")),
                is_resumed.into(),
                is_final.into(),
                note.into(),
            ]);
        }
    }
    sheet.print_of_ledger(format, path, kind)
}

/// What a sync of an account would read.
pub(super) fn listings(
    known: Option<(&Ledger, AccountId)>,
    source: &Source,
    options: &SyncOptions,
) -> Result<Vec<PlannedListing>, LedgerError> {
    plan(known, &source.rooms, &source.rewards.capabilities(), options, clock::now())
}
