use std::{fmt, ops::AddAssign};

use live_rewards_core::{Timestamp, Vendor};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::table_writer::{Outcome, TableWriter};
use crate::{AccountId, Ledger, LedgerError, Record, RunId};

/// What is written together: it is kept by [`commit`](Self::commit), and undone if it is dropped.
pub struct Writing<'a> {
    // Dropped before the transaction, which they are part of.
    tables: Vec<TableWriter<'a>>,
    connection: &'a Connection,
    transaction: Transaction<'a>,
    /// The instant that changes are noted with, once there was one.
    noted: Option<Timestamp>,
}

/// Whose rows are written, in which run, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The account.
    pub account: AccountId,
    /// Its vendor.
    pub vendor: Vendor,
    /// The run.
    pub run: RunId,
    /// When the rows were received.
    pub now: Timestamp,
}

/// What became of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows that weren't there.
    pub new: u64,
    /// Rows of which a value changed, or became known.
    pub changed: u64,
    /// Rows that were there as they are.
    pub same: u64,
}

impl AddAssign for Written {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.same += other.same;
    }
}

impl Ledger {
    /// Begins to write. Another writer is waited for, for some seconds.
    pub fn begin(&mut self) -> Result<Writing<'_>, LedgerError> {
        let connection = self.connection();
        if connection.is_readonly(rusqlite::MAIN_DB)? {
            // It would begin to read.
            return Err(LedgerError::ReadOnly);
        }
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        Ok(Writing { tables: Vec::new(), connection, transaction, noted: None })
    }
}

impl<'a> Writing<'a> {
    /// Writes rows: adds those that aren't there, and takes over what changed in those that are. What a row doesn't say stays as it
    /// was known, and a row that says nothing new isn't written.
    pub fn upsert<R: Record>(&mut self, at: &Stamp, rows: &[R]) -> Result<Written, LedgerError> {
        let mut written = Written::default();
        if rows.is_empty() {
            return Ok(written);
        }
        let connection = self.connection;
        let table = TableWriter::of(&mut self.tables, connection, R::TABLE)?;
        for record in rows {
            let row = record.row(at.vendor);
            match table.write(at, &row)? {
                Outcome::New => written.new += 1,
                Outcome::Same => written.same += 1,
                Outcome::Differs => {
                    if self.noted != Some(at.now) {
                        // The triggers that keep the changes read it there.
                        connection.execute(
                            "INSERT INTO ledger (key, value) VALUES ('now', ?1)
                             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                            [at.now.epoch_ms().to_string()],
                        )?;
                        self.noted = Some(at.now);
                    }
                    table.update(at, &row)?;
                    written.changed += 1;
                }
            }
        }
        Ok(written)
    }

    /// Keeps all that was written.
    pub fn commit(self) -> Result<(), LedgerError> {
        let Self { tables, transaction, .. } = self;
        drop(tables);
        Ok(transaction.commit()?)
    }

    pub(crate) fn connection(&self) -> &'a Connection {
        self.connection
    }
}

