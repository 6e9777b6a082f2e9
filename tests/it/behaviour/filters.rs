//! Queries for a part of the rows.

use std::{collections::BTreeSet, time::Duration};

use futures_util::TryStreamExt;
use live_rewards::{
    Gift, GiftPayment, GiftPaymentQuery, GiftQuery, LiveRewardsExt, PointsEntry, Prize,
    PrizeActivity, RedPacketQuery, Session, SessionId, SessionQuery, Timestamp, User, UserQuery,
};

use super::{packets, read};
use crate::{queries, vendors::Account};

pub(crate) async fn times_narrow_to_the_rows_within(account: &Account) {
    let rewards = &*account.rewards;
    let capabilities = rewards.capabilities();
    let room = &account.rooms[0];
    let [first, last] = account.times();
    if capabilities.red_packets.is_some_and(|listing| listing.by_time) {
        let all = packets(rewards, room).await;
        let [middle, before] = middle(all.iter().map(|packet| packet.created_at));
        let query = RedPacketQuery::new(room.clone());
        let later = read(rewards, query.clone().since(middle)).await;
        let earlier = read(rewards, query.until(before)).await;
        assert!(later.iter().all(|packet| packet.created_at >= middle));
        assert!(earlier.iter().all(|packet| packet.created_at < middle));
        assert_eq!(later.len() + earlier.len(), all.len());
    }
    if capabilities.gifts.is_some_and(|listing| listing.by_time) {
        let gifts = |since, until| {
            let query = GiftQuery::in_room(room.clone()).since(since).until(until);
            rewards.gifts(query).try_collect()
        };
        let all: Vec<Gift> = gifts(first, last).await.unwrap();
        let [middle, before] = middle(all.iter().map(|gift| gift.at));
        let later: Vec<Gift> = gifts(middle, last).await.unwrap();
        let earlier: Vec<Gift> = gifts(first, before).await.unwrap();
        assert!(later.iter().all(|gift| gift.at >= middle));
        assert!(earlier.iter().all(|gift| gift.at < middle));
        assert_eq!(later.len() + earlier.len(), all.len());
    }
    if capabilities.gift_payments.is_some_and(|listing| listing.by_time) {
        let payments = |since, until| {
            let query = GiftPaymentQuery::in_room(room.clone()).since(since).until(until);
            rewards.gift_payments(query).try_collect()
        };
        let all: Vec<GiftPayment> = payments(first, last).await.unwrap();
        let [middle, before] = middle(all.iter().map(|payment| payment.at));
        let later: Vec<GiftPayment> = payments(middle, last).await.unwrap();
        let earlier: Vec<GiftPayment> = payments(first, before).await.unwrap();
        assert!(later.iter().all(|payment| payment.at >= middle));
        assert!(earlier.iter().all(|payment| payment.at < middle));
        assert_eq!(later.len() + earlier.len(), all.len());
    }
    if capabilities.sessions.is_some_and(|sessions| sessions.listing.by_time) {
        let query = SessionQuery::in_room(room.clone());
        let sessions = |query| rewards.sessions(query).try_collect();
        let all: Vec<Session> = sessions(query.clone()).await.unwrap();
        let [middle, before] = middle(all.iter().map(|session| session.started_at));
        let later: Vec<Session> = sessions(query.clone().since(middle)).await.unwrap();
        let earlier: Vec<Session> = sessions(query.until(before)).await.unwrap();
        assert!(later.iter().all(|session| session.started_at >= middle));
        assert!(earlier.iter().all(|session| session.started_at < middle));
        assert_eq!(later.len() + earlier.len(), all.len());
    }
}

