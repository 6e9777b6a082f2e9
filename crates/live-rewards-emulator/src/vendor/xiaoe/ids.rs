//! Ids of Xiaoe's forms.

use crate::ids::{HEX, LOWER, decode, encode, letters};
use crate::people;
use crate::seed::Purpose;
use crate::vendor::xiaoe::Xiaoe;
use crate::world::DAY;
use crate::world::red_packet::RedPacket;

/// Resource type of a live.
pub(super) const LIVE: i64 = 4;

/// Red packets of a room that ids leave room for.
const ROOM_SIZE: i64 = 1 << 40;

impl Xiaoe {
    /// Id of a live: `l_` and 24 hex digits, the first eight its instant.
    pub(super) fn resource_id(&self, room: i64) -> String {
        let created = self.start - 30 * DAY + room;
        let draws = self.draws.of(Purpose::Room).at(room);
        format!("l_{created:08x}{}", letters(draws, HEX, 16))
    }

    /// Id of a person: `u_`, 13 hex digits that begin with an instant, and ten letters and digits.
    pub(super) fn user_id(&self, person: i64) -> String {
        let key = self.draws.of(Purpose::Person);
        let mut draws = key.at(person);
        let second = self.start - 400 * DAY - draws.below(300 * DAY);
        let fraction = draws.below(1 << 20);
        format!("u_{second:08x}{fraction:05x}_{}", encode(person, key))
    }

    /// The person of an id that [`user_id`](Self::user_id) wrote.
    pub(super) fn person(&self, user_id: &str) -> Option<i64> {
        let (_, code) = user_id.rsplit_once('_')?;
        let person = decode(code, self.draws.of(Purpose::Person))?;
        let known = (0..people::host(ROOM_SIZE)).contains(&person);
        (known && self.user_id(person) == user_id).then_some(person)
    }

    /// Id of a red packet: twelve letters and digits.
    pub(super) fn red_packet_id(&self, room: i64, index: i64) -> String {
        let key = self.draws.of(Purpose::RedPacket);
        let code = encode(room * ROOM_SIZE + index, key);
        let head = letters(key.at(room).at(index), LOWER, 2);
        format!("{head}{code}")
    }

    /// Index of a room's red packet whose id [`red_packet_id`](Self::red_packet_id) wrote.
    pub(super) fn red_packet_index(&self, room: i64, id: &str) -> Option<i64> {
        let number = decode(id.get(2..)?, self.draws.of(Purpose::RedPacket))?;
        let index = number % ROOM_SIZE;
        let known = number / ROOM_SIZE == room && self.red_packet_id(room, index) == id;
        known.then_some(index)
    }

    /// Id of the order that paid for a red packet.
    pub(super) fn order_id(&self, packet: &RedPacket) -> String {
        let key = self.draws.of(Purpose::Order).at(packet.room);
        let mut draws = key.at(packet.index);
        let (fraction, number) = (draws.below(1 << 20), draws.below(100_000_000));
        let created = packet.created;
        format!("o_{created}_{created:08x}{fraction:05x}_{number:08}")
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::Scenario;
    use crate::seed::Draws;

    use super::*;

    #[test]
    fn ids_are_read_back_and_strange_ones_are_not() {
        let xiaoe = Xiaoe::new(Draws::new(3), Scenario::Tiny.plan(), 1_790_000_000);
        for person in [0, 1, 24, 997, 998] {
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
    }
}
