use std::collections::HashSet;

use live_rewards::Operation;
use live_rewards_ledger::{AccountId, Ledger, Progress as Page, SyncOptions};

use super::{plan, source::Source};
use crate::progress::{self, Progress};

/// How far an account is: listings of those that were planned, and rows.
pub(super) struct AccountProgress {
    shown: Option<Progress>,
    /// Listings that were begun.
    begun: HashSet<(Operation, String)>,
}

impl AccountProgress {
    /// Begins with none behind. `label` names the account.
    pub(super) fn begin(
        label: &str,
        ledger: &Ledger,
        account: AccountId,
        source: &Source,
        options: &SyncOptions,
    ) -> Self {
        let shown = progress::is_seen().then(|| {
            let total = planned(ledger, account, source, options);
            Progress::listings(label, total)
        });
        Self { shown, begun: HashSet::new() }
    }

    /// Shows a page that was read.
    pub(super) fn show(&mut self, page: &Page<'_>) {
        let Some(shown) = &self.shown else { return };
        let Page { operation, scope, written, .. } = page;
        // Those of single red packets and activities are in no plan.
        if !matches!(operation, Operation::Claims | Operation::Prizes) {
            self.begun.insert((*operation, (*scope).to_owned()));
        }
        let rows = written.new + written.changed + written.same;
        let behind = (self.begun.len() as u64).saturating_sub(1);
        shown.reach(behind, rows, &format!("{operation} {scope}"));
    }
}

/// How many listings will be read; nothing where the vendor has to tell its rooms first.
fn planned(
    ledger: &Ledger,
    account: AccountId,
    source: &Source,
    options: &SyncOptions,
) -> Option<u64> {
    let planned = plan::listings(Some((ledger, account)), source, options).ok()?;
    let knows_rooms = planned.iter().any(|listing| listing.operation != Operation::Rooms);
    let read = planned.iter().filter(|listing| !listing.is_final).count();
    knows_rooms.then_some(read as u64)
}
