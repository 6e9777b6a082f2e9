//! C4: the balances of the points log.

use live_rewards_core::{OpenEnum, Operation, PointsEntryKind};
use rusqlite::{Connection, Row};

use super::each_row;
use crate::{
    AccountId, Label, LedgerError,
    reconcile::{
        CheckCode, Evidence, FindingSubject,
        collector::{Collector, Draft},
        finding::utc,
        readings::Readings,
        words::words,
    },
};

const UNREAD: Label =
    Label { en: "the points log is not read completely", zh: "积分流水尚未读全" };

pub(super) fn check(
    connection: &Connection,
    readings: &Readings,
    found: &mut Collector,
) -> Result<(), LedgerError> {
    let accounts: Vec<AccountId> = found.accounts().map(|account| account.id).collect();
    let mut whole = Vec::new();
    for account in accounts {
        let reading = readings.of(account, Operation::PointsEntries, "");
        if reading.is_some_and(|reading| reading.is_whole) {
            whole.push(account);
        } else {
            found.not_run(account, CheckCode::C4, UNREAD);
        }
    }
    if whole.is_empty() {
        return Ok(());
    }
    let sql =
        "SELECT account_id, user_id, entered_at, entry_key, entry_id, kind, change, balance_after
        FROM points_entries ORDER BY account_id, user_id, entered_at, entry_key";
    let mut chain = Chain::default();
    each_row(connection, sql, |row| {
        let account = AccountId(row.get(0)?);
        if whole.contains(&account) {
            chain.take(Entry::read(account, row)?, found);
        }
        Ok(())
    })?;
    chain.finish_second(found);
    Ok(())
}

/// The entries of one user, one second after the other.
#[derive(Default)]
struct Chain {
    /// Entries of the second that is being read.
    second: Vec<Entry>,
    before: Option<Entry>,
    /// Balances that the user may have had after the last second: none if nothing is known.
    balances: Vec<i64>,
    /// Whether frozen points were seen to leave the balance. Then those that are spent may have left it before.
    leaves_when_frozen: bool,
}

struct Entry {
    account: AccountId,
    user: String,
    at: i64,
    key: String,
    id: Option<String>,
    kind: PointsEntryKind,
    change: i64,
    balance: Option<i64>,
}

impl Entry {
    fn read(account: AccountId, row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            account,
            user: row.get(1)?,
            at: row.get(2)?,
            key: row.get(3)?,
            id: row.get(4)?,
            kind: PointsEntryKind::from_label(&row.get::<_, String>(5)?),
            change: row.get(6)?,
            balance: row.get(7)?,
        })
    }

    fn is_of_same_user(&self, other: &Self) -> bool {
        self.account == other.account && self.user == other.user
    }

    /// By how much it may move the balance; nothing where nobody knows.
    fn moves(&self, leaves_when_frozen: bool) -> Option<Vec<i64>> {
        let change = self.change.saturating_abs();
        Some(match self.kind {
            PointsEntryKind::Earned => vec![change],
            PointsEntryKind::Spent if leaves_when_frozen => vec![-change, 0],
            PointsEntryKind::Spent => vec![-change],
            PointsEntryKind::Frozen => vec![0, -change],
            _ => return None,
        })
    }

    fn evidence(&self) -> Evidence {
        Evidence::new("points_entries", [self.key.as_str().into()])
            .with("user_id", &self.user)
            .with("kind", self.kind.label())
            .with("change", self.change)
            .with_known("balance_after", self.balance)
            .with("entered_at", utc(self.at))
    }
}

impl Chain {
    fn take(&mut self, entry: Entry, found: &mut Collector) {
        let newest = self.second.last();
        let is_same_user = newest.is_some_and(|newest| newest.is_of_same_user(&entry));
        if !is_same_user || newest.is_some_and(|newest| newest.at != entry.at) {
            self.finish_second(found);
        }
        if !is_same_user {
            found.examined(entry.account, CheckCode::C4, 1);
            *self = Self::default();
        }
        self.second.push(entry);
    }

    /// Goes on over the entries of a second, in the order in which their balances follow each other.
    fn finish_second(&mut self, found: &mut Collector) {
        let mut second = std::mem::take(&mut self.second);
        if self.balances.is_empty() && second.len() > 1 {
            // Any of them may be the last.
            self.balances = second.iter().filter_map(|entry| entry.balance).collect();
            self.before = second.pop();
            return;
        }
        while !second.is_empty() {
            let next = second.iter().position(|entry| self.follows(entry)).unwrap_or_default();
            let entry = second.remove(next);
            self.go_on(&entry, found);
            self.before = Some(entry);
        }
    }

    /// Whether the balance of an entry can be that after it.
    fn follows(&self, entry: &Entry) -> bool {
        let Some((balance, moves)) = entry.balance.zip(entry.moves(self.leaves_when_frozen)) else {
            return true;
        };
        self.balances.is_empty()
            || self.balances.iter().any(|before| {
                moves.iter().any(|change| before.checked_add(*change) == Some(balance))
            })
    }

    fn go_on(&mut self, entry: &Entry, found: &mut Collector) {
        let Some((balance, moves)) = entry.balance.zip(entry.moves(self.leaves_when_frozen)) else {
            self.balances = entry.balance.into_iter().collect();
            return;
        };
        if self.follows(entry) {
            let stayed = self.balances.contains(&balance);
            self.leaves_when_frozen |=
                entry.kind == PointsEntryKind::Frozen && !self.balances.is_empty() && !stayed;
            self.balances = vec![balance];
            return;
        }
        let before = self.balances.first().copied().unwrap_or_default();
        let change = moves.first().copied().unwrap_or_default();
        let expected = before.saturating_add(change);
        // The next one may go on from either.
        self.balances = vec![balance, expected];
        let mut evidence: Vec<Evidence> = self.before.iter().map(Entry::evidence).collect();
        evidence.push(entry.evidence().with("expected_balance_after", expected));
        found.find(Draft {
            code: CheckCode::C4,
            account: entry.account,
            room: None,
            subject: FindingSubject::new(
                "points_entries",
                [entry.key.as_str().into()],
                entry.id.as_ref().unwrap_or(&entry.key),
            ),
            amount_fen: None,
            points: balance.checked_sub(expected),
            mark: String::new(),
            text: words!(
                "a balance of {balance} points, where {before} and {change} make {expected}",
                "余额 {balance}，应由 {before} 加 {change} 得 {expected}"
            ),
            evidence,
        });
    }
}
