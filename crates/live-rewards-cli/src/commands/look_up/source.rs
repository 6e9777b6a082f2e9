use std::sync::Arc;

use live_rewards::{LiveRewards, RoomRef, connect};
use live_rewards_ledger::LedgerKind;

use super::ForPeople;
use crate::{
    accounts::Setting,
    arguments::{InRooms, Where, Which, Whose},
    failure::Failure,
    language::say,
    rooms,
};

/// The account that is asked.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) kind: LedgerKind,
    pub(super) rewards: Arc<dyn LiveRewards>,
    /// Calls under way at once.
    pub(super) read_ahead: usize,
}

impl Source {
    pub(super) fn open(whose: &Whose) -> Result<Self, Failure> {
        let setting = Setting::read(&Where { config: whose.config.clone(), ledger: None })?;
        let accounts = setting.accounts(&Which { account: vec![whose.account.clone()] })?;
        let [account] = accounts.as_slice() else {
            return Err(Failure::usage(say!(
                "rows of one account are looked up at a time; give --account its whole name",
                "一次只能查询一个账号；请在 --account 中写出完整的名称"
            )));
        };
        let rewards = connect(&account.vendor_config()?)
            .map_err(|error| Failure::from(error).about(&account.name))?;
        let read_ahead = setting.config.as_ref().and_then(|config| config.sync.read_ahead);
        Ok(Self {
            name: account.name.clone(),
            kind: account.kind,
            rewards,
            read_ahead: read_ahead.map_or(1, usize::from),
        })
    }

    /// What the vendor can do with such records, if it has them.
    pub(super) fn offered<R: ForPeople, T>(&self, capability: Option<T>) -> Result<T, Failure> {
        capability.ok_or_else(|| {
            let (name, vendor, records) = (&self.name, self.rewards.vendor(), R::plural());
            Failure::usage(say!(
                "{name} is an account of {vendor}, whose public API has no {records}",
                "{name} 是 {vendor} 的账号，而 {vendor} 的公开接口没有{records}"
            ))
        })
    }

    /// The rooms that were named, each once.
    pub(super) fn rooms(&self, named: &InRooms) -> Result<Vec<RoomRef>, Failure> {
        let (name, vendor) = (&self.name, self.rewards.vendor());
        if !named.room.is_empty() {
            return rooms::rooms(vendor, &named.room);
        }
        Err(Failure::usage(if self.rewards.capabilities().rooms.is_some() {
            say!(
                "give --room; after a sync, `live-rewards rooms list --account {name}` lists the ids",
                "请给出 --room；同步之后，`live-rewards rooms list --account {name}` 会列出各直播间的 ID"
            )
        } else {
            say!(
                "give --room; {vendor} lists no rooms, so take the ids from its console",
                "请给出 --room；{vendor} 没有列出直播间的接口，请从其管理后台查看 ID"
            )
        }))
    }

    /// A room in messages.
    pub(super) fn room(&self, room: &RoomRef) -> String {
        say!("{} room {}", "{} 直播间 {}", self.name, room.id)
    }
}
