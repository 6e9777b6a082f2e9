use std::sync::Arc;

use live_rewards::{LiveRewards, RoomRef, Timestamp, Vendor, connect};
use live_rewards_ledger::{AccountId, AccountIdentity, Ledger, LedgerError, RoomNote};

use crate::{accounts::Configured, clock, failure::Failure};

/// An account that is to be synced.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) identity: AccountIdentity,
    /// What the ledger may know it by instead.
    pub(super) former: Option<String>,
    pub(super) rewards: Arc<dyn LiveRewards>,
    /// When the account is first seen, unless the ledger knows it.
    pub(super) now: Timestamp,
    /// Rooms that the ledger is to know.
    pub(super) rooms: Vec<RoomRef>,
}

impl Source {
    pub(super) fn configured(account: &Configured) -> Result<Self, Failure> {
        Ok(Self {
            name: account.name.clone(),
            identity: account.identity.clone(),
            former: account.former.clone(),
            rewards: connect(&account.vendor_config()?)?,
            now: clock::now(),
            rooms: Vec::new(),
        })
    }

    pub(super) const fn vendor(&self) -> Vendor {
        self.identity.vendor
    }

    /// The account of a ledger that it is.
    pub(super) fn known(&self, ledger: &Ledger) -> Result<Option<AccountId>, LedgerError> {
        let known = ledger.known_account(&self.identity, self.former.as_deref())?;
        Ok(known.map(|account| account.id))
    }

    /// Makes the ledger know the account and its rooms.
    pub(super) fn register(&self, ledger: &mut Ledger) -> Result<AccountId, Failure> {
        let now = self.now;
        let account =
            ledger.account_once(&self.identity, self.former.as_deref(), &self.name, now)?;
        for room in &self.rooms {
            let note = RoomNote { room: room.clone(), title: None, labels: None, ended_at: None };
            ledger.note_room(account, &note, now)?;
        }
        Ok(account)
    }
}
