use std::fmt;

use crate::{Money, Points};

/// What a gift is worth, in the unit that the vendor states.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Amount {
    /// Money.
    Money(Money),
    /// Points.
    Points(Points),
    /// A number whose unit the vendor doesn't state, as decimal text.
    Unstated(Box<str>),
}

impl Amount {
    /// The points, if it is points.
    pub const fn points(&self) -> Option<Points> {
        match self {
            Self::Points(points) => Some(*points),
            Self::Money(_) | Self::Unstated(_) => None,
        }
    }

    /// Name of the unit: `cny`, `points`, `unstated`.
    pub const fn unit(&self) -> &'static str {
        match self {
            Self::Money(_) => "cny",
            Self::Points(_) => "points",
            Self::Unstated(_) => "unstated",
        }
    }
}

/// The number without its unit; money in yuan.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(money) => money.fmt(f),
            Self::Points(points) => points.fmt(f),
            Self::Unstated(text) => f.pad(text),
        }
    }
}
