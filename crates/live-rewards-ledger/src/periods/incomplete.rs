use std::collections::{BTreeMap, BTreeSet};

use live_rewards_core::{Operation, RoomRef};
use rusqlite::{Connection, params};

use crate::{AccountId, Ledger, LedgerError, sqlite::Columns};

/// An account of which not everything was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IncompleteAccount {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Whether no listing of it was ever read to its end, or none of its rooms is known.
    pub is_unread: bool,
    /// How many listings that were begun are incomplete.
    pub listings: u64,
    /// Its rooms of which no listing was ever read to its end.
    pub unread_rooms: Vec<RoomRef>,
}

/// The accounts of which not everything before an instant, in milliseconds, was read.
pub(super) fn incomplete(
    ledger: &Ledger,
    until: i64,
) -> Result<Vec<IncompleteAccount>, LedgerError> {
    let connection = ledger.connection();
    let behind = behind(connection, until)?;
    let read = read(connection)?;
    let mut unread_rooms: BTreeMap<AccountId, Vec<RoomRef>> = BTreeMap::new();
    let mut with_rooms = BTreeSet::new();
    for entry in ledger.room_list(None)? {
        with_rooms.insert(entry.account);
        let scope = format!("{}:{}", entry.room.kind, entry.room.id);
        if !read.get(&entry.account).is_some_and(|scopes| scopes.contains(&scope)) {
            unread_rooms.entry(entry.account).or_default().push(entry.room);
        }
    }
    let accounts = ledger.accounts()?.into_iter().map(|account| IncompleteAccount {
        account: account.id,
        name: account.name,
        is_unread: !read.contains_key(&account.id) || !with_rooms.contains(&account.id),
        listings: behind.get(&account.id).copied().unwrap_or(0),
        unread_rooms: unread_rooms.remove(&account.id).unwrap_or_default(),
    });
    let is_incomplete = |account: &IncompleteAccount| {
        account.is_unread || account.listings > 0 || !account.unread_rooms.is_empty()
    };
    Ok(accounts.filter(is_incomplete).collect())
}

/// Listings of each account that were not read so far. Claims of a packet are read until they are complete, and then only again while
/// they can change.
fn behind(connection: &Connection, until: i64) -> Result<BTreeMap<AccountId, u64>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT account_id, COUNT(*) FROM listings
         WHERE final = 0 AND CASE operation
             WHEN ?2 THEN completed_at IS NULL OR error IS NOT NULL
             ELSE complete_until IS NULL OR complete_until < ?1 END
         GROUP BY account_id",
    )?;
    let accounts = statement.query_map(params![until, Operation::Claims.as_str()], |row| {
        Ok((AccountId(row.get(0)?), row.count(1)?))
    })?;
    Ok(accounts.collect::<Result<_, _>>()?)
}

/// What was ever read to its end: scopes of listings, and the room of those that are of a part of it.
fn read(connection: &Connection) -> Result<BTreeMap<AccountId, BTreeSet<String>>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT account_id, scope FROM listings
         WHERE completed_at IS NOT NULL AND operation <> ?1",
    )?;
    let mut rows = statement.query([Operation::Claims.as_str()])?;
    let mut read: BTreeMap<AccountId, BTreeSet<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let scopes = read.entry(AccountId(row.get(0)?)).or_default();
        let scope: String = row.get(1)?;
        // Activities of a room have their kind behind it.
        scopes.extend(scope.rsplit_once('/').map(|(room, _)| room.to_owned()));
        scopes.insert(scope);
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use live_rewards_core::RoomKind;

    use super::*;
    use crate::{
        Listing, ListingKey, RoomNote, Stamp,
        test_util::{at, identity, synced},
    };

    /// The end of the time that is asked for, in seconds.
    const END: i64 = 1000;

    fn save(ledger: &mut Ledger, stamp: &Stamp, listings: &[(Operation, &str, Option<i64>)]) {
        let mut writing = ledger.begin().unwrap();
        for (operation, scope, until) in listings {
            let key = ListingKey {
                account: stamp.account,
                operation: *operation,
                scope: (*scope).to_owned(),
            };
            let mut listing = Listing::new(key, at(1), stamp.run);
            listing.complete_until = until.map(at);
            listing.completed_at = listing.complete_until;
            listing.is_final = *scope == "live:over";
            writing.save(&listing).unwrap();
        }
        writing.commit().unwrap();
    }

    fn found(ledger: &Ledger) -> Vec<(String, bool, u64, Vec<String>)> {
        let accounts = incomplete(ledger, at(END).epoch_ms()).unwrap().into_iter();
        let shown = accounts.map(|account| {
            let rooms = account.unread_rooms.iter().map(|room| room.id.to_string()).collect();
            (account.name, account.is_unread, account.listings, rooms)
        });
        shown.collect()
    }

    #[test]
    fn what_was_not_read_so_far_is_told() {
        let (_folder, mut ledger, stamp) = synced();
        save(
            &mut ledger,
            &stamp,
            &[
                (Operation::RedPackets, "live:over", Some(END - 1)),
                (Operation::RedPackets, "live:read", Some(END)),
                (Operation::RedPackets, "live:behind", Some(END - 1)),
                (Operation::Gifts, "live:never", None),
                (Operation::Claims, "packet", Some(END - 1)),
                (Operation::Claims, "half", None),
            ],
        );
        // No room of it is known.
        assert_eq!(found(&ledger), [("shop".to_owned(), true, 3, vec![])]);
    }

    #[test]
    fn rooms_and_accounts_that_were_never_read_are_told() {
        let (_folder, mut ledger, stamp) = synced();
        for id in ["read", "tasks", "half", "never"] {
            let room = RoomRef::new(id, RoomKind::Live);
            let note = RoomNote { room, title: None, labels: None, ended_at: None };
            ledger.note_room(stamp.account, &note, at(1)).unwrap();
        }
        let all = ["half", "never", "read", "tasks"].map(str::to_owned).to_vec();
        assert_eq!(found(&ledger), [("shop".to_owned(), true, 0, all)]);
        save(
            &mut ledger,
            &stamp,
            &[
                (Operation::Gifts, "live:read", Some(END)),
                (Operation::PrizeActivities, "live:tasks/lottery", Some(END)),
                (Operation::Gifts, "live:half", None),
            ],
        );
        ledger.account(&identity("other"), "other", at(2)).unwrap();
        let unread = ["half", "never"].map(str::to_owned).to_vec();
        let expected =
            [("shop".to_owned(), false, 1, unread), ("other".to_owned(), true, 0, vec![])];
        assert_eq!(found(&ledger), expected);
    }
}
