//! Checks of sums.

use live_rewards_core::Vendor::{Polyv, Xiaoe, Yxt};

use super::{Check, NO_RED_PACKETS, impossible, label, proves, weak};
use crate::reconcile::CheckCode;

pub(super) const B1: Check = Check {
    code: CheckCode::B1,
    severity: CheckCode::B1.severity(),
    title: label("Rows against the vendor's sums", "明细与平台汇总"),
    formula: label(
        "Σ issued_fen, Σ net_fen and the number of claims of a room = red_packet_summaries",
        "直播间的 Σ issued_fen、Σ net_fen 和领取记录数 = red_packet_summaries",
    ),
    meaning: label(
        "The rows of a room add up to what the vendor says of it. A room is compared once none of its red packets can be \
         claimed any more. Whether red packets that never opened or went wrong are counted is not published: either is taken.",
        "直播间明细合计与平台汇总一致。直播间内所有红包都不能再领取后才比较。预创建和异常红包是否计入未公布，两种口径任一成立即可。",
    ),
    by_vendor: &[
        weak(Xiaoe, "what the sums count is not published", "汇总口径未公布"),
        impossible(Polyv, "gives no sums of red packets", "不提供红包汇总"),
        NO_RED_PACKETS,
    ],
};

pub(super) const B2: Check = Check {
    code: CheckCode::B2,
    severity: CheckCode::B2.severity(),
    title: label("Rows against the vendor's total", "行数与平台总数"),
    formula: label(
        "for each row of listings with completed_at and total: counted ≥ total",
        "listings 中每条有 completed_at 和 total 的记录：counted ≥ total",
    ),
    meaning: label(
        "A listing that is read to its end has at least as many rows as the vendor says. Rows may come twice while it is read, when \
         others come in before them: more rows than the total are no finding. A listing without a total is left out.",
        "读完的列表，行数不少于平台总数。读取期间有新记录时，同一行可能出现两次：多于总数不算差异。没有总数的列表不检查。",
    ),
    by_vendor: &[
        weak(
            Xiaoe,
            "tells a total of points accounts only, none of red packets and claims",
            "只有积分账户返回总数，红包和领取记录没有",
        ),
        weak(
            Polyv,
            "totals change while a listing is read, and rows that come twice may hide that others are missing",
            "读取期间总数会变化，重复的行可能掩盖缺失的行",
        ),
        impossible(Yxt, "publishes no total of gifts", "未公布礼物记录总数"),
    ],
};

pub(super) const B3: Check = Check {
    code: CheckCode::B3,
    severity: CheckCode::B3.severity(),
    title: label("Running balance", "滚动余额"),
    formula: label(
        "opening + issued − claimed − refunded − fee = closing, day by day (UTC+8); \
         last closing = open + refunded without amount + left over + differences",
        "期初 + 发放 − 领取 − 退款 − 手续费 = 期末，逐日计算（UTC+8）；最后期末 = 未领取 + 已退款但无金额 + 余数 + 差额",
    ),
    meaning: label(
        "Red packets count on the day they were sent, claims and refunds on their own day. What the last day leaves is, to \
         the fen, what the red packets themselves have left: open, refunded without a reported amount, left over by equal \
         shares, or a difference that A1 reports.",
        "红包计入发放日，领取和退款计入各自发生日。最后一日余额须与各红包剩余之和逐分相等：未领取、已退款但未报告金额、\
         等额余数，或 A1 已报告的差异。",
    ),
    by_vendor: &[
        proves(Xiaoe, "reports claims and refunds with their times", "提供领取和退款的时间"),
        weak(
            Polyv,
            "reports neither amount nor day of a refund: what went back stays in the balance, and is told apart at its end",
            "不提供退款金额和日期：已退款部分留在余额中，期末单列",
        ),
        NO_RED_PACKETS,
    ],
};
