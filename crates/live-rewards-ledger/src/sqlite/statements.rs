use std::{fmt::Write, sync::LazyLock};

use crate::{Column, TABLES, Table};

/// The statements that write a table's rows. They share their parameters: the account, the columns that the ledger keeps in their
/// order, the run, the instant.
#[derive(Debug)]
pub(super) struct Statements {
    pub(super) table: &'static Table,
    /// Adds a row unless it is there.
    pub(super) insert: String,
    /// Whether a row that is there differs in a value that is known now.
    pub(super) differs: String,
    /// Takes over the values that are known now. A value that isn't doesn't erase what was known.
    pub(super) update: String,
}

impl Statements {
    /// Those of a table; none if it isn't one of ours.
    pub(super) fn of(table: &Table) -> Option<&'static Self> {
        ALL.iter().find(|statements| statements.table.name == table.name)
    }

    fn new(table: &'static Table) -> Self {
        let columns: Vec<Parameter> = (2..)
            .zip(table.stored())
            .map(|(number, column)| Parameter { number, column })
            .collect();
        let key = key(&columns);
        let facts: Vec<&Parameter> =
            columns.iter().filter(|parameter| !parameter.column.key).collect();
        let differs = list(" OR ", &facts, |parameter| parameter.differs(&facts));
        let set = list(", ", &facts, |parameter| parameter.set(&facts));
        let name = table.name;
        let run = columns.len() + 2;
        let now = run + 1;
        let names = list("", &columns, |parameter| format!("{}, ", parameter.column.name));
        let values = list("", &columns, |parameter| format!("{parameter}, "));
        Self {
            table,
            insert: format!(
                "INSERT INTO {name} (account_id, {names}first_seen_at, first_run, changed_run) \
                 VALUES (?1, {values}?{now}, ?{run}, ?{run}) ON CONFLICT DO NOTHING"
            ),
            differs: format!("SELECT {differs} FROM {name} WHERE {key}"),
            update: format!("UPDATE {name} SET {set}, changed_run = ?{run} WHERE {key}"),
        }
    }
}

static ALL: LazyLock<Vec<Statements>> =
    LazyLock::new(|| TABLES.iter().map(|table| Statements::new(table)).collect());

/// Columns that say more of another one's value: they go when it becomes another.
const DETAILS: &[(&str, &str)] = &[("refund_fen", "refund"), ("refunded_at", "refund")];

/// The condition that a row has this key.
fn key(columns: &[Parameter]) -> String {
    let mut key = "account_id = ?1".to_owned();
    for parameter in columns.iter().filter(|parameter| parameter.column.key) {
        let _ = write!(key, " AND {} = {parameter}", parameter.column.name);
    }
    key
}

/// A column with the number of its parameter.
struct Parameter {
    number: usize,
    column: &'static Column,
}

impl Parameter {
    fn differs(&self, all: &[&Self]) -> String {
        let name = self.column.name;
        if self.column.required {
            format!("{name} IS NOT {self}")
        } else {
            format!("(({}) AND {name} IS NOT {self})", self.is_said(all))
        }
    }

    fn set(&self, all: &[&Self]) -> String {
        let name = self.column.name;
        if self.column.required {
            format!("{name} = {self}")
        } else if self.column.form_of.is_some() {
            format!("{name} = CASE WHEN {} THEN {self} ELSE {name} END", self.is_said(all))
        } else if let Some(of) = self.detail_of(all) {
            let is_other = format!("{of} IS NOT NULL AND {} IS NOT {of}", of.column.name);
            format!("{name} = CASE WHEN {is_other} THEN {self} ELSE COALESCE({self}, {name}) END")
        } else {
            format!("{name} = COALESCE({self}, {name})")
        }
    }

