//! What a query's digest tells apart, and what it doesn't.

use std::fmt::Debug;

use live_rewards_core::{
    GiftPaymentQuery, Month, PointsEntryKind, PointsEntryQuery, PrizeActivityQuery, PrizeKind,
    PrizeQuery, Query, RoomKind, RoomQuery, RoomRef, SessionQuery, Timestamp, UserQuery, UserScope,
};
use proptest::{option::of, prelude::*, test_runner::TestCaseResult};

/// Texts, so few that two are often equal.
fn texts() -> impl Strategy<Value = String> {
    "[ab]{1,2}"
}

fn rooms() -> impl Strategy<Value = RoomRef> {
    (texts(), prop_oneof![Just(RoomKind::Room), Just(RoomKind::Channel)])
        .prop_map(|(id, kind)| RoomRef::new(id, kind))
}

fn prize_kinds() -> impl Strategy<Value = PrizeKind> {
    prop_oneof![Just(PrizeKind::Lottery), Just(PrizeKind::LuckyBag), Just(PrizeKind::Task)]
}

fn instants() -> impl Strategy<Value = Option<Timestamp>> {
    of((0_i64..2).prop_map(|milliseconds| Timestamp::from_epoch_ms(milliseconds).unwrap()))
}

fn months() -> impl Strategy<Value = Month> {
    (2024_i16..2026, 1_u8..3).prop_map(|(year, month)| Month::new(year, month).unwrap())
}

fn scopes() -> impl Strategy<Value = UserScope> {
    prop_oneof![
        proptest::collection::vec(texts().prop_map(Into::into), 0..3).prop_map(UserScope::Ids),
        rooms().prop_map(UserScope::Room),
        texts().prop_map(|session| UserScope::Session(session.into())),
        Just(UserScope::All),
    ]
}

fn users(scope: UserScope) -> UserQuery {
    let mut query = UserQuery::all();
    query.scope = scope;
    query
}

/// Two queries are one if and only if they ask for the same.
fn tells_apart<F: Debug + PartialEq, Q: Query>(
    (one, other): (F, F),
    query: impl Fn(F) -> Q,
) -> TestCaseResult {
    let same = one == other;
    prop_assert_eq!(query(one).digest() == query(other).digest(), same);
    Ok(())
}

fn two<S: Strategy>(of: impl Fn() -> S) -> (S, S) {
    (of(), of())
}

proptest! {
    #[test]
    fn of_sessions(pair in two(|| (rooms(), instants(), instants()))) {
        tells_apart(pair, |(room, since, until)| {
            let mut query = SessionQuery::in_room(room);
            (query.since, query.until) = (since, until);
            query
        })?;
    }

    #[test]
    fn of_gift_payments(pair in two(|| (rooms(), instants(), instants()))) {
        tells_apart(pair, |(room, since, until)| {
            let mut query = GiftPaymentQuery::in_room(room);
            (query.since, query.until) = (since, until);
            query
        })?;
    }

    #[test]
    fn of_prize_activities(
        pair in two(|| (rooms(), prize_kinds(), of(texts()), instants(), instants())),
    ) {
        tells_apart(pair, |(room, kind, session, since, until)| {
            let mut query = PrizeActivityQuery::new(room, kind);
            query.session = session.map(Into::into);
            (query.since, query.until) = (since, until);
            query
        })?;
    }

    #[test]
    fn of_prizes(pair in two(|| (prize_kinds(), texts(), of(rooms()), of(texts())))) {
        tells_apart(pair, |(kind, activity, room, session)| {
            let mut query = PrizeQuery::new(kind, activity);
            query.room = room;
            query.session = session.map(Into::into);
            query
        })?;
    }

    #[test]
    fn of_points_entries(pair in two(|| (months(), months(), of(texts()), any::<bool>()))) {
        tells_apart(pair, |(first, last, user, spent)| {
            let mut query = PointsEntryQuery::new(first, last);
            query.user = user.map(Into::into);
            query.kind = spent.then_some(PointsEntryKind::Spent);
            query
        })?;
    }

    #[test]
    fn of_users(pair in two(scopes)) {
        tells_apart(pair, users)?;
    }

    #[test]
    fn neither_page_size_nor_read_ahead_is_part_of_it(
        scope in scopes(),
        size in 1_u32..9,
        ahead in 0_usize..9,
    ) {
        let query = users(scope);
        let other = query.clone().page_size(size).read_ahead(ahead);
        prop_assert_eq!(query.digest(), other.digest());
    }
}

#[test]
fn they_are_the_same_in_every_version() {
    let room = RoomRef::new("2812610", RoomKind::Channel);
    let month = |year, month| Month::new(year, month).unwrap();
    let log = PointsEntryQuery::new(month(2025, 11), month(2026, 2)).kind(PointsEntryKind::Spent);
    let digests = [
        RoomQuery::new().digest(),
        SessionQuery::in_room(room.clone()).digest(),
        GiftPaymentQuery::in_room(room.clone()).digest(),
        PrizeActivityQuery::new(room, PrizeKind::Lottery).digest(),
        PrizeQuery::new(PrizeKind::LuckyBag, "7").digest(),
        log.digest(),
        UserQuery::ids(vec!["a".into(), "b".into()]).digest(),
    ];
    assert_eq!(
        digests.map(|digest| format!("{digest:016x}")),
        [
            "cbf29ce484222325",
            "4e5179f143827ba8",
            "4e5179f143827ba8",
            "9281c2b65e1343c7",
            "790a57ed13c07050",
            "577bf1c4ddf07980",
            "62ddbd433f5f017d",
        ]
    );
}
