//! The rows of a room that a call is about.

use std::ops::Range;

/// A range of indexes, perhaps without one of them.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    range: Range<i64>,
    gap: Option<i64>,
}

impl Listing {
    pub(crate) fn new(range: Range<i64>, gap: Option<i64>) -> Self {
        let gap = gap.filter(|index| range.contains(index));
        Self { range, gap }
    }

    /// Number of rows.
    pub(crate) fn count(&self) -> i64 {
        self.range.end - self.range.start - i64::from(self.gap.is_some())
    }

    /// Whether the row at an index is one of them.
    pub(crate) fn contains(&self, index: i64) -> bool {
        self.range.contains(&index) && self.gap != Some(index)
    }

    /// All indexes, ascending.
    pub(crate) fn indexes(&self) -> impl Iterator<Item = i64> + use<> {
        let gap = self.gap;
        self.range.clone().filter(move |index| gap != Some(*index))
    }

    /// Indexes at these positions of the descending order.
    pub(crate) fn newest_first(&self, positions: Range<i64>) -> impl Iterator<Item = i64> + use<> {
        let (last, gap) = (self.range.end - 1, self.gap);
        positions.map(move |position| {
            let index = last - position;
            match gap {
                Some(gap) if index <= gap => index - 1,
                _ => index,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newest_first_counts_from_the_end() {
        let listing = Listing::new(3..8, None);
        assert_eq!(listing.newest_first(0..2).collect::<Vec<_>>(), [7, 6]);
        assert_eq!((listing.count(), listing.contains(8)), (5, false));
    }

    #[test]
    fn the_gap_is_passed_over() {
        let listing = Listing::new(3..8, Some(5));
        let all: Vec<i64> = listing.newest_first(0..listing.count()).collect();
        assert_eq!(all, [7, 6, 4, 3]);
        assert_eq!(listing.indexes().collect::<Vec<_>>(), [3, 4, 6, 7]);
        assert!(listing.contains(4) && !listing.contains(5));
        assert_eq!(Listing::new(3..8, Some(8)).count(), 5);
    }
}
