use live_rewards_core::{
    Cursor, ListingCapability, OpenEnum, Page, Result, Room, RoomKind, RoomQuery, RoomRef, Vendor,
};

use crate::{
    PolyvClient,
    channel::{Channel, ChannelList},
};

pub(super) const ROOMS: ListingCapability = ChannelList::CAPABILITY;

/// The channels of the account.
pub(super) async fn page(
    client: &PolyvClient,
    query: &RoomQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<Room>> {
    ROOMS.accept(Vendor::Polyv, query)?;
    let fetched = client.pipeline.page(ChannelList::new(), query, cursor).await?;
    Ok(fetched.into_page(|page| {
        (page.contents.items.into_iter().map(room).collect(), page.contents.rejected)
    }))
}

fn room(row: Channel) -> Room {
    let mut room = Room::new(RoomRef::new(row.channel_id, RoomKind::Channel));
    room.name = row.name.filter(|name| !name.is_empty());
    room.starts_at = row.start_time;
    room.state_raw = row.watch_status.map(|status| status.label().to_owned());
    room
}
