use live_rewards_core::{
    Amount, Cursor, Gift, GiftItem, GiftQuery, GiftScope, ListingCapability, Page, Result,
    RoomKind, Vendor,
};

use super::{unsupported, user};
use crate::{
    YxtClient,
    gift::{GiftRecord, GiftRecords},
};

pub(super) const GIFTS: ListingCapability = GiftRecords::CAPABILITY;

/// The gifts of a room or a session.
pub(super) async fn page(
    client: &YxtClient,
    query: &GiftQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<Gift>> {
    GIFTS.accept(Vendor::Yxt, query)?;
    let request = match &query.scope {
        GiftScope::Room(room) => {
            GiftRecords::new().room_id(room.id_of_kind(Vendor::Yxt, RoomKind::Room)?)
        }
        GiftScope::Session(session) => GiftRecords::new().session_id(session.as_str()),
        _ => return Err(unsupported("gifts are read by room or session here")),
    };
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let gifts = page.datas.items.into_iter().map(|row| gift(&query.scope, row));
        (gifts.collect(), page.datas.rejected)
    }))
}

/// A row names no room; the room is the query's.
fn gift(scope: &GiftScope, row: GiftRecord) -> Gift {
    let item = GiftItem::new(row.gift_id.map(Into::into), row.gift_name);
    let mut gift = Gift::new(user(row.from_user_id), item, row.create_time);
    gift.record_id = Some(row.pid.into());
    if let GiftScope::Room(room) = scope {
        gift.room = Some(room.clone());
    }
    gift.session = row.session_id.map(Into::into).or_else(|| match scope {
        GiftScope::Session(session) => Some(session.clone()),
        _ => None,
    });
    gift.receivers = row.to_user_id.map(user).into_iter().collect();
    gift.quantity = row.quantity;
    gift.unit_price = row.unit_point.map(Amount::Points);
    gift.list_value = row
        .unit_point
        .zip(row.quantity)
        .and_then(|(price, quantity)| price.checked_mul(i64::try_from(quantity).ok()?))
        .map(Amount::Points);
    gift.charged = row.total_point.map(Amount::Points);
    gift.line_points = row.prd_point;
    gift
}
