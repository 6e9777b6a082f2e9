use std::time::Duration;

use futures_util::TryStreamExt;
use live_rewards::{
    Claim, ClaimQuery, ClaimSource, Cursor, ErrorKind, Gift, GiftQuery, LiveRewards,
    LiveRewardsExt, Money, PointsQuery, RedPacket, RedPacketQuery, Refund, RoomKind, RoomRef,
    Timestamp,
};

use crate::{
    listings::{self, Listing},
    vendors::{Account, Twist},
};

pub(crate) async fn capabilities_are_what_is_answered(account: &Account) {
    let rewards = &account.rewards;
    let capabilities = rewards.capabilities();
    assert_eq!(rewards.vendor(), account.vendor);
    let room = || account.rooms[0].clone();
    let by_packet = matches!(capabilities.claims, Some(ClaimSource::ByPacket(_)));
    let answered = [
        (
            capabilities.red_packets.is_some(),
            rewards.red_packets_page(&RedPacketQuery::new(room()), None).await.err(),
        ),
        (by_packet, rewards.claims_page(&ClaimQuery::new(room(), "none"), None).await.err()),
        (
            capabilities.gifts.is_some(),
            rewards.gifts_page(&GiftQuery::in_room(room()), None).await.err(),
        ),
        (
            capabilities.points_accounts.is_some(),
            rewards.points_accounts_page(&PointsQuery::new(), None).await.err(),
        ),
    ];
    for (capable, error) in answered {
        let unsupported = error.is_some_and(|error| error.kind() == ErrorKind::Unsupported);
        assert_eq!(capable, !unsupported);
    }
}

pub(crate) async fn every_item_comes_once_in_order_at_any_page_size(account: &Account) {
    let rewards = &*account.rewards;
    for listing in listings::of(account).await {
        let rows = listing.rows(rewards, None).await;
        assert!(rows.len() > 7, "{listing:?} is too small to show anything: {}", rows.len());
        let mut distinct = rows.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), rows.len(), "{listing:?}");
        for size in [1, 2, 7, u32::MAX] {
            assert_eq!(listing.rows(rewards, Some(size)).await, rows, "{listing:?} by {size}");
        }
    }
}

pub(crate) async fn reading_ahead_changes_nothing_but_the_calls(account: &Account) {
    let rewards = &*account.rewards;
    for room in &account.rooms {
        if rewards.capabilities().red_packets.is_some() {
            let query = RedPacketQuery::new(room.clone()).page_size(2);
            let read = |ahead| rewards.red_packets(query.clone().read_ahead(ahead)).try_collect();
            let (one, many): (Vec<RedPacket>, Vec<RedPacket>) =
                (read(1).await.unwrap(), read(5).await.unwrap());
            assert_eq!(many, one);
            let read = |ahead| rewards.claims(query.clone().read_ahead(ahead)).try_collect();
            let (one, many): (Vec<Claim>, Vec<Claim>) =
                (read(1).await.unwrap(), read(5).await.unwrap());
            assert_eq!(many, one);
        }
        if rewards.capabilities().gifts.is_some() {
            let query = GiftQuery::in_room(room.clone()).page_size(2);
            let read = |ahead| rewards.gifts(query.clone().read_ahead(ahead)).try_collect();
            let (one, many): (Vec<Gift>, Vec<Gift>) =
                (read(1).await.unwrap(), read(5).await.unwrap());
            assert_eq!(many, one);
        }
    }
}

pub(crate) async fn reading_goes_on_from_every_cursor(account: &Account) {
    let rewards = &*account.rewards;
    for listing in listings::of(account).await {
        let pages = listing.pages(rewards, Some(3), None).await;
        for (at, page) in pages.iter().enumerate() {
            let Some(next) = &page.next else {
                continue;
            };
            // As after a restart: from the cursor's text, with the page size unsaid.
            let cursor: Cursor = next.to_string().parse().unwrap();
            let rest = listing.pages(rewards, None, Some(cursor)).await;
            assert_eq!(rest, pages[at + 1..], "{listing:?} from {next}");
        }
    }
}

