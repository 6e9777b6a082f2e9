//! What a defect does to a red packet.

use crate::split::Split;
use crate::world::defects::kind::{
    CHANGE_FEN, EXCESS_FEN, Kind, MISSING_FEN, NEGATIVE_FEE_FEN, UNREFUNDED_FEN,
};
use crate::world::fate::Fate;
use crate::world::red_packet::RedPacket;
use crate::world::standing::{Claim, Phase, Standing};

/// A defect of a red packet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plant {
    pub(crate) kind: Kind,
    /// When what changes has changed.
    pub(super) turn: i64,
}

impl Plant {
    /// The red packet that the defect needs.
    pub(in crate::world) fn shape(self) -> Option<(Fate, Split)> {
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
            Kind::ChargeDiffers
            | Kind::PriceChanges
            | Kind::TotalDiffers
            | Kind::BalanceJumps
            | Kind::NoIncome
            | Kind::IncomeDiffers => return None,
        })
    }

    /// What the defect does to the red packet.
    pub(in crate::world) fn spoil_standing(
        self,
        packet: &RedPacket,
        now: i64,
        standing: &mut Standing,
    ) {
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
    pub(in crate::world) fn spoil_claims(
        self,
        packet: &RedPacket,
        standing: &Standing,
        claims: &mut [Claim],
    ) {
        let earliest = claims.first().map(|claim| claim.person);
        let smallest = claims.iter().map(|claim| claim.amount).min();
        match (self.kind, claims) {
            (Kind::ClaimAboveAmount, [first, ..]) => first.amount += standing.net,
            (Kind::UnequalShares, [first, second, ..]) => {
                first.amount += 1;
                second.amount -= 1;
            }
            (Kind::ClaimBeforeCreation, [first, ..]) => first.at = packet.created - 60,
            (Kind::SameUserTwice, [_, .., last]) => {
                last.person = earliest.unwrap_or(last.person);
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
                let worst = claims.iter().position(|claim| Some(claim.amount) == smallest);
                for (position, claim) in claims.iter_mut().enumerate() {
                    claim.best_luck = Some(position) == worst;
                }
            }
            _ => {}
        }
    }
}
