use std::sync::Arc;

use live_rewards::{LiveRewards, RoomRef, Timestamp, Vendor, connect};
use live_rewards_ledger::{AccountId, AccountIdentity, Ledger, RoomNote};

use crate::{accounts::Configured, clock, failure::Failure};

/// An account that is to be synced.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) identity: AccountIdentity,
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
            rewards: connect(&account.vendor_config()?)?,
            now: clock::now(),
            rooms: Vec::new(),
        })
    }

    pub(super) const fn vendor(&self) -> Vendor {
        self.identity.vendor
    }

    /// Makes the ledger know the account and its rooms.
    pub(super) fn register(&self, ledger: &mut Ledger) -> Result<AccountId, Failure> {
        let now = self.now;
        let account = ledger.account(&self.identity, &self.name, now)?;
        for room in &self.rooms {
            let note = RoomNote { room: room.clone(), title: None, labels: None, ended_at: None };
            ledger.note_room(account, &note, now)?;
        }
        Ok(account)
    }
}
