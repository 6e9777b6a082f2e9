use live_rewards_core::{Operation, Timestamp};
use rusqlite::{OptionalExtension, Row, params};

use super::{AccountId, RunId, names};
use crate::{
    Ledger, LedgerError, Writing,
    sqlite::{Columns, integer},
};

/// Names a listing: what is read page by page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListingKey {
    /// The account.
    pub account: AccountId,
    /// The operation.
    pub operation: Operation,
    /// What part of the account: nothing, a room as `kind:id`, a red packet, an activity.
    pub scope: String,
}

/// How far a listing was read.
///
/// A cursor is a place within one reading, which has bounds of its own; `complete_until` says what was read completely by readings
/// before. They are never the same value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Which listing.
    pub key: ListingKey,
    /// Where the reading under way begins in time.
    pub since: Option<Timestamp>,
    /// Where it ends in time.
    pub until: Option<Timestamp>,
    /// Where the reading under way goes on; nothing if none is under way, or its first page is next.
    pub cursor: Option<String>,
    /// When the reading began.
    pub began_at: Timestamp,
    /// The run in which it began.
    pub began_run: RunId,
    /// Up to when everything was read.
    pub complete_until: Option<Timestamp>,
    /// When a reading was last complete.
    pub completed_at: Option<Timestamp>,
    /// Whether nothing more is to come.
    pub is_final: bool,
    /// Rows of the reading so far.
    pub rows: u64,
    /// How many rows the vendor has, as the last page of the reading told it. Nothing until the reading is through, nor where the vendor
    /// doesn't tell or was asked in parts.
    pub total: Option<u64>,
    /// Rows of the reading so far as they came: also those that can't be read, lie outside of its times, or came again.
    pub counted: u64,
    /// Those of them that also stood on a page before and are written once. Rows without an id may be others that are equal.
    pub repeated: u64,
    /// What happened before and isn't settled is no longer waited for, as of the last complete reading.
    pub given_up_before: Option<Timestamp>,
    /// What the last reading failed with, in one line.
    pub error: Option<String>,
}

impl Listing {
    /// A listing of which nothing was read yet.
    pub const fn new(key: ListingKey, began_at: Timestamp, began_run: RunId) -> Self {
        Self {
            key,
            since: None,
            until: None,
            cursor: None,
            began_at,
            began_run,
            complete_until: None,
            completed_at: None,
            is_final: false,
            rows: 0,
            total: None,
            counted: 0,
            repeated: 0,
            given_up_before: None,
            error: None,
        }
    }
}

const COLUMNS: &str = "account_id, operation, scope, since, until, cursor, began_at, began_run,
    complete_until, completed_at, final, rows, total, counted, repeated, given_up_before, error";

impl Ledger {
    /// How far a listing was read; nothing if it never was.
    pub fn listing(&self, key: &ListingKey) -> Result<Option<Listing>, LedgerError> {
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM listings WHERE account_id = ?1 AND operation = ?2 AND scope = ?3"
        ))?;
        let key = params![key.account.0, key.operation.as_str(), key.scope];
        Ok(statement.query_row(key, read).optional()?)
    }

    /// All listings, or those of an account, by operation and scope.
    pub fn listings(&self, account: Option<AccountId>) -> Result<Vec<Listing>, LedgerError> {
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM listings WHERE ?1 IS NULL OR account_id = ?1
             ORDER BY account_id, operation, scope"
        ))?;
        let listings = statement.query_map([account.map(|account| account.0)], read)?;
        Ok(listings.collect::<Result<_, _>>()?)
    }

    /// Forgets how far listings of an account were read: of an operation and of a scope, or of all. The rows stay. Says how many.
    pub fn reset_listing(
        &mut self,
        account: AccountId,
        operation: Option<Operation>,
        scope: Option<&str>,
    ) -> Result<usize, LedgerError> {
        Ok(self.connection().execute(
            "DELETE FROM listings WHERE account_id = ?1
                 AND (?2 IS NULL OR operation = ?2) AND (?3 IS NULL OR scope = ?3)",
            params![account.0, operation.map(Operation::as_str), scope],
        )?)
    }
}

