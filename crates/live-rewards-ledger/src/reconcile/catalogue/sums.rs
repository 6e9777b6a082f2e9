//! Checks of sums.

use live_rewards_core::Vendor::{Polyv, Xiaoe, Yxt};

use super::{Check, NO_RED_PACKETS, impossible, label, proves, weak};
use crate::reconcile::CheckCode;

pub(super) const B1: Check = Check {
    code: CheckCode::B1,
    severity: CheckCode::B1.severity(),
    title: label("Rows against the vendor's sums", "明细与平台汇总"),
    formula: "Σ issued_fen, Σ net_fen and the number of claims of a room = red_packet_summaries",
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
    formula: "number of rows of a listing = the total that the vendor tells with it",
    meaning: label(
        "As many rows are there as the vendor counts. Totals change while a listing is read, and the ledger doesn't keep them.",
        "明细行数与平台总数一致。总数在读取过程中会变化，账本不保存。",
    ),
    by_vendor: &[
        impossible(Xiaoe, "tells no total of red packets and claims", "红包和领取记录不返回总数"),
        impossible(Polyv, "the ledger doesn't keep the totals", "账本不保存总数"),
        impossible(Yxt, "tells no total of gifts", "礼物记录不返回总数"),
    ],
};

pub(super) const B3: Check = Check {
    code: CheckCode::B3,
    severity: CheckCode::B3.severity(),
    title: label("Running balance", "滚动余额"),
    formula: "opening + issued − claimed − refunded − fee = closing, day by day (UTC+8); \
              last closing = open + refunded without amount + left over + differences",
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
