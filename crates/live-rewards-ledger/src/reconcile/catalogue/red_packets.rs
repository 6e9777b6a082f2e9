//! Checks of single red packets.

use live_rewards_core::Vendor::{Polyv, Xiaoe};

use super::{Check, NO_RED_PACKETS, impossible, label, proves, weak};
use crate::reconcile::CheckCode;

pub(super) const A1: Check = Check {
    code: CheckCode::A1,
    severity: CheckCode::A1.severity(),
    title: label("Sum of a red packet", "红包金额勾稽"),
    formula: label(
        "issued_fen = Σ amount_fen + refund_fen + fee + open, with fee = issued_fen − net_fen; \
         or issued_fen = Σ amount_fen + refund_fen; Polyv: issued_fen = Σ amount_fen + remaining_fen",
        "issued_fen = Σ amount_fen + refund_fen + 手续费 + 未领取，手续费 = issued_fen − net_fen；或 issued_fen = Σ amount_fen + refund_fen；保利威：issued_fen = Σ amount_fen + remaining_fen",
    ),
    meaning: label(
        "Every fen that was paid in was claimed, refunded, kept as fee, or is still open. Whether a reported refund has \
         the fee in it is not published: either reading is taken. A refund counts once it is done. What equal shares leave over, because the amount is no \
         multiple of their number, is noted and is no finding. A red packet is left out while its claims are not read \
         completely, while it is open and can still be claimed, and once the vendor no longer lists it or one of its claims.",
        "发放的每一分钱都应已领取、已退款、计为手续费或仍未领取。平台未说明退款金额是否包含手续费，两种口径任一成立即可。\
         退款完成后才计入。等额红包不能整除时的余数只作说明，不算差异。领取记录未读全、红包仍可领取、红包或其领取记录已从平台消失的，不检查。",
    ),
    by_vendor: &[
        proves(
            Xiaoe,
            "reports amount, net amount, claims and refund; whether the refund has the fee in it is not published",
            "提供金额、扣费后金额、领取记录和退款；退款是否含手续费未公布",
        ),
        weak(
            Polyv,
            "reports no refund and no fee: of a refunded red packet that shows no balance only claims ≤ amount can be told",
            "不提供退款和手续费：已退款且余额为 0 的红包只能检查领取合计不超过发放金额",
        ),
        NO_RED_PACKETS,
    ],
};

pub(super) const A2: Check = Check {
    code: CheckCode::A2,
    severity: CheckCode::A2.severity(),
    title: label("Fee of a red packet", "红包手续费"),
    formula: label("0 ≤ net_fen ≤ issued_fen", "0 ≤ net_fen ≤ issued_fen"),
    meaning: label(
        "What can be claimed is not more than what was paid in. The difference is taken as the fee.",
        "扣费后金额不大于原始金额，差额视为手续费。",
    ),
    by_vendor: &[
        weak(
            Xiaoe,
            "reports the net amount, not the fee: only its sign can be told",
            "只提供扣费后金额，不提供手续费：只能检查正负",
        ),
        impossible(Polyv, "reports no fee", "不提供手续费"),
        NO_RED_PACKETS,
    ],
};

pub(super) const A3: Check = Check {
    code: CheckCode::A3,
    severity: CheckCode::A3.severity(),
    title: label("Number of claims", "领取个数"),
    formula: label(
        "number of claims ≤ share_count; claimed_count ≤ share_count; number of claims = claimed_count",
        "领取记录数 ≤ share_count；claimed_count ≤ share_count；领取记录数 = claimed_count",
    ),
    meaning: label(
        "There are no more claims than shares, and as many as the vendor counts. The vendor's count comes from another call \
         than the claims and is compared once the red packet can no longer be claimed.",
        "领取记录不多于红包个数，并与平台的领取数量一致。平台的领取数量来自另一接口，红包不能再领取后才比较。",
    ),
    by_vendor: &[
        proves(
            Xiaoe,
            "reports shares, shares claimed, and the claims",
            "提供红包个数、领取数量和领取记录",
        ),
        impossible(Polyv, "reports neither shares nor shares claimed", "不提供红包个数和领取数量"),
        NO_RED_PACKETS,
    ],
};

pub(super) const A4: Check = Check {
    code: CheckCode::A4,
    severity: CheckCode::A4.severity(),
    title: label("Sizes of shares", "单个领取金额"),
    formula: label(
        "1 ≤ amount_fen ≤ net_fen (issued_fen without one); split = equal: all amount_fen alike",
        "1 ≤ amount_fen ≤ net_fen（没有时为 issued_fen）；split = equal：amount_fen 全部相等",
    ),
    meaning: label(
        "No share is empty or larger than the red packet, and equal shares are equal. One of them may be larger by less than \
         a fen for each claim: what an amount that can't be divided evenly leaves over.",
        "每份不少于 1 分、不大于红包金额；等额红包各份相等，其中一份可因不能整除而多出余数（不足每份 1 分）。",
    ),
    by_vendor: &[
        proves(Xiaoe, "reports the way of splitting and the amounts", "提供分配方式和金额"),
        proves(Polyv, "reports the way of splitting and the amounts", "提供分配方式和金额"),
        NO_RED_PACKETS,
    ],
};

