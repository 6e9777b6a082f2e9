//! What a red packet looks like at an instant.

/// Where a red packet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Precreated,
    Open,
    SoldOut,
    Refunding,
    Refunded,
    Abnormal,
}

/// A red packet at an instant. Money is in fen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    pub(crate) phase: Phase,
    /// Paid by the sender.
    pub(crate) issued: i64,
    /// What is divided: `issued` less the fee.
    pub(crate) net: i64,
    /// Number of shares.
    pub(crate) shares: i64,
    /// Number of claims.
    pub(crate) claims: i64,
    /// Number of claims as it is told; the same unless there is a defect.
    pub(crate) received: i64,
    /// Sum of the claims.
    pub(crate) claimed: i64,
    /// Neither claimed nor gone back.
    pub(crate) left: i64,
    /// What has gone back to the sender.
    pub(crate) refunded: i64,
    pub(crate) refunded_at: Option<i64>,
}

/// One claim.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    /// Position in its red packet, in the order of time.
    pub(crate) ordinal: i64,
    pub(crate) person: i64,
    pub(crate) at: i64,
    /// In fen.
    pub(crate) amount: i64,
    /// Whether it is the largest so far of drawn shares, the earliest of several.
    pub(crate) best_luck: bool,
}

impl Standing {
    /// What the sender paid and nothing accounts for; below 0 where more is accounted for.
    pub(crate) fn missing(&self) -> i64 {
        self.net - self.claimed - self.left - self.refunded
    }
}
