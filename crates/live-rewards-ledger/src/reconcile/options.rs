use std::collections::BTreeMap;

use live_rewards_core::{Timestamp, Vendor};

use crate::AccountId;

/// How the checks judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReconcileOptions {
    /// The instant for which it is judged what is due: at most the one at which it was last read, which is also the default.
    pub as_of: Option<Timestamp>,
    /// Money that may be missing, or too much, without a finding of A1, B1 or E2.
    pub tolerance_fen: i64,
    /// The same, for single accounts.
    pub account_tolerance_fen: BTreeMap<AccountId, i64>,
    /// Hours for which a red packet can be claimed, by vendor; 72 for one that isn't named. No vendor publishes them.
    pub expiry_hours: BTreeMap<Vendor, u32>,
    /// The same, for single accounts.
    pub account_expiry_hours: BTreeMap<AccountId, u32>,
    /// Hours after that in which the rest has to go back.
    pub refund_grace_hours: u32,
    /// The accounts to look at; all if nothing is said.
    pub accounts: Option<Vec<AccountId>>,
}

/// What old merchant documents of WeChat say; other pages say 24 hours, and Alipay's 48.
const EXPIRY_HOURS: u32 = 72;

impl Default for ReconcileOptions {
    fn default() -> Self {
        Self {
            as_of: None,
            tolerance_fen: 0,
            account_tolerance_fen: BTreeMap::new(),
            expiry_hours: BTreeMap::new(),
            account_expiry_hours: BTreeMap::new(),
            refund_grace_hours: 24,
            accounts: None,
        }
    }
}

impl ReconcileOptions {
    /// Money that may be missing, or too much.
    pub(super) fn tolerance(&self, account: AccountId) -> u64 {
        self.account_tolerance_fen.get(&account).unwrap_or(&self.tolerance_fen).unsigned_abs()
    }

    /// Milliseconds for which a red packet can be claimed.
    pub(super) fn expiry_ms(&self, account: AccountId, vendor: Vendor) -> i64 {
        let of_account = self.account_expiry_hours.get(&account);
        let known = of_account.or_else(|| self.expiry_hours.get(&vendor));
        hours(known.copied().unwrap_or(EXPIRY_HOURS))
    }

    /// Milliseconds after which the rest has to have gone back.
    pub(super) fn due_ms(&self, account: AccountId, vendor: Vendor) -> i64 {
        self.expiry_ms(account, vendor) + hours(self.refund_grace_hours)
    }
}

fn hours(hours: u32) -> i64 {
    i64::from(hours) * 3_600_000
}
