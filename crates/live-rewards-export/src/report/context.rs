use std::{collections::HashMap, time::Duration};

use live_rewards_core::{RoomRef, Timestamp};
use live_rewards_ledger::{
    Account, AccountId, Day, Ledger, LedgerError, Reconciliation, Selection,
};

use super::{plain::Plain, text::Text};

/// What all parts of a report are made from.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) reconciliation: &'a Reconciliation,
    pub(super) selection: &'a Selection,
    /// Those that the selection is of.
    pub(super) accounts: Vec<Account>,
    pub(super) t: &'static Text,
    titles: HashMap<(AccountId, RoomRef), String>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        ledger: &'a Ledger,
        reconciliation: &'a Reconciliation,
        selection: &'a Selection,
        t: &'static Text,
    ) -> Result<Self, LedgerError> {
        let mut accounts = ledger.accounts()?;
        accounts.retain(|account| selection.includes(account.id));
        let titles = ledger
            .room_list(None)?
            .into_iter()
            .filter_map(|entry| Some(((entry.account, entry.room), entry.title.or(entry.name)?)))
            .collect();
        Ok(Self { ledger, reconciliation, selection, accounts, t, titles })
    }

    /// Whether the report is of an account.
    pub(super) fn is_of(&self, account: AccountId) -> bool {
        self.selection.includes(account)
    }

    pub(super) fn has_many_accounts(&self) -> bool {
        self.accounts.len() > 1
    }

    /// What an account is called.
    pub(super) fn account(&self, id: AccountId) -> Plain {
        let account = self.accounts.iter().find(|account| account.id == id);
        account.map_or_else(|| Plain::name(&id.to_string()), |account| Plain::name(&account.name))
    }

    /// What an account is called, where there are several.
    pub(super) fn account_of_many(&self, id: AccountId) -> Option<Plain> {
        self.has_many_accounts().then(|| self.account(id))
    }

    /// What a room is called.
    pub(super) fn room(&self, account: AccountId, room: &RoomRef) -> Plain {
        let title = self.titles.get(&(account, room.clone()));
        room_name(title.map(String::as_str), room)
    }

    /// The first and the last day of the period, as far as it has ends.
    pub(super) fn period(&self) -> (Option<Day>, Option<Day>) {
        (self.selection.since.map(Day::of), self.selection.until.map(last_day))
    }
}

/// A room by its title, or its id if it has none.
pub(super) fn room_name(title: Option<&str>, room: &RoomRef) -> Plain {
    let title = title.filter(|title| !title.trim().is_empty());
    Plain::name(title.unwrap_or(room.id.as_str()))
}

/// The last day before an instant.
fn last_day(until: Timestamp) -> Day {
    Day::of(until.checked_sub(Duration::from_millis(1)).unwrap_or(until))
}
