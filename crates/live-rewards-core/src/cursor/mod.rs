mod position;
mod text;

pub use position::Position;
pub use text::ParseCursorError;

use crate::{Error, ErrorKind, Operation, Query, RedPacketId, RedPacketQuery, Result, Vendor};

/// Where a listing goes on, as text that survives a restart.
///
/// It names the vendor, the operation and (by digest) the query that it was made for, and carries the page size; anything else
/// refuses it. Its text form is `Display` and `FromStr`, and nobody needs to look inside.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    vendor: Vendor,
    operation: Operation,
    query: u64,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Place {
    /// In a listing.
    Listing(Position),
    /// In the claims of a room's red packets, one packet after the other.
    Room(Box<RoomPlace>),
}

/// A place in the claims of a room's red packets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RoomPlace {
    /// The page of red packets.
    pub(crate) listing: ListingPage,
    /// The red packet on it.
    pub(crate) red_packet: RedPacketId,
    /// Where its claims go on; `None` after the last of them.
    pub(crate) claims: Option<Position>,
}

/// A page of a listing that this crate reads through a vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ListingPage {
    /// The first one, which only the vendor's client can place.
    First {
        /// Rows that were asked for, where that is known.
        size: Option<u32>,
    },
    /// One that a page before led to.
    At(Position),
}

impl Cursor {
    /// A cursor for a position in the listing of a query.
    pub fn new(vendor: Vendor, query: &impl Query, position: Position) -> Self {
        Self {
            vendor,
            operation: query.operation(),
            query: query.digest(),
            place: Place::Listing(position),
        }
    }

    /// The position, if the cursor was made by this vendor for this query; otherwise an error of
    /// kind [`InvalidInput`](ErrorKind::InvalidInput).
    pub fn position(&self, vendor: Vendor, query: &impl Query) -> Result<Position> {
        match self.place {
            Place::Listing(position) => {
                self.made_for(vendor, query.operation(), query).map(|()| position)
            }
            Place::Room(_) => Err(foreign(vendor, "operation")),
        }
    }

    /// A cursor for a place in the claims of a room's red packets.
    pub(crate) fn in_room(vendor: Vendor, query: &RedPacketQuery, place: RoomPlace) -> Self {
        let (operation, query) = (Operation::Claims, query.digest());
        Self { vendor, operation, query, place: Place::Room(Box::new(place)) }
    }

    /// The place, if the cursor was made by this vendor for the claims of these red packets.
    pub(crate) fn room_place(&self, vendor: Vendor, query: &RedPacketQuery) -> Result<&RoomPlace> {
        match &self.place {
            Place::Room(place) => {
                self.made_for(vendor, Operation::Claims, query).map(|()| &**place)
            }
            Place::Listing(_) => Err(foreign(vendor, "operation")),
        }
    }

    /// The position in a listing, whoever's it is.
    pub(crate) fn listing_position(&self) -> Option<Position> {
        match self.place {
            Place::Listing(position) => Some(position),
            Place::Room(_) => None,
        }
    }

    /// The same for another position.
    pub(crate) fn moved(&self, position: Position) -> Self {
        Self { place: Place::Listing(position), ..self.clone() }
    }

    fn made_for(&self, vendor: Vendor, operation: Operation, query: &impl Query) -> Result<()> {
        if self.vendor != vendor {
            return Err(foreign(vendor, "vendor"));
        }
        if self.operation != operation {
            return Err(foreign(vendor, "operation"));
        }
        if self.query != query.digest() {
            return Err(foreign(vendor, "query"));
        }
        Ok(())
    }
}

fn foreign(vendor: Vendor, what: &str) -> Error {
    let message = format!("the cursor belongs to another {what}; start again without it");
    Error::new(ErrorKind::InvalidInput, message).with_vendor(vendor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClaimQuery, RoomKind, RoomRef};

    fn query(room: &str) -> RedPacketQuery {
        RedPacketQuery::new(RoomRef::new(room, RoomKind::Channel))
    }

    fn claims_query(red_packet: &str) -> ClaimQuery {
        ClaimQuery::new(RoomRef::new("1", RoomKind::Channel), red_packet)
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
    fn a_place_in_a_room_and_one_in_a_listing_refuse_each_other() {
        let position = Position::Page { number: 2, size: 10 };
        let place = RoomPlace {
            listing: ListingPage::At(position),
            red_packet: "p".into(),
            claims: Some(position),
        };
        let in_room = Cursor::in_room(Vendor::Xiaoe, &query("1"), place.clone());
        assert_eq!(*in_room.room_place(Vendor::Xiaoe, &query("1")).unwrap(), place);
        for (vendor, query) in [(Vendor::Polyv, query("1")), (Vendor::Xiaoe, query("2"))] {
            let error = in_room.room_place(vendor, &query).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
        }
        assert!(in_room.position(Vendor::Xiaoe, &query("1")).is_err());
        assert!(in_room.position(Vendor::Xiaoe, &claims_query("p")).is_err());
        for plain in [
            Cursor::new(Vendor::Xiaoe, &query("1"), position),
            Cursor::new(Vendor::Xiaoe, &claims_query("p"), position),
        ] {
            assert!(plain.room_place(Vendor::Xiaoe, &query("1")).is_err());
        }
    }

    #[test]
    fn neither_page_size_nor_read_ahead_is_part_of_the_query() {
        let cursor =
            Cursor::new(Vendor::Polyv, &query("1"), Position::Page { number: 2, size: 10 });
        let other = query("1").page_size(7).read_ahead(4);
        assert!(cursor.position(Vendor::Polyv, &other).is_ok());
    }
}
