//! Ids of Polyv's forms.

use crate::code;
use crate::ids::{HEX, MIXED, push_letters};
use crate::seed::Purpose;
use crate::text::Text;
use crate::vendor::polyv::Polyv;

/// Sessions of a channel that ids leave room for.
const SESSIONS: i64 = 1 << 24;

impl Polyv {
    /// Number of a channel, of seven digits.
    pub(super) fn channel_id(&self, room: i64) -> i64 {
        let block = self.draws.of(Purpose::Room).below(8000);
        2_000_000 + block * 100 + room
    }

    /// The channel that has a number.
    pub(super) fn room(&self, channel_id: i64) -> Option<i64> {
        let room = channel_id.checked_sub(self.channel_id(0))?;
        self.red_packets.timeline.rooms().contains(&room).then_some(room)
    }

    /// Id of a session of a channel.
    pub(super) fn session_id(&self, room: i64, session: i64) -> Text {
        code::LOWER.encode(room * SESSIONS + session, self.draws.of(Purpose::Session))
    }

    /// The session of a channel that has an id.
    pub(super) fn session(&self, room: i64, id: &str) -> Option<i64> {
        let number = code::LOWER.decode(id, self.draws.of(Purpose::Session))?;
        (number / SESSIONS == room).then_some(number % SESSIONS)
    }

    /// Id of a red packet: 32 hex digits.
    pub(super) fn red_pack_id(&self, room: i64, index: i64) -> Text {
        let mut id = Text::new();
        let draws = self.draws.of(Purpose::RedPacket).at(room).at(index);
        push_letters(&mut id, draws, HEX, 32);
        id
    }

    /// WeChat's id of a person.
    pub(super) fn open_id(&self, person: i64) -> Text {
        let mut id = Text::new();
        id.push_str("ovtl9t");
        push_letters(&mut id, self.draws.of(Purpose::Person).at(person), MIXED, 22);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::seed::Draws;
    use crate::world::plan::Plan;

    #[test]
    fn ids_are_read_back_and_strange_ones_are_not() {
        let plan = Plan::of(Scenario::Campaign, 10_000_000);
        let polyv = Polyv::new(Draws::new(3), &plan, 1_790_000_000);
        for room in [0, 1, 49] {
            assert_eq!(polyv.room(polyv.channel_id(room)), Some(room));
            for session in [0, 59, 1_000_000] {
                let id = polyv.session_id(room, session);
                assert_eq!(polyv.session(room, &id), Some(session));
                assert_eq!(polyv.session(room + 1, &id), None);
            }
        }
        assert_eq!(polyv.room(polyv.channel_id(50)), None);
        assert_eq!((polyv.room(i64::MIN), polyv.room(1)), (None, None));
        assert_eq!(polyv.session(0, "g8h352spm"), None);
        assert_eq!((polyv.open_id(7).len(), polyv.red_pack_id(0, 1).len()), (28, 32));
    }
}
