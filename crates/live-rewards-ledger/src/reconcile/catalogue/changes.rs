//! Checks of what changed between readings, and of what could not be read.

use live_rewards_core::Vendor::{Polyv, Xiaoe, Yxt};

use super::{Check, label, proves, weak};
use crate::reconcile::CheckCode;

pub(super) const D1: Check = Check {
    code: CheckCode::D1,
    severity: CheckCode::D1.severity(),
    title: label("Changed values", "首次读取后变动"),
    formula: label(
        "amounts, prices, quantities, senders, givers, winners and times of sending stay as they were first read",
        "金额、单价、数量、发送人、赠送人、中奖人和发送时间与首次读取时一致",
    ),
    meaning: label(
        "What was paid, claimed, given or won doesn't change after it was first read. What was not known before and is now is \
         no change, nor are balances and states, which are meant to move.",
        "发放、领取、赠送、中奖的金额和对象首次读取后不变。由未知变为已知不算变动，余额和状态本应变化，也不算。",
    ),
    by_vendor: &[
        proves(Xiaoe, "rows are compared with what was read before", "与此前读取的记录比较"),
        proves(Polyv, "rows are compared with what was read before", "与此前读取的记录比较"),
        proves(Yxt, "rows are compared with what was read before", "与此前读取的记录比较"),
    ],
};

pub(super) const D2: Check = Check {
    code: CheckCode::D2,
    severity: CheckCode::D2.severity(),
    title: label("Vanished rows", "消失的记录"),
    formula: label(
        "a row that was read is there whenever its listing is read again",
        "已读取的记录，在其列表再次读取时仍在",
    ),
    meaning: label(
        "Red packets, claims, gifts, their payments, prizes, points accounts and points entries don't vanish. Only what is read again can be \
         missed.",
        "红包、领取、礼物、打赏收入、奖品、积分账户和流水不会消失。只有再次读取的部分才能发现。",
    ),
    by_vendor: &[
        proves(Xiaoe, "red packets of a live are always read whole", "每次读取直播间全部红包"),
        weak(Polyv, "only the last days are read again", "只重读最近几天"),
        proves(Yxt, "gifts of a room are always read whole", "每次读取直播间全部礼物"),
    ],
};

pub(super) const D3: Check = Check {
    code: CheckCode::D3,
    severity: CheckCode::D3.severity(),
    title: label("Change in a closed month", "已结账月份变动"),
    formula: label(
        "amounts, numbers, times and persons of rows of a closed month don't change after it was closed, none of the rows vanishes, and the figures stay",
        "已结账月份的记录，金额、数量、时间和对象在结账后不变，记录不消失，汇总数不变",
    ),
    meaning: label(
        "A closed month stays as it was closed. What changes all the same is to be adjusted.",
        "已结账月份不再变动；确有变动须做调整。",
    ),
    by_vendor: &[
        proves(Xiaoe, "rows are compared with what was read before", "与此前读取的记录比较"),
        proves(Polyv, "rows are compared with what was read before", "与此前读取的记录比较"),
        proves(Yxt, "rows are compared with what was read before", "与此前读取的记录比较"),
    ],
};

pub(super) const D4: Check = Check {
    code: CheckCode::D4,
    severity: CheckCode::D4.severity(),
    title: label("Late rows of a closed month", "已结账月份补录"),
    formula: label(
        "no row of a closed month is first seen after it was closed",
        "已结账月份没有结账后才首次出现的记录",
    ),
    meaning: label(
        "Nothing comes into a month after it was closed. What comes all the same is to be adjusted.",
        "结账后不再出现该月记录；确有补录须做调整。",
    ),
    by_vendor: &[
        proves(Xiaoe, "rows keep when they were first seen", "记录首次读取时间"),
        proves(Polyv, "rows keep when they were first seen", "记录首次读取时间"),
        proves(Yxt, "rows keep when they were first seen", "记录首次读取时间"),
    ],
};

pub(super) const X1: Check = Check {
    code: CheckCode::X1,
    severity: CheckCode::X1.severity(),
    title: label("Rejected rows", "无法解析的记录"),
    formula: label("every row of rejected_rows is resolved", "rejected_rows 的记录均已补读"),
    meaning: label(
        "Every row that the vendor sent could be read. One that could not is missing from every sum.",
        "平台返回的每条记录都能解析。无法解析的记录不在任何合计中。",
    ),
    by_vendor: &[
        proves(Xiaoe, "rows that can't be read are kept as they came", "无法解析的记录原样保留"),
        proves(Polyv, "rows that can't be read are kept as they came", "无法解析的记录原样保留"),
        proves(Yxt, "rows that can't be read are kept as they came", "无法解析的记录原样保留"),
    ],
};
