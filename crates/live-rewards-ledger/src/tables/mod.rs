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
}
