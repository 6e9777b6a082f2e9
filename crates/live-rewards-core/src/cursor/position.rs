/// A place in a paged listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Position {
    /// A numbered page.
    Page {
        /// From 1.
        number: u32,
        /// Rows a page.
        size: u32,
    },
    /// Rows from an offset on.
    Offset {
        /// Rows before this page, a multiple of `size`.
        offset: u64,
        /// Rows a page.
        size: u32,
    },
}

impl Position {
    /// Number of the page, from 1.
    pub fn page(self) -> u32 {
        match self {
            Self::Page { number, .. } => number,
            Self::Offset { offset, size } => {
                let before = offset.checked_div(size.into()).unwrap_or(0);
                u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
            }
        }
    }

    /// Rows before this page.
    pub fn offset(self) -> u64 {
        match self {
            Self::Page { number, size } => u64::from(number.saturating_sub(1)) * u64::from(size),
            Self::Offset { offset, .. } => offset,
        }
    }

    /// Rows a page.
    pub const fn size(self) -> u32 {
        match self {
            Self::Page { size, .. } | Self::Offset { size, .. } => size,
        }
    }

    /// The page after this one if the listing goes on in pages of this size.
    pub fn following(self) -> Option<Self> {
        match self {
            Self::Page { number, size } => {
                Some(Self::Page { number: number.checked_add(1)?, size })
            }
            Self::Offset { offset, size } => {
                Some(Self::Offset { offset: offset.checked_add(size.into())?, size })
            }
        }
    }

    /// The page that begins right behind the first `rows` rows of this one, as large as one of no more than `rows` can be.
    ///
    /// A vendor that gives no more than so many rows a page gives all of that one.
    pub fn behind(self, rows: u64) -> Option<Self> {
        let end = self.offset().checked_add(rows)?;
        let size = (1..=rows).rev().find(|size| end.is_multiple_of(*size))?;
        self.holding(end, size.try_into().ok()?)
    }

    /// The page of another size that holds a row, by the number of rows before it.
    pub(crate) fn holding(self, row: u64, size: u32) -> Option<Self> {
        let before = row.checked_div(size.into())?;
        Some(match self {
            Self::Page { .. } => {
                Self::Page { number: u32::try_from(before).ok()?.checked_add(1)?, size }
            }
            Self::Offset { .. } => Self::Offset { offset: row - row % u64::from(size), size },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_some_rows_begins_right_behind_them() {
        let page = |number, size| Position::Page { number, size };
        let offset = |offset, size| Position::Offset { offset, size };
        for (at, rows, behind) in [
            (page(1, 100), 37, page(2, 37)),
            (page(3, 100), 50, page(6, 50)),
            (page(3, 100), 30, page(11, 23)),
            (page(3, 100), 37, page(80, 3)),
            (offset(0, 100), 37, offset(37, 37)),
            (offset(200, 100), 50, offset(250, 50)),
            (offset(200, 100), 30, offset(230, 23)),
        ] {
            assert_eq!(at.behind(rows), Some(behind));
            assert_eq!(behind.offset(), at.offset() + rows);
        }
        assert_eq!(page(u32::MAX, 1).behind(1), None);
        assert_eq!(page(1, 100).behind(0), None);
        assert_eq!(offset(u64::MAX, 1).behind(1), None);
    }

    #[test]
    fn a_row_is_held_by_one_page_of_each_size() {
        let page = Position::Page { number: 3, size: 100 };
        assert_eq!(page.holding(200, 30), Some(Position::Page { number: 7, size: 30 }));
        let offset = Position::Offset { offset: 200, size: 100 };
        assert_eq!(offset.holding(200, 30), Some(Position::Offset { offset: 180, size: 30 }));
    }
}
