//! How much data there is.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// Amount and variety of the data served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scenario {
    /// Two rooms and about 25 red packets, gifts and points accounts a vendor: for tests.
    Tiny,
    /// Five rooms, one of them empty, and several hundred rows of each kind: for trying things out.
    #[default]
    Small,
}

impl Scenario {
    /// Every scenario, from the smallest on.
    pub const ALL: &'static [Self] = &[Self::Tiny, Self::Small];

    /// Name on the command line and in the ready line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tiny => "tiny",
            Self::Small => "small",
        }
    }

    pub(crate) const fn plan(self) -> Plan {
        match self {
            Self::Tiny => Plan {
                days: 4,
                sessions: 2,
                red_packets: &[15, 10],
                gifts: &[15, 10],
                accounts: 25,
            },
            Self::Small => Plan {
                days: 14,
                sessions: 6,
                red_packets: &[160, 120, 80, 40, 0],
                gifts: &[200, 140, 80, 30, 0],
                accounts: 400,
            },
        }
    }
}

/// Sizes of a scenario.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Days before the start over which the rows are spread.
    pub(crate) days: i64,
    /// Sessions of a room.
    pub(crate) sessions: i64,
    /// Red packets of each room.
    pub(crate) red_packets: &'static [i64],
    /// Gifts of each room.
    pub(crate) gifts: &'static [i64],
    /// Points accounts.
    pub(crate) accounts: i64,
}

impl fmt::Display for Scenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Serialize for Scenario {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|scenario| scenario.name() == name)
            .ok_or_else(|| UnknownScenario(name.to_owned()))
    }
}

/// No scenario has this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownScenario(String);

impl fmt::Display for UnknownScenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "unknown scenario {:?}: choose", self.0)?;
        for (position, scenario) in Scenario::ALL.iter().enumerate() {
            let separator = if position == 0 { " " } else { " or " };
            write!(formatter, "{separator}{scenario}")?;
        }
        Ok(())
    }
}

impl Error for UnknownScenario {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for scenario in Scenario::ALL {
            assert_eq!(scenario.to_string().parse::<Scenario>(), Ok(*scenario));
        }
        assert_eq!(
            "huge".parse::<Scenario>().unwrap_err().to_string(),
            "unknown scenario \"huge\": choose tiny or small"
        );
    }
}
