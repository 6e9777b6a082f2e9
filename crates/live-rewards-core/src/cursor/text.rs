//! Cursors as text.
//!
//! `1.VENDOR.OPERATION.DIGEST.` and a place: in a listing `pNUMBER.SIZE`, `oOFFSET.SIZE`, `mMONTH.LAST.NUMBER.SIZE.FIRSTSIZE` or
//! `tTOKEN.SIZE`; in the claims of a room's red packets the page of packets (`s.SIZE` for the first one), the packet's id, and where
//! its claims go on, or `end`.

use std::{
    fmt::{self, Write},
    str::FromStr,
};

use super::{Cursor, ListingPage, Place, Position, RoomPlace};
use crate::Operation;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}.{}.{:016x}.", self.vendor, self.operation, self.query)?;
        match &self.place {
            Place::Listing(position) => position.write(f),
            Place::Room(place) => place.write(f),
        }
    }
}

impl Position {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page { number, size } => write!(f, "p{number}.{size}"),
            Self::Offset { offset, size } => write!(f, "o{offset}.{size}"),
            Self::Month { month, last, number, size, first_size } => {
                write!(f, "m{month}.{last}.{number}.{size}.{first_size}")
            }
            Self::After { token, size } => write!(f, "t{}.{size}", Escaped(token)),
        }
    }
}

impl RoomPlace {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.listing {
            ListingPage::First { size } => write!(f, "s.{}", size.unwrap_or(0))?,
            ListingPage::At(position) => position.write(f)?,
        }
        write!(f, ".{}.", Escaped(self.red_packet.as_str()))?;
        match &self.claims {
            Some(position) => position.write(f),
            None => f.write_str("end"),
        }
    }
}

/// Text that ends where the next part begins.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0.bytes() {
            if is_plain(byte) {
                f.write_char(byte.into())?;
            } else {
                write!(f, "~{byte:02x}")?;
            }
        }
        Ok(())
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
    if parts.next()? != "1" {
        return None;
    }
    let vendor = parts.next()?.parse().ok()?;
    let operation = Operation::parse(parts.next()?)?;
    let query = hexadecimal(parts.next()?, 16)?;
    let listing = match parts.next()? {
        "s" => {
            let size = u32::try_from(digits(parts.next()?)?).ok()?;
            ListingPage::First { size: (size > 0).then_some(size) }
        }
        first => ListingPage::At(position(first, &mut parts)?),
    };
    let place = match (listing, parts.next()) {
        (ListingPage::At(position), None) => Place::Listing(position),
        (listing, Some(red_packet)) if operation == Operation::Claims => {
            let claims = match parts.next()? {
                "end" => None,
                first => Some(position(first, &mut parts)?),
            };
            let red_packet = unescaped(red_packet)?.into();
            Place::Room(Box::new(RoomPlace { listing, red_packet, claims }))
        }
        _ => return None,
    };
    parts.next().is_none().then_some(Cursor { vendor, operation, query, place })
}

fn position<'a>(first: &str, rest: &mut impl Iterator<Item = &'a str>) -> Option<Position> {
    let (style, first) = first.split_at_checked(1)?;
    Some(match style {
        "p" => Position::Page { number: positive(first)?, size: positive(rest.next()?)? },
        "o" => Position::Offset { offset: digits(first)?, size: positive(rest.next()?)? },
        "m" => Position::Month {
            month: first.parse().ok()?,
            last: rest.next()?.parse().ok()?,
            number: positive(rest.next()?)?,
            size: positive(rest.next()?)?,
            first_size: positive(rest.next()?)?,
        },
        "t" => Position::After { token: unescaped(first)?, size: positive(rest.next()?)? },
        _ => return None,
    })
}

fn positive(text: &str) -> Option<u32> {
    digits(text)?.try_into().ok().filter(|number| *number > 0)
}

/// Plain digits only: `parse` would also take a sign.
fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// So many lower-case digits, no others.
fn hexadecimal(text: &str, length: usize) -> Option<u64> {
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (plain && text.len() == length).then(|| u64::from_str_radix(text, 16).ok())?
}

