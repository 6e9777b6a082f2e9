use std::{fmt, str::FromStr};

/// A check by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CheckCode {
    /// What was issued is claims, refund, fee and what is left.
    A1,
    /// The fee is not negative.
    A2,
    /// The number of claims.
    A3,
    /// The sizes of shares.
    A4,
    /// The best luck.
    A5,
    /// The state against the numbers, and refunds that are due.
    A6,
    /// The time of the refund.
    A7,
    /// The times of claims.
    A8,
    /// A user twice in a red packet.
    A9,
    /// Claims without a red packet, red packets without a room.
    A10,
    /// Sums of the rows against the vendor's.
    B1,
    /// Number of rows against the vendor's total.
    B2,
    /// The running balance.
    B3,
    /// Price times quantity of a gift.
    C1,
    /// The sum of a points account.
    C2,
    /// The price of a kind of gift.
    C3,
    /// The balances of the points log.
    C4,
    /// Values that changed.
    D1,
    /// Rows that vanished.
    D2,
    /// Values of a closed month that changed.
    D3,
    /// Rows that came into a closed month.
    D4,
    /// Gifts without payment.
    E1,
    /// Gifts whose payment is of another amount.
    E2,
    /// Rows that could not be read.
    X1,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing.
    Information,
    /// Someone should look at it.
    Warning,
    /// Money, or the record of it, is wrong.
    Error,
}

impl CheckCode {
    /// All of them, in the order in which they are shown.
    pub const ALL: &'static [Self] = &[
        Self::A1,
        Self::A2,
        Self::A3,
        Self::A4,
        Self::A5,
        Self::A6,
        Self::A7,
        Self::A8,
        Self::A9,
        Self::A10,
        Self::B1,
        Self::B2,
        Self::B3,
        Self::C1,
        Self::C2,
        Self::C3,
        Self::C4,
        Self::D1,
        Self::D2,
        Self::D3,
        Self::D4,
        Self::E1,
        Self::E2,
        Self::X1,
    ];

    /// As it is written: `A1`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A1 => "A1",
            Self::A2 => "A2",
            Self::A3 => "A3",
            Self::A4 => "A4",
            Self::A5 => "A5",
            Self::A6 => "A6",
            Self::A7 => "A7",
            Self::A8 => "A8",
            Self::A9 => "A9",
            Self::A10 => "A10",
            Self::B1 => "B1",
            Self::B2 => "B2",
            Self::B3 => "B3",
            Self::C1 => "C1",
            Self::C2 => "C2",
            Self::C3 => "C3",
            Self::C4 => "C4",
            Self::D1 => "D1",
            Self::D2 => "D2",
            Self::D3 => "D3",
            Self::D4 => "D4",
            Self::E1 => "E1",
            Self::E2 => "E2",
            Self::X1 => "X1",
        }
    }

    /// How much its findings weigh.
    pub const fn severity(self) -> Severity {
        match self {
            Self::A1
            | Self::A2
            | Self::A4
            | Self::A6
            | Self::A10
            | Self::B3
            | Self::D1
            | Self::D2
            | Self::D3
            | Self::E1
            | Self::E2
            | Self::X1 => Severity::Error,
            Self::C3 => Severity::Information,
            _ => Severity::Warning,
        }
    }
}

impl Severity {
    /// Short name: `information`, `warning`, `error`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for CheckCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for CheckCode {
    type Err = UnknownCheck;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.iter().copied();
        all.find(|code| code.as_str() == text).ok_or_else(|| UnknownCheck(text.to_owned()))
    }
}

/// A code that is no check's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCheck(String);

impl fmt::Display for UnknownCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown check {:?}; they are A1 to A10, B1 to B3, C1 to C4, D1 to D4, E1, E2 and X1",
            self.0
        )
    }
}

impl std::error::Error for UnknownCheck {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_they_are_written() {
        for code in CheckCode::ALL {
            assert_eq!(code.to_string().parse(), Ok(*code));
        }
        assert!(CheckCode::ALL.is_sorted());
        assert!("A11".parse::<CheckCode>().is_err());
    }
}
