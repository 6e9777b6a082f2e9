//! The defects of the scenario of that name: where each is planted.
//!
//! Everything else in that scenario is in order, so whatever a reconciliation finds is one of these.

mod kind;
mod plant;

use crate::world::STILL;
use crate::world::gifts::{Gift, REPRICED};
use crate::world::points::Account;

pub(crate) use self::kind::Kind;
pub(crate) use self::plant::Plant;

pub(in crate::world) use self::kind::{INCOME_FEN, JUMP_POINTS};

use self::kind::{CHARGE_POINTS, TOTAL_POINTS};

/// A defect and the row that has it: index of a red packet, a gift, a donation or an account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planted {
    pub(crate) room: i64,
    pub(crate) index: i64,
    pub(crate) kind: Kind,
}

/// Polyv's red packets.
pub(crate) const POLYV: &[Planted] = &[
    planted(0, 1, Kind::BalanceShort),
    planted(0, 3, Kind::BalanceExcess),
    planted(0, 5, Kind::ClaimAboveAmount),
    planted(0, 6, Kind::UnequalShares),
    planted(0, 9, Kind::SoldOutButOpen),
    planted(0, 11, Kind::EndedWithBalance),
    planted(0, 12, Kind::RefundedWithoutBalance),
    planted(0, 14, Kind::RefundOverdue),
    planted(0, 17, Kind::ClaimBeforeCreation),
    planted(0, 20, Kind::SameUserTwice),
    planted(1, 3, Kind::AmountChanges),
];

/// Xiaoe's red packets.
pub(crate) const XIAOE: &[Planted] = &[
    planted(0, 1, Kind::NetAboveIssued),
    planted(0, 4, Kind::RefundShort),
    planted(0, 5, Kind::ReceivedDiffers),
    planted(0, 8, Kind::MoreClaimsThanShares),
    planted(0, 10, Kind::TwoBestLucks),
    planted(0, 13, Kind::BestLuckNotLargest),
    planted(0, 14, Kind::RefundOverdue),
    planted(0, 16, Kind::RefundBeforeCreation),
    planted(0, 19, Kind::ClaimAfterRefund),
    planted(1, 2, Kind::Vanishes),
];

/// Xiaoe's points accounts, which belong to no room.
pub(crate) const XIAOE_ACCOUNTS: &[Planted] = &[planted(0, 7, Kind::TotalDiffers)];

/// Xiaoe's points accounts whose log is wrong.
pub(crate) const XIAOE_ENTRIES: &[Planted] = &[planted(0, 3, Kind::BalanceJumps)];

/// Polyv's donations, of those that are money.
pub(crate) const POLYV_DONATIONS: &[Planted] =
    &[planted(0, 6, Kind::NoIncome), planted(0, 12, Kind::IncomeDiffers)];

/// YXT's gifts.
pub(crate) const YXT: &[Planted] =
    &[planted(0, 4, Kind::ChargeDiffers), planted(0, 12, Kind::PriceChanges)];

/// Gift of the first room that is of the kind whose price changes, and still has the old one.
const OLD_PRICE: (i64, i64) = (0, 3);

const fn planted(room: i64, index: i64, kind: Kind) -> Planted {
    Planted { room, index, kind }
}

/// The defect of a row, if it has one.
pub(super) fn find(planted: &[Planted], room: i64, index: i64, start: i64) -> Option<Plant> {
    planted
        .iter()
        .find(|planted| (planted.room, planted.index) == (room, index))
        .map(|planted| Plant { kind: planted.kind, turn: start + STILL })
}

/// Index of the row of a room that vanishes after some time.
pub(super) fn vanished(planted: &[Planted], room: i64) -> Option<i64> {
    planted
        .iter()
        .find(|planted| planted.kind == Kind::Vanishes && planted.room == room)
        .map(|planted| planted.index)
}

/// What the defects do to a gift, given when the price of its kind changes.
pub(super) fn spoil_gift(planted: &[Planted], place: (i64, i64), changes: i64, gift: &mut Gift) {
    let kind = planted
        .iter()
        .find(|planted| (planted.room, planted.index) == place)
        .map(|planted| planted.kind);
    if kind == Some(Kind::PriceChanges) || place == OLD_PRICE {
        gift.item = REPRICED;
    }
    if gift.item == REPRICED && gift.at >= changes {
        gift.item.unit_points += 2;
    }
    gift.charged = gift.listed();
    if kind == Some(Kind::ChargeDiffers) {
        gift.charged += CHARGE_POINTS;
    }
}

/// What the defects do to an account.
pub(super) fn spoil_account(planted: &[Planted], account: &mut Account) {
    if planted.iter().any(|planted| planted.index == account.index) {
        account.reported_total += TOTAL_POINTS;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use super::*;

    const README: &str = include_str!("../../../README.md");

    #[test]
    fn the_readme_has_the_table() {
        let mut kinds: BTreeMap<(&str, &str, &str), Vec<&str>> = BTreeMap::new();
        for (vendor, planted) in [
            ("xiaoe", XIAOE),
            ("xiaoe", XIAOE_ACCOUNTS),
            ("xiaoe", XIAOE_ENTRIES),
            ("polyv", POLYV),
            ("polyv", POLYV_DONATIONS),
            ("yxt", YXT),
        ] {
            for Planted { kind, .. } in planted {
                let kind = (kind.code(), kind.name(), kind.note());
                kinds.entry(kind).or_default().push(vendor);
            }
        }
        let rows: Vec<String> = kinds
            .iter()
            .map(|((code, name, note), vendors)| {
                format!("| {code} | `{name}` | {} | {note} |\n", vendors.join(", "))
            })
            .collect();
        let rows = rows.concat();
        assert!(README.contains(&rows), "README.md has other rows than\n{rows}");
    }

    #[test]
    fn each_kind_is_planted_once_in_a_place_of_its_own() {
        for planted in [POLYV, POLYV_DONATIONS, XIAOE, XIAOE_ACCOUNTS, XIAOE_ENTRIES, YXT] {
            let places: HashSet<(i64, i64)> =
                planted.iter().map(|planted| (planted.room, planted.index)).collect();
            assert_eq!(places.len(), planted.len());
            for one in planted {
                let same = planted.iter().filter(|other| other.kind == one.kind);
                assert_eq!(same.count(), 1, "{one:?}");
            }
        }
    }
}
