use live_rewards_core::{
    Cursor, Gift, GiftItem, GiftQuery, GiftScope, Keyed, ListingCapability, Page, Result, RoomKind,
    RoomRef, UserIdKind, UserRef, Vendor, assign_ordinals,
};

use super::unsupported;
use crate::{
    PolyvClient,
    donation::{Donation, DonationRecords},
};

pub(super) const GIFTS: ListingCapability = DonationRecords::CAPABILITY;

/// The donations in a channel. They have no id, no quantity, no receiver and no list price.
pub(super) async fn page(
    client: &PolyvClient,
    query: &GiftQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<Gift>> {
    GIFTS.accept(Vendor::Polyv, query)?;
    let (GiftScope::Room(room), Some(since), Some(until)) =
        (&query.scope, query.since, query.until)
    else {
        return Err(unsupported("gifts are read by room and time here"));
    };
    let channel = room.id_of_kind(Vendor::Polyv, RoomKind::Channel)?;
    let request = DonationRecords::new(channel, since, until);
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let (mut gifts, rejected) = page.contents.try_map(|row| gift(room, row));
        assign_ordinals(&mut gifts, Keyed::key, |gift| &mut gift.ordinal);
        (gifts, rejected)
    }))
}

/// A row whose amount is none in the unit of its type is rejected with the reason and the amount.
fn gift(room: &RoomRef, row: Donation) -> Result<Option<Gift>, (String, String)> {
    let charged = row.amount_in_unit();
    let charged = charged.map_err(|error| (format!("amount: {error}"), row.amount.clone()))?;
    let giver = UserRef::new(row.user_id, UserIdKind::Viewer).with_nickname(row.nick_name);
    let mut gift = Gift::new(giver, GiftItem::new(None, row.name), row.timestamp);
    gift.room = Some(room.clone());
    gift.session = row.session_id.map(Into::into);
    gift.charged = Some(charged);
    Ok(Some(gift))
}
