use live_rewards_core::{
    ErrorKind, Gift, GiftItem, Names, NamesUsers, Prize, PrizeKind, RoomRef, SessionId,
    UserCapability, UserIdKind, UserRef,
};

use crate::{
    club::{Club, LISTING, instant, room, viewer},
    run::run,
};

const USERS: UserCapability = UserCapability::new(LISTING, &UserIdKind::Viewer);

fn club(users: UserCapability) -> Club {
    let people = vec![("a", Some("Ann")), ("b", None), ("c", Some("Cat")), ("d", Some("Dan"))];
    Club { users: Some(users), people, ..Club::default() }
}

fn prizes(users: &[&str]) -> Vec<Prize> {
    let prize = |user: &&str| Prize::new("l".into(), PrizeKind::Lottery, viewer(user));
    users.iter().map(prize).collect()
}

fn gift(giver: &str, room: Option<RoomRef>, session: Option<&str>) -> Gift {
    let mut gift = Gift::new(viewer(giver), GiftItem::new(None, None), instant());
    gift.room = room;
    gift.session = session.map(SessionId::from);
    gift
}

/// The nicknames, in order.
fn shown<R: NamesUsers>(records: &mut [R]) -> Vec<String> {
    let mut names = Vec::new();
    for record in records {
        record.users(&mut |_, _, user| names.push(user.nickname.clone().unwrap_or_default()));
    }
    names
}

#[test]
fn each_user_is_asked_for_once_and_many_at_a_time() {
    let club = club(USERS.by_ids(2));
    let mut names = Names::new(&club);
    let mut rows = prizes(&["c", "a", "c", "x", "b"]);
    run(names.fill(&mut rows)).unwrap();
    assert_eq!(shown(&mut rows), ["Cat", "Ann", "Cat", "", ""]);
    // Of "x" and "b" one isn't found, so that the end has to be seen.
    assert_eq!(club.calls(), ["c a 1", "x b 1", "x b 2"]);

    let mut rows = prizes(&["b", "x", "a", "d"]);
    run(names.fill(&mut rows)).unwrap();
    assert_eq!(shown(&mut rows), ["", "", "Ann", "Dan"]);
    assert_eq!(club.calls(), ["d 1"]);
}

#[test]
fn names_that_are_there_and_ids_of_another_kind_are_left() {
    let club = club(USERS.by_ids(2));
    let mut rows = prizes(&["a", "c"]);
    rows[0].user.nickname = Some("Anna".to_owned());
    rows[1].user = UserRef::new("c", UserIdKind::OpenId);
    run(Names::new(&club).fill(&mut rows)).unwrap();
    assert_eq!(shown(&mut rows), ["Anna", ""]);
    assert!(club.calls().is_empty());
}

#[test]
fn who_is_not_found_by_id_is_looked_for_in_the_room_or_else_the_session() {
    let club = club(USERS.in_room().in_session());
    let mut names = Names::new(&club);
    let mut rows = [
        gift("d", Some(room()), Some("s")),
        gift("x", Some(room()), Some("t")),
        gift("c", None, None),
    ];
    rows[0].receivers = vec![viewer("a")];
    run(names.fill(&mut rows)).unwrap();
    // The one who gave somewhere unknown was in the room too.
    assert_eq!(shown(&mut rows), ["Dan", "Ann", "", "Cat"]);
    assert_eq!(club.calls(), ["room r 1", "room r 2", "room r 3"]);

    let mut rows = [gift("x", Some(room()), None), gift("y", None, Some("s"))];
    run(names.fill(&mut rows)).unwrap();
    assert_eq!(shown(&mut rows), ["", ""]);
    assert_eq!(club.calls(), ["session s 1", "session s 2", "session s 3"]);
}

#[test]
fn after_an_error_what_was_found_is_filled_in_and_the_rest_is_asked_for_again() {
    let club = club(USERS.by_ids(1));
    *club.fails.lock().unwrap() = Some("c 1");
    let mut names = Names::new(&club);
    let mut rows = prizes(&["a", "c"]);
    assert_eq!(run(names.fill(&mut rows)).unwrap_err().kind(), ErrorKind::Timeout);
    assert_eq!(shown(&mut rows), ["Ann", ""]);
    club.calls();
    run(names.fill(&mut rows)).unwrap();
    assert_eq!(shown(&mut rows), ["Ann", "Cat"]);
    assert_eq!(club.calls(), ["c 1"]);
}

#[test]
fn without_a_call_for_users_records_stay_as_they_are() {
    let club = Club::default();
    let mut rows = prizes(&["a"]);
    run(Names::new(&club).fill(&mut rows)).unwrap();
    assert_eq!(shown(&mut rows), [""]);
}

#[test]
fn debug_shows_no_names() {
    let club = club(USERS.by_ids(2));
    let mut names = Names::new(&club);
    run(names.fill(&mut prizes(&["a", "c"]))).unwrap();
    assert_eq!(format!("{names:?}"), "Names { vendor: Polyv, users: 2, .. }");
}
