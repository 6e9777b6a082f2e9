use live_rewards_core::{
    Cursor, Error, ErrorKind, GiftPayment, GiftPaymentKind, GiftPaymentQuery, ListingCapability,
    Page, Result, RoomKind, RoomRef, UserIdKind, UserRef, Vendor,
};

use super::{room_of, unsupported};
use crate::{
    PolyvClient,
    income::{Income, IncomeDetail, IncomeType},
};

pub(super) const GIFT_PAYMENTS: ListingCapability = IncomeDetail::CAPABILITY;

/// What viewers of a channel paid, but for entry. The vendor takes days: what lies outside the times on the first and the last of them is
/// left out.
pub(super) async fn page(
    client: &PolyvClient,
    query: &GiftPaymentQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<GiftPayment>> {
    let account = live_account(client)?;
    GIFT_PAYMENTS.accept(Vendor::Polyv, query)?;
    let (Some(since), Some(until)) = (query.since, query.until) else {
        return Err(unsupported("gift payments are read by time here"));
    };
    let request = IncomeDetail::new(account, since, until).channel_id(channel(&query.room)?);
    let fetched = client.pipeline.page(request, query, cursor).await?;
    let mut page = fetched.into_page(|page| {
        page.contents.try_map(|row| {
            let within = (since..=until).contains(&row.pay_time);
            Ok(payment(&query.room, row).filter(|_| within))
        })
    });
    page.total = None;
    Ok(page)
}

/// The channel. Asked for none or for 0, the vendor answers for all.
fn channel(room: &RoomRef) -> Result<&str> {
    let channel = room.id_of_kind(Vendor::Polyv, RoomKind::Channel)?;
    if matches!(channel, "" | "0") {
        let what = "gift payments are read by channel; name one";
        return Err(Error::new(ErrorKind::InvalidInput, what).with_vendor(Vendor::Polyv));
    }
    Ok(channel)
}

/// The account whose income is read, which stands in the call's path.
fn live_account(client: &PolyvClient) -> Result<&str> {
    client.live_account.as_deref().ok_or_else(|| {
        let what = "set live_account (POLYV_LIVE_ACCOUNT), by which gift payments are read";
        Error::new(ErrorKind::Config, what).with_vendor(Vendor::Polyv)
    })
}

/// What an order paid for a gift. What isn't known to be for anything else may be.
fn payment(asked: &RoomRef, row: Income) -> Option<GiftPayment> {
    let kind = match row.pay_type {
        IncomeType::Gift => GiftPaymentKind::Gift,
        IncomeType::Cash => GiftPaymentKind::Cash,
        IncomeType::Entry => return None,
        IncomeType::Unknown(label) => GiftPaymentKind::Unknown(label),
    };
    let room = room_of(asked, row.channel_id);
    let mut payment = GiftPayment::new(row.out_trade_no.into(), room, row.amount, row.pay_time);
    payment.kind = Some(kind);
    let name = row.viewer_name.filter(|name| !name.is_empty());
    let payer = |id: String| UserRef::new(id, UserIdKind::OpenId).with_nickname(name.clone());
    payment.payer = row.open_id.map(payer);
    payment.payer_name = name;
    payment.quantity = row.good_num;
    Some(payment)
}
