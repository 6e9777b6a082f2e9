//! Which rows of a listing a page holds.

use std::ops::Range;

/// Positions of the rows on page `number` (from 1) of pages of `size` rows.
pub(crate) fn rows(number: i64, size: i64, total: i64) -> Range<i64> {
    from_offset(number.saturating_sub(1).saturating_mul(size), size, total)
}

/// Positions of at most `size` rows from `offset` on.
pub(crate) fn from_offset(offset: i64, size: i64, total: i64) -> Range<i64> {
    let first = offset.clamp(0, total);
    first..first.saturating_add(size).min(total)
}

/// Number of pages of `size` rows.
pub(crate) fn count(total: i64, size: i64) -> i64 {
    let size = size.max(1);
    total / size + i64::from(total % size > 0)
}

/// Rows of `range`, an ascending listing, at these positions of its descending order.
pub(crate) fn newest_first(
    range: &Range<i64>,
    positions: Range<i64>,
) -> impl Iterator<Item = i64> + use<> {
    let last = range.end - 1;
    positions.map(move |position| last - position)
}

/// The items at these positions.
pub(crate) fn select<I: Iterator>(
    items: I,
    positions: &Range<i64>,
) -> impl Iterator<Item = I::Item> + use<I> {
    items
        .skip(usize::try_from(positions.start).unwrap_or(usize::MAX))
        .take(usize::try_from(positions.end - positions.start).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_cover_everything_once() {
        for size in [1, 3, 7, 10, 11] {
            let seen: Vec<i64> =
                (1..=count(10, size)).flat_map(|number| rows(number, size, 10)).collect();
            assert_eq!(seen, (0..10).collect::<Vec<i64>>(), "size {size}");
        }
    }

    #[test]
    fn beyond_the_end_there_is_nothing() {
        assert!(rows(5, 10, 10).is_empty());
        assert!(rows(i64::MAX, i64::MAX, 10).is_empty());
        assert_eq!(count(0, 10), 0);
    }

    #[test]
    fn items_are_selected_by_position() {
        let items: Vec<char> = select("abcdef".chars(), &(2..4)).collect();
        assert_eq!(items, ['c', 'd']);
        assert_eq!(select("ab".chars(), &(2..2)).count(), 0);
    }

    #[test]
    fn newest_first_counts_from_the_end() {
        let indexes: Vec<i64> = newest_first(&(3..8), 0..2).collect();
        assert_eq!(indexes, [7, 6]);
    }
}
