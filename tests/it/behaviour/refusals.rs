//! What a vendor can't be asked, and how it fails.

use live_rewards::{
    ClaimQuery, ClaimSource, Delivery, ErrorKind, GiftPaymentQuery, GiftQuery, ListingCapability,
    LiveRewards, Month, PointsEntryQuery, PointsQuery, PrizeActivityQuery, PrizeKind, PrizeQuery,
    RedPacketQuery, Result, RoomKind, RoomQuery, RoomRef, SessionQuery, Timestamp, UserQuery,
    Vendor,
};

use crate::{
    queries,
    vendors::{Account, Twist},
};

pub(crate) async fn capabilities_are_what_is_answered(account: &Account) {
    let rewards = &*account.rewards;
    let capabilities = rewards.capabilities();
    assert_eq!(rewards.vendor(), account.vendor);
    let room = || account.rooms[0].clone();
    let month = Month::of(account.times()[0]);
    let by_packet = matches!(capabilities.claims, Some(ClaimSource::ByPacket(_)));
    let users = |query: UserQuery| async move { rewards.users_page(&query, None).await.err() };
    let found =
        |by: fn(&live_rewards::UserCapability) -> bool| capabilities.users.as_ref().is_some_and(by);
    let mut answered = vec![
        (capabilities.rooms.is_some(), rewards.rooms_page(&RoomQuery::new(), None).await.err()),
        (
            capabilities.sessions.is_some(),
            rewards.sessions_page(&SessionQuery::in_room(room()), None).await.err(),
        ),
        (
            capabilities.red_packets.is_some(),
            rewards.red_packets_page(&RedPacketQuery::new(room()), None).await.err(),
        ),
        (by_packet, rewards.claims_page(&ClaimQuery::new(room(), "none"), None).await.err()),
        (
            capabilities.red_packet_summary,
            rewards.red_packet_summary(&account.rooms[0]).await.err(),
        ),
        (
            capabilities.gifts.is_some(),
            rewards.gifts_page(&GiftQuery::in_room(room()), None).await.err(),
        ),
        (
            capabilities.gift_payments.is_some(),
            rewards.gift_payments_page(&GiftPaymentQuery::in_room(room()), None).await.err(),
        ),
        (
            capabilities.points_accounts.is_some(),
            rewards.points_accounts_page(&PointsQuery::new(), None).await.err(),
        ),
        (
            capabilities.points_entries.is_some(),
            rewards.points_entries_page(&PointsEntryQuery::new(month, month), None).await.err(),
        ),
        (found(|users| users.most_ids.is_some()), users(UserQuery::ids(vec!["1".into()])).await),
        (found(|users| users.in_room), users(UserQuery::in_room(room())).await),
        (found(|users| users.in_session), users(UserQuery::in_session("none")).await),
        (found(|users| users.all), users(UserQuery::all()).await),
    ];
    for kind in [PrizeKind::Lottery, PrizeKind::LuckyBag, PrizeKind::Task] {
        let listed = capabilities.prize_activities.iter().any(|listed| listed.kind == kind);
        let query = PrizeActivityQuery::new(room(), kind);
        answered.push((listed, rewards.prize_activities_page(&query, None).await.err()));
        let won = capabilities.prizes.iter().any(|won| won.kind == kind);
        let query = PrizeQuery::new(kind, "1").room(room());
        answered.push((won, rewards.prizes_page(&query, None).await.err()));
    }
    for (at, (capable, error)) in answered.into_iter().enumerate() {
        let unsupported = error.is_some_and(|error| error.kind() == ErrorKind::Unsupported);
        assert_eq!(capable, !unsupported, "{at}");
    }
}