pub(super) const A5: Check = Check {
    code: CheckCode::A5,
    severity: CheckCode::A5.severity(),
    title: label("Best luck", "手气最佳"),
    formula: label(
        "split = random: at most one best_luck = 1, and its amount_fen the largest; exactly one when all shares are claimed",
        "split = random：best_luck = 1 至多一条，且其 amount_fen 最大；全部领完时恰有一条",
    ),
    meaning: label(
        "One claim has the best luck, and no other is larger.",
        "拼手气红包只有一个手气最佳，且金额最大；领完后必须有一个。",
    ),
    by_vendor: &[
        proves(Xiaoe, "marks the best luck", "提供手气最佳标记"),
        impossible(Polyv, "doesn't mark the best luck", "不提供手气最佳标记"),
        NO_RED_PACKETS,
    ],
};

pub(super) const A6: Check = Check {
    code: CheckCode::A6,
    severity: CheckCode::A6.severity(),
    title: label("State and refund due", "状态与逾期退款"),
    formula: label(
        "created_at + expiry < as_of: sold out ⇒ state ≠ open; refunded ⇒ something was left; \
         created_at + expiry + grace < as_of: not claimed ⇒ refunded",
        "created_at + 过期时间 < as_of：已领完 ⇒ state ≠ open；已退款 ⇒ 曾有剩余；created_at + 过期时间 + 宽限时间 < as_of：未领完 ⇒ 已退款",
    ),
    meaning: label(
        "The state fits the numbers, and what nobody claimed went back in time. When a red packet expires is not published: \
         it is configuration, and until then states are not judged. Red packets that never opened or went wrong are left out.",
        "状态与金额一致，无人领取的余额按时退回。过期时间未公布，由配置决定，过期前不判断。预创建和异常红包不检查。",
    ),
    by_vendor: &[
        weak(Xiaoe, "when a red packet expires is not published", "过期时间未公布"),
        weak(
            Polyv,
            "when a red packet expires is not published, nor whether the balance of a refunded one becomes 0",
            "过期时间未公布；退款后余额是否归零未公布",
        ),
        NO_RED_PACKETS,
    ],
};

pub(super) const A7: Check = Check {
    code: CheckCode::A7,
    severity: CheckCode::A7.severity(),
    title: label("Time of the refund", "退款时间"),
    formula: label(
        "created_at ≤ refunded_at ≤ created_at + expiry + grace",
        "created_at ≤ refunded_at ≤ created_at + 过期时间 + 宽限时间",
    ),
    meaning: label(
        "The refund came after the red packet and in time. Expiry and grace are configuration.",
        "退款不早于发放，且不晚于过期加宽限时间（由配置决定）。",
    ),
    by_vendor: &[
        proves(
            Xiaoe,
            "reports the time of the refund; when it is due is configuration",
            "提供退款时间；应退期限由配置决定",
        ),
        impossible(Polyv, "reports no time of the refund", "不提供退款时间"),
        NO_RED_PACKETS,
    ],
};

pub(super) const A8: Check = Check {
    code: CheckCode::A8,
    severity: CheckCode::A8.severity(),
    title: label("Times of claims", "领取时间"),
    formula: label(
        "created_at ≤ claimed_at ≤ refunded_at, with a second to spare",
        "created_at ≤ claimed_at ≤ refunded_at，允许一秒误差",
    ),
    meaning: label(
        "Nobody claimed before the red packet was sent or after the rest went back.",
        "领取不早于发放，也不晚于退款，允许一秒误差。",
    ),
    by_vendor: &[
        proves(
            Xiaoe,
            "reports when it was sent and when the rest went back",
            "提供发放时间和退款时间",
        ),
        weak(
            Polyv,
            "reports when it was sent, and not when it ended",
            "提供发放时间，不提供结束时间",
        ),
        NO_RED_PACKETS,
    ],
};

pub(super) const A9: Check = Check {
    code: CheckCode::A9,
    severity: CheckCode::A9.severity(),
    title: label("A user twice", "重复领取"),
    formula: label(
        "for each red_packet_id and user_id one claimed_at",
        "每个 red_packet_id 和 user_id 只有一个 claimed_at",
    ),
    meaning: label(
        "Nobody claims twice in a red packet at different times. Equal rows of one second are taken as the vendor gives them.",
        "同一用户在同一红包中不在不同时间领取两次。同一秒的相同记录按平台原样保留。",
    ),
    by_vendor: &[
        weak(Xiaoe, "that a user may claim once only is not published", "每人限领一次未公布"),
        weak(Polyv, "that a user may claim once only is not published", "每人限领一次未公布"),
        NO_RED_PACKETS,
    ],
};

pub(super) const A10: Check = Check {
    code: CheckCode::A10,
    severity: CheckCode::A10.severity(),
    title: label("Claims without red packet", "无主记录"),
    formula: label(
        "every claim's red_packet_id is in red_packets; every red packet's room is in rooms, where the vendor lists them",
        "每条领取记录的 red_packet_id 都在 red_packets 中；平台提供直播间列表时，每个红包的直播间都在 rooms 中",
    ),
    meaning: label(
        "Every claim belongs to a red packet, and every red packet to a known room.",
        "每条领取记录都有对应红包；平台提供直播间列表时，每个红包都属于已知直播间。",
    ),
    by_vendor: &[
        proves(
            Xiaoe,
            "claims name their red packet; rooms are not listed",
            "领取记录注明红包；不提供直播间列表",
        ),
        proves(
            Polyv,
            "claims name their red packet, red packets their channel",
            "领取记录注明红包，红包注明频道",
        ),
        NO_RED_PACKETS,
    ],
};
