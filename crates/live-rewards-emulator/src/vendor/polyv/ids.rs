//! Ids of Polyv's forms.

use std::ops::Range;

use crate::code;
use crate::ids::{HEX, MIXED, push_letters, uuid};
use crate::parameters::Parameters;
use crate::seed::Purpose;
use crate::text::Text;
use crate::vendor::polyv::Polyv;

/// Sessions of a channel that ids leave room for.
const SESSIONS: i64 = 1 << 24;
/// From the number of one viewer to the next.
const VIEWERS_APART: i64 = 7919;

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

    /// The channel that a call names.
    pub(super) fn channel(&self, given: &Parameters) -> Option<i64> {
        given.integer("channelId").and_then(|channel_id| self.room(channel_id))
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

    /// Number of a viewer, of thirteen digits.
    pub(super) fn viewer_id(&self, person: i64) -> i64 {
        let first = 1_500_000_000_000 + self.draws.of(Purpose::Viewer).below(200_000_000_000);
        first + person * VIEWERS_APART
    }

    /// The viewer that has a number.
    pub(super) fn viewer(&self, viewer_id: i64) -> Option<i64> {
        let distance = viewer_id.checked_sub(self.viewer_id(0))?;
        let person = distance.div_euclid(VIEWERS_APART);
        (distance % VIEWERS_APART == 0 && self.viewers().contains(&person)).then_some(person)
    }

    /// Everybody who is known as a viewer.
    pub(super) fn viewers(&self) -> Range<i64> {
        0..self.audience + 1
    }

    /// Id of the lottery of a session.
    pub(super) fn lottery_id(&self, room: i64, session: i64) -> Text {
        code::LOWER.encode(room * SESSIONS + session, self.draws.of(Purpose::Lottery))
    }

    /// The session of a channel whose lottery has an id.
    pub(super) fn lottery(&self, room: i64, id: &str) -> Option<i64> {
        let number = code::LOWER.decode(id, self.draws.of(Purpose::Lottery))?;
        (number / SESSIONS == room).then_some(number % SESSIONS)
    }

    /// Id of a win in the lottery of a session: ten hex digits.
    pub(super) fn win_id(&self, room: i64, session: i64, place: i64) -> Text {
        let mut id = Text::new();
        let draws = self.draws.of(Purpose::Winner).at(room).at(session).at(place);
        push_letters(&mut id, draws, HEX, 10);
        id
    }

    /// Code that a win is claimed with: six digits.
    pub(super) fn win_code(&self, room: i64, session: i64, place: i64) -> Text {
        let mut code = Text::new();
        let draws = self.draws.of(Purpose::Winner).at(room).at(session).at(place);
        let number = draws.of(Purpose::Order).below(1_000_000);
        code.decimal(number.unsigned_abs(), 6);
        code
    }

    /// Number of the lucky bag of a channel, of five digits.
    pub(super) fn lucky_bag_id(&self, room: i64) -> i64 {
        20_000 + self.draws.of(Purpose::LuckyBag).below(700) * 100 + room
    }

    /// The channel whose lucky bag has a number.
    pub(super) fn lucky_bag(&self, id: i64) -> Option<i64> {
        let room = id.checked_sub(self.lucky_bag_id(0))?;
        self.sessions.rooms().contains(&room).then_some(room)
    }

    /// Number of the task reward activity of a channel, of four digits.
    pub(super) fn activity_id(&self, room: i64) -> i64 {
        1000 + self.draws.of(Purpose::Task).below(80) * 100 + room
    }

    /// The channel whose task reward activity has a number.
    pub(super) fn activity(&self, id: i64) -> Option<i64> {
        let room = id.checked_sub(self.activity_id(0))?;
        self.tasks.rooms().contains(&room).then_some(room)
    }

    /// Order number of a payment in a channel: 32 hex digits.
    pub(super) fn order_number(&self, room: i64, payment: i64) -> Text {
        let mut number = Text::new();
        push_letters(&mut number, self.draws.of(Purpose::Order).at(room).at(payment), HEX, 32);
        number
    }

    /// Id of the round of checking in of a session.
    pub(super) fn round_id(&self, room: i64, session: i64) -> Text {
        uuid(self.draws.of(Purpose::CheckIn).of(Purpose::Session).at(room).at(session))
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
                let id = polyv.lottery_id(room, session);
                assert_eq!(polyv.lottery(room, &id), Some(session));
                assert_eq!((polyv.lottery(room + 1, &id), polyv.session(room, &id)), (None, None));
            }
            assert_eq!(polyv.lucky_bag(polyv.lucky_bag_id(room)), Some(room));
            assert_eq!(polyv.activity(polyv.activity_id(room)), Some(room));
            assert_eq!(polyv.activity(polyv.lucky_bag_id(room)), None);
        }
        assert_eq!(polyv.room(polyv.channel_id(50)), None);
        assert_eq!((polyv.room(i64::MIN), polyv.room(1)), (None, None));
        assert_eq!(polyv.session(0, "g8h352spm"), None);
        for person in [0, 1, 999_983] {
            let id = polyv.viewer_id(person);
            assert_eq!((polyv.viewer(id), polyv.viewer(id + 1)), (Some(person), None));
        }
        assert_eq!((polyv.viewer(polyv.viewer_id(999_984)), polyv.viewer(0)), (None, None));
        assert_eq!((polyv.open_id(7).len(), polyv.red_pack_id(0, 1).len()), (28, 32));
    }
}
