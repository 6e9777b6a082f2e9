//! Where things are in a picture. All of it is whole numbers: places across are parts of the width, so that a picture fits any
//! screen while its text keeps its size; places down are pixels.

mod bars;

use std::fmt;

pub(super) use bars::{Bars, Item};

/// A place or length across, in hundredths of a percent of the width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Across(pub(crate) i64);

impl Across {
    /// The whole width.
    pub(crate) const ALL: Self = Self(10_000);

    /// So many of some equal parts.
    pub(crate) fn part(number: usize, of: usize) -> Self {
        let whole = |number| i64::try_from(number).unwrap_or(i64::MAX);
        Self(whole(number).saturating_mul(Self::ALL.0) / whole(of.max(1)))
    }

    /// What lies between it and a place further on.
    pub(crate) fn to(self, other: Self) -> Self {
        Self(other.0 - self.0)
    }
}

/// As SVG writes it: `12.34%`.
impl fmt::Display for Across {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.abs() / 100, self.0.abs() % 100);
        if rest == 0 { write!(f, "{sign}{whole}%") } else { write!(f, "{sign}{whole}.{rest:02}%") }
    }
}

/// Values along an axis, from the lowest to the highest; 0 is always among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    low: i128,
    high: i128,
}

/// Steps of an axis, about.
const STEPS: i128 = 4;

impl Scale {
    /// Just wide enough for these values.
    pub(crate) fn of(values: impl IntoIterator<Item = i64>) -> Self {
        let (low, high) = values
            .into_iter()
            .fold((0, 0), |(low, high): (i64, i64), value| (low.min(value), high.max(value)));
        // Where all is 0, it is at the start.
        let high = if low == high { 1 } else { high.into() };
        Self { low: low.into(), high }
    }

    /// Widened to round steps, and the steps.
    pub(crate) fn rounded(self) -> (Self, Vec<i128>) {
        let step = step(self.high - self.low);
        let low = self.low.div_euclid(step) * step;
        let high = (self.high + step - 1).div_euclid(step) * step;
        let steps = (0..=(high - low) / step).map(|number| low + number * step).collect();
        (Self { low, high }, steps)
    }

    /// Where a value is.
    pub(crate) fn at(self, value: i128) -> Across {
        let place = (value - self.low) * i128::from(Across::ALL.0) / (self.high - self.low);
        Across(i64::try_from(place.clamp(0, Across::ALL.0.into())).unwrap_or(0))
    }
}

/// The smallest of 1, 2, 5, 10, 20, 50 … that needs few steps for a length.
fn step(length: i128) -> i128 {
    let least = (length + STEPS - 1) / STEPS;
    let mut ten = 1;
    loop {
        for factor in [1, 2, 5] {
            if factor * ten >= least {
                return factor * ten;
            }
        }
        ten *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_parts_of_the_width() {
        for (place, text) in [(0, "0%"), (5, "0.05%"), (1234, "12.34%"), (10_000, "100%")] {
            assert_eq!(Across(place).to_string(), text);
        }
        assert_eq!(Across(-50).to_string(), "-0.50%");
        assert_eq!(Across::part(1, 3), Across(3333));
        assert_eq!(Across::part(0, 0), Across(0));
    }

    #[test]
    fn steps_are_round_and_hold_every_value() {
        for (low, high, steps) in [
            (0, 0, vec![0, 1]),
            (0, 7, vec![0, 2, 4, 6, 8]),
            (0, 100, vec![0, 50, 100]),
            (0, 123_456, vec![0, 50_000, 100_000, 150_000]),
            (-30, 100, vec![-50, 0, 50, 100]),
            (-5, 0, vec![-6, -4, -2, 0]),
        ] {
            let (_, found) = Scale::of([low, high]).rounded();
            assert_eq!(found, steps, "{low} to {high}");
        }
    }

    #[test]
    fn values_lie_between_the_ends() {
        let scale = Scale::of([-25, 75]);
        assert_eq!(scale.at(-25), Across(0));
        assert_eq!(scale.at(0), Across(2500));
        assert_eq!(scale.at(75), Across::ALL);
        // What doesn't belong stays inside.
        assert_eq!(scale.at(1000), Across::ALL);
        assert_eq!(Scale::of([]).at(0), Across(0));
    }

    #[test]
    fn the_largest_amounts_have_a_place() {
        let (scale, steps) = Scale::of([i64::MIN, i64::MAX]).rounded();
        assert_eq!(scale.at(0), Across(5000));
        assert!((3..=6).contains(&steps.len()), "{steps:?}");
        assert!(scale.at(i64::MAX.into()) > scale.at(i128::from(i64::MAX) / 2));
    }
}
