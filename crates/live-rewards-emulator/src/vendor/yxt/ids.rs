//! Ids of YXT's forms.

use crate::ids::{numbered_uuid, uuid, uuid_number};
use crate::seed::Purpose;
use crate::text::Text;
use crate::vendor::yxt::Yxt;

/// Sessions of a room that ids leave room for.
const SESSIONS: i64 = 1 << 24;

impl Yxt {
    pub(super) fn room_id(&self, room: i64) -> Text {
        numbered_uuid(room, self.draws.of(Purpose::Room))
    }

    /// The room that has an id.
    pub(super) fn room(&self, id: &str) -> Option<i64> {
        let room = uuid_number(id, self.draws.of(Purpose::Room))?;
        self.gifts.timeline.rooms().contains(&room).then_some(room)
    }

    pub(super) fn session_id(&self, room: i64, session: i64) -> Text {
        numbered_uuid(room * SESSIONS + session, self.draws.of(Purpose::Session))
    }

    /// Room and number of the session that has an id.
    pub(super) fn session(&self, id: &str) -> Option<(i64, i64)> {
        self.numbered(id, Purpose::Session)
    }

    /// Id of the round of signing in of a session.
    pub(super) fn round_id(&self, room: i64, session: i64) -> Text {
        numbered_uuid(room * SESSIONS + session, self.draws.of(Purpose::CheckIn))
    }

    /// Room and number of the session whose round has an id.
    pub(super) fn round(&self, id: &str) -> Option<(i64, i64)> {
        self.numbered(id, Purpose::CheckIn)
    }

    /// Id of a person's signing in in a session.
    pub(super) fn sign_in_id(&self, room: i64, session: i64, person: i64) -> Text {
        let draws = self.draws.of(Purpose::CheckIn).of(Purpose::Person);
        uuid(draws.at(room).at(session).at(person))
    }

    pub(super) fn user_id(&self, person: i64) -> Text {
        uuid(self.draws.of(Purpose::Person).at(person))
    }

    /// Id of a kind of gift.
    pub(super) fn gift_id(&self, kind: i64) -> Text {
        uuid(self.draws.of(Purpose::Gift).at(kind))
    }

    /// Id of a gift: counted over all rooms, rising in each.
    pub(super) fn pid(&self, room: i64, index: i64) -> Text {
        let mut pid = Text::new();
        let rooms = self.gifts.timeline.rooms().end;
        pid.decimal((index * rooms + room + 1).unsigned_abs(), 1);
        pid
    }

    /// Room and number of a session that an id was made of.
    fn numbered(&self, id: &str, purpose: Purpose) -> Option<(i64, i64)> {
        let number = uuid_number(id, self.draws.of(purpose))?;
        let (room, session) = (number / SESSIONS, number % SESSIONS);
        self.gifts.timeline.rooms().contains(&room).then_some((room, session))
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
        let yxt = Yxt::new(Draws::new(3), &plan, 1_790_000_000);
        for room in [0, 1, 49] {
            assert_eq!(yxt.room(&yxt.room_id(room)), Some(room));
            for session in [0, 59, 1_000_000] {
                let id = yxt.session_id(room, session);
                assert_eq!(yxt.session(&id), Some((room, session)));
                assert_eq!((yxt.room(&id), yxt.round(&id)), (None, None));
                assert_eq!(yxt.round(&yxt.round_id(room, session)), Some((room, session)));
            }
        }
        assert_eq!(yxt.room(&yxt.room_id(50)), None);
        assert_eq!(yxt.session("442afd28-35a9-4d32-9fef-828e66928fc4"), None);
    }
}
