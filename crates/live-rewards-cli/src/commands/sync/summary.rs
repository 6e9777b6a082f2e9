use std::{cmp::Reverse, path::Path};

use comfy_table::CellAlignment;
use live_rewards::Vendor;
use live_rewards_ledger::{AccountOutcome, LedgerKind, SyncError};
use serde_json::{Value, json};

use super::source::Source;
use crate::{
    commands::listing_name,
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
    let mut table = output::table([
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

/// Failed listings of an account that are told one by one.
const MOST_TOLD: usize = 10;

/// The exit code, after what went wrong was told. Some accounts may not have been begun.
pub(super) fn judge(all: Vec<Synced>, unread: usize) -> Result<(), Failure> {
    let accounts = all.len();
    let mut failures = Vec::new();
    let mut end = None;
    let (mut is_spent, mut is_partial) = (unread > 0, false);
    for synced in all {
        tell_of(&synced);
        let Synced { name, outcome, error, .. } = synced;
        is_partial |= outcome.rejected > 0 || outcome.failures > 0;
        match error {
            None => is_spent |= !outcome.is_complete && outcome.failures == 0,
            Some(SyncError::Stopped(_)) => end = Some(Failure::Interrupted),
            Some(SyncError::Ledger { error, .. }) => end = Some(Failure::from(error).about(&name)),
            Some(SyncError::Vendor { error, .. }) => failures.push((name, Failure::from(error))),
            Some(error) => failures.push((name, Failure::general(error.to_string()))),
        }
    }
    let failed = failures.len();
    if end.is_none() && failed == accounts {
        // What trying again won't mend goes before what it may.
        failures.sort_by_key(|(_, failure)| Reverse(failure.code()));
        end = failures.pop().map(|(name, failure)| failure.about(&name));
    }
    for (name, failure) in failures {
        tell(format_args!("{name}: {}", failure.text()));
    }
    if let Some(end) = end {
        return Err(end);
    }
    if failed > 0 {
        return Err(Failure::incomplete(format!("{failed} of {accounts} accounts failed")));
    }
    if is_partial {
        return Err(Failure::incomplete("not everything could be read; the lines above say what"));
    }
    if is_spent {
        return Err(Failure::incomplete("not everything was read; the next sync goes on"));
    }
    Ok(())
}

/// Tells what could not be read of an account that could.
fn tell_of(synced: &Synced) {
    let Synced { name, outcome, .. } = synced;
    for (listing, error) in outcome.listings_failed.iter().take(MOST_TOLD) {
        tell(format_args!("{name}: {}: {error}", listing_name(listing)));
    }
    let more = outcome.failures.saturating_sub(MOST_TOLD as u64);
    if more > 0 {
        tell(format_args!("{name}: {more} more failed; state list --unfinished names them"));
    }
    if outcome.rejected > 0 {
        tell(format_args!(
            "{name}: rows that could not be read: {}; they are kept in rejected_rows",
            outcome.rejected
        ));
    }
}
