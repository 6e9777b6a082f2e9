use live_rewards_core::Timestamp;
use rusqlite::{Connection, Row, params_from_iter};

use crate::{Account, AccountId, Ledger, LedgerError};

/// Which rows are meant: of which accounts, and with an event in `[since, until)`.
///
/// Where either end is named, a row whose vendor doesn't say when it happened isn't meant. Of a table without
/// [`time`](crate::Table::time) all rows are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Selection {
    /// Of these accounts; of all if nothing is named.
    pub accounts: Option<Vec<AccountId>>,
    /// From this instant on.
    pub since: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
}

impl Selection {
    /// Whether the rows of an account are meant.
    pub fn includes(&self, account: AccountId) -> bool {
        self.accounts.as_ref().is_none_or(|accounts| accounts.contains(&account))
    }

    /// The rows that are meant of a table with such a time.
    pub(crate) fn condition(&self, time: Option<&str>) -> Condition {
        let mut condition = Condition::default();
        if let Some(accounts) = &self.accounts {
            let numbers: Vec<String> =
                accounts.iter().map(|account| condition.bind(account.0)).collect();
            if numbers.is_empty() {
                condition.and("1 = 0");
            } else {
                condition.and(&format!("t.account_id IN ({})", numbers.join(", ")));
            }
        }
        condition.within(self, time);
        condition
    }

    /// The rows that are meant of one account.
    pub(crate) fn condition_of(&self, account: AccountId, time: Option<&str>) -> Condition {
        let mut condition = Condition::default();
        let number = condition.bind(account.0);
        condition.and(&format!("t.account_id = {number}"));
        condition.within(self, time);
        condition
    }
}

/// A condition on the rows of a table that is called `t`, with its parameters from `?1` on.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) sql: String,
    parameters: Vec<i64>,
}

impl Default for Condition {
    fn default() -> Self {
        Self { sql: "1 = 1".to_owned(), parameters: Vec::new() }
    }
}

impl Condition {
    /// Adds a parameter and gives its name.
    pub(crate) fn bind(&mut self, value: i64) -> String {
        self.parameters.push(value);
        format!("?{}", self.parameters.len())
    }

    /// Hands on the rows of a query that has this condition.
    pub(crate) fn each<E: From<LedgerError>>(
        &self,
        connection: &Connection,
        sql: &str,
        mut on: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = connection.prepare(sql).map_err(LedgerError::from)?;
        let parameters = params_from_iter(&self.parameters);
        let mut rows = statement.query(parameters).map_err(LedgerError::from)?;
        while let Some(row) = rows.next().map_err(LedgerError::from)? {
            on(row)?;
        }
        Ok(())
    }

    fn and(&mut self, term: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(term);
    }

    fn within(&mut self, selection: &Selection, time: Option<&str>) {
        let Some(time) = time else { return };
        for (end, compares) in [(selection.since, ">="), (selection.until, "<")] {
            if let Some(end) = end {
                let end = self.bind(end.epoch_ms());
                self.and(&format!("t.{time} {compares} {end}"));
            }
        }
    }
}

impl Ledger {
    /// The accounts that are meant, in the order in which they were added.
    pub(crate) fn selected_accounts(
        &self,
        selection: &Selection,
    ) -> Result<Vec<Account>, LedgerError> {
        let mut accounts = self.accounts()?;
        accounts.retain(|account| selection.includes(account.id));
        Ok(accounts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_util::at;

    #[test]
    fn conditions_of_selections() {
        let shown = |selection: &Selection, time| {
            let condition = selection.condition(time);
            format!("{} {:?}", condition.sql, condition.parameters)
        };
        let mut selection = Selection::default();
        assert_eq!(shown(&selection, Some("claimed_at")), "1 = 1 []");
        selection.since = Some(at(0));
        selection.until = Some(at(1));
        assert_eq!(shown(&selection, None), "1 = 1 []");
        selection.accounts = Some(vec![AccountId(7), AccountId(9)]);
        assert_eq!(
            shown(&selection, Some("claimed_at")),
            "1 = 1 AND t.account_id IN (?1, ?2) AND t.claimed_at >= ?3 AND t.claimed_at < ?4 \
             [7, 9, 1700000000000, 1700000001000]"
        );
        let of_one = selection.condition_of(AccountId(7), None);
        assert_eq!(of_one.sql, "1 = 1 AND t.account_id = ?1");
        selection.accounts = Some(Vec::new());
        assert_eq!(shown(&selection, None), "1 = 1 AND 1 = 0 []");
        assert!(!selection.includes(AccountId(7)));
    }
}
