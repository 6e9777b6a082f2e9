//! What of the ledger belongs to a month: rows by the time at which they happened, refunds by their own.

use crate::{CLAIMS, GIFT_PAYMENTS, GIFTS, POINTS_ENTRIES, PRIZES, RED_PACKETS, Table};

/// Columns of a table that count in the month of one of its times. Others, as names, or what is left of a red packet, change without
/// changing the month.
pub(super) struct Watched {
    table: &'static Table,
    time: &'static str,
    columns: &'static [&'static str],
    /// The time by which the row is told already, if it lies in the same month.
    also: Option<&'static str>,
}

pub(super) static WATCHED: &[Watched] = &[
    Watched {
        table: &RED_PACKETS,
        time: "created_at",
        columns: &["created_at", "issued_fen", "net_fen", "share_count", "order_id"],
        also: None,
    },
    Watched {
        table: &RED_PACKETS,
        time: "refunded_at",
        columns: &["refunded_at", "refund", "refund_fen"],
        also: Some("created_at"),
    },
    Watched {
        table: &CLAIMS,
        time: "claimed_at",
        columns: &["amount_fen", "best_luck", "order_id"],
        also: None,
    },
    Watched {
        table: &GIFTS,
        time: "given_at",
        columns: &[
            "given_at",
            "giver_id",
            "item_id",
            "quantity",
            "unit_price_fen",
            "unit_price_points",
            "unit_price_unstated",
            "list_value_fen",
            "list_value_points",
            "list_value_unstated",
            "charged_fen",
            "charged_points",
            "charged_unstated",
            "line_points",
        ],
        also: None,
    },
    Watched {
        table: &GIFT_PAYMENTS,
        time: "paid_at",
        columns: &["paid_at", "kind", "payer_id", "quantity", "amount_fen"],
        also: None,
    },
    Watched {
        table: &PRIZES,
        time: "won_at",
        columns: &["won_at", "user_id", "value_fen", "value_points", "value_unstated", "state"],
        also: None,
    },
    Watched {
        table: &POINTS_ENTRIES,
        time: "entered_at",
        columns: &["entered_at", "user_id", "kind", "change", "balance_after"],
        also: None,
    },
];

/// The columns of [`Watched::selects`].
pub(super) const COLUMNS: &str =
    "what, at, account_id, table_name, row_key, row_time, column_name, old, new";

impl Watched {
    /// What happened to rows of a month (`?1` up to before `?2`) after an instant (`?3`).
    ///
    /// Written for `SQLite`: keys are JSON arrays there.
    pub(super) fn selects(&self) -> [String; 4] {
        let Self { table, time, columns, also } = self;
        let name = table.name;
        let key: Vec<_> = table.key().map(|column| format!("t.{}", column.name)).collect();
        let row_key = key.join(", ");
        let of_key = |other: &str| {
            let parts = key.iter().enumerate().map(|(index, column)| {
                format!(" AND {column} = json_extract({other}.row_key, '$[{index}]')")
            });
            let parts: Vec<_> = parts.collect();
            format!(
                "{other} JOIN {name} AS t ON t.account_id = {other}.account_id{}",
                parts.concat()
            )
        };
        let within = |time: &str| format!("{time} >= ?1 AND {time} < ?2");
        let meant = match also {
            Some(also) => {
                format!(
                    "{} AND NOT ({})",
                    within(&format!("t.{time}")),
                    within(&format!("t.{also}"))
                )
            }
            None => within(&format!("t.{time}")),
        };
        let columns: Vec<_> = columns.iter().map(|column| format!("'{column}'")).collect();
        [
            format!(
                "SELECT 'new' AS what, t.first_seen_at AS at, t.account_id, '{name}' AS table_name,
                     json_array({row_key}) AS row_key, t.{time} AS row_time,
                     NULL AS column_name, NULL AS old, NULL AS new
                 FROM {name} AS t WHERE {meant} AND t.first_seen_at > ?3"
            ),
            format!(
                "SELECT 'changed', changes.changed_at, changes.account_id, '{name}',
                     changes.row_key, t.{time}, changes.column_name, changes.old, changes.new
                 FROM {of_changes}
                 WHERE changes.table_name = '{name}' AND changes.changed_at > ?3
                     AND changes.column_name IN ({columns}) AND t.first_seen_at <= ?3
                     AND ({now} OR changes.column_name = '{time}' AND ({before} OR {after}))",
                of_changes = of_key("changes"),
                columns = columns.join(", "),
                now = within(&format!("t.{time}")),
                before = within("CAST(changes.old AS INTEGER)"),
                after = within("CAST(changes.new AS INTEGER)"),
            ),
            format!(
                "SELECT 'vanished', vanished.noticed_at, vanished.account_id, '{name}',
                     vanished.row_key, t.{time}, NULL, NULL, NULL
                 FROM {of_vanished}
                 WHERE vanished.table_name = '{name}' AND vanished.noticed_at > ?3
                     AND vanished.returned_at IS NULL AND {meant}",
                of_vanished = of_key("vanished"),
            ),
            format!(
                "SELECT 'returned', vanished.returned_at, vanished.account_id, '{name}',
                     vanished.row_key, t.{time}, NULL, NULL, NULL
                 FROM {of_vanished}
                 WHERE vanished.table_name = '{name}' AND vanished.noticed_at <= ?3
                     AND vanished.returned_at > ?3 AND {meant}",
                of_vanished = of_key("vanished"),
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_watched_is_there() {
        for watched in WATCHED {
            let also = watched.also.iter();
            for name in watched.columns.iter().chain([&watched.time]).chain(also) {
                let is_there = watched.table.columns.iter().any(|column| column.name == *name);
                assert!(is_there, "{} {name}", watched.table.name);
            }
        }
    }
}
