use std::path::Path;

use live_rewards::{Capabilities, RoomRef, Vendor};
use serde_json::json;

use crate::{
    failure::Failure,
    language::say,
    output,
    sheet::{Cell, Format, Sheet},
    tally::{Left, Tally},
};

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

/// Prints a row a vendor, and where the files are. A dash stands where the vendor has no such call or doesn't say.
pub(crate) fn print(
    summaries: &[Summary],
    folder: &Path,
    files: &[String],
    format: Format,
) -> Result<(), Failure> {
    let mut sheet = Sheet::new("vendors")
        .column("vendor", say!("Vendor", "平台"))
        .column("red_packets", say!("Packets", "红包"))
        .column("claims", say!("Claims", "领取"))
        .column("issued_fen", say!("Issued ¥", "发放 ¥"))
        .column("claimed_fen", say!("Claimed ¥", "领取 ¥"))
        .column("left_fen", say!("Left ¥", "剩余 ¥"))
        .column("gifts", say!("Gifts", "礼物"))
        .column("gift_points", say!("Gift points", "礼物积分"))
        .column("points_accounts", say!("Accounts", "积分账户"))
        .column("points", say!("Points", "积分"))
        .for_machines("rejected");
    for summary in summaries {
        sheet.row(row(summary));
    }
    if format != Format::Table {
        let more = [("folder", json!(folder.display().to_string())), ("files", json!(files))];
        return sheet.print(format, None, more);
    }
    let (folder, files) = (folder.display(), files.join(", "));
    let place = say!(
        "Files in {folder}, in place of any of the same name: {files}",
        "文件在 {folder}（覆盖同名文件）：{files}"
    );
    output::text(&format_args!("{}\n{place}", sheet.table()))
}

fn row(summary: &Summary) -> [Cell; 11] {
    let Summary { vendor, capabilities, total, .. } = summary;
    let none = || Cell::Missing("–".to_owned());
    let shown = |can: bool, value: Cell| if can { value } else { none() };
    let packets = capabilities.red_packets.is_some();
    let claims = capabilities.claims.is_some();
    let gifts = capabilities.gifts.is_some();
    let points = capabilities.points_accounts.is_some();
    let left = match total.left {
        Left::Known(left) => left.into(),
        Left::Unknown => none(),
    };
    [
        vendor.as_str().into(),
        shown(packets, total.red_packets.into()),
        shown(claims, total.claims.into()),
        shown(packets, total.issued.into()),
        shown(claims, total.claimed.into()),
        shown(packets, left),
        shown(gifts, total.gifts.into()),
        total.gift_points.map_or_else(none, |points| points.get().into()),
        shown(points, total.points_accounts.into()),
        shown(points, total.points.get().into()),
        total.rejected.into(),
    ]
}
