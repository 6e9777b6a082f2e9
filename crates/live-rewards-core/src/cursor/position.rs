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
    pub(crate) fn following(self) -> Option<Self> {
        match self {
            Self::Page { number, size } => {
                Some(Self::Page { number: number.checked_add(1)?, size })
            }
            Self::Offset { offset, size } => {
                Some(Self::Offset { offset: offset.checked_add(size.into())?, size })
            }
        }
    }
}
