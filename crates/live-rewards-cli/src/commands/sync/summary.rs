use std::path::Path;

use comfy_table::{CellAlignment, Table, presets};
use live_rewards::Vendor;
use live_rewards_ledger::{AccountOutcome, LedgerKind, SyncError, SyncOptions};
use serde_json::{Value, json};

use super::source::Source;
use crate::{
    failure::{Failure, tell},
    output,
};

/// What came of one account.
pub(super) struct Synced {
    name: String,
    vendor: Vendor,
    outcome: AccountOutcome,
    pub(super) error: Option<SyncError>,
}

impl Synced {
    pub(super) fn new(source: &Source, result: Result<AccountOutcome, SyncError>) -> Self {
        let (outcome, error) = match result {
            Ok(outcome) => (outcome, None),
            Err(mut error) => (error.take_outcome(), Some(error)),
        };
        Self { name: source.name.clone(), vendor: source.vendor(), outcome, error }
    }

    pub(super) const fn outcome(&self) -> &AccountOutcome {
        &self.outcome
    }

    /// Whether the next account would fare no better: it is to stop, or the ledger can't be written.
    pub(super) const fn ends_the_run(&self) -> bool {
        matches!(self.error, Some(SyncError::Stopped(_) | SyncError::Ledger { .. }))
    }

    fn json(&self) -> Value {
        let AccountOutcome {
            requests,
            written,
            rejected,
            vanished,
            listings_read,
            failures,
            is_complete,
            ..
        } = &self.outcome;
        json!({
            "account": self.name,
            "vendor": self.vendor.as_str(),
            "requests": requests,
            "new": written.new,
            "changed": written.changed,
            "same": written.same,
            "rejected": rejected,
            "vanished": vanished,
            "listings_read": listings_read,
            "listings_failed": failures,
            "complete": is_complete,
            "error": self.error.as_ref().map(ToString::to_string),
        })
    }
}

/// Prints a row an account.
pub(super) fn print(
    all: &[Synced],
    path: &Path,
    kind: LedgerKind,
    as_json: bool,
) -> Result<(), Failure> {
    if as_json {
        let accounts: Vec<_> = all.iter().map(Synced::json).collect();
        return output::json(&json!({
            "schema_version": 1,
            "ledger": path.display().to_string(),
            "demo": kind == LedgerKind::Demo,
            "accounts": accounts,
        }));
    }
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY);
    table.set_header([
        "Account", "Vendor", "Requests", "New", "Changed", "Same", "Rejected", "Vanished", "",
    ]);
    for synced in all {
        let AccountOutcome { requests, written, rejected, vanished, is_complete, .. } =
            &synced.outcome;
        let end = match &synced.error {
            Some(SyncError::Stopped(_)) => "stopped",
            Some(_) => "failed",
            None if *is_complete => "complete",
            None => "incomplete",
        };
        table.add_row([
            synced.name.clone(),
            synced.vendor.to_string(),
            requests.to_string(),
            written.new.to_string(),
            written.changed.to_string(),
            written.same.to_string(),
            rejected.to_string(),
            vanished.to_string(),
            end.to_owned(),
        ]);
    }
    for column in table.column_iter_mut().skip(2).take(6) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let demo = if kind == LedgerKind::Demo { " (DEMO 示例数据)" } else { "" };
    output::text(&format_args!("{table}\nLedger: {}{demo}", path.display()))
}

/// The exit code, after what went wrong was told.
pub(super) fn judge(all: Vec<Synced>, options: &SyncOptions) -> Result<(), Failure> {
    let accounts = all.len();
    let mut failures = Vec::new();
    let mut is_partial = false;
    for synced in all {
        let Synced { name, outcome, error, .. } = synced;
        for (listing, error) in &outcome.listings_failed {
            tell(format_args!("{name}: {} {}: {error}", listing.operation, listing.scope));
        }
        if outcome.rejected > 0 {
            tell(format_args!(
                "{name}: {} rows could not be read; they are kept in rejected_rows",
                outcome.rejected
            ));
        }
        is_partial |= outcome.rejected > 0 || outcome.failures > 0 || !outcome.is_complete;
        match error {
            None => {}
            Some(SyncError::Stopped(_)) => return Err(Failure::Interrupted),
            Some(SyncError::Vendor { error, .. }) => failures.push((name, Failure::from(error))),
            Some(SyncError::Ledger { error, .. }) => failures.push((name, error.into())),
            Some(error) => failures.push((name, Failure::general(error.to_string()))),
        }
    }
    let ledger_or_all = failures.len() == accounts || failures.iter().any(|(_, f)| f.code() == 7);
    if ledger_or_all && let Some((name, failure)) = failures.pop() {
        for (name, failure) in failures {
            tell(format_args!("{name}: {}", failure.text()));
        }
        return Err(failure.about(&name));
    }
    if !failures.is_empty() {
        for (name, failure) in &failures {
            tell(format_args!("{name}: {}", failure.text()));
        }
        return Err(Failure::incomplete(format!(
            "{} of {accounts} accounts failed",
            failures.len()
        )));
    }
    if is_partial {
        let why = if options.max_requests.is_some() {
            "not everything was read; the next sync goes on"
        } else {
            "not everything could be read; the lines above say what"
        };
        return Err(Failure::incomplete(why));
    }
    Ok(())
}
