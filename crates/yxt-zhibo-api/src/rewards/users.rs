use live_rewards_core::{
    Cursor, Page, Result, RoomKind, User, UserCapability, UserIdKind, UserQuery, UserScope, Vendor,
};

use super::{unsupported, user};
use crate::{
    YxtClient,
    attendee::{Attendee, Attendees},
};

pub(super) const USERS: UserCapability =
    UserCapability::new(Attendees::CAPABILITY, &UserIdKind::VendorUser).in_room().in_session();

/// Who attended a room or a session, likely a row for each time that somebody came.
pub(super) async fn page(
    client: &YxtClient,
    query: &UserQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<User>> {
    USERS.accept(Vendor::Yxt, query)?;
    let request = match &query.scope {
        UserScope::Room(room) => {
            Attendees::new().room_id(room.id_of_kind(Vendor::Yxt, RoomKind::Room)?)
        }
        UserScope::Session(session) => Attendees::new().session(session.as_str()),
        _ => return Err(unsupported("users are read by room or session here")),
    };
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let users = page.datas.items.into_iter().map(attended);
        (users.collect(), page.datas.rejected)
    }))
}

fn attended(row: Attendee) -> User {
    let mut attended = User::new(user(row.user_id).with_nickname(row.nick_name));
    attended.joined_at = row.join_time;
    attended
}
