//! How much data there is, and of what kind.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// Amount and variety of the data served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scenario {
    /// Two rooms and about 25 red packets, gifts and points accounts a vendor: for tests. Nothing
    /// changes in the first six hours.
    Tiny,
    /// Five rooms, one of them empty, and several hundred rows of each kind: for trying things out.
    /// Nothing changes in the first six hours.
    #[default]
    Small,
    /// Three rooms in which something happens every few seconds from the start on, for twelve hours,
    /// and less often afterwards: red packets, claims, gifts, accounts and their balances.
    Live,
    /// As many claims as wanted, see [`EmulatorBuilder::claims`](crate::EmulatorBuilder::claims).
    /// Nothing changes in the first six hours.
    Campaign,
    /// Two rooms in which everything is settled, and one of each kind of reconciliation defect that
    /// the vendors' data can show: see [`VendorTruth::defects`](crate::VendorTruth::defects).
    Defects,
    /// A month of six rooms as finance sees it: most is settled, some red packets are open or on their way back, and the same
    /// defects are planted. Nothing but these changes in the first six hours.
    Month,
}

impl Scenario {
    /// Every scenario.
    pub const ALL: &'static [Self] =
        &[Self::Tiny, Self::Small, Self::Live, Self::Campaign, Self::Defects, Self::Month];

    /// Name on the command line and in the ready line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tiny => "tiny",
            Self::Small => "small",
            Self::Live => "live",
            Self::Campaign => "campaign",
            Self::Defects => "defects",
            Self::Month => "month",
        }
    }
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
        let last = Scenario::ALL.len() - 1;
        for (position, scenario) in Scenario::ALL.iter().enumerate() {
            let separator = match position {
                0 => " ",
                _ if position == last => " or ",
                _ => ", ",
            };
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
            "unknown scenario \"huge\": choose tiny, small, live, campaign, defects or month"
        );
    }
}
