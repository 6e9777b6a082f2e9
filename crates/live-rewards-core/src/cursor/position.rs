use crate::Month;

/// A place in a paged listing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// A numbered page of one month, in a listing that is read month by month.
    Month {
        /// The month.
        month: Month,
        /// The month with which the listing ends.
        last: Month,
        /// From 1, in each month anew.
        number: u32,
        /// Rows a page.
        size: u32,
        /// Rows a page that each month begins with.
        first_size: u32,
    },
    /// The rows after what a row said of its place.
    After {
        /// What the vendor gave with the row.
        token: String,
        /// Rows a page.
        size: u32,
    },
}

impl Position {
    /// Number of the page, from 1; of a month's pages in the month. 1 where pages are not counted.
    pub fn page(&self) -> u32 {
        match self {
            Self::Page { number, .. } | Self::Month { number, .. } => *number,
            Self::Offset { offset, size } => {
                let before = offset.checked_div(u64::from(*size)).unwrap_or(0);
                u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
            }
            Self::After { .. } => 1,
        }
    }

    /// Rows before this page; of a month's rows in the month. 0 where rows are not counted.
    pub fn offset(&self) -> u64 {
        match self {
            Self::Page { number, size } | Self::Month { number, size, .. } => {
                u64::from(number.saturating_sub(1)) * u64::from(*size)
            }
            Self::Offset { offset, .. } => *offset,
            Self::After { .. } => 0,
        }
    }

    /// Rows a page.
    pub const fn size(&self) -> u32 {
        match self {
            Self::Page { size, .. }
            | Self::Offset { size, .. }
            | Self::Month { size, .. }
            | Self::After { size, .. } => *size,
        }
    }

    /// The same page of a month's rows, in a listing that ends with another month.
    pub fn in_months(self, month: Month, last: Month) -> Self {
        let (number, size) = (self.page(), self.size());
        Self::Month { month, last, number, size, first_size: size }
    }

    /// The page after this one if the listing goes on in pages of this size. Not known where only a row tells the next place.
    pub fn following(&self) -> Option<Self> {
        match self {
            Self::Offset { offset, size } => {
                Some(Self::Offset { offset: offset.checked_add(u64::from(*size))?, size: *size })
            }
            _ => self.numbered(self.page().checked_add(1)?, self.size()),
        }
    }

    /// The page that begins right behind the first `rows` rows of this one, as large as one of no more than `rows` can be.
    ///
    /// A vendor that gives no more than so many rows a page gives all of that one.
    pub fn behind(&self, rows: u64) -> Option<Self> {
        let end = self.offset().checked_add(rows)?;
        let size = (1..=rows).rev().find(|size| end.is_multiple_of(*size))?;
        self.holding(end, size.try_into().ok()?)
    }

    /// The first page of the next month, unless this is the last one or the listing isn't read by months.
    pub fn following_month(&self) -> Option<Self> {
        match self {
            Self::Month { month, last, first_size, .. } if month < last => Some(Self::Month {
                month: month.next()?,
                last: *last,
                number: 1,
                size: *first_size,
                first_size: *first_size,
            }),
            _ => None,
        }
    }

    /// The page of another size that holds a row, by the number of rows before it.
    pub(crate) fn holding(&self, row: u64, size: u32) -> Option<Self> {
        let before = row.checked_div(size.into())?;
        match self {
            Self::Offset { .. } => Some(Self::Offset { offset: row - row % u64::from(size), size }),
            _ => self.numbered(u32::try_from(before).ok()?.checked_add(1)?, size),
        }
    }

    /// Another page of the same rows, where pages are numbered.
    fn numbered(&self, number: u32, size: u32) -> Option<Self> {
        match *self {
            Self::Page { .. } => Some(Self::Page { number, size }),
            Self::Month { month, last, first_size, .. } => {
                Some(Self::Month { month, last, number, size, first_size })
            }
            Self::Offset { .. } | Self::After { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn page(number: u32, size: u32) -> Position {
        Position::Page { number, size }
    }

    const fn offset(offset: u64, size: u32) -> Position {
        Position::Offset { offset, size }
    }

    fn month(month: &str, last: &str, number: u32, size: u32) -> Position {
        let (month, last) = (month.parse().unwrap(), last.parse().unwrap());
        Position::Month { month, last, number, size, first_size: 100 }
    }

    #[test]
    fn what_follows_some_rows_begins_right_behind_them() {
        for (at, rows, behind) in [
            (page(1, 100), 37, page(2, 37)),
            (page(3, 100), 50, page(6, 50)),
            (page(3, 100), 30, page(11, 23)),
            (page(3, 100), 37, page(80, 3)),
            (offset(0, 100), 37, offset(37, 37)),
            (offset(200, 100), 50, offset(250, 50)),
            (offset(200, 100), 30, offset(230, 23)),
            (month("2025-05", "2025-06", 3, 100), 50, month("2025-05", "2025-06", 6, 50)),
        ] {
            assert_eq!(at.behind(rows), Some(behind.clone()));
            assert_eq!(behind.offset(), at.offset() + rows);
        }
        assert_eq!(page(u32::MAX, 1).behind(1), None);
        assert_eq!(page(1, 100).behind(0), None);
        assert_eq!(offset(u64::MAX, 1).behind(1), None);
    }

    #[test]
    fn a_row_is_held_by_one_page_of_each_size() {
        assert_eq!(page(3, 100).holding(200, 30), Some(page(7, 30)));
        assert_eq!(offset(200, 100).holding(200, 30), Some(offset(180, 30)));
    }

    #[test]
    fn a_month_begins_with_its_first_page_of_the_size_that_was_asked() {
        let at = page(1, 100).in_months("2025-11".parse().unwrap(), "2026-01".parse().unwrap());
        assert_eq!(at, month("2025-11", "2026-01", 1, 100));
        let short = month("2025-11", "2026-01", 2, 7);
        assert_eq!(short.following(), Some(month("2025-11", "2026-01", 3, 7)));
        let december = short.following_month().unwrap();
        assert_eq!(december, month("2025-12", "2026-01", 1, 100));
        let january = december.following_month().unwrap();
        assert_eq!(january, month("2026-01", "2026-01", 1, 100));
        assert_eq!(january.following_month(), None);
        assert_eq!(page(1, 100).following_month(), None);
    }

    #[test]
    fn after_a_row_nothing_is_counted() {
        let at = Position::After { token: "{}".to_owned(), size: 50 };
        assert_eq!((at.page(), at.offset(), at.size()), (1, 0, 50));
        assert_eq!((at.following(), at.behind(7), at.following_month()), (None, None, None));
    }
}
