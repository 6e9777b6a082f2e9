use std::fmt;

use live_rewards_core::{Money, Timestamp};

/// A line of a bank file: money that came into the account, or went out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BankLine {
    /// Its number in the file, from 1.
    pub number: u64,
    /// When it was booked. A day without a time stands for its midnight in Beijing.
    pub at: Timestamp,
    /// Whether the money came or went.
    pub direction: Direction,
    /// How much, never negative.
    pub amount: Money,
    /// The order and business numbers that it names, the likeliest order first.
    pub ids: Vec<String>,
    /// Its own number at the bank, by which a line that is in two files is known.
    pub id: Option<String>,
    /// What it was for, in the file's words.
    pub business: Option<String>,
}

/// Where money goes, seen from the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// Into the account (收入).
    In,
    /// Out of the account (支出).
    Out,
}

impl Direction {
    /// Short name: `in`, `out`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    /// As the temporary tables keep it.
    pub(super) const fn sign(self) -> i64 {
        match self {
            Self::In => 1,
            Self::Out => -1,
        }
    }

    pub(super) const fn of_sign(sign: i64) -> Self {
        if sign < 0 { Self::Out } else { Self::In }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
