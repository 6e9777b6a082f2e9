//! Ids of Xiaoe's forms.

use crate::code;
use crate::ids::{HEX, LOWER, push_letters};
use crate::people;
use crate::seed::{Draws, Purpose};
use crate::text::Text;
use crate::vendor::xiaoe::Xiaoe;
use crate::world::DAY;
use crate::world::points_entry::Entry;
use crate::world::red_packet::RedPacket;

/// Resource type of a live.
pub(super) const LIVE: i64 = 4;

/// Red packets of a room that ids leave room for.
const ROOM_SIZE: i64 = 1 << 40;
/// Entries of an account in the points log that ids leave room for.
const LOG_SIZE: i64 = 1 << 28;

impl Xiaoe {
    /// Id of a live: `l_` and 24 hex digits, the first eight its instant.
    pub(super) fn resource_id(&self, room: i64) -> Text {
        let mut id = Text::new();
        id.push_str("l_");
        id.hex((self.first_live() + room).unsigned_abs(), 8);
        push_letters(&mut id, self.draws.of(Purpose::Room).at(room), HEX, 16);
        id
    }

    /// The live that has an id.
    pub(super) fn resource_room(&self, id: &str) -> Option<i64> {
        let created = i64::from_str_radix(id.get(2..10)?, 16).ok()?;
        let room = created - self.first_live();
        let known = self.red_packets.timeline.rooms().contains(&room);
        (known && *self.resource_id(room) == *id).then_some(room)
    }

    /// Id of a person: `u_`, 13 hex digits that begin with an instant, and ten letters and digits.
    pub(super) fn user_id(&self, person: i64) -> Text {
        let key = self.draws.of(Purpose::Person);
        let fraction = key.at(person).below(1 << 20);
        let mut id = Text::new();
        id.push_str("u_");
        id.hex(self.registered(person).unsigned_abs(), 8);
        id.hex(fraction.unsigned_abs(), 5);
        id.push(b'_');
        id.push_str(&code::MIXED.encode(person, key));
        id
    }

    /// When a person became a user: one after the other, long before they earned points.
    pub(super) fn registered(&self, person: i64) -> i64 {
        let later = person - self.people;
        if later < 0 {
            self.start - 700 * DAY + person * (300 * DAY) / self.people
        } else {
            self.first_live() + later
        }
    }

    /// The person of an id that [`user_id`](Self::user_id) wrote.
    pub(super) fn person(&self, user_id: &str) -> Option<i64> {
        let (_, tail) = user_id.rsplit_once('_')?;
        let person = code::MIXED.decode(tail, self.draws.of(Purpose::Person))?;
        let known = (0..people::host(ROOM_SIZE)).contains(&person);
        (known && *self.user_id(person) == *user_id).then_some(person)
    }

    /// Id of a red packet: twelve letters and digits.
    pub(super) fn red_packet_id(&self, room: i64, index: i64) -> Text {
        let key = self.draws.of(Purpose::RedPacket);
        let mut id = Text::new();
        push_letters(&mut id, key.at(room).at(index), LOWER, 2);
        id.push_str(&code::MIXED.encode(room * ROOM_SIZE + index, key));
        id
    }

    /// Index of a room's red packet whose id [`red_packet_id`](Self::red_packet_id) wrote.
    pub(super) fn red_packet_index(&self, room: i64, id: &str) -> Option<i64> {
        let number = code::MIXED.decode(id.get(2..)?, self.draws.of(Purpose::RedPacket))?;
        let index = number % ROOM_SIZE;
        let known = number / ROOM_SIZE == room && *self.red_packet_id(room, index) == *id;
        known.then_some(index)
    }

    /// Id of the order that paid for a red packet.
    pub(super) fn order_id(&self, packet: &RedPacket) -> Text {
        let draws = self.draws.of(Purpose::Order).at(packet.room).at(packet.index);
        order_id(packet.created, draws)
    }

    /// Id of the order that points were spent on.
    pub(super) fn points_order_id(&self, entry: &Entry) -> Text {
        let draws = self.draws.of(Purpose::Entry).at(entry.account).at(entry.number);
        order_id(entry.at, draws)
    }

    /// Number of an entry of the points log.
    pub(super) fn entry_number(entry: &Entry) -> i64 {
        entry.account * LOG_SIZE + entry.number
    }

    /// Id of an entry of the points log, or of something that belongs to it: a prefix, and ten
    /// letters and digits.
    pub(super) fn entry_id(&self, prefix: &str, entry: &Entry) -> Text {
        let mut id = Text::new();
        id.push_str(prefix);
        let key = self.draws.of(Purpose::Entry);
        id.push_str(&code::MIXED.encode(Self::entry_number(entry), key));
        id
    }

    /// Account, and number within it, of the entry of an id that [`entry_id`](Self::entry_id) wrote.
    pub(super) fn entry_place(&self, prefix: &str, id: &str) -> Option<(i64, i64)> {
        let code = id.strip_prefix(prefix)?;
        let number = code::MIXED.decode(code, self.draws.of(Purpose::Entry))?;
        Some((number / LOG_SIZE, number % LOG_SIZE))
    }

    /// Instant of the first live; the others follow second by second.
    fn first_live(&self) -> i64 {
        self.start - 400 * DAY
    }
}

/// `o_`, the second, 13 hex digits that begin with it, and eight digits.
fn order_id(second: i64, mut draws: Draws) -> Text {
    let (fraction, number) = (draws.below(1 << 20), draws.below(100_000_000));
    let second = second.unsigned_abs();
    let mut id = Text::new();
    id.push_str("o_");
    id.decimal(second, 1);
    id.push(b'_');
    id.hex(second, 8);
    id.hex(fraction.unsigned_abs(), 5);
    id.push(b'_');
    id.decimal(number.unsigned_abs(), 8);
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::world::plan::Plan;

    #[test]
    fn ids_are_read_back_and_strange_ones_are_not() {
        let plan = Plan::of(Scenario::Campaign, 10_000_000);
        let xiaoe = Xiaoe::new(Draws::new(3), &plan, 1_790_000_000);
        for person in [0, 1, 24, 997, 998, 999_999, people::host(49)] {
            assert_eq!(xiaoe.person(&xiaoe.user_id(person)), Some(person));
        }
        assert_eq!(xiaoe.person("u_5ed5f356cb844_JG2OgJ8TAa"), None);
        assert_eq!(xiaoe.person("somebody"), None);
        for index in [0, 1, 14, 1_000_000] {
            let id = xiaoe.red_packet_id(1, index);
            assert_eq!(id.len(), 12);
            assert_eq!(xiaoe.red_packet_index(1, &id), Some(index));
            assert_eq!(xiaoe.red_packet_index(0, &id), None);
        }
        assert_eq!(xiaoe.red_packet_index(0, "Bvab2ejoRg1L"), None);
        assert_eq!(xiaoe.red_packet_index(0, "红"), None);
        for room in [0, 1, 49] {
            assert_eq!(xiaoe.resource_room(&xiaoe.resource_id(room)), Some(room));
        }
        for other in ["l_61a59bd0e4b03f3fb99d7575", "l_1", "红包红包红包"] {
            assert_eq!(xiaoe.resource_room(other), None, "{other}");
        }
        assert_eq!(xiaoe.resource_room(&xiaoe.resource_id(50)), None);
    }
}