/// Whether a byte of an id stands for itself: neither the escape nor what sets parts off, nor anything that a shell or a URL minds.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn unescaped(text: &str) -> Option<String> {
    let mut pieces = text.split('~');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let (escape, rest) = piece.split_at_checked(2)?;
        let byte = u8::try_from(hexadecimal(escape, 2)?).ok().filter(|byte| !is_plain(*byte))?;
        bytes.push(byte);
        bytes.extend_from_slice(rest.as_bytes());
    }
    let mut unescaped = text.bytes().filter(|byte| *byte != b'~');
    unescaped.all(is_plain).then(|| String::from_utf8(bytes).ok())?
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
    use crate::{Month, RedPacketQuery, RoomKind, RoomRef, Vendor};
    use proptest::prelude::*;

    fn query() -> RedPacketQuery {
        RedPacketQuery::new(RoomRef::new("2812610", RoomKind::Channel))
    }

    fn in_room(listing: ListingPage, red_packet: &str, claims: Option<Position>) -> Cursor {
        let place = RoomPlace { listing, red_packet: red_packet.into(), claims };
        Cursor::in_room(Vendor::Xiaoe, &query(), place)
    }

    #[test]
    fn its_text_is_stable() {
        let page = Position::Page { number: 3, size: 100 };
        let cursor = Cursor::new(Vendor::Polyv, &query(), page.clone());
        insta::assert_snapshot!(cursor, @"1.polyv.red_packets.2e4cdc857adba905.p3.100");
        let (may, december) = ("2025-05".parse().unwrap(), "2025-12".parse().unwrap());
        let cursor = Cursor::new(Vendor::Polyv, &query(), page.clone().in_months(may, december));
        insta::assert_snapshot!(cursor, @"1.polyv.red_packets.2e4cdc857adba905.m2025-05.2025-12.3.100.100");
        let after = Position::After { token: r#"{"id":7}"#.to_owned(), size: 50 };
        let cursor = Cursor::new(Vendor::Polyv, &query(), after);
        insta::assert_snapshot!(cursor, @"1.polyv.red_packets.2e4cdc857adba905.t~7b~22id~22~3a7~7d.50");
        let cursor = in_room(ListingPage::At(page.clone()), "Bvab2ejoRg1L", Some(page));
        insta::assert_snapshot!(cursor, @"1.xiaoe.claims.2e4cdc857adba905.p3.100.Bvab2ejoRg1L.p3.100");
        let cursor = in_room(ListingPage::First { size: Some(20) }, "a.红~", None);
        insta::assert_snapshot!(cursor, @"1.xiaoe.claims.2e4cdc857adba905.s.20.a~2e~e7~ba~a2~7e.end");
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
            "1.polyv.red_packets.0000000000000000.s.10",
            "1.polyv.red_packets.0000000000000000.m2025-5.2025-12.1.10.10",
            "1.polyv.red_packets.0000000000000000.m2025-05.2025-13.1.10.10",
            "1.polyv.red_packets.0000000000000000.m2025-05.2025-12.0.10.10",
            "1.polyv.red_packets.0000000000000000.m2025-05.2025-12.1.10.0",
            "1.polyv.red_packets.0000000000000000.m2025-05.2025-12.1.10",
            "1.polyv.red_packets.0000000000000000.t{.10",
            "1.polyv.red_packets.0000000000000000.t~7b.0",
            "1.polyv.red_packets.0000000000000000.t~7b",
            "1.nobody.red_packets.0000000000000000.p1.10",
            "1.xiaoe.red_packets.0000000000000000.p1.10.a.end",
            "1.xiaoe.claims.0000000000000000.p1.10.a",
            "1.xiaoe.claims.0000000000000000.p1.10.a.p1",
            "1.xiaoe.claims.0000000000000000.p1.10.a.end.",
            "1.xiaoe.claims.0000000000000000.p1.10.a.s.10",
            "1.xiaoe.claims.0000000000000000.s1.10.a.end",
            "1.xiaoe.claims.0000000000000000.s.-1.a.end",
            "1.xiaoe.claims.0000000000000000.p1.10.a~.end",
            "1.xiaoe.claims.0000000000000000.p1.10.a~2E.end",
            "1.xiaoe.claims.0000000000000000.p1.10.a~61.end",
            "1.xiaoe.claims.0000000000000000.p1.10.a~ff.end",
            "1.xiaoe.claims.0000000000000000.p1.10.a b.end",
            "1.xiaoe.claims.0000000000000000.p1.10.a~é.end",
        ] {
            assert_eq!(text.parse::<Cursor>(), Err(ParseCursorError), "{text}");
        }
    }

    fn positions() -> impl Strategy<Value = Position> {
        prop_oneof![
            (1_u32.., 1_u32..).prop_map(|(number, size)| Position::Page { number, size }),
            (any::<u64>(), 1_u32..).prop_map(|(offset, size)| Position::Offset { offset, size }),
            (months(), months(), 1_u32.., 1_u32.., 1_u32..).prop_map(
                |(month, last, number, size, first_size)| Position::Month {
                    month,
                    last,
                    number,
                    size,
                    first_size,
                }
            ),
            ("\\PC{0,12}|[a-z0-9.~]{0,12}", 1_u32..)
                .prop_map(|(token, size)| Position::After { token, size }),
        ]
    }

    fn months() -> impl Strategy<Value = Month> {
        (0_i16..=9999, 1_u8..=12).prop_map(|(year, month)| Month::new(year, month).unwrap())
    }

    fn listing_pages() -> impl Strategy<Value = ListingPage> {
        prop_oneof![
            positions().prop_map(ListingPage::At),
            (1_u32..).prop_map(|size| ListingPage::First { size: Some(size) }),
            Just(ListingPage::First { size: None }),
        ]
    }

    proptest! {
        #[test]
        fn text_round_trips(position in positions()) {
            let cursor = Cursor::new(Vendor::Yxt, &query(), position);
            prop_assert_eq!(cursor.to_string().parse::<Cursor>(), Ok(cursor));
        }

        #[test]
        fn text_of_a_place_in_a_room_round_trips(
            listing in listing_pages(),
            red_packet in "\\PC{0,12}|[a-z0-9.~]{0,12}",
            claims in proptest::option::of(positions()),
        ) {
            let cursor = in_room(listing, &red_packet, claims);
            prop_assert_eq!(cursor.to_string().parse::<Cursor>(), Ok(cursor));
        }

        #[test]
        fn any_text_is_read_without_panic(text in ".{0,80}") {
            let _ = text.parse::<Cursor>();
        }
    }
}
