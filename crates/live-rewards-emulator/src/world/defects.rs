//! The defects of the scenario of that name: where each is planted, and what it does to its row.
//!
//! Everything else in that scenario is in order, so whatever a reconciliation finds is one of these.

use crate::split::Split;
use crate::world::STILL;
use crate::world::fate::Fate;
use crate::world::gifts::{self, Gift};
use crate::world::points::Account;
use crate::world::red_packet::RedPacket;
use crate::world::standing::{Claim, Phase, Standing};

/// Fen, points or claims by which a row is off.
const MISSING_FEN: i64 = 37;
const EXCESS_FEN: i64 = 21;
const UNREFUNDED_FEN: i64 = 13;
const NEGATIVE_FEE_FEN: i64 = 10;
const CHANGE_FEN: i64 = 100;
const CHARGE_POINTS: i64 = 7;
const TOTAL_POINTS: i64 = 5;

/// A kind of defect. Each occurs once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    BalanceShort,
    BalanceExcess,
    ClaimAboveAmount,
    UnequalShares,
    SoldOutButOpen,
    EndedWithBalance,
    RefundedWithoutBalance,
    RefundOverdue,
    ClaimBeforeCreation,
    SameUserTwice,
    AmountChanges,
    NetAboveIssued,
    RefundShort,
    ReceivedDiffers,
    MoreClaimsThanShares,
    TwoBestLucks,
    BestLuckNotLargest,
    RefundBeforeCreation,
    ClaimAfterRefund,
    Vanishes,
    ChargeDiffers,
    PriceChanges,
    TotalDiffers,
}

/// A defect and the row that has it: index of a red packet, a gift or an account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planted {
    pub(crate) room: i64,
    pub(crate) index: i64,
    pub(crate) kind: Kind,
}

/// A defect of a row that is being computed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plant {
    pub(crate) kind: Kind,
    /// When what changes has changed.
    turn: i64,
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
    if kind == Some(Kind::PriceChanges) || (!planted.is_empty() && place == OLD_PRICE) {
        gift.item = gifts::REPRICED;
    }
    if !planted.is_empty() && gift.item == gifts::REPRICED && gift.at >= changes {
        gift.item.unit_points += 2;
    }
    if !planted.is_empty() {
        gift.charged = gift.listed();
    }
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

impl Plant {
    /// The red packet that the defect needs.
    pub(super) fn shape(self) -> Option<(Fate, Split)> {
        Some(match self.kind {
            Kind::BalanceShort
            | Kind::BalanceExcess
            | Kind::EndedWithBalance
            | Kind::AmountChanges
            | Kind::RefundShort
            | Kind::ReceivedDiffers
            | Kind::ClaimAfterRefund => (Fate::Partly, Split::Equal),
            Kind::RefundOverdue => (Fate::NoRefund, Split::Lucky),
            Kind::RefundBeforeCreation => (Fate::Untouched, Split::Lucky),
            Kind::UnequalShares => (Fate::SoldOut, Split::Equal),
            Kind::ClaimAboveAmount
            | Kind::SoldOutButOpen
            | Kind::RefundedWithoutBalance
            | Kind::ClaimBeforeCreation
            | Kind::SameUserTwice
            | Kind::NetAboveIssued
            | Kind::MoreClaimsThanShares
            | Kind::TwoBestLucks
            | Kind::BestLuckNotLargest
            | Kind::Vanishes => (Fate::SoldOut, Split::Lucky),
            Kind::ChargeDiffers | Kind::PriceChanges | Kind::TotalDiffers => return None,
        })
    }

    /// What the defect does to the red packet.
    pub(super) fn spoil_standing(self, packet: &RedPacket, now: i64, standing: &mut Standing) {
        match self.kind {
            Kind::BalanceShort => standing.left -= MISSING_FEN,
            Kind::BalanceExcess => standing.left += EXCESS_FEN,
            Kind::ClaimAboveAmount => standing.claimed += standing.net,
            Kind::SoldOutButOpen => standing.phase = Phase::Open,
            Kind::EndedWithBalance => standing.phase = Phase::SoldOut,
            Kind::RefundedWithoutBalance => standing.phase = Phase::Refunded,
            Kind::AmountChanges if now >= self.turn => {
                standing.issued += CHANGE_FEN;
                standing.net += CHANGE_FEN;
                standing.left += CHANGE_FEN;
            }
            Kind::NetAboveIssued => standing.issued = standing.net - NEGATIVE_FEE_FEN,
            Kind::RefundShort => standing.refunded -= UNREFUNDED_FEN,
            Kind::ReceivedDiffers => standing.received += 1,
            Kind::MoreClaimsThanShares => standing.shares -= 1,
            Kind::RefundBeforeCreation => standing.refunded_at = Some(packet.created - 3600),
            _ => {}
        }
    }