    /// The column of whose value this one says more.
    fn detail_of<'a>(&self, all: &[&'a Self]) -> Option<&'a Self> {
        let (_, of) = DETAILS.iter().find(|(detail, _)| *detail == self.column.name)?;
        all.iter().copied().find(|other| other.column.name == *of)
    }

    /// The condition that the row says the value: in this form or, if it has several, in another one, which then takes its place.
    fn is_said(&self, all: &[&Self]) -> String {
        let forms: Vec<&Self> = match self.column.form_of {
            Some(value) => {
                all.iter().copied().filter(|other| other.column.form_of == Some(value)).collect()
            }
            None => vec![self],
        };
        list(" OR ", &forms, |form| format!("{form} IS NOT NULL"))
    }
}

impl std::fmt::Display for Parameter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "?{}", self.number)
    }
}

fn list<T>(between: &str, items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PRIZES;

    #[test]
    fn statements_of_a_table_with_a_value_of_three_forms() {
        let Statements { insert, differs, update, .. } = Statements::of(&PRIZES).unwrap();
        insta::assert_snapshot!(insert, @"INSERT INTO prizes (account_id, prize_key, record_id, activity_id, kind, room_id, room_kind, session_id, task, user_id, user_id_kind, user_nickname, name, value_fen, value_points, value_unstated, state, code, won_at, ordinal, first_seen_at, first_run, changed_run) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?22, ?21, ?21) ON CONFLICT DO NOTHING");
        insta::assert_snapshot!(differs, @"SELECT ((?3 IS NOT NULL) AND record_id IS NOT ?3) OR activity_id IS NOT ?4 OR kind IS NOT ?5 OR ((?6 IS NOT NULL) AND room_id IS NOT ?6) OR ((?7 IS NOT NULL) AND room_kind IS NOT ?7) OR ((?8 IS NOT NULL) AND session_id IS NOT ?8) OR ((?9 IS NOT NULL) AND task IS NOT ?9) OR user_id IS NOT ?10 OR ((?11 IS NOT NULL) AND user_id_kind IS NOT ?11) OR ((?12 IS NOT NULL) AND user_nickname IS NOT ?12) OR ((?13 IS NOT NULL) AND name IS NOT ?13) OR ((?14 IS NOT NULL OR ?15 IS NOT NULL OR ?16 IS NOT NULL) AND value_fen IS NOT ?14) OR ((?14 IS NOT NULL OR ?15 IS NOT NULL OR ?16 IS NOT NULL) AND value_points IS NOT ?15) OR ((?14 IS NOT NULL OR ?15 IS NOT NULL OR ?16 IS NOT NULL) AND value_unstated IS NOT ?16) OR ((?17 IS NOT NULL) AND state IS NOT ?17) OR ((?18 IS NOT NULL) AND code IS NOT ?18) OR ((?19 IS NOT NULL) AND won_at IS NOT ?19) OR ordinal IS NOT ?20 FROM prizes WHERE account_id = ?1 AND prize_key = ?2");
        insta::assert_snapshot!(update, @"UPDATE prizes SET record_id = COALESCE(?3, record_id), activity_id = ?4, kind = ?5, room_id = COALESCE(?6, room_id), room_kind = COALESCE(?7, room_kind), session_id = COALESCE(?8, session_id), task = COALESCE(?9, task), user_id = ?10, user_id_kind = COALESCE(?11, user_id_kind), user_nickname = COALESCE(?12, user_nickname), name = COALESCE(?13, name), value_fen = CASE WHEN ?14 IS NOT NULL OR ?15 IS NOT NULL OR ?16 IS NOT NULL THEN ?14 ELSE value_fen END, value_points = CASE WHEN ?14 IS NOT NULL OR ?15 IS NOT NULL OR ?16 IS NOT NULL THEN ?15 ELSE value_points END, value_unstated = CASE WHEN ?14 IS NOT NULL OR ?15 IS NOT NULL OR ?16 IS NOT NULL THEN ?16 ELSE value_unstated END, state = COALESCE(?17, state), code = COALESCE(?18, code), won_at = COALESCE(?19, won_at), ordinal = ?20, changed_run = ?21 WHERE account_id = ?1 AND prize_key = ?2");
    }
}
