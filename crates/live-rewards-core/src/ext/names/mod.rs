mod known;
mod rows;

pub use rows::{EachUser, NamesUsers};

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    fmt,
    pin::pin,
};

use futures_util::StreamExt;

use self::known::Known;
use super::LiveRewardsExt;
use crate::{
    LiveRewards, Result, RoomRef, SessionId, UserCapability, UserId, UserQuery, UserRef, UserScope,
};

/// Fills in the nicknames that records lack, from the vendor's lists of users.
///
/// A user is asked for once: by id where the vendor finds users by id, with as many ids in a call as it takes, which is one at Polyv.
/// Elsewhere those who attended a room, or a session where the record names no room, are read once; who comes later isn't found.
///
/// What was found is kept in memory, also that nobody was, up to 100,000 users; then the oldest are forgotten. Ids of another kind than
/// the vendor's users have (at Polyv an OpenID) are left alone, and so is everything at a vendor that has no call for users.
pub struct Names<'a, T: ?Sized> {
    rewards: &'a T,
    /// What users are called; `None` if they have no name or weren't found.
    users: Known<UserId, Option<String>>,
    /// The rooms and sessions whose users were read.
    done: Known<UserScope, ()>,
}

/// Users, and rooms and sessions, that are remembered at most.
const MOST: usize = 100_000;

/// Whose names one call looks for.
#[derive(Default)]
struct Sought {
    /// What they are called, as far as it is known.
    names: HashMap<UserId, Option<String>>,
    /// Ids to ask for, each once.
    ids: Vec<UserId>,
    /// Rooms and sessions to read, each once.
    scopes: Vec<UserScope>,
}

impl<'a, T: LiveRewards + ?Sized> Names<'a, T> {
    /// No names yet.
    pub fn new(rewards: &'a T) -> Self {
        Self { rewards, users: Known::new(MOST), done: Known::new(MOST) }
    }

    /// Fills in nicknames that the records lack; those that are there stay. Calls are made one after the other.
    ///
    /// After an error the names that were found before it are filled in, and calling again asks for the rest.
    pub async fn fill<R: NamesUsers>(&mut self, records: &mut [R]) -> Result<()> {
        let Some(users) = self.rewards.capabilities().users else {
            return Ok(());
        };
        let mut sought = Sought::default();
        for record in &mut *records {
            record.users(&mut |room, session, user| {
                if lacks_name(&users, user) {
                    self.seek(&users, room, session, &user.id, &mut sought);
                }
            });
        }
        let asked = self.ask(&users, &mut sought).await;
        for record in &mut *records {
            record.users(&mut |_, _, user| {
                if lacks_name(&users, user) {
                    user.nickname = sought.names.get(&user.id).cloned().flatten();
                }
            });
        }
        asked
    }

    /// Notes a user without name, and what to ask if they are not known.
    fn seek(
        &self,
        users: &UserCapability,
        room: Option<&RoomRef>,
        session: Option<&SessionId>,
        id: &UserId,
        sought: &mut Sought,
    ) {
        let Entry::Vacant(name) = sought.names.entry(id.clone()) else {
            return;
        };
        if let Some(known) = self.users.get(id) {
            name.insert(known.clone());
            return;
        }
        name.insert(None);
        if users.most_ids.is_some() {
            sought.ids.push(id.clone());
        } else if let Some(scope) = scope(users, room, session)
            && self.done.get(&scope).is_none()
            && !sought.scopes.contains(&scope)
        {
            sought.scopes.push(scope);
        }
    }

    async fn ask(&mut self, users: &UserCapability, sought: &mut Sought) -> Result<()> {
        let most = users.most_ids.and_then(|most| usize::try_from(most).ok()).unwrap_or(1);
        for ids in std::mem::take(&mut sought.ids).chunks(most.max(1)) {
            self.read(UserScope::Ids(ids.to_vec()), &mut sought.names).await?;
        }
        for scope in std::mem::take(&mut sought.scopes) {
            self.read(scope.clone(), &mut sought.names).await?;
            self.done.insert(scope, ());
        }
        Ok(())
    }

    /// Reads users to the end, or until all have come whose ids are asked for.
    async fn read(
        &mut self,
        scope: UserScope,
        names: &mut HashMap<UserId, Option<String>>,
    ) -> Result<()> {
        let mut awaited = match &scope {
            UserScope::Ids(ids) => Some(ids.iter().cloned().collect::<HashSet<_>>()),
            _ => None,
        };
        let rewards = self.rewards;
        let mut pages = pin!(rewards.user_pages(UserQuery::of(scope), None));
        while awaited.as_ref().is_none_or(|awaited| !awaited.is_empty())
            && let Some(page) = pages.next().await
        {
            for user in page?.items {
                let UserRef { id, nickname, .. } = user.user;
                if let Some(awaited) = &mut awaited {
                    awaited.remove(&id);
                }
                // Who attended twice may be named once.
                let name = nickname.or_else(|| self.users.get(&id).cloned().flatten());
                if let Some(sought) = names.get_mut(&id) {
                    sought.clone_from(&name);
                }
                self.users.insert(id, name);
            }
        }
        for nobody in awaited.into_iter().flatten() {
            self.users.insert(nobody, None);
        }
        Ok(())
    }
}

fn lacks_name(users: &UserCapability, user: &UserRef) -> bool {
    user.nickname.is_none() && user.id_kind == *users.id_kind
}

/// Where a user without name is found, if not by id.
fn scope(
    users: &UserCapability,
    room: Option<&RoomRef>,
    session: Option<&SessionId>,
) -> Option<UserScope> {
    match (room, session) {
        (Some(room), _) if users.in_room => Some(UserScope::Room(room.clone())),
        (_, Some(session)) if users.in_session => Some(UserScope::Session(session.clone())),
        _ => None,
    }
}

/// Shows no names.
impl<T: LiveRewards + ?Sized> fmt::Debug for Names<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Names")
            .field("vendor", &self.rewards.vendor())
            .field("users", &self.users.len())
            .finish_non_exhaustive()
    }
}