impl fmt::Debug for Writing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writing").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{
        Amount, Claim, Gift, GiftItem, Points, RedPacket, Refund, UserIdKind, UserRef,
    };

    use super::*;
    use crate::{
        Change,
        test_util::{at, claim, fen, room, synced},
    };

    fn written(new: u64, changed: u64, same: u64) -> Written {
        Written { new, changed, same }
    }

    fn write<R: Record>(ledger: &mut Ledger, at: &Stamp, rows: &[R]) -> Written {
        let mut writing = ledger.begin().unwrap();
        let written = writing.upsert(at, rows).unwrap();
        writing.commit().unwrap();
        written
    }

    fn one<T: rusqlite::types::FromSql>(ledger: &Ledger, sql: &str) -> T {
        ledger.connection().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn rows_are_new_then_the_same_then_changed() {
        let (_folder, mut ledger, stamp) = synced();
        let mut claims = vec![claim("p", "u", 1, 5), claim("p", "u", 2, 6), claim("p", "v", 1, 7)];
        assert_eq!(write(&mut ledger, &stamp, &claims), written(3, 0, 0));
        assert_eq!(write(&mut ledger, &stamp, &claims), written(0, 0, 3));
        claims[1].amount = fen(8);
        claims.insert(1, claim("q", "u", 1, 9));
        let later = Stamp { now: at(99), run: ledger.begin_run(at(98)).unwrap(), ..stamp };
        assert_eq!(write(&mut ledger, &later, &claims), written(1, 1, 2));
        assert_eq!(write(&mut ledger, &later, &claims), written(0, 0, 4));
        let change = Change {
            account: stamp.account,
            table: "claims".to_owned(),
            row_key: format!("[\"p\",\"u\",{},0]", at(2).epoch_ms()),
            column: "amount_fen".to_owned(),
            old: Some("6".to_owned()),
            new: Some("8".to_owned()),
            changed_at: Some(at(99)),
            run: later.run,
        };
        assert_eq!(ledger.changes(Some(stamp.account)).unwrap(), [change]);
        let sql = "SELECT first_seen_at || ' ' || (changed_run - first_run) FROM claims WHERE amount_fen = 8";
        let expected = format!("{} {}", stamp.now.epoch_ms(), later.run.0 - stamp.run.0);
        assert_eq!(one::<String>(&ledger, sql), expected);
    }

    #[test]
    fn what_a_row_does_not_say_stays_as_it_was_known() {
        let (_folder, mut ledger, stamp) = synced();
        let bare = claim("p", "u", 1, 5);
        let mut told = bare.clone();
        told.session = Some("s".into());
        told.best_luck = Some(false);
        write(&mut ledger, &stamp, std::slice::from_ref(&bare));
        assert_eq!(write(&mut ledger, &stamp, &[told.clone()]), written(0, 1, 0));
        assert_eq!(write(&mut ledger, &stamp, &[bare]), written(0, 0, 1));
        assert_eq!(one::<String>(&ledger, "SELECT session_id || best_luck FROM claims"), "s0");
        told.best_luck = Some(true);
        assert_eq!(write(&mut ledger, &stamp, &[told]), written(0, 1, 0));
        let changes = ledger.changes(None).unwrap();
        let values: Vec<_> = changes
            .iter()
            .map(|change| (change.column.as_str(), change.old.as_deref(), change.new.as_deref()))
            .collect();
        let (none, zero, one) = (None, Some("0"), Some("1"));
        let expected =
            [("session_id", none, Some("s")), ("best_luck", none, zero), ("best_luck", zero, one)];
        assert_eq!(values, expected);
    }

    #[test]
    fn a_value_has_one_unit_at_a_time() {
        let (_folder, mut ledger, stamp) = synced();
        let giver = UserRef::new("u", UserIdKind::Viewer);
        let mut gift = Gift::new(giver, GiftItem::new(None, None), at(1));
        gift.record_id = Some("r".into());
        gift.charged = Some(Amount::Points(Points::new(7)));
        gift.list_value = Some(Amount::Unstated("1.5".into()));
        write(&mut ledger, &stamp, &[gift.clone()]);
        gift.charged = Some(Amount::Money(fen(70)));
        gift.list_value = None;
        assert_eq!(write(&mut ledger, &stamp, &[gift.clone()]), written(0, 1, 0));
        assert_eq!(write(&mut ledger, &stamp, &[gift]), written(0, 0, 1));
        let sql =
            "SELECT charged_fen || COALESCE(charged_points, '-') || list_value_unstated FROM gifts";
        assert_eq!(one::<String>(&ledger, sql), "70-1.5");
    }

    #[test]
    fn what_is_known_of_a_refund_goes_when_it_was_none() {
        let (_folder, mut ledger, stamp) = synced();
        let mut packet = RedPacket::new("p".into(), room(), fen(100), at(1));
        let done = |amount| Refund::Done { amount, at: Some(at(2)) };
        for (refund, written, shown) in [
            (done(Some(fen(40))), written(1, 0, 0), "done 40"),
            (done(None), written(0, 0, 1), "done 40"),
            (Refund::NotReported, written(0, 0, 1), "done 40"),
            (Refund::Pending, written(0, 1, 0), "pending -"),
            (Refund::Pending, written(0, 0, 1), "pending -"),
            (done(None), written(0, 1, 0), "done -"),
            (done(Some(fen(41))), written(0, 1, 0), "done 41"),
        ] {
            packet.refund = refund;
            assert_eq!(write(&mut ledger, &stamp, std::slice::from_ref(&packet)), written);
            let sql = "SELECT refund || ' ' || COALESCE(refund_fen, '-') FROM red_packets";
            assert_eq!(one::<String>(&ledger, sql), shown);
        }
        let sql = "SELECT group_concat(old || '>' || COALESCE(new, '-'), ' ')
            FROM (SELECT * FROM changes WHERE column_name = 'refund_fen' ORDER BY change_id)";
        assert_eq!(one::<String>(&ledger, sql), "40>-");
    }

    #[test]
    fn an_empty_id_is_a_key_like_others() {
        let (_folder, mut ledger, stamp) = synced();
        let claims = [claim("p", "", 1, 5), claim("", "", 1, 6), claim("p", "u", 1, 7)];
        assert_eq!(write(&mut ledger, &stamp, &claims), written(3, 0, 0));
        assert_eq!(write(&mut ledger, &stamp, &claims), written(0, 0, 3));
    }

    #[test]
    fn accounts_do_not_share_rows() {
        let (_folder, mut ledger, stamp) = synced();
        let other = ledger.account(&crate::test_util::identity("other"), "other", at(0)).unwrap();
        let claims = [claim("p", "u", 1, 5)];
        assert_eq!(write(&mut ledger, &stamp, &claims), written(1, 0, 0));
        assert_eq!(
            write(&mut ledger, &Stamp { account: other, ..stamp }, &claims),
            written(1, 0, 0)
        );
    }

    #[test]
    fn what_is_not_committed_is_undone() {
        let (_folder, mut ledger, stamp) = synced();
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &[claim("p", "u", 1, 5)]).unwrap();
        drop(writing);
        assert_eq!(one::<i64>(&ledger, "SELECT COUNT(*) FROM claims"), 0);
        assert_eq!(write(&mut ledger, &stamp, &[claim("p", "u", 1, 5)]), written(1, 0, 0));
    }

    #[test]
    fn a_full_disk_is_told_and_leaves_what_was_committed() {
        let (_folder, mut ledger, stamp) = synced();
        let claims = |packet: &str| -> Vec<Claim> {
            (0..2000).map(|number| claim(packet, "user", number, 5)).collect()
        };
        write(&mut ledger, &stamp, &claims("p"));
        let pages: i64 = one(&ledger, "PRAGMA page_count");
        ledger.connection().pragma_update(None, "max_page_count", pages + 2).unwrap();
        let mut writing = ledger.begin().unwrap();
        let error = writing.upsert(&stamp, &claims("q")).unwrap_err();
        assert!(matches!(error, LedgerError::Full), "{error}");
        drop(writing);
        ledger.connection().pragma_update(None, "max_page_count", i32::MAX).unwrap();
        assert_eq!(one::<i64>(&ledger, "SELECT COUNT(*) FROM claims"), 2000);
        assert_eq!(one::<String>(&ledger, "PRAGMA integrity_check"), "ok");
        assert_eq!(write(&mut ledger, &stamp, &claims("q")), written(2000, 0, 0));
    }

    #[test]
    fn a_second_writer_waits_for_the_first_and_then_gives_up() {
        let (_folder, mut first, _) = synced();
        let mut second = Ledger::open(first.path()).unwrap();
        second.connection().busy_timeout(std::time::Duration::ZERO).unwrap();
        let writing = first.begin().unwrap();
        assert!(matches!(second.begin(), Err(LedgerError::Busy)));
        drop(writing);
        assert!(second.begin().is_ok());
    }
}
