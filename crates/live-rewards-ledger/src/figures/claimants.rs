use live_rewards_core::{Money, Month, Timestamp};
use rusqlite::Row;

use crate::{Account, Ledger, LedgerError, Selection, rows::Condition, sqlite::Columns};

/// What a user claimed in a month.
#[derive(Clone, Copy, Debug)]
pub struct ClaimantMonth<'a> {
    /// The account.
    pub account: &'a Account,
    /// The vendor's id of the user.
    pub user_id: &'a str,
    /// What kind of id that is; empty if it isn't known.
    pub user_id_kind: &'a str,
    /// Nickname, the newest of the claims that were read.
    pub nickname: Option<&'a str>,
    /// The month.
    pub month: Month,
    /// Claims.
    pub claims: u64,
    /// What they come to.
    pub amount: Money,
}

/// In which order claimants are told. The months of each stay together, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimantOrder {
    /// By account and the user's id.
    Id,
    /// By account, and users in random order, anew each time: who reads them doesn't learn the order of their ids.
    Shuffled,
}

impl Ledger {
    /// Hands on what users claimed, by account, user and month, and says how many rows there were. Memory doesn't grow with claims or
    /// users: they are sorted on disk.
    pub fn claimants_by_month<E: From<LedgerError>>(
        &self,
        selection: &Selection,
        order: ClaimantOrder,
        on: &mut dyn FnMut(&ClaimantMonth<'_>) -> Result<(), E>,
    ) -> Result<u64, E> {
        let mut count = 0;
        for account in self.selected_accounts(selection)? {
            let condition = selection.condition_of(account.id, Some("claimed_at"));
            let sql = query(order, &condition);
            let mut claimant = Claimant::default();
            condition.each(self.connection(), &sql, |row| -> Result<(), E> {
                let claim = Claim::read(row).map_err(LedgerError::from)?;
                if !claimant.made(&claim) {
                    count += claimant.hand_on(&account, on)?;
                    claimant = Claimant::of(&claim);
                }
                claimant.add(&claim).map_err(E::from)
            })?;
            count += claimant.hand_on(&account, on)?;
        }
        Ok(count)
    }
}

fn query(order: ClaimantOrder, condition: &Condition) -> String {
    let place = match order {
        ClaimantOrder::Id => "",
        // One random number for each user. MySQL calls it RAND().
        ClaimantOrder::Shuffled => "first_value(random()) OVER (PARTITION BY t.user_id), ",
    };
    format!(
        "SELECT t.user_id, COALESCE(t.user_id_kind, ''), t.user_nickname, t.claimed_at, t.amount_fen
         FROM claims AS t WHERE {}
         ORDER BY {place}t.user_id, COALESCE(t.user_id_kind, ''), t.claimed_at, t.red_packet_id,
             t.ordinal",
        condition.sql
    )
}

struct Claim<'a> {
    user_id: &'a str,
    user_id_kind: &'a str,
    nickname: Option<&'a str>,
    at: Timestamp,
    amount: Money,
}

impl<'a> Claim<'a> {
    fn read(row: &'a Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            user_id: row.get_ref(0)?.as_str()?,
            user_id_kind: row.get_ref(1)?.as_str()?,
            nickname: row.get_ref(2)?.as_str_or_null()?,
            at: row.time(3)?,
            amount: Money::from_fen(row.get(4)?),
        })
    }
}

/// A user whose claims are being read.
#[derive(Default)]
struct Claimant {
    user_id: String,
    user_id_kind: String,
    nickname: Option<String>,
    months: Vec<(Month, u64, Money)>,
}

impl Claimant {
    fn of(claim: &Claim<'_>) -> Self {
        Self {
            user_id: claim.user_id.to_owned(),
            user_id_kind: claim.user_id_kind.to_owned(),
            ..Self::default()
        }
    }

    fn made(&self, claim: &Claim<'_>) -> bool {
        self.user_id == claim.user_id && self.user_id_kind == claim.user_id_kind
    }

    fn add(&mut self, claim: &Claim<'_>) -> Result<(), LedgerError> {
        if let Some(nickname) = claim.nickname
            && self.nickname.as_deref() != Some(nickname)
        {
            self.nickname = Some(nickname.to_owned());
        }
        let month = Month::of(claim.at);
        match self.months.last_mut() {
            Some((last, claims, amount)) if *last == month => {
                *claims += 1;
                *amount = amount.checked_add(claim.amount).ok_or(LedgerError::Overflow)?;
            }
            _ => self.months.push((month, 1, claim.amount)),
        }
        Ok(())
    }

    fn hand_on<E>(
        &self,
        account: &Account,
        on: &mut dyn FnMut(&ClaimantMonth<'_>) -> Result<(), E>,
    ) -> Result<u64, E> {
        let mut count = 0;
        for (month, claims, amount) in &self.months {
            on(&ClaimantMonth {
                account,
                user_id: &self.user_id,
                user_id_kind: &self.user_id_kind,
                nickname: self.nickname.as_deref(),
                month: *month,
                claims: *claims,
                amount: *amount,
            })?;
            count += 1;
        }
        Ok(count)
    }
}