pub(crate) async fn cursors_of_other_queries_are_refused(account: &Account) {
    let rewards = &*account.rewards;
    let listings = listings::of(account).await;
    let cursor = listings[0].pages(rewards, Some(3), None).await[0].next.clone().unwrap();
    let other = RoomRef::new("another", account.rooms[0].kind);
    let error = match &listings[0] {
        Listing::RedPackets(_) => {
            let query = RedPacketQuery::new(other);
            rewards.red_packets_page(&query, Some(&cursor)).await.unwrap_err()
        }
        _ => rewards.gifts_page(&GiftQuery::in_room(other), Some(&cursor)).await.unwrap_err(),
    };
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

pub(crate) async fn rows_agree_with_the_ground_truth(account: &Account) {
    let rewards = &*account.rewards;
    for room in &account.rooms {
        let truth = &account.room_truth(room).totals;
        if rewards.capabilities().red_packets.is_some() {
            let packets = packets(rewards, room).await;
            assert_eq!(count(&packets), truth.red_packets);
            assert_eq!(sum(packets.iter().map(|packet| packet.issued)), truth.issued_fen);
            let claims: Vec<Claim> =
                rewards.claims(RedPacketQuery::new(room.clone())).try_collect().await.unwrap();
            assert_eq!(count(&claims), truth.claims);
            assert_eq!(sum(claims.iter().map(|claim| claim.amount)), truth.claimed_fen);
        }
        if rewards.capabilities().gifts.is_some() {
            let gifts: Vec<_> =
                rewards.gifts(GiftQuery::in_room(room.clone())).try_collect().await.unwrap();
            assert_eq!(count(&gifts), truth.gifts);
            let points = |amount: &Option<live_rewards::Amount>| {
                amount.as_ref().and_then(live_rewards::Amount::points).unwrap().get()
            };
            let charged: i64 = gifts.iter().map(|gift| points(&gift.charged)).sum();
            let listed: i64 = gifts.iter().map(|gift| points(&gift.list_value)).sum();
            assert_eq!(charged, truth.gift_points_charged);
            assert_eq!(listed, truth.gift_points_listed);
        }
    }
    if rewards.capabilities().points_accounts.is_some() {
        let accounts: Vec<_> =
            rewards.points_accounts(PointsQuery::new()).try_collect().await.unwrap();
        assert_eq!(count(&accounts), account.truth.points_accounts);
        let available: i64 = accounts.iter().map(|account| account.available.get()).sum();
        assert_eq!(available, account.truth.points_available);
        let user = accounts[3].user.id.clone();
        let query = PointsQuery::new().users(vec![user.clone()]);
        let one: Vec<_> = rewards.points_accounts(query).try_collect().await.unwrap();
        assert_eq!(one.iter().map(|account| &account.user.id).collect::<Vec<_>>(), [&user]);
        let nobody = PointsQuery::new().users(Vec::new());
        let none: Vec<_> = rewards.points_accounts(nobody).try_collect().await.unwrap();
        assert_eq!(none, []);
    }
}

pub(crate) async fn claims_add_up_with_their_red_packets(account: &Account) {
    let rewards = &*account.rewards;
    let Some(source) = rewards.capabilities().claims else {
        return;
    };
    for room in &account.rooms {
        for mut packet in packets(rewards, room).await {
            let claims = if source == ClaimSource::Inline {
                packet.claims.clone().unwrap()
            } else {
                let query = ClaimQuery::new(room.clone(), packet.id.clone());
                let answer = rewards.claims_page(&query, None).await.unwrap();
                packet.update_from(answer.red_packet.unwrap());
                let pages: Vec<_> = rewards.claim_pages(query, None).try_collect().await.unwrap();
                pages.into_iter().flat_map(|claims| claims.page.items).collect()
            };
            let claimed = sum(claims.iter().map(|claim| claim.amount));
            if let Some(remaining) = packet.remaining {
                assert_eq!(claimed + remaining.fen(), packet.issued.fen(), "{packet:?}");
            }
            if let (Some(net), Refund::Done { amount: Some(refunded), .. }) =
                (packet.net, packet.refund)
            {
                assert_eq!(claimed + refunded.fen(), net.fen(), "{packet:?}");
            }
            if let Some(count_said) = packet.claimed_count {
                assert_eq!(count(&claims), count_said, "{packet:?}");
            }
        }
    }
}

pub(crate) async fn filters_narrow_to_the_rows_they_name(account: &Account) {
    let rewards = &*account.rewards;
    let room = &account.rooms[0];
    let query = RedPacketQuery::new(room.clone());
    if rewards.capabilities().red_packets.is_some_and(|listing| listing.by_time) {
        let all = packets(rewards, room).await;
        let middle = all[all.len() / 2].created_at;
        let just_before = middle.checked_sub(Duration::from_secs(1)).unwrap();
        let later: Vec<_> = read(rewards, query.clone().since(middle)).await;
        let earlier: Vec<_> = read(rewards, query.clone().until(just_before)).await;
        assert!(later.iter().all(|packet| packet.created_at >= middle));
        assert!(earlier.iter().all(|packet| packet.created_at < middle));
        assert_eq!(later.len() + earlier.len(), all.len());
    }
    if rewards.capabilities().red_packets.is_some_and(|listing| listing.by_session) {
        let all = packets(rewards, room).await;
        let session = all[0].session.clone().unwrap();
        let expected = all.iter().filter(|packet| packet.session.as_ref() == Some(&session));
        let narrowed = read(rewards, query.session(session.as_str())).await;
        assert_eq!(narrowed.iter().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
    if rewards.capabilities().gifts.is_some_and(|listing| listing.by_session) {
        let all: Vec<_> =
            rewards.gifts(GiftQuery::in_room(room.clone())).try_collect().await.unwrap();
        let session = all[0].session.clone().unwrap();
        let expected = all.iter().filter(|gift| gift.session.as_ref() == Some(&session)).count();
        let narrowed: Vec<_> =
            rewards.gifts(GiftQuery::in_session(session.as_str())).try_collect().await.unwrap();
        assert_eq!(narrowed.len(), expected);
        assert!(narrowed.iter().all(|gift| gift.session.as_ref() == Some(&session)));
    }
}

pub(crate) async fn filters_that_a_vendor_lacks_are_refused(account: &Account) {
    let rewards = &*account.rewards;
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let room = account.rooms[0].clone();
    if let Some(listing) = rewards.capabilities().red_packets {
        let by_time = RedPacketQuery::new(room.clone()).since(now);
        let by_session = RedPacketQuery::new(room.clone()).session("s");
        for (query, offered) in [(by_time, listing.by_time), (by_session, listing.by_session)] {
            let error = rewards.red_packets_page(&query, None).await.err();
            assert_eq!(error.map(|error| error.kind()), refused_unless(offered));
        }
    }
    if let Some(listing) = rewards.capabilities().gifts {
        let mut query = GiftQuery::in_room(room);
        query.since = Some(now);
        let error = rewards.gifts_page(&query, None).await.err();
        assert_eq!(error.map(|error| error.kind()), refused_unless(listing.by_time));
    }
    let foreign = RoomRef::new("1", RoomKind::Resource(99));
    if account.vendor != live_rewards::Vendor::Xiaoe {
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
    for clock_ahead_s in [3600, -3600] {
        let rewards = account.client(&Twist { clock_ahead_s, ..Twist::default() });
        first_page(&*rewards, &account.rooms[0]).await.unwrap();
        first_page(&*rewards, &account.rooms[0]).await.unwrap();
    }
}

pub(crate) async fn an_unreachable_vendor_is_a_transport_error(account: &Account) {
    let rewards = account.client(&Twist { nobody_there: true, ..Twist::default() });
    let error = first_page(&*rewards, &account.rooms[0]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert_eq!(error.delivery(), live_rewards::Delivery::NotSent);
    let mut shown = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        shown.push_str(&cause.to_string());
        source = cause.source();
    }
    assert!(!shown.contains("sign") && !shown.contains('?'), "{shown}");
}

/// The first page of what the vendor lists of a room.
async fn first_page(rewards: &dyn LiveRewards, room: &RoomRef) -> live_rewards::Result<()> {
    if rewards.capabilities().red_packets.is_some() {
        rewards.red_packets_page(&RedPacketQuery::new(room.clone()), None).await.map(drop)
    } else {
        rewards.gifts_page(&GiftQuery::in_room(room.clone()), None).await.map(drop)
    }
}

fn refused_unless(offered: bool) -> Option<ErrorKind> {
    (!offered).then_some(ErrorKind::Unsupported)
}

async fn packets(rewards: &dyn LiveRewards, room: &RoomRef) -> Vec<RedPacket> {
    read(rewards, RedPacketQuery::new(room.clone())).await
}

async fn read(rewards: &dyn LiveRewards, query: RedPacketQuery) -> Vec<RedPacket> {
    rewards.red_packets(query).try_collect().await.unwrap()
}

fn count<T>(rows: &[T]) -> u64 {
    rows.len().try_into().unwrap()
}

fn sum(amounts: impl Iterator<Item = Money>) -> i64 {
    Money::checked_sum(amounts).unwrap().fen()
}
