//! What stands around a table's own columns.

use live_rewards_ledger::{Label, Language, Table};

/// The name of the account.
pub(crate) const ACCOUNT: Label = Label { en: "Account", zh: "账号" };

/// The title of the room, in what people read.
pub(crate) const ROOM_TITLE: Label = Label { en: "Room's title", zh: "直播间名称" };

/// Marks rows of emulated accounts.
pub(crate) const DEMO: Label = Label { en: "DEMO 示例数据", zh: "DEMO 示例数据" };

/// Whether the rows of a table belong to rooms.
pub(crate) fn has_room(table: &Table) -> bool {
    table.columns.iter().any(|column| column.name == "room_id")
}

/// Yes or no.
pub(crate) const fn yes_or_no(flag: bool, language: Language) -> &'static str {
    let label = if flag { Label { en: "yes", zh: "是" } } else { Label { en: "no", zh: "否" } };
    label.in_language(language)
}
