//! Checks of gifts against the payments for them.

use live_rewards_core::Vendor::{Polyv, Xiaoe, Yxt};

use super::{Check, CheckSupport, impossible, label, weak};
use crate::reconcile::CheckCode;

pub(super) const E1: Check = Check {
    code: CheckCode::E1,
    severity: CheckCode::E1.severity(),
    title: label("Gift without payment", "打赏无付款"),
    formula: label(
        "for each gift with charged_fen a row of gift_payments of the same room, with paid_at = given_at, \
         payer_name = giver_nickname and amount_fen = charged_fen",
        "每条有 charged_fen 的礼物，在 gift_payments 中有同一直播间、paid_at = given_at、payer_name = giver_nickname、amount_fen = charged_fen 的付款",
    ),
    meaning: label(
        "What was given in money was paid. Gifts of a catalogue are left out: the vendor states no unit of their amounts. So are \
         rooms and times for which the payments are not read completely. A payment of the same time and amount counts whatever \
         the name, since names change. If no payment at all has the time of a gift, nothing is compared.",
        "以金额打赏的都应有付款。道具打赏不检查：平台未说明其金额单位。打赏收入未读全的直播间和时段不检查。昵称可能更改，\
         时间和金额相同即视为有付款。若没有任何付款与打赏时间相同，则不比较。",
    ),
    by_vendor: SUPPORT,
};

pub(super) const E2: Check = Check {
    code: CheckCode::E2,
    severity: CheckCode::E2.severity(),
    title: label("Payment of another amount", "打赏付款金额不符"),
    formula: label(
        "charged_fen of a gift = amount_fen of the payment of its room, time and name",
        "礼物的 charged_fen = 同一直播间、时间和昵称的付款的 amount_fen",
    ),
    meaning: label(
        "What was paid is what was given. Only a gift and a payment that can both belong to nothing else are compared; others \
         are noted. What E1 leaves out is left out here, too.",
        "付款金额等于打赏金额。只比较能唯一对应的打赏和付款，其余只作说明。E1 不检查的此处也不检查。",
    ),
    by_vendor: SUPPORT,
};

const SUPPORT: &[CheckSupport] = &[
    impossible(Xiaoe, "has no gifts", "无礼物数据"),
    weak(
        Polyv,
        "no id is common to both, and that time, name and amount are equal is not published; needs the live account",
        "两处没有共同的编号，时间、昵称、金额一致未公布；需要直播账号",
    ),
    impossible(Yxt, "has no payments for gifts", "无打赏付款数据"),
];
