use crate::{language::say, sheet::Cell};

/// How the sync of an account ended: what machines and the ledger call it, and words.
pub(crate) fn outcome(name: &str) -> Cell {
    match name {
        "complete" => Cell::Word("complete", say!("complete", "完整")),
        "incomplete" => Cell::Word("incomplete", say!("incomplete", "不完整")),
        "no_rooms" => Cell::Word("no_rooms", say!("no rooms", "没有直播间")),
        "not_reached" => Cell::Word("not_reached", say!("not reached", "未轮到")),
        "stopped" => Cell::Word("stopped", say!("stopped", "已停止")),
        "failed" => Cell::Word("failed", say!("failed", "失败")),
        // Of another version.
        other => other.into(),
    }
}
