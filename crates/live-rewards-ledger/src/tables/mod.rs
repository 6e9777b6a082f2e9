mod claims;
mod gift_payments;
mod gifts;
mod key;
mod parts;
mod points_accounts;
mod points_entries;
mod prize_activities;
mod prizes;
mod red_packet_summaries;
mod red_packets;
mod rooms;
mod sessions;
mod words;

use std::collections::BTreeSet;

use live_rewards_core::Vendor;

use crate::{Row, Table};

pub use claims::CLAIMS;
pub use gift_payments::GIFT_PAYMENTS;
pub use gifts::GIFTS;
pub(crate) use parts::room_kind;
pub use points_accounts::POINTS_ACCOUNTS;
pub use points_entries::POINTS_ENTRIES;
pub use prize_activities::PRIZE_ACTIVITIES;
pub use prizes::PRIZES;
pub(crate) use prizes::{IS_HANDED_OUT, is_handed_out};
pub use red_packet_summaries::RED_PACKET_SUMMARIES;
pub use red_packets::RED_PACKETS;
pub use rooms::ROOMS;
pub use sessions::SESSIONS;

/// Version of the tables. Columns are only ever added, and say since when they are there.
pub const SCHEMA_VERSION: u32 = 1;

/// All tables.
pub const TABLES: &[&Table] = &[
    &ROOMS,
    &SESSIONS,
    &RED_PACKETS,
    &CLAIMS,
    &GIFTS,
    &GIFT_PAYMENTS,
    &PRIZE_ACTIVITIES,
    &PRIZES,
    &POINTS_ACCOUNTS,
    &POINTS_ENTRIES,
    &RED_PACKET_SUMMARIES,
];

/// The names of the columns whose values stay, of all tables, as a list of SQL.
pub(crate) fn watched_names() -> String {
    let columns = TABLES.iter().flat_map(|table| table.watched());
    let names: BTreeSet<_> = columns.map(|column| format!("'{}'", column.name)).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// A record that is a row of a table.
pub trait Record {
    /// The table.
    const TABLE: &'static Table;

    /// The row, in the order of the table's columns.
    fn row(&self, vendor: Vendor) -> Row<'_>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ColumnType;

    #[test]
    fn columns_have_unique_names_and_known_versions_and_every_table_has_a_key() {
        for table in TABLES {
            let mut names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), table.columns.len(), "{}", table.name);
            assert_eq!(table.columns[0].name, "vendor");
            assert!(table.key().count() > 0, "{}", table.name);
            for column in table.columns {
                assert!((1..=SCHEMA_VERSION).contains(&column.since), "{}", column.name);
                assert!(column.required || !column.key, "{}", column.name);
                let forms = column.form_of.map(|value| {
                    let name = column.name.strip_prefix(value).unwrap_or_default();
                    ["_fen", "_points", "_unstated"].contains(&name)
                });
                assert_ne!(forms, Some(false), "{}", column.name);
            }
        }
    }

    #[test]
    fn the_time_of_a_table_is_one_of_its_columns() {
        for table in TABLES {
            let column = |name| table.columns.iter().find(|column| column.name == name);
            if let Some(time) = table.time {
                assert_eq!(column(time).map(|column| column.kind), Some(ColumnType::Time));
            }
        }
    }

    #[test]
    fn what_stays_is_money_points_people_and_times() {
        let watched: Vec<String> = TABLES
            .iter()
            .filter(|table| table.watched().next().is_some())
            .map(|table| {
                let names: Vec<_> = table.watched().map(|column| column.name).collect();
                format!("{}: {}", table.name, names.join(" "))
            })
            .collect();
        insta::assert_snapshot!(watched.join("\n"), @r"
        red_packets: sender_id issued_fen net_fen refund_fen refunded_at share_count created_at
        claims: amount_fen
        gifts: giver_id receiver_ids item_id quantity unit_price_fen unit_price_points unit_price_unstated list_value_fen list_value_points list_value_unstated charged_fen charged_points charged_unstated line_points given_at
        gift_payments: payer_id quantity amount_fen paid_at
        prizes: user_id value_fen value_points value_unstated won_at
        points_entries: user_id kind change entered_at
        ");
    }

    #[test]
    fn what_stays_of_a_table_has_a_time_and_is_no_part_of_the_key() {
        for table in TABLES.iter().filter(|table| table.watched().next().is_some()) {
            assert!(table.time.is_some(), "{}", table.name);
            assert!(table.watched().all(|column| !column.key), "{}", table.name);
        }
    }
}
