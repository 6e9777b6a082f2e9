//! The kinds of defects, and what is said of them.

use crate::world::standing::Standing;

/// By how much the rows are off.
pub(super) const MISSING_FEN: i64 = 37;
pub(super) const EXCESS_FEN: i64 = 21;
pub(super) const UNREFUNDED_FEN: i64 = 13;
pub(super) const NEGATIVE_FEE_FEN: i64 = 10;
pub(super) const CHANGE_FEN: i64 = 100;
pub(super) const CHARGE_POINTS: i64 = 7;
pub(super) const TOTAL_POINTS: i64 = 5;
pub(in crate::world) const JUMP_POINTS: i64 = 9;
pub(in crate::world) const INCOME_FEN: i64 = 50;

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
    BalanceJumps,
    NoIncome,
    IncomeDiffers,
}

impl Kind {
    /// Name in the truth.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::BalanceShort => "balance_short",
            Self::BalanceExcess => "balance_excess",
            Self::ClaimAboveAmount => "claim_above_amount",
            Self::UnequalShares => "unequal_shares",
            Self::SoldOutButOpen => "sold_out_but_open",
            Self::EndedWithBalance => "ended_with_balance",
            Self::RefundedWithoutBalance => "refunded_without_balance",
            Self::RefundOverdue => "refund_overdue",
            Self::ClaimBeforeCreation => "claim_before_creation",
            Self::SameUserTwice => "same_user_twice",
            Self::AmountChanges => "amount_changes",
            Self::NetAboveIssued => "net_above_issued",
            Self::RefundShort => "refund_short",
            Self::ReceivedDiffers => "received_differs",
            Self::MoreClaimsThanShares => "more_claims_than_shares",
            Self::TwoBestLucks => "two_best_lucks",
            Self::BestLuckNotLargest => "best_luck_not_largest",
            Self::RefundBeforeCreation => "refund_before_creation",
            Self::ClaimAfterRefund => "claim_after_refund",
            Self::Vanishes => "vanishes",
            Self::ChargeDiffers => "charge_differs",
            Self::PriceChanges => "price_changes",
            Self::TotalDiffers => "total_differs",
            Self::BalanceJumps => "balance_jumps",
            Self::NoIncome => "no_income",
            Self::IncomeDiffers => "income_differs",
        }
    }

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
            Self::BalanceJumps => "C4",
            Self::AmountChanges => "D1",
            Self::Vanishes => "D2",
            Self::NoIncome => "E1",
            Self::IncomeDiffers => "E2",
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
            Self::BalanceJumps => {
                "the balance of an entry is not that of the one before and its change"
            }
            Self::NoIncome => "a donation of money is missing from the income",
            Self::IncomeDiffers => "the income of a donation is another amount",
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
            Self::TotalDiffers => Some(TOTAL_POINTS),
            Self::BalanceJumps => Some(JUMP_POINTS),
            _ => None,
        }
    }
}
