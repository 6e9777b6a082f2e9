use std::{collections::HashMap, hash::Hash};

/// A record with a natural key: what makes it the same record when it is read again, within one account.
pub trait Keyed {
    /// The key.
    type Key: Eq + Hash + Send;

    /// The record's key.
    fn key(&self) -> Self::Key;
}

/// Numbers rows that are equal in all that identifies them, in the order in which they stand on one page, so that they stay apart.
///
/// `identity` takes what identifies a row but for its ordinal, `ordinal` is where the number goes.
pub fn assign_ordinals<T, K: Eq + Hash>(
    rows: &mut [T],
    identity: impl Fn(&T) -> K,
    ordinal: impl Fn(&mut T) -> &mut u32,
) {
    let mut seen: HashMap<K, u32> = HashMap::with_capacity(rows.len());
    for row in rows {
        let count = seen.entry(identity(row)).or_default();
        *ordinal(row) = *count;
        *count = count.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_are_numbered_in_order() {
        let mut rows = [("a", 9), ("b", 9), ("a", 9), ("a", 9)];
        assign_ordinals(&mut rows, |row| row.0, |row| &mut row.1);
        assert_eq!(rows, [("a", 0), ("b", 0), ("a", 1), ("a", 2)]);
    }
}
