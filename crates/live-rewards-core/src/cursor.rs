use std::{fmt, str::FromStr};

use crate::{Error, ErrorKind, Operation, Query, Result, Vendor};

/// Where a listing goes on, as text that survives a restart.
///
/// It names the vendor, the operation and (by digest) the query that it was made for, and carries the page size; anything else
/// refuses it. Its text form is `Display` and `FromStr`, and nobody needs to look inside.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    vendor: Vendor,
    operation: Operation,
    query: u64,
    position: Position,
}

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
}

impl Cursor {
    /// A cursor for a position in the listing of a query.
    pub fn new(vendor: Vendor, query: &impl Query, position: Position) -> Self {
        Self { vendor, operation: query.operation(), query: query.digest(), position }
    }

    /// The position, if the cursor was made by this vendor for this query; otherwise an error of
    /// kind [`InvalidInput`](ErrorKind::InvalidInput).
    pub fn position(&self, vendor: Vendor, query: &impl Query) -> Result<Position> {
        let refuse = |what: &str| {
            Err(Error::new(
                ErrorKind::InvalidInput,
                format!("the cursor belongs to another {what}; start again without it"),
            )
            .with_vendor(vendor))
        };
        if self.vendor != vendor {
            return refuse("vendor");
        }
        if self.operation != query.operation() {
            return refuse("operation");
        }
        if self.query != query.digest() {
            return refuse("query");
        }
        Ok(self.position)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}.{}.{:016x}.", self.vendor, self.operation, self.query)?;
        match self.position {
            Position::Page { number, size } => write!(f, "p{number}.{size}"),
            Position::Offset { offset, size } => write!(f, "o{offset}.{size}"),
        }
    }
}

impl FromStr for Cursor {
    type Err = ParseCursorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or(ParseCursorError)
    }
}

fn parse(text: &str) -> Option<Cursor> {
    let mut parts = text.split('.');
    let mut part = || parts.next();
    if part()? != "1" {
        return None;
    }
    let vendor = part()?.parse().ok()?;
    let operation = Operation::parse(part()?)?;
    let digest = part()?;
    let plain = digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let query = u64::from_str_radix(digest, 16).ok().filter(|_| plain && digest.len() == 16)?;
    let (place, size) = (part()?, part()?);
    let size = digits(size)?.try_into().ok().filter(|size| *size > 0)?;
    let (style, number) = place.split_at_checked(1)?;
    let number = digits(number)?;
    let position = match style {
        "p" => Position::Page { number: number.try_into().ok().filter(|n| *n > 0)?, size },
        "o" => Position::Offset { offset: number, size },
        _ => return None,
    };
    part().is_none().then_some(Cursor { vendor, operation, query, position })
}

/// Plain digits only: `parse` would also take a sign.
fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Text that is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseCursorError;

impl fmt::Display for ParseCursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not a cursor; start again without it")
    }
}

impl std::error::Error for ParseCursorError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RedPacketQuery, RoomKind, RoomRef};
    use proptest::prelude::*;

    fn query(room: &str) -> RedPacketQuery {
        RedPacketQuery::new(RoomRef::new(room, RoomKind::Channel))
    }

    #[test]
    fn its_text_is_stable() {
        let cursor =
            Cursor::new(Vendor::Polyv, &query("2812610"), Position::Page { number: 3, size: 100 });
        insta::assert_snapshot!(cursor, @"1.polyv.red_packets.2e4cdc857adba905.p3.100");
    }

    #[test]
    fn another_vendor_operation_or_query_refuses_it() {
        let position = Position::Page { number: 2, size: 10 };
        let cursor = Cursor::new(Vendor::Polyv, &query("1"), position);
        assert_eq!(cursor.position(Vendor::Polyv, &query("1")).unwrap(), position);
        for (vendor, query) in [(Vendor::Xiaoe, query("1")), (Vendor::Polyv, query("2"))] {
            let error = cursor.position(vendor, &query).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
        }
        let points = crate::PointsQuery::new();
        assert!(cursor.position(Vendor::Polyv, &points).is_err());
    }

    #[test]
    fn the_page_size_is_no_part_of_the_query() {
        let cursor =
            Cursor::new(Vendor::Polyv, &query("1"), Position::Page { number: 2, size: 10 });
        assert!(cursor.position(Vendor::Polyv, &query("1").page_size(7)).is_ok());
    }

    #[test]
    fn foreign_text_is_refused() {
        for text in [
            "",
            "1",
            "2.polyv.red_packets.0000000000000000.p1.10",
            "1.polyv.red_packets.0000000000000000.p0.10",
            "1.polyv.red_packets.0000000000000000.p1.0",
            "1.polyv.red_packets.0000000000000000.p+1.10",
            "1.polyv.red_packets.0000000000000000.x1.10",
            "1.polyv.red_packets.000000000000000.p1.10",
            "1.polyv.red_packets.0000000000000000.p1.10.",
            "1.polyv.red_packets.0000000000000000.é1.10",
            "1.nobody.red_packets.0000000000000000.p1.10",
        ] {
            assert_eq!(text.parse::<Cursor>(), Err(ParseCursorError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_round_trips(number in 1_u32.., offset: u64, size in 1_u32.., paged: bool) {
            let position =
                if paged { Position::Page { number, size } } else { Position::Offset { offset, size } };
            let cursor = Cursor::new(Vendor::Yxt, &query("room"), position);
            prop_assert_eq!(cursor.to_string().parse::<Cursor>(), Ok(cursor));
        }

        #[test]
        fn any_text_is_read_without_panic(text in ".{0,80}") {
            let _ = text.parse::<Cursor>();
        }
    }
}
