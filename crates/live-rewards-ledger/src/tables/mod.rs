mod claims;
mod gifts;
mod points_accounts;
mod red_packets;

use live_rewards_core::{OpenEnum, UserRef, Vendor};

use crate::{Row, Table, Value};

pub use claims::CLAIMS;
pub use gifts::GIFTS;
pub use points_accounts::POINTS_ACCOUNTS;
pub use red_packets::RED_PACKETS;

/// Version of the tables. Columns are only ever added, and say since when they are there.
pub const SCHEMA_VERSION: u32 = 1;

/// All tables.
pub const TABLES: &[&Table] = &[&RED_PACKETS, &CLAIMS, &GIFTS, &POINTS_ACCOUNTS];

/// A record that is a row of a table.
pub trait Record {
    /// The table.
    const TABLE: &'static Table;

    /// The row, in the order of the table's columns.
    fn row(&self, vendor: Vendor) -> Row;
}

/// Id, kind of id, nickname.
fn user(user: Option<&UserRef>) -> [Value; 3] {
    [
        user.map(|user| user.id.as_str()).into(),
        user.map(|user| user.id_kind.label()).into(),
        user.and_then(|user| user.nickname.as_ref()).into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_unique_names_and_known_versions_and_every_table_has_a_key() {
        for table in TABLES {
            let mut names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), table.columns.len(), "{}", table.name);
            assert!(table.columns.iter().any(|column| column.key), "{}", table.name);
            for column in table.columns {
                assert!((1..=SCHEMA_VERSION).contains(&column.since), "{}", column.name);
            }
        }
    }
}
