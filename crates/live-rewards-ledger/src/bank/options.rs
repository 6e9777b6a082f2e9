use live_rewards_core::Timestamp;

use super::MovementKind;
use crate::AccountId;

/// What is matched, and how closely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankOptions {
    /// The ledger's accounts; all unless given.
    pub accounts: Option<Vec<AccountId>>,
    /// The movements that the bank should know. Which vendor settles what through which account is not published: leave out what yours
    /// doesn't.
    pub kinds: Vec<MovementKind>,
    /// Only bank lines whose business has one of these in it; all lines if there are none. Sales, withdrawals and fees of the same
    /// account would otherwise be missing in the ledger.
    pub business: Vec<String>,
    /// From when on; from the first day of the files on unless given. The files are taken to hold all from here on.
    pub from: Option<Timestamp>,
    /// Up to before when; up to the end of the files' last day unless given. The files are taken to hold all up to here.
    pub until: Option<Timestamp>,
    /// By how many fen an amount may differ.
    pub tolerance_fen: i64,
    /// How many days may lie between the movement and its line, where no order says that they belong together. Where lines have days
    /// only, the line of a movement so near to an end of the files may be in another one.
    pub day_slack: u8,
    /// Where lines have times, the line of a movement so many hours or less from an end of the files may be in another one. How late
    /// WeChat Pay books is not published.
    pub hour_slack: u8,
}

impl Default for BankOptions {
    fn default() -> Self {
        Self {
            accounts: None,
            kinds: MovementKind::ALL.to_vec(),
            business: Vec::new(),
            from: None,
            until: None,
            tolerance_fen: 0,
            day_slack: 1,
            hour_slack: 2,
        }
    }
}
