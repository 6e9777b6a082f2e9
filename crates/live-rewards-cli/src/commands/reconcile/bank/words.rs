//! The names of the bank side's classes and kinds, as people read them.

use live_rewards_ledger::{BankClass, Direction, MatchedBy, MovementKind, Suspense};

use crate::{language::say, sheet::Cell};

pub(super) fn class_name(class: BankClass) -> String {
    match class {
        BankClass::Matched => say!("matched", "平账"),
        BankClass::MissingAtBank => say!("missing at bank", "本地有渠道无"),
        BankClass::MissingInLedger => say!("missing in ledger", "渠道有本地无"),
        BankClass::AmountDiffers => say!("amount differs", "金额不符"),
        BankClass::Suspended => say!("suspended", "存疑"),
        other => other.to_string(),
    }
}

pub(super) fn kind(kind: MovementKind) -> Cell {
    let words = match kind {
        MovementKind::RedPacket => say!("red packet", "红包"),
        MovementKind::Refund => say!("refund", "退款"),
        MovementKind::Gift => say!("gift", "礼物"),
        MovementKind::GiftPayment => say!("gift payment", "打赏收入"),
        MovementKind::Prize => say!("prize", "奖品"),
        other => other.to_string(),
    };
    Cell::Word(kind.as_str(), words)
}

pub(super) fn way(direction: Direction) -> Cell {
    let words = match direction {
        Direction::In => say!("in", "收入"),
        Direction::Out => say!("out", "支出"),
    };
    Cell::Word(direction.as_str(), words)
}

pub(super) fn matched_by(by: MatchedBy) -> Cell {
    let words = match by {
        MatchedBy::Order => say!("order", "订单号"),
        MatchedBy::AmountAndDay => say!("amount and day", "金额与日期"),
    };
    Cell::Word(by.as_str(), words)
}

pub(super) fn suspense(why: Suspense) -> Cell {
    let words = match why {
        Suspense::SeveralOfOrder => say!("several of the order", "同一订单有多笔"),
        Suspense::SeveralOfAmount => say!("several of the amount", "相同金额有多笔"),
        Suspense::Edge => say!("at an edge of the files", "临近文件首尾"),
        other => other.as_str().to_owned(),
    };
    Cell::Word(why.as_str(), words)
}
