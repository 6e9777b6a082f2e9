use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
};

use live_rewards_core::{Operation, RoomRef, Vendor};
use rusqlite::{CachedStatement, Connection, Rows};

use super::{ReconcileOptions, collector::room, packet::Packet};
use crate::{AccountId, LedgerError};

/// How far each listing was read, and what of it is missing.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// By account, operation and scope, without the claims of single red packets.
    listings: HashMap<(AccountId, Operation), HashMap<String, Reading>>,
    /// Scopes of rows that could not be read and are missing.
    rejected: HashSet<(AccountId, String, String)>,
    /// Red packets that their vendor no longer lists.
    vanished_packets: HashSet<(AccountId, String)>,
    /// Red packets of which a claim is no longer listed.
    vanished_claims: HashSet<(AccountId, String)>,
    /// Gifts that their vendor no longer lists.
    vanished_gifts: HashSet<(AccountId, String)>,
}

/// How far a listing was read. Instants are milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) began_at: i64,
    /// When it was last read to its end.
    pub(super) completed_at: Option<i64>,
    /// Up to before when everything was read.
    pub(super) complete_until: Option<i64>,
    /// Whether it was read to its end, and no other reading is under way or failed since.
    pub(super) is_whole: bool,
}

/// The claims of each red packet, in the order of accounts and ids.
pub(super) struct ClaimReadings<'a> {
    rows: Rows<'a>,
    next: Option<(AccountId, String, Reading)>,
}

/// What is known of a red packet beside its row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// When it was last read.
    pub(super) read_at: Option<i64>,
    /// Whether all of its claims are there.
    pub(super) has_all_claims: bool,
    /// Whether its vendor no longer lists it.
    pub(super) has_vanished: bool,
    /// From when on it can't be claimed any more.
    pub(super) closes_at: i64,
    /// When the rest has to have gone back.
    pub(super) due_at: i64,
}

const LISTINGS: &str = "SELECT account_id, operation, scope, began_at, completed_at,
        completed_at IS NOT NULL AND cursor IS NULL AND error IS NULL, complete_until
    FROM listings";

impl Readings {
    pub(super) fn load(connection: &Connection) -> Result<Self, LedgerError> {
        let mut readings = Self::default();
        let mut statement =
            connection.prepare_cached(&format!("{LISTINGS} WHERE operation <> 'claims'"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(1)?;
            let Some(operation) = OF_INTEREST.into_iter().find(|one| one.as_str() == name) else {
                continue;
            };
            let of_account = readings.listings.entry((AccountId(row.get(0)?), operation));
            of_account.or_default().insert(row.get(2)?, Reading::read(row)?);
        }
        let mut statement = connection.prepare_cached(
            "SELECT DISTINCT account_id, operation, scope FROM rejected_rows
             WHERE resolved_at IS NULL",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            readings.rejected.insert((AccountId(row.get(0)?), row.get(1)?, row.get(2)?));
        }
        let mut statement = connection.prepare_cached(
            "SELECT account_id, table_name, row_key FROM vanished
             WHERE returned_at IS NULL AND table_name IN ('red_packets', 'claims', 'gifts')",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (account, table): (i64, String) = (row.get(0)?, row.get(1)?);
            let key: String = row.get(2)?;
            let Some(first) = first_of_key(&key) else {
                continue;
            };
            let of_table = match table.as_str() {
                "claims" => &mut readings.vanished_claims,
                "gifts" => &mut readings.vanished_gifts,
                _ => &mut readings.vanished_packets,
            };
            of_table.insert((AccountId(account), first));
        }
        Ok(readings)
    }

    /// How far a listing was read.
    pub(super) fn of(
        &self,
        account: AccountId,
        operation: Operation,
        scope: &str,
    ) -> Option<&Reading> {
        self.listings.get(&(account, operation))?.get(scope)
    }

    /// Whether listings of an account were ever read, or begun.
    pub(super) fn has(&self, account: AccountId, operation: Operation) -> bool {
        self.listings.contains_key(&(account, operation))
    }

    /// How many listings of an account were read to their end, without the claims of single red packets.
    pub(super) fn whole(&self, account: AccountId) -> u64 {
        let of_account = self.listings.iter().filter(|((of, _), _)| *of == account);
        let whole = of_account
            .flat_map(|(_, listings)| listings.values())
            .filter(|reading| reading.completed_at.is_some())
            .count();
        u64::try_from(whole).unwrap_or(u64::MAX)
    }

    /// When the last of all listings of some accounts was read to its end.
    pub(super) fn newest(&self, is_of: impl Fn(AccountId) -> bool) -> Option<i64> {
        let of_them = self.listings.iter().filter(|((account, _), _)| is_of(*account));
        of_them.flat_map(|(_, listings)| listings.values()).filter_map(|one| one.completed_at).max()
    }

    /// Whether rows of a listing could not be read.
    pub(super) fn has_rejected(
        &self,
        account: AccountId,
        operation: Operation,
        scope: &str,
    ) -> bool {
        !self.rejected.is_empty()
            && self.rejected.contains(&(account, operation.as_str().to_owned(), scope.to_owned()))
    }

    /// Whether its vendor no longer lists a gift.
    pub(super) fn is_gift_gone(&self, account: AccountId, key: &str) -> bool {
        !self.vanished_gifts.is_empty() && self.vanished_gifts.contains(&(account, key.to_owned()))
    }

    /// What is known of a red packet beside its row.
    pub(super) fn seen(
        &self,
        packet: &Packet,
        vendor: Vendor,
        claims: Option<&Reading>,
        options: &ReconcileOptions,
    ) -> Seen {
        let key = || (packet.account, packet.id.clone());
        let are_gone = !self.vanished_claims.is_empty() && self.vanished_claims.contains(&key());
        let (read_at, is_whole) = if has_claims_apart(vendor) {
            // Only this call tells of refunds.
            let whole = claims.filter(|claims| claims.is_whole);
            let since_refund = whole.is_some_and(|claims| {
                packet.refunded_at.is_none_or(|refunded_at| claims.began_at >= refunded_at)
            });
            let is_rejected = self.has_rejected(packet.account, Operation::Claims, &packet.id);
            (whole.and_then(|claims| claims.completed_at), since_refund && !is_rejected)
        } else {
            let scope = scope(&packet.room_kind, &packet.room_id);
            let room = self.of(packet.account, Operation::RedPackets, &scope);
            (room.and_then(|room| room.completed_at), true)
        };
        let as_of = options.as_of.map(live_rewards_core::Timestamp::epoch_ms);
        Seen {
            read_at: read_at.map(|at| as_of.map_or(at, |as_of| as_of.min(at))),
            has_all_claims: is_whole && !are_gone,
            has_vanished: !self.vanished_packets.is_empty()
                && self.vanished_packets.contains(&key()),
            closes_at: packet.created_at.saturating_add(options.expiry_ms(packet.account, vendor)),
            due_at: packet.created_at.saturating_add(options.due_ms(packet.account, vendor)),
        }
    }
}

impl Seen {
    /// Whether nothing of it moved any more when it was last read.
    pub(super) fn is_closed(&self) -> bool {
        self.read_at.is_some_and(|at| at >= self.closes_at)
    }

