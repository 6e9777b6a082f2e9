use rusqlite::{Transaction, TransactionBehavior};

use crate::{Ledger, LedgerError};

/// Keeps a ledger at one moment for whoever reads it, until it is dropped. A sync may write meanwhile.
#[derive(Debug)]
#[must_use = "the moment passes with it"]
pub struct Snapshot<'a> {
    _transaction: Transaction<'a>,
}

impl Ledger {
    /// Keeps all that is read through this handle at the present moment, so that sums and rows agree. One at a time: a second one is
    /// refused.
    pub fn snapshot(&self) -> Result<Snapshot<'_>, LedgerError> {
        let transaction =
            Transaction::new_unchecked(self.connection(), TransactionBehavior::Deferred)?;
        // The moment is that of the first look.
        transaction.query_row("SELECT COUNT(*) FROM ledger", [], |_| Ok(()))?;
        Ok(Snapshot { _transaction: transaction })
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Ledger, LedgerError, RowOrder, Selection, TABLES,
        test_util::{claim, synced},
    };

    fn rows(ledger: &Ledger) -> u64 {
        let mut count = 0;
        for table in TABLES {
            let read = ledger.read_rows(table, &Selection::default(), RowOrder::Key, &mut |_| {
                Ok::<_, LedgerError>(())
            });
            count += read.unwrap();
        }
        count
    }

    #[test]
    fn what_is_written_meanwhile_is_not_seen() {
        let (_folder, mut ledger, stamp) = synced();
        let reader = Ledger::open_read_only(ledger.path()).unwrap();
        let snapshot = reader.snapshot().unwrap();
        assert!(reader.snapshot().is_err());
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &[claim("p", "u", 1, 2)]).unwrap();
        writing.commit().unwrap();
        assert_eq!(rows(&reader), 0);
        drop(snapshot);
        assert_eq!(rows(&reader), 1);
    }
}
