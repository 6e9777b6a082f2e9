use live_rewards_core::Money;

use crate::{Ledger, LedgerError, Selection};

/// What became of red packets, with all claims and refunds of them, whenever those were.
///
/// To the fen,
/// `issued = claimed + refunded + fee + open + refunded_unreported + residue + difference`:
/// of each red packet, and so of any sum of them. As each counts once, on the day it was sent and in its room, the sums of all days,
/// months or rooms are those of the whole. Of an account, `open`, `residue` and `difference` are those of its
/// [`ClosingBalance`](crate::ClosingBalance); `refunded_unreported` is too where each refund that has an amount has a time.
///
/// Claims of red packets that the ledger lacks are in none of it. Where not all claims of a red packet were read, those that are
/// missing are in `open` or `difference`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PacketSums {
    /// How many there are.
    pub packets: u64,
    /// What the senders paid.
    pub issued: Money,
    /// What was claimed.
    pub claimed: Money,
    /// Claims.
    pub claims: u64,
    /// Refunded, as far as the vendor reports how much.
    pub refunded: Money,
    /// The vendor's fee; nothing where a refund has it in it.
    pub fee: Money,
    /// Neither claimed nor refunded.
    pub open: Money,
    /// Refunded, the vendor says, without saying how much: what is left of those red packets.
    pub refunded_unreported: Money,
    /// What equal shares leave over.
    pub residue: Money,
    /// What nothing accounts for: above nothing where money is missing, below where there is too much.
    pub difference: Money,
    /// Red packets that don't add up.
    pub differing: u64,
}

impl PacketSums {
    /// Both together, unless that overflows.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            packets: self.packets.checked_add(other.packets)?,
            issued: self.issued.checked_add(other.issued)?,
            claimed: self.claimed.checked_add(other.claimed)?,
            claims: self.claims.checked_add(other.claims)?,
            refunded: self.refunded.checked_add(other.refunded)?,
            fee: self.fee.checked_add(other.fee)?,
            open: self.open.checked_add(other.open)?,
            refunded_unreported: self.refunded_unreported.checked_add(other.refunded_unreported)?,
            residue: self.residue.checked_add(other.residue)?,
            difference: self.difference.checked_add(other.difference)?,
            differing: self.differing.checked_add(other.differing)?,
        })
    }

    /// Adds others.
    pub(super) fn add(&mut self, other: Self) -> Result<(), LedgerError> {
        *self = self.checked_add(other).ok_or(LedgerError::Overflow)?;
        Ok(())
    }
}

impl Ledger {
    /// What became of the red packets that were sent in a time. For several figures, read
    /// [`packet_figures`](Self::packet_figures) once.
    pub fn packet_sums(&self, selection: &Selection) -> Result<PacketSums, LedgerError> {
        self.packet_figures(selection)?.total()
    }
}