    /// Whether the rest had to have gone back when it was last read.
    pub(super) fn is_due(&self) -> bool {
        self.read_at.is_some_and(|at| at >= self.due_at)
    }
}

impl<'a> ClaimReadings<'a> {
    /// The statement that gives them, to be kept while they are used.
    pub(super) fn prepare(connection: &Connection) -> Result<CachedStatement<'_>, LedgerError> {
        Ok(connection.prepare_cached(&format!(
            "{LISTINGS} WHERE operation = 'claims' ORDER BY account_id, scope"
        ))?)
    }

    pub(super) fn new(statement: &'a mut CachedStatement<'_>) -> Result<Self, LedgerError> {
        Ok(Self { rows: statement.query([])?, next: None })
    }

    /// How far the claims of a red packet were read. Red packets have to be asked about in order.
    pub(super) fn of(
        &mut self,
        account: AccountId,
        packet: &str,
    ) -> Result<Option<Reading>, LedgerError> {
        loop {
            if let Some((of, id, reading)) = &self.next {
                match (*of, id.as_str()).cmp(&(account, packet)) {
                    Ordering::Less => {}
                    Ordering::Equal => return Ok(Some(*reading)),
                    Ordering::Greater => return Ok(None),
                }
            }
            self.next = match self.rows.next()? {
                Some(row) => Some((AccountId(row.get(0)?), row.get(2)?, Reading::read(row)?)),
                None => return Ok(None),
            };
        }
    }
}

impl Reading {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            began_at: row.get(3)?,
            completed_at: row.get(4)?,
            is_whole: row.get(5)?,
            complete_until: row.get(6)?,
        })
    }
}

const OF_INTEREST: [Operation; 9] = [
    Operation::Rooms,
    Operation::Sessions,
    Operation::RedPackets,
    Operation::RedPacketSummary,
    Operation::Gifts,
    Operation::GiftPayments,
    Operation::PrizeActivities,
    Operation::PointsAccounts,
    Operation::PointsEntries,
];

/// The scope of what belongs to a room.
pub(super) fn scope(room_kind: &str, room_id: &str) -> String {
    format!("{room_kind}:{room_id}")
}

/// The room that a scope is of. A part of it may be narrowed to more, as `channel:1/lottery`.
pub(super) fn room_of(scope: &str) -> Option<RoomRef> {
    let (kind, id) = scope.split('/').next()?.split_once(':')?;
    room(kind, id)
}

/// Whether the claims of a red packet have a call of their own.
fn has_claims_apart(vendor: Vendor) -> bool {
    vendor == Vendor::Xiaoe
}

/// The first part of a natural key, if it is text.
fn first_of_key(key: &str) -> Option<String> {
    let parts: Vec<serde_json::Value> = serde_json::from_str(key).ok()?;
    parts.first()?.as_str().map(str::to_owned)
}
