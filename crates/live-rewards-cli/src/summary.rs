use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, Table, presets};
use live_rewards::{Capabilities, Vendor};

use crate::{
    failure::Failure,
    tally::{Left, Tally},
};

/// One vendor's line of the table.
#[derive(Debug)]
pub(crate) struct Summary {
    pub(crate) vendor: Vendor,
    pub(crate) capabilities: Capabilities,
    pub(crate) tally: Tally,
}

const HEADER: [&str; 10] = [
    "Vendor",
    "Packets",
    "Claims",
    "Issued",
    "Claimed",
    "Left",
    "Gifts",
    "Gift points",
    "Accounts",
    "Points",
];

/// Prints one table, a row a vendor; money in yuan. A dash stands where the vendor has no such call or doesn't say.
pub(crate) fn print(summaries: &[Summary]) -> Result<(), Failure> {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_BORDERS_ONLY)
        .set_header(HEADER);
    for summary in summaries {
        table.add_row(row(summary));
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    writeln!(io::stdout(), "{table}").map_err(|error| Failure::stdout(&error))
}

fn row(
    Summary {
        vendor,
        capabilities,
        tally,
    }: &Summary,
) -> Vec<Cell> {
    let shown = |can: bool, value: String| if can { value } else { "–".to_owned() };
    let packets = capabilities.red_packets.is_some();
    let claims = capabilities.claims.is_some();
    let gifts = capabilities.gifts.is_some();
    let points = capabilities.points_accounts.is_some();
    let left = match tally.left {
        Left::Known(left) => left.to_string(),
        Left::Unknown => "–".to_owned(),
    };
    [
        vendor.to_string(),
        shown(packets, tally.red_packets.to_string()),
        shown(claims, tally.claims.to_string()),
        shown(packets, tally.issued.to_string()),
        shown(claims, tally.claimed.to_string()),
        shown(packets, left),
        shown(gifts, tally.gifts.to_string()),
        shown(gifts, tally.gift_points.to_string()),
        shown(points, tally.points_accounts.to_string()),
        shown(points, tally.points.to_string()),
    ]
    .map(Cell::new)
    .into()
}
