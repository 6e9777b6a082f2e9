use std::path::Path;

use live_rewards::Timestamp;
use live_rewards_ledger::{Ledger, LedgerError, LedgerKind, PlannedListing, SyncOptions, plan};
use serde_json::json;

use super::source::Source;
use crate::{accounts::ledger_failure, clock, failure::Failure, output};

/// Shows what a sync would read. Neither a vendor is asked nor anything written.
pub(super) fn show(
    path: &Path,
    kind: LedgerKind,
    sources: &[Source],
    options: &SyncOptions,
    as_json: bool,
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
    let mut table = output::table(["Account", "Reads", "Of", "From", "Up to", ""]);
    let mut lines = Vec::new();
    for source in sources {
        let capabilities = source.rewards.capabilities();
        let account = match &ledger {
            Some(ledger) => ledger
                .accounts()?
                .into_iter()
                .find(|account| account.identity == source.identity)
                .map(|account| account.id),
            None => None,
        };
        let known = ledger.as_ref().zip(account);
        for listing in plan(known, &source.rooms, &capabilities, options, clock::now())? {
            let PlannedListing { operation, scope, since, until, is_resumed, is_final } = listing;
            let note = match (is_final, is_resumed) {
                (true, _) => "final, not read",
                (_, true) => "goes on",
                _ => "",
            };
            if as_json {
                lines.push(json!({
                    "account": source.name, "operation": operation.as_str(), "scope": scope,
                    "since": text(since), "until": text(until), "resumed": is_resumed, "final": is_final,
                }));
            } else {
                let shown = |time: Option<Timestamp>, open: &str| text(time).unwrap_or(open.into());
                table.add_row([
                    source.name.clone(),
                    operation.to_string(),
                    scope,
                    shown(since, "the start"),
                    shown(until, "now"),
                    note.to_owned(),
                ]);
            }
        }
    }
    if as_json { output::json_lines(lines) } else { output::text(&table) }
}

fn text(time: Option<Timestamp>) -> Option<String> {
    time.map(|time| time.to_string())
}
