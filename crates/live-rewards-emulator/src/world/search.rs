//! Searching among rows that are computed, not stored.

/// How many of `count` rows come before a place, given that these are the first ones.
pub(crate) fn count_before(count: i64, is_before: impl Fn(i64) -> bool) -> i64 {
    let (mut low, mut high) = (0, count.max(0));
    while low < high {
        let middle = low + (high - low) / 2;
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_that_is_not_before_is_found() {
        for count in 0..10 {
            for place in 0..=count {
                assert_eq!(count_before(count, |row| row < place), place);
            }
        }
        assert_eq!(count_before(-1, |_| true), 0);
    }
}