pub(crate) async fn filters_that_a_vendor_lacks_are_refused(account: &Account) {
    let rewards = &*account.rewards;
    let capabilities = rewards.capabilities();
    let [first, last] = account.times();
    let room = &account.rooms[0];
    if let Some(listing) = capabilities.red_packets {
        let by_time = RedPacketQuery::new(room.clone()).since(first);
        let by_session = RedPacketQuery::new(room.clone()).session("s");
        for (query, offered) in [(by_time, listing.by_time), (by_session, listing.by_session)] {
            let outcome = rewards.red_packets_page(&query, None).await;
            assert_eq!(refusal(outcome), unless(offered, ErrorKind::Unsupported));
        }
    }
    if let Some(listing) = capabilities.gifts {
        let query = GiftQuery::in_room(room.clone()).since(first).until(last);
        let outcome = rewards.gifts_page(&query, None).await;
        assert_eq!(refusal(outcome), unless(listing.by_time, ErrorKind::Unsupported));
        let outcome = rewards.gifts_page(&GiftQuery::in_room(room.clone()), None).await;
        assert_eq!(refusal(outcome), unless(!listing.needs_time, ErrorKind::InvalidInput));
    }
    if let Some(listing) = capabilities.gift_payments {
        let query = GiftPaymentQuery::in_room(room.clone());
        let outcome = rewards.gift_payments_page(&query, None).await;
        assert_eq!(refusal(outcome), unless(!listing.needs_time, ErrorKind::InvalidInput));
        let by_time = query.since(first).until(last);
        let outcome = rewards.gift_payments_page(&by_time, None).await;
        assert_eq!(refusal(outcome), unless(listing.by_time, ErrorKind::Unsupported));
    }
    if let Some(sessions) = capabilities.sessions {
        let query = SessionQuery::in_room(room.clone()).since(first);
        let outcome = rewards.sessions_page(&query, None).await;
        assert_eq!(refusal(outcome), unless(sessions.listing.by_time, ErrorKind::Unsupported));
    }
    for listed in capabilities.prize_activities {
        let query = PrizeActivityQuery::new(room.clone(), listed.kind);
        let outcome = rewards.prize_activities_page(&query, None).await;
        assert_eq!(refusal(outcome), unless(!listed.listing.needs_time, ErrorKind::InvalidInput));
        let by_time = query.since(first).until(last);
        let outcome = rewards.prize_activities_page(&by_time, None).await;
        assert_eq!(refusal(outcome), too_long(&listed.listing, [first, last]));
        let query = queries::prize_activities(account, room, listed).pop().unwrap().session("s");
        let outcome = rewards.prize_activities_page(&query, None).await;
        assert_eq!(refusal(outcome), unless(listed.listing.by_session, ErrorKind::Unsupported));
    }
    if capabilities.points_entries.is_some() {
        let query = PointsEntryQuery::new(Month::of(last), Month::of(first));
        let outcome = rewards.points_entries_page(&query, None).await;
        assert_eq!(refusal(outcome), Some(ErrorKind::InvalidInput));
    }
    if let Some(most) = capabilities.users.and_then(|users| users.most_ids) {
        for count in [0, most + 1] {
            let ids = (0..count).map(|id| id.to_string().into()).collect();
            let outcome = rewards.users_page(&UserQuery::ids(ids), None).await;
            assert_eq!(refusal(outcome), Some(ErrorKind::InvalidInput));
        }
    }
    let foreign = RoomRef::new("1", RoomKind::Resource(99));
    if account.vendor != Vendor::Xiaoe {
        let error = first_page(rewards, &foreign).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
}

pub(crate) async fn a_wrong_secret_is_not_authenticated(account: &Account) {
    let rewards = account.client(&Twist { wrong_secret: true, ..Twist::default() });
    let error = first_page(&*rewards, &account.rooms[0]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthenticated, "{error}");
    assert!(!format!("{error} {error:?}").contains("wrongwrong"), "{error:?}");
}

pub(crate) async fn a_clock_an_hour_off_is_corrected(account: &Account) {
    // Xiaoe's requests have no time.
    let refused = usize::from(account.vendor != Vendor::Xiaoe);
    for clock_ahead_s in [3600, -3600] {
        let before = account.refusals();
        let rewards = account.client(&Twist { clock_ahead_s, ..Twist::default() });
        first_page(&*rewards, &account.rooms[0]).await.unwrap();
        first_page(&*rewards, &account.rooms[0]).await.unwrap();
        assert_eq!(account.refusals() - before, refused, "{clock_ahead_s}");
    }
}

pub(crate) async fn an_unreachable_vendor_is_a_transport_error(account: &Account) {
    let rewards = account.client(&Twist { nobody_there: true, ..Twist::default() });
    let error = first_page(&*rewards, &account.rooms[0]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert_eq!(error.delivery(), Delivery::NotSent);
    let mut shown = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        shown.push_str(&cause.to_string());
        source = cause.source();
    }
    assert!(!shown.contains("sign") && !shown.contains('?'), "{shown}");
}

/// The first page of what the vendor lists of a room.
async fn first_page(rewards: &dyn LiveRewards, room: &RoomRef) -> Result<()> {
    if rewards.capabilities().red_packets.is_some() {
        rewards.red_packets_page(&RedPacketQuery::new(room.clone()), None).await.map(drop)
    } else {
        rewards.gifts_page(&GiftQuery::in_room(room.clone()), None).await.map(drop)
    }
}

fn refusal<T>(outcome: Result<T>) -> Option<ErrorKind> {
    outcome.err().map(|error| error.kind())
}

fn unless(offered: bool, kind: ErrorKind) -> Option<ErrorKind> {
    (!offered).then_some(kind)
}

/// What becomes of a query for these times.
fn too_long(listing: &ListingCapability, [since, until]: [Timestamp; 2]) -> Option<ErrorKind> {
    let days = (until.epoch_ms() - since.epoch_ms()) / 86_400_000;
    match listing.longest_days {
        _ if !listing.by_time => Some(ErrorKind::Unsupported),
        Some(most) if days > i64::from(most) => Some(ErrorKind::InvalidInput),
        _ => None,
    }
}