pub(crate) async fn a_session_narrows_to_its_rows(account: &Account) {
    let rewards = &*account.rewards;
    let capabilities = rewards.capabilities();
    let room = &account.rooms[0];
    if capabilities.red_packets.is_some_and(|listing| listing.by_session) {
        let all = packets(rewards, room).await;
        let session = all[0].session.clone().unwrap();
        let expected = all.iter().filter(|packet| packet.session.as_ref() == Some(&session));
        let query = RedPacketQuery::new(room.clone()).session(session.as_str());
        let narrowed = read(rewards, query).await;
        assert_eq!(narrowed.iter().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
    if capabilities.gifts.is_some_and(|listing| listing.by_session) {
        let all: Vec<Gift> =
            rewards.gifts(queries::gifts(account, room)).try_collect().await.unwrap();
        let session = all[0].session.clone().unwrap();
        let expected = all.iter().filter(|gift| gift.session.as_ref() == Some(&session)).count();
        let narrowed: Vec<Gift> =
            rewards.gifts(GiftQuery::in_session(session.as_str())).try_collect().await.unwrap();
        assert_eq!(narrowed.len(), expected);
        assert!(narrowed.iter().all(|gift| gift.session.as_ref() == Some(&session)));
    }
    for listed in capabilities.prize_activities.iter().filter(|listed| listed.listing.by_session) {
        let query = queries::prize_activities(account, room, listed).pop().unwrap();
        let activities = |query| rewards.prize_activities(query).try_collect();
        let all: Vec<PrizeActivity> = activities(query.clone()).await.unwrap();
        let session = all[0].session.clone().unwrap();
        let narrowed: Vec<PrizeActivity> =
            activities(query.session(session.as_str())).await.unwrap();
        let expected = all.iter().filter(|activity| activity.session.as_ref() == Some(&session));
        assert_eq!(narrowed.iter().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
    for won in capabilities.prizes.iter().filter(|won| won.listing.by_session) {
        for query in queries::prizes(account, won.kind).await {
            let prizes = |query| rewards.prizes(query).try_collect();
            let all: Vec<Prize> = prizes(query.clone()).await.unwrap();
            let mut narrowed = 0;
            for session in sessions(account).await {
                let of_session: Vec<Prize> =
                    prizes(query.clone().session(session.as_str())).await.unwrap();
                assert!(of_session.iter().all(|prize| prize.session.as_ref() == Some(&session)));
                narrowed += of_session.len();
            }
            assert_eq!(narrowed, all.len());
        }
    }
    if capabilities.users.is_some_and(|users| users.in_session) {
        let users = |query| rewards.users(query).try_collect();
        let mut narrowed = 0;
        for session in sessions(account).await {
            let of_session: Vec<User> = users(UserQuery::in_session(session)).await.unwrap();
            assert!(!of_session.is_empty());
            narrowed += of_session.len();
        }
        let mut all = 0;
        for query in queries::users(account) {
            let in_room: Vec<User> = users(query).await.unwrap();
            all += in_room.len();
        }
        assert_eq!(narrowed, all);
    }
}

pub(crate) async fn a_user_and_a_kind_narrow_the_points_log(account: &Account) {
    let rewards = &*account.rewards;
    if rewards.capabilities().points_entries.is_none() {
        return;
    }
    let query = queries::points_entries(account);
    let entries = |query| rewards.points_entries(query).try_collect();
    let all: Vec<PointsEntry> = entries(query.clone()).await.unwrap();
    let (user, kind) = (&all[0].user.id, &all[0].kind);
    let of_user: Vec<PointsEntry> = entries(query.clone().user(user.as_str())).await.unwrap();
    let expected = all.iter().filter(|entry| entry.user.id == *user);
    assert_eq!(of_user.iter().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    let of_kind: Vec<PointsEntry> = entries(query.kind(kind.clone())).await.unwrap();
    let expected = all.iter().filter(|entry| entry.kind == *kind);
    assert_eq!(of_kind.iter().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

/// The sessions that red packets or gifts name.
async fn sessions(account: &Account) -> BTreeSet<SessionId> {
    let rewards = &*account.rewards;
    let mut sessions = BTreeSet::new();
    for room in &account.rooms {
        if rewards.capabilities().red_packets.is_some() {
            let packets = packets(rewards, room).await;
            sessions.extend(packets.into_iter().filter_map(|packet| packet.session));
        }
        if rewards.capabilities().gifts.is_some() {
            let gifts = rewards.gifts(queries::gifts(account, room));
            let gifts: Vec<Gift> = gifts.try_collect().await.unwrap();
            sessions.extend(gifts.into_iter().filter_map(|gift| gift.session));
        }
    }
    sessions
}

/// The instant in the middle of some, and the second before it.
fn middle(instants: impl Iterator<Item = Timestamp>) -> [Timestamp; 2] {
    let mut instants: Vec<Timestamp> = instants.collect();
    instants.sort_unstable();
    let middle = instants[instants.len() / 2];
    [middle, middle.checked_sub(Duration::from_secs(1)).unwrap()]
}
