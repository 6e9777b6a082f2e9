use crate::Table;

/// Keeps each value of a row that becomes another one.
pub(super) fn trigger(table: &Table) -> String {
    let name = table.name;
    let key: Vec<String> = table.key().map(|column| format!("NEW.{}", column.name)).collect();
    let values: Vec<String> = table
        .stored()
        .filter(|column| !column.key)
        .map(|column| {
            format!("SELECT '{0}' AS column_name, OLD.{0} AS before, NEW.{0} AS after", column.name)
        })
        .collect();
    format!(
        "DROP TRIGGER IF EXISTS {name}_changes;
         CREATE TRIGGER {name}_changes AFTER UPDATE ON {name} BEGIN
             INSERT INTO changes
                 (account_id, table_name, row_key, column_name, old, new, changed_at, run_id)
             SELECT NEW.account_id, '{name}', json_array({key}), v.column_name, v.before, v.after,
                 (SELECT CAST(value AS INTEGER) FROM ledger WHERE key = 'now'), NEW.changed_run
             FROM ({values}) AS v WHERE v.before IS NOT v.after;
         END",
        key = key.join(", "),
        values = values.join(" UNION ALL ")
    )
}
