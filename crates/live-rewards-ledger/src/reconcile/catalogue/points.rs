//! Checks of gifts and points.

use live_rewards_core::Vendor::{Polyv, Xiaoe, Yxt};

use super::{Check, impossible, label, proves, weak};
use crate::reconcile::CheckCode;

pub(super) const C1: Check = Check {
    code: CheckCode::C1,
    severity: CheckCode::C1.severity(),
    title: label("Charge of a gift", "礼物扣费"),
    formula: label(
        "charged = unit_price × quantity, or charged + line_points = unit_price × quantity",
        "charged = unit_price × quantity，或 charged + line_points = unit_price × quantity",
    ),
    meaning: label(
        "What was charged is the list price times the quantity. A charge of 0 means that it was not filled in: it is noted \
         and is no finding.",
        "实扣等于单价乘数量。实扣为 0 表示未填写，只作说明，不算差异。",
    ),
    by_vendor: &[
        impossible(Xiaoe, "has no gifts", "无礼物数据"),
        impossible(Polyv, "reports neither price nor quantity", "不提供单价和数量"),
        weak(
            Yxt,
            "the total may be left out, and its relation to the product line's points is not published",
            "总积分可不填，与产线积分的关系未公布",
        ),
    ],
};

pub(super) const C2: Check = Check {
    code: CheckCode::C2,
    severity: CheckCode::C2.severity(),
    title: label("Sum of a points account", "积分账户合计"),
    formula: label(
        "reported_total = available + frozen, unless reported_total = 0",
        "reported_total = available + frozen，reported_total = 0 除外",
    ),
    meaning: label(
        "The total of an account is what it can use and what is frozen. A total of 0 is not checked: the vendor's own example \
         has one beside points that can be used.",
        "账户总积分等于可用加冻结。总积分为 0 的不检查：平台自己的示例即是如此。",
    ),
    by_vendor: &[
        weak(Xiaoe, "the vendor's own example doesn't add up", "平台示例自身不成立"),
        impossible(Polyv, "keeps no points accounts", "不保存积分账户"),
        impossible(Yxt, "has no points accounts", "无积分账户数据"),
    ],
};

pub(super) const C3: Check = Check {
    code: CheckCode::C3,
    severity: CheckCode::C3.severity(),
    title: label("Price of a kind of gift", "礼物单价变动"),
    formula: label("for each item_id one unit_price", "每个 item_id 只有一个 unit_price"),
    meaning: label(
        "A kind of gift always has the same price. Prices may change for good reasons: someone should know when.",
        "同一礼物单价不变。调价可能正常，但应有人知晓。",
    ),
    by_vendor: &[
        impossible(Xiaoe, "has no gifts", "无礼物数据"),
        impossible(Polyv, "reports no price", "不提供单价"),
        proves(Yxt, "reports kind and price with every gift", "每条记录都有礼物和单价"),
    ],
};

pub(super) const C4: Check = Check {
    code: CheckCode::C4,
    severity: CheckCode::C4.severity(),
    title: label("Balances of the points log", "积分流水余额"),
    formula: label(
        "balance_after = balance_after of the entry before + change (earned) or − change (spent); \
         frozen: unchanged, or − change",
        "balance_after = 上一条的 balance_after + change（获得）或 − change（消耗）；冻结：不变，或 − change",
    ),
    meaning: label(
        "Every entry goes on from the balance of the one before. Entries of one second may be in any order. Whether frozen \
         points are in the balance is not published: either is taken. A log that is not read completely is left out.",
        "每条流水的余额由上一条余额推得。同一秒的流水不分先后。冻结积分是否计入余额未公布，两种口径任一成立即可。未读全的流水不检查。",
    ),
    by_vendor: &[
        weak(
            Xiaoe,
            "whether frozen points are in the balance is not published",
            "冻结积分是否计入余额未公布",
        ),
        impossible(Polyv, "keeps no points log", "不保存积分流水"),
        impossible(Yxt, "has no points log", "无积分流水数据"),
    ],
};