impl Writing<'_> {
    /// Keeps how far a listing was read.
    pub fn save(&mut self, listing: &Listing) -> Result<(), LedgerError> {
        let Listing {
            key,
            since,
            until,
            cursor,
            began_at,
            began_run,
            complete_until,
            completed_at,
            is_final,
            rows,
            total,
            counted,
            repeated,
            given_up_before,
            error,
        } = listing;
        let ms = |time: Option<Timestamp>| time.map(Timestamp::epoch_ms);
        let mut statement = self.connection().prepare_cached(&format!(
            "INSERT INTO listings ({COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                 ?17)
             ON CONFLICT (account_id, operation, scope) DO UPDATE SET
                 since = excluded.since, until = excluded.until, cursor = excluded.cursor,
                 began_at = excluded.began_at, began_run = excluded.began_run,
                 complete_until = excluded.complete_until, completed_at = excluded.completed_at,
                 final = excluded.final, rows = excluded.rows, total = excluded.total,
                 counted = excluded.counted, repeated = excluded.repeated,
                 given_up_before = excluded.given_up_before, error = excluded.error"
        ))?;
        statement.execute(params![
            key.account.0,
            key.operation.as_str(),
            key.scope,
            ms(*since),
            ms(*until),
            cursor,
            began_at.epoch_ms(),
            began_run.0,
            ms(*complete_until),
            ms(*completed_at),
            is_final,
            integer(*rows),
            total.map(integer),
            integer(*counted),
            integer(*repeated),
            ms(*given_up_before),
            error,
        ])?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Listing> {
    Ok(Listing {
        key: ListingKey {
            account: AccountId(row.get(0)?),
            operation: row.named(1, names::operation)?,
            scope: row.get(2)?,
        },
        since: row.optional_time(3)?,
        until: row.optional_time(4)?,
        cursor: row.get(5)?,
        began_at: row.time(6)?,
        began_run: RunId(row.get(7)?),
        complete_until: row.optional_time(8)?,
        completed_at: row.optional_time(9)?,
        is_final: row.get(10)?,
        rows: row.count(11)?,
        total: row.optional_count(12)?,
        counted: row.count(13)?,
        repeated: row.count(14)?,
        given_up_before: row.optional_time(15)?,
        error: row.get(16)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_util::{at, synced};

    #[test]
    fn a_listing_is_kept_whole_and_forgotten_on_request() {
        let (_folder, mut ledger, stamp) = synced();
        let key = |operation, scope: &str| ListingKey {
            account: stamp.account,
            operation,
            scope: scope.to_owned(),
        };
        let mut listing = Listing::new(key(Operation::Gifts, "live:1"), at(5), stamp.run);
        assert_eq!(ledger.listing(&listing.key).unwrap(), None);
        listing.since = Some(at(1));
        listing.until = Some(at(2));
        listing.cursor = Some("c".to_owned());
        listing.complete_until = Some(at(3));
        listing.completed_at = Some(at(4));
        listing.is_final = true;
        listing.rows = 6;
        listing.total = Some(7);
        listing.counted = 8;
        listing.repeated = 9;
        listing.given_up_before = Some(at(0));
        listing.error = Some("e".to_owned());
        let other = Listing::new(key(Operation::RedPackets, "live:1"), at(7), stamp.run);
        let mut writing = ledger.begin().unwrap();
        writing.save(&other).unwrap();
        writing.save(&Listing::new(listing.key.clone(), at(5), stamp.run)).unwrap();
        writing.save(&listing).unwrap();
        writing.commit().unwrap();
        assert_eq!(ledger.listing(&listing.key).unwrap(), Some(listing.clone()));
        assert_eq!(ledger.listings(Some(stamp.account)).unwrap(), [listing, other.clone()]);
        assert_eq!(ledger.listings(Some(AccountId(9))).unwrap(), []);
        let gifts = Some(Operation::Gifts);
        assert_eq!(ledger.reset_listing(stamp.account, gifts, Some("live:2")).unwrap(), 0);
        assert_eq!(ledger.reset_listing(stamp.account, gifts, None).unwrap(), 1);
        assert_eq!(ledger.listings(None).unwrap(), [other]);
        assert_eq!(ledger.reset_listing(stamp.account, None, None).unwrap(), 1);
    }
}
