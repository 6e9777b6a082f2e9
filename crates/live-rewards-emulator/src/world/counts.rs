//! How many rows each room has at the start.

use std::ops::Range;

/// Rows before the start, room by room.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Counts {
    /// One by one.
    Listed(&'static [i64]),
    /// So many altogether, in so many rooms.
    Even { rows: i64, rooms: i64 },
}

impl Counts {
    /// Numbers of the rooms.
    pub(crate) fn rooms(self) -> Range<i64> {
        match self {
            Self::Listed(counts) => 0..i64::try_from(counts.len()).unwrap_or(0),
            Self::Even { rooms, .. } => 0..rooms,
        }
    }

    /// Rows of a room; 0 for a number that is no room's.
    pub(crate) fn of(self, room: i64) -> i64 {
        match self {
            Self::Listed(counts) => {
                usize::try_from(room).ok().and_then(|room| counts.get(room)).copied().unwrap_or(0)
            }
            Self::Even { rows, rooms } if (0..rooms).contains(&room) => {
                rows / rooms + i64::from(room < rows % rooms)
            }
            Self::Even { .. } => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_divided_evenly() {
        let counts = Counts::Even { rows: 10, rooms: 4 };
        let of_each: Vec<i64> = (-1..5).map(|room| counts.of(room)).collect();
        assert_eq!(of_each, [0, 3, 3, 2, 2, 0]);
        assert_eq!(counts.rooms(), 0..4);
    }

    #[test]
    fn listed_rooms_have_what_is_listed() {
        let counts = Counts::Listed(&[3, 0]);
        assert_eq!((counts.of(-1), counts.of(0), counts.of(1), counts.of(2)), (0, 3, 0, 0));
        assert_eq!(counts.rooms(), 0..2);
    }
}
