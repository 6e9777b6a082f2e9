use std::{
    io::{self, Write},
    path::Path,
};

use comfy_table::{Cell, CellAlignment};
use live_rewards::{Capabilities, RoomRef, Vendor};

use crate::{failure::Failure, output, tally::Tally};

/// What was read of one vendor.
#[derive(Debug)]
pub(crate) struct Summary {
    pub(crate) vendor: Vendor,
    pub(crate) capabilities: Capabilities,
    /// Each room's records.
    pub(crate) rooms: Vec<(RoomRef, Tally)>,
    /// All rooms' records, and the points accounts.
    pub(crate) total: Tally,
}

const HEADER: [&str; 10] = [
    "Vendor",
    "Packets",
    "Claims",
    "Issued ¥",
    "Claimed ¥",
    "Left ¥",
    "Gifts",
    "Gift points",
    "Accounts",
    "Points",
];

/// Prints one table, a row a vendor, and where the files are. Money is in yuan. A dash stands where the vendor has no
/// such call or doesn't say.
pub(crate) fn print(summaries: &[Summary], folder: &Path, files: &[String]) -> Result<(), Failure> {
    let mut table = output::table(HEADER);
    for summary in summaries {
        table.add_row(row(summary));
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    writeln!(
        io::stdout(),
        "{table}\nFiles in {}, in place of any of the same name: {}",
        folder.display(),
        files.join(", ")
    )
    .map_err(|error| Failure::stdout(&error))
}

fn row(summary: &Summary) -> Vec<Cell> {
    let Summary { vendor, capabilities, total, .. } = summary;
    let shown = |can: bool, value: String| if can { value } else { "–".to_owned() };
    let packets = capabilities.red_packets.is_some();
    let claims = capabilities.claims.is_some();
    let gifts = capabilities.gifts.is_some();
    let points = capabilities.points_accounts.is_some();
    [
        vendor.to_string(),
        shown(packets, total.red_packets.to_string()),
        shown(claims, total.claims.to_string()),
        shown(packets, total.issued.to_string()),
        shown(claims, total.claimed.to_string()),
        shown(packets, total.left.to_string()),
        shown(gifts, total.gifts.to_string()),
        shown(total.gift_points.is_some(), total.gift_points.unwrap_or_default().to_string()),
        shown(points, total.points_accounts.to_string()),
        shown(points, total.points.to_string()),
    ]
    .map(Cell::new)
    .into()
}
