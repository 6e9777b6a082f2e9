//! The words for the codes of columns. A code that isn't here, as one that a vendor has added, stands for itself.

use crate::{Label, column::Coded};

pub(super) const VENDORS: &[Coded] = &[
    coded("xiaoe", "Xiaoe-tech", "小鹅通"),
    coded("polyv", "Polyv", "保利威"),
    coded("yxt", "YXT", "云学堂"),
];

/// A resource has its number in its code.
pub(super) const ROOM_KINDS: &[Coded] = &[
    coded("channel", "channel", "频道"),
    coded("live", "live", "直播"),
    coded("room", "room", "直播室"),
];

pub(super) const USER_ID_KINDS: &[Coded] = &[
    coded("open_id", "WeChat OpenID", "微信 OpenID"),
    coded("viewer", "viewer", "观众"),
    coded("vendor_user", "platform user", "平台用户"),
    coded("account", "channel's account", "频道所属账号"),
];

pub(super) const RED_PACKET_KINDS: &[Coded] = &[
    coded("ordinary", "ordinary", "普通红包"),
    coded("password", "password", "口令红包"),
    coded("rain", "rain", "红包雨"),
];

pub(super) const SPLITS: &[Coded] =
    &[coded("random", "random", "拼手气"), coded("equal", "equal", "等额")];

pub(super) const RED_PACKET_STATES: &[Coded] = &[
    coded("created", "not open yet", "预创建"),
    coded("open", "open", "进行中"),
    coded("ended", "ended", "已结束"),
    coded("expired", "expired", "已过期"),
    coded("abnormal", "abnormal", "异常"),
    coded("refunding", "refunding", "退款中"),
    coded("refunded", "refunded", "已退款"),
];

pub(super) const REFUNDS: &[Coded] = &[
    coded("none", "none", "无退款"),
    coded("pending", "under way", "退款中"),
    coded("done", "done", "已退款"),
];

pub(super) const GIFT_PAYMENT_KINDS: &[Coded] =
    &[coded("gift", "gift", "道具打赏"), coded("cash", "cash", "现金打赏")];

pub(super) const PRIZE_KINDS: &[Coded] = &[
    coded("lottery", "lottery", "抽奖"),
    coded("lucky_bag", "lucky bag", "福袋"),
    coded("task", "task", "任务奖励"),
];

pub(super) const PRIZE_STATES: &[Coded] = &[
    coded("pending", "not issued yet", "待发放"),
    coded("issuing", "being issued", "发放中"),
    coded("issued", "issued", "已发放"),
    coded("quota_full", "all taken", "名额已满"),
    coded("failed", "failed", "发放失败"),
    coded("not_needed", "nothing to issue", "无需发放"),
];

pub(super) const POINTS_ENTRY_KINDS: &[Coded] = &[
    coded("earned", "earned", "增加"),
    coded("spent", "spent", "减少"),
    coded("frozen", "frozen", "冻结中"),
];

const fn coded(code: &'static str, en: &'static str, zh: &'static str) -> Coded {
    (code, Label { en, zh })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use live_rewards_core::{
        GiftPaymentKind, OpenEnum, PointsEntryKind, PrizeKind, PrizeState, RedPacketKind,
        RedPacketState, Refund, RoomKind, Split, UserIdKind, Vendor,
    };

    use crate::{
        GIFT_PAYMENTS, Language, POINTS_ENTRIES, PRIZE_ACTIVITIES, PRIZES, RED_PACKETS, TABLES,
        Table,
    };

    fn labels<E: OpenEnum>(known: &[E]) -> BTreeSet<String> {
        known.iter().map(|one| one.label().to_owned()).collect()
    }

    fn strings<T: ToString>(known: impl IntoIterator<Item = T>) -> BTreeSet<String> {
        known.into_iter().map(|one| one.to_string()).collect()
    }

    fn codes(table: &Table, column: &str) -> BTreeSet<String> {
        strings(table.column(column).unwrap().words.iter().map(|(code, _)| *code))
    }

    #[test]
    fn the_codes_of_the_records_have_words_and_no_others() {
        let prize_kinds = strings([PrizeKind::Lottery, PrizeKind::LuckyBag, PrizeKind::Task]);
        let done = Refund::Done { amount: None, at: None };
        for (table, column, known) in [
            (
                &RED_PACKETS,
                "kind",
                labels(&[RedPacketKind::Ordinary, RedPacketKind::Password, RedPacketKind::Rain]),
            ),
            (&RED_PACKETS, "split", labels(&[Split::Random, Split::Equal])),
            (
                &RED_PACKETS,
                "state",
                labels(&[
                    RedPacketState::Created,
                    RedPacketState::Open,
                    RedPacketState::Ended,
                    RedPacketState::Expired,
                    RedPacketState::Abnormal,
                    RedPacketState::Refunding,
                    RedPacketState::Refunded,
                ]),
            ),
            (
                &RED_PACKETS,
                "refund",
                strings([Refund::None, Refund::Pending, done].map(Refund::as_str)),
            ),
            (&GIFT_PAYMENTS, "kind", labels(&[GiftPaymentKind::Gift, GiftPaymentKind::Cash])),
            (&PRIZE_ACTIVITIES, "kind", prize_kinds.clone()),
            (&PRIZES, "kind", prize_kinds),
            (
                &PRIZES,
                "state",
                labels(&[
                    PrizeState::Pending,
                    PrizeState::Issuing,
                    PrizeState::Issued,
                    PrizeState::QuotaFull,
                    PrizeState::Failed,
                    PrizeState::NotNeeded,
                ]),
            ),
            (
                &POINTS_ENTRIES,
                "kind",
                labels(&[PointsEntryKind::Earned, PointsEntryKind::Spent, PointsEntryKind::Frozen]),
            ),
        ] {
            assert_eq!(codes(table, column), known, "{} {column}", table.name);
        }
    }

    #[test]
    fn codes_of_all_tables_have_words_wherever_they_stand() {
        let vendors = strings(Vendor::ALL);
        let rooms = strings([RoomKind::Channel, RoomKind::Live, RoomKind::Room]);
        let users = labels(&[
            UserIdKind::OpenId,
            UserIdKind::Viewer,
            UserIdKind::VendorUser,
            UserIdKind::Account,
        ]);
        for table in TABLES {
            for column in table.columns {
                let known = match column.name {
                    "vendor" => &vendors,
                    "room_kind" => &rooms,
                    name if name.ends_with("_id_kind") => &users,
                    _ => continue,
                };
                assert_eq!(&codes(table, column.name), known, "{} {}", table.name, column.name);
            }
        }
    }

    #[test]
    fn a_code_without_words_stands_for_itself() {
        let state = RED_PACKETS.column("state").unwrap();
        assert_eq!(state.word("expired", Language::Chinese), Some("已过期"));
        assert_eq!(state.word("created", Language::English), Some("not open yet"));
        assert_eq!(state.word("melted", Language::Chinese), None);
    }
}
