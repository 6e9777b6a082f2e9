//! Whether a call is about a room or about one session.

use crate::reply::Refusal;
use crate::vendor::Call;
use crate::vendor::yxt::errors::{ROOM_NOT_EXISTED, published};
use crate::vendor::yxt::{Endpoint, Yxt};

/// What a call is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    Room(i64),
    /// A session, with its room.
    Session {
        room: i64,
        session: i64,
    },
    /// A session that isn't known.
    Nothing,
}

impl Scope {
    /// Reads room and session; `None` if neither is given. A session counts before a room.
    pub(super) fn of(
        yxt: &Yxt,
        call: &Call<'_, Endpoint>,
        session: &str,
    ) -> Result<Option<Self>, Refusal> {
        if let Some(session_id) = call.parameters.text(session) {
            let found = yxt.session(session_id);
            return Ok(Some(
                found.map_or(Self::Nothing, |(room, session)| Self::Session { room, session }),
            ));
        }
        let Some(room_id) = call.parameters.text("roomId") else { return Ok(None) };
        let room = yxt.room(room_id).ok_or_else(|| published(ROOM_NOT_EXISTED))?;
        Ok(Some(Self::Room(room)))
    }
}
