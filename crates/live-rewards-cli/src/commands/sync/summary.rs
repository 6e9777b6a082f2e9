use std::{cmp::Reverse, path::Path};

use live_rewards::Vendor;
use live_rewards_ledger::{AccountOutcome, LedgerKind, SyncError};

use super::{ending::outcome, source::Source};
use crate::{
    commands::listing_name,
    failure::{Failure, tell, vendor_error},
    language::{language, say},
    output,
    sheet::{Cell, Format, Sheet},
};

/// What came of one account.
pub(super) struct Synced {
    name: String,
    vendor: Vendor,
    outcome: AccountOutcome,
    pub(super) error: Option<SyncError>,
    /// Whether its turn came.
    pub(super) is_reached: bool,
}

impl Synced {
    pub(super) fn new(source: &Source, result: Result<AccountOutcome, SyncError>) -> Self {
        let (outcome, error) = match result {
            Ok(outcome) => (outcome, None),
            Err(mut error) => (error.take_outcome(), Some(error)),
        };
        Self { outcome, error, is_reached: true, ..Self::not_reached(source) }
    }

    /// Nothing: the run ended before its turn.
    pub(super) fn not_reached(source: &Source) -> Self {
        Self {
            name: source.name.clone(),
            vendor: source.vendor(),
            outcome: AccountOutcome::default(),
            error: None,
            is_reached: false,
        }
    }

    pub(super) const fn outcome(&self) -> &AccountOutcome {
        &self.outcome
    }

    /// Whether the next account would fare no better: it is to stop, or the ledger can't be written.
    pub(super) const fn ends_the_run(&self) -> bool {
        matches!(self.error, Some(SyncError::Stopped(_) | SyncError::Ledger { .. }))
    }

    /// How it ended, as [`outcome`] names it.
    pub(super) const fn end(&self) -> &'static str {
        match &self.error {
            Some(SyncError::Stopped(_)) => "stopped",
            Some(_) => "failed",
            None if !self.is_reached => "not_reached",
            None if self.outcome.has_no_rooms => "no_rooms",
            None if self.outcome.is_complete => "complete",
            None => "incomplete",
        }
    }

    /// Why it failed.
    pub(super) fn why(&self) -> Option<String> {
        self.error
            .as_ref()
            .filter(|error| !matches!(error, SyncError::Stopped(_)))
            .map(ToString::to_string)
    }

    fn row(&self) -> [Cell; 13] {
        let AccountOutcome {
            requests, written, rejected, vanished, listings_read, failures, ..
        } = self.outcome;
        let end = self.end();
        [
            self.name.as_str().into(),
            self.vendor.as_str().into(),
            requests.into(),
            written.new.into(),
            written.changed.into(),
            written.same.into(),
            rejected.into(),
            vanished.into(),
            listings_read.into(),
            failures.into(),
            (end == "complete").into(),
            outcome(end),
            self.error.as_ref().map(ToString::to_string).into(),
        ]
    }
}

/// Prints a row an account.
pub(super) fn print(
    all: &[Synced],
    path: &Path,
    kind: LedgerKind,
    format: Format,
) -> Result<(), Failure> {
    let mut sheet = Sheet::new("accounts")
        .column("account", say!("Account", "账号"))
        .column("vendor", say!("Vendor", "平台"))
        .column("requests", say!("Requests", "请求"))
        .column("new", say!("New", "新增"))
        .column("changed", say!("Changed", "变化"))
        .column("same", say!("Same", "不变"))
        .column("rejected", say!("Rejected", "读不出"))
        .column("vanished", say!("Vanished", "已消失"))
        .for_machines("listings_read")
        .for_machines("listings_failed")
        .for_machines("complete")
        .column("outcome", say!("Outcome", "结果"))
        .for_machines("error");
    for synced in all {
        sheet.row(synced.row());
    }
    sheet.print_of_ledger(format, path, kind)
}

/// Failed listings of an account that are told one by one.
const MOST_TOLD: usize = 10;

/// The exit code, after what went wrong was told.
pub(super) fn judge(all: Vec<Synced>) -> Result<(), Failure> {
    let accounts = all.len();
    let reached = all.iter().filter(|synced| synced.is_reached).count();
    let mut failures = Vec::new();
    let mut end = None;
    let (mut is_spent, mut is_partial) = (reached < accounts, false);
    for synced in all {
        tell_of(&synced);
        let Synced { name, outcome, error, .. } = synced;
        is_partial |= outcome.rejected > 0 || outcome.failures > 0 || outcome.has_no_rooms;
        match error {
            None => is_spent |= !outcome.is_complete && outcome.failures == 0,
            Some(SyncError::Stopped(_)) => end = Some(Failure::Interrupted),
            Some(SyncError::Ledger { error, .. }) => end = Some(Failure::from(error).about(&name)),
            Some(SyncError::Vendor { error, .. }) => failures.push((name, Failure::from(error))),
            Some(error) => failures.push((name, Failure::general(error.in_words(language())))),
        }
    }
    let failed = failures.len();
    if end.is_none() && failed == reached {
        // What trying again won't mend goes before what it may.
        failures.sort_by_key(|(_, failure)| Reverse(failure.code()));
        end = failures.pop().map(|(name, failure)| failure.about(&name));
    }
    for (name, failure) in failures {
        tell(say!("{name}: {}", "{name}：{}", failure.text()));
    }
    if let Some(end) = end {
        return Err(end);
    }
    if failed > 0 {
        return Err(Failure::incomplete(say!(
            "{failed} of {accounts} accounts failed",
            "{accounts} 个账号中有 {failed} 个失败"
        )));
    }
    if is_partial {
        return Err(Failure::incomplete(say!(
            "not everything could be read; the lines above say what",
            "有些内容没能读到；见上面各行"
        )));
    }
    if is_spent {
        return Err(Failure::incomplete(say!(
            "not everything was read; the next sync goes on",
            "没有全部读完；下次 sync 会接着读"
        )));
    }
    Ok(())
}

/// Tells what could not be read of an account that could.
fn tell_of(synced: &Synced) {
    let Synced { name, vendor, outcome, .. } = synced;
    if outcome.has_no_rooms {
        tell(say!(
            "{name}: {vendor} lists no rooms and none was added; use rooms add or rooms import",
            "{name}：{vendor} 不列出直播间，也没有添加过；请用 rooms add 或 rooms import"
        ));
    }
    for (listing, error) in outcome.listings_failed.iter().take(MOST_TOLD) {
        let (listing, error) = (listing_name(listing), vendor_error(error));
        tell(output::plain(&say!("{name}: {listing}: {error}", "{name}：{listing}：{error}")));
    }
    let more = outcome.failures.saturating_sub(MOST_TOLD as u64);
    if more > 0 {
        tell(say!(
            "{name}: {more} more failed; state list --unfinished names them",
            "{name}：另有 {more} 个失败；state list --unfinished 会列出"
        ));
    }
    if outcome.rejected > 0 {
        let rejected = outcome.rejected;
        tell(say!(
            "{name}: rows that could not be read: {rejected}; they are kept in rejected_rows",
            "{name}：读不出的行：{rejected} 条；保存在 rejected_rows"
        ));
    }
}