    /// What the defect does to the claims.
    pub(super) fn spoil_claims(self, packet: &RedPacket, standing: &Standing, claims: &mut [Claim]) {
        let regular = claims.first().map(|claim| claim.person);
        let smallest = claims.iter().map(|claim| claim.amount).min();
        match (self.kind, claims) {
            (Kind::ClaimAboveAmount, [first, ..]) => first.amount += standing.net,
            (Kind::UnequalShares, [first, second, ..]) => {
                first.amount += 1;
                second.amount -= 1;
            }
            (Kind::ClaimBeforeCreation, [first, ..]) => first.at = packet.created - 60,
            (Kind::SameUserTwice, [_, .., last]) => {
                last.person = regular.unwrap_or(last.person);
            }
            (Kind::ClaimAfterRefund, [.., last]) => {
                last.at = standing.refunded_at.unwrap_or(last.at) + 600;
            }
            (Kind::TwoBestLucks, claims) => {
                if let Some(other) = claims.iter_mut().find(|claim| !claim.best_luck) {
                    other.best_luck = true;
                }
            }
            (Kind::BestLuckNotLargest, claims) => {
                for claim in claims.iter_mut() {
                    claim.best_luck = false;
                }
                let worst = claims.iter_mut().find(|claim| Some(claim.amount) == smallest);
                if let Some(claim) = worst {
                    claim.best_luck = true;
                }
            }
            _ => {}
        }
    }
}

impl Kind {
    /// Code of the check that finds it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::BalanceShort | Self::BalanceExcess | Self::RefundShort => "A1",
            Self::NetAboveIssued => "A2",
            Self::ReceivedDiffers | Self::MoreClaimsThanShares => "A3",
            Self::ClaimAboveAmount | Self::UnequalShares => "A4",
            Self::TwoBestLucks | Self::BestLuckNotLargest => "A5",
            Self::SoldOutButOpen
            | Self::EndedWithBalance
            | Self::RefundedWithoutBalance
            | Self::RefundOverdue => "A6",
            Self::RefundBeforeCreation => "A7",
            Self::ClaimBeforeCreation | Self::ClaimAfterRefund => "A8",
            Self::SameUserTwice => "A9",
            Self::ChargeDiffers => "C1",
            Self::TotalDiffers => "C2",
            Self::PriceChanges => "C3",
            Self::AmountChanges => "D1",
            Self::Vanishes => "D2",
        }
    }

    /// Codes of other checks that can't but find it as well.
    pub(crate) const fn also(self) -> &'static [&'static str] {
        match self {
            // More was claimed than was paid in.
            Self::ClaimAboveAmount => &["A1"],
            _ => &[],
        }
    }

    /// What is wrong.
    pub(crate) const fn note(self) -> &'static str {
        match self {
            Self::BalanceShort => "claims and balance are less than the amount",
            Self::BalanceExcess => "claims and balance are more than the amount",
            Self::ClaimAboveAmount => "one claim is larger than the red packet",
            Self::UnequalShares => "the split is equal and two shares differ from the others",
            Self::SoldOutButOpen => "everything is claimed and the state says in progress",
            Self::EndedWithBalance => "the state says ended and money is left",
            Self::RefundedWithoutBalance => "the state says refunded and nothing was left",
            Self::RefundOverdue => "it expired more than 72 hours ago and isn't refunded",
            Self::ClaimBeforeCreation => "a claim was made before the red packet was",
            Self::SameUserTwice => "one user claims twice, at different times",
            Self::AmountChanges => "six hours after the start its amount and balance grow",
            Self::NetAboveIssued => "what is left after the fee is more than the amount",
            Self::RefundShort => "claims, refund and fee are less than the amount",
            Self::ReceivedDiffers => "the number of claims told is not that of the claims",
            Self::MoreClaimsThanShares => "there are more claims than shares",
            Self::TwoBestLucks => "two claims are the best luck",
            Self::BestLuckNotLargest => "the best luck is not the largest claim",
            Self::RefundBeforeCreation => "it was refunded before it was created",
            Self::ClaimAfterRefund => "a claim was made after the refund",
            Self::Vanishes => "six hours after the start it is no longer listed",
            Self::ChargeDiffers => "the points charged are neither 0 nor price times quantity",
            Self::PriceChanges => "later gifts of this kind have another price",
            Self::TotalDiffers => "the total is not the sum of available and frozen points",
        }
    }

    /// Fen that are missing, below 0 where there are too many, as the defect leaves them.
    pub(crate) fn difference_fen(self, standing: &Standing) -> Option<i64> {
        let difference = match self {
            Self::NetAboveIssued => standing.issued - standing.net,
            Self::AmountChanges => CHANGE_FEN,
            _ => standing.missing(),
        };
        (difference != 0).then_some(difference)
    }

    /// Points that are missing, below 0 where there are too many.
    pub(crate) const fn difference_points(self) -> Option<i64> {
        match self {
            Self::ChargeDiffers => Some(-CHARGE_POINTS),
            Self::TotalDiffers => Some(-TOTAL_POINTS),
            _ => None,
        }
    }
}
