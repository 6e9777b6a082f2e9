//! A vendor with users, and with prizes that they won.

use std::sync::Mutex;

use async_trait::async_trait;
use live_rewards_core::{
    Capabilities, Cursor, Error, ErrorKind, ListingCapability, LiveRewards, Page, Position, Prize,
    PrizeActivity, PrizeActivityQuery, PrizeKind, PrizeQuery, Query, Result, RoomKind, RoomRef,
    Timestamp, User, UserCapability, UserId, UserIdKind, UserQuery, UserRef, UserScope, Vendor,
};

pub(crate) const LISTING: ListingCapability = ListingCapability::new(2, None);

#[derive(Debug, Default)]
pub(crate) struct Club {
    pub(crate) users: Option<UserCapability>,
    /// Ids and nicknames, in the order in which they are listed.
    pub(crate) people: Vec<(&'static str, Option<&'static str>)>,
    /// Activities and who won in them, or how that can't be told.
    pub(crate) activities: Vec<(&'static str, Result<Vec<&'static str>, ErrorKind>)>,
    /// A call that fails once.
    pub(crate) fails: Mutex<Option<&'static str>>,
    /// The calls, each with the number of the page.
    pub(crate) calls: Mutex<Vec<String>>,
}

impl Club {
    /// The calls since the last look.
    pub(crate) fn calls(&self) -> Vec<String> {
        std::mem::take(&mut *self.calls.lock().unwrap())
    }

    /// Notes a call, and gives the place that it asks for.
    fn call(&self, what: &str, query: &impl Query, cursor: Option<&Cursor>) -> Result<Position> {
        let at = match cursor {
            Some(cursor) => cursor.position(Vendor::Polyv, query)?,
            None => Position::Page { number: 1, size: 2 },
        };
        let call = format!("{what} {}", at.page());
        let fails = self.fails.lock().unwrap().take_if(|fails| **fails == *call).is_some();
        self.calls.lock().unwrap().push(call);
        if fails { Err(Error::new(ErrorKind::Timeout, "no answer")) } else { Ok(at) }
    }
}

#[async_trait]
impl LiveRewards for Club {
    fn vendor(&self) -> Vendor {
        Vendor::Polyv
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::default();
        capabilities.users = self.users;
        capabilities
    }

    async fn prize_activities_page(
        &self,
        query: &PrizeActivityQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PrizeActivity>> {
        let at = self.call("activities", query, cursor)?;
        let ids = self.activities.iter().map(|activity| activity.0).collect();
        let activity = |id: &str| PrizeActivity::new(id.into(), query.kind, query.room.clone());
        Ok(answer(query, &at, ids, activity))
    }

    async fn prizes_page(
        &self,
        query: &PrizeQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Prize>> {
        let activity = query.activity.as_str();
        let at = self.call(activity, query, cursor)?;
        let won = self.activities.iter().find(|found| found.0 == activity).unwrap();
        let winners = won.1.clone().map_err(|kind| Error::new(kind, "no prizes"))?;
        let prize = |id: &str| Prize::new(query.activity.clone(), query.kind, viewer(id));
        Ok(answer(query, &at, winners, prize))
    }

    async fn users_page(&self, query: &UserQuery, cursor: Option<&Cursor>) -> Result<Page<User>> {
        let people = self.people.iter().map(|person| person.0);
        let (what, found): (_, Vec<_>) = match &query.scope {
            UserScope::Ids(ids) => {
                let ids: Vec<_> = ids.iter().map(UserId::as_str).collect();
                (ids.join(" "), people.filter(|person| ids.contains(person)).collect())
            }
            UserScope::Room(room) => (format!("room {}", room.id), people.collect()),
            UserScope::Session(session) => (format!("session {session}"), people.collect()),
            _ => ("all".to_owned(), people.collect()),
        };
        let at = self.call(&what, query, cursor)?;
        Ok(answer(query, &at, found, |id| {
            let name = self.people.iter().find(|person| person.0 == id).and_then(|found| found.1);
            User::new(viewer(id).with_nickname(name.map(str::to_owned)))
        }))
    }
}

/// A page; only an empty one is the last.
fn answer<T>(
    query: &impl Query,
    at: &Position,
    ids: Vec<&str>,
    row: impl Fn(&str) -> T,
) -> Page<T> {
    let (before, size) = (usize::try_from(at.offset()).unwrap(), at.size() as usize);
    let rows: Vec<_> = ids.into_iter().skip(before).take(size).map(row).collect();
    let next = at.following().filter(|_| !rows.is_empty());
    let mut answer = Page::new(rows, instant());
    answer.next = next.map(|next| Cursor::new(Vendor::Polyv, query, next));
    answer
}

pub(crate) fn viewer(id: &str) -> UserRef {
    UserRef::new(id, UserIdKind::Viewer)
}

pub(crate) fn room() -> RoomRef {
    RoomRef::new("r", RoomKind::Channel)
}

pub(crate) fn lotteries() -> PrizeActivityQuery {
    PrizeActivityQuery::new(room(), PrizeKind::Lottery)
}

pub(crate) fn instant() -> Timestamp {
    Timestamp::from_epoch_ms(0).unwrap()
}
