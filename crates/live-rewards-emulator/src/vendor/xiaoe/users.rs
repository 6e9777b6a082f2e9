//! Calls for users of the shop.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::calendar::{beijing, parse_beijing};
use crate::ids::{MIXED, push_letters};
use crate::page;
use crate::parameters::Parameters;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::seed::{Draws, Purpose};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::{INVALID_PARAMETER, refuse, success};
use crate::vendor::xiaoe::user_filter::conditions;
use crate::vendor::xiaoe::{Endpoint, Xiaoe, paging};
use crate::wire::Yuan;
use crate::world::DAY;
use crate::world::search::count_before;

/// Answers a call for users by their ids: those that there are, in the order asked for.
pub(super) fn by_ids(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Reply {
    let mut found = Vec::new();
    for user_id in call.parameters.list("user_id_list").unwrap_or_default() {
        let user = xiaoe.person(user_id).filter(|person| xiaoe.is_user(*person, call.now()));
        found.extend(user.filter(|person| !found.contains(person)));
    }
    let total = i64::try_from(found.len()).unwrap_or(0);
    let (number, size) = paging::asked_for(call);
    let on_page = page::select(found.into_iter(), &page::rows(number, size, total));
    let list: Vec<Named> = on_page.map(|person| Named::of(xiaoe, person)).collect();
    success("ok", None, &Data { list, total })
}

/// Answers a call for all users, newest first, from after the one that the cursor names.
pub(super) fn list(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let now = call.now();
    let asked = registered_between(xiaoe, call)?;
    let first = match call.parameters.nested("es_skip") {
        None => 0,
        Some(cursor) => {
            let skip: Option<GivenSkip> = serde_json::from_str(cursor).ok();
            let last = skip.and_then(|skip| xiaoe.user_place(xiaoe.person(&skip.id)?, now));
            1 + last.ok_or_else(|| refused("es_skip", "names no user"))?
        }
    };
    let (_, size) = paging::asked_for(call);
    let conditions = conditions(&call.parameters)?;
    let user = |place: i64| xiaoe.user_at(place, now);
    let is_meant = |place: &i64| conditions.iter().all(|one| one.takes(xiaoe, user(*place)));
    let total = if conditions.is_empty() {
        asked.end - asked.start
    } else {
        let meant = call.waiting.rows(asked.clone()).filter(is_meant);
        i64::try_from(meant.count()).unwrap_or(i64::MAX)
    };
    let visits = call.parameters.list("need_column").unwrap_or_default();
    let visits = visits.iter().any(|column| column == "latest_visited_at");
    let rest = first.clamp(asked.start, asked.end)..asked.end;
    let on_page = call.waiting.rows(rest).filter(is_meant);
    let on_page = on_page.take(usize::try_from(size).unwrap_or(0));
    let list: Vec<Listed> = on_page.map(|place| Listed::of(xiaoe, user(place), visits)).collect();
    Ok(success("ok", None, &Data { list, total }))
}

/// Places of the users registered in the time asked for.
fn registered_between(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Range<i64>, Refusal> {
    let (given, now) = (&call.parameters, call.now());
    let (from, to) = (day(given, "user_created_start")?, day(given, "user_created_end")?);
    let total = xiaoe.users(now);
    let later = |second: i64| {
        count_before(total, |place| xiaoe.registered(xiaoe.user_at(place, now)) >= second)
    };
    let first = to.map_or(0, |day| later(day + DAY));
    Ok(first..from.map_or(total, later).max(first))
}

/// First second of a day in Beijing.
pub(super) fn day(given: &Parameters, name: &str) -> Result<Option<i64>, Refusal> {
    let Some(date) = given.text(name) else { return Ok(None) };
    let midnight = parse_beijing(&format!("{date} 00:00:00"));
    midnight.map(Some).ok_or_else(|| refused(name, "is not a day"))
}

pub(super) fn refused(name: &str, fault: &str) -> Refusal {
    refuse(INVALID_PARAMETER, &format!("{name} {fault}")).parameter(name)
}

/// What a user did in the shop. Instants are Unix seconds.
pub(super) struct Habits {
    pub(super) spent_fen: i64,
    pub(super) purchases: i64,
    /// The last payment.
    pub(super) paid: Option<i64>,
    /// The last visit.
    pub(super) visited: Option<i64>,
    created: i64,
    /// For what is drawn after it.
    draw: Draws,
}

impl Habits {
    pub(super) fn of(xiaoe: &Xiaoe, person: i64) -> Self {
        let mut draw = xiaoe.draws.of(Purpose::Person).at(person).at(1);
        // A third has bought something.
        let purchases = (draw.below(9) - 5).max(0);
        let spent_fen = purchases * (1 + draw.below(50_000));
        let created = xiaoe.registered(person);
        Self {
            spent_fen,
            purchases,
            paid: (purchases > 0).then_some(created),
            // Every seventh never came again.
            visited: (person % 7 != 0).then_some(created + DAY),
            created,
            draw,
        }
    }
}

/// What both calls tell of a user.
struct Person {
    id: Text,
    nickname: &'static str,
    avatar: Text,
    open_id: Text,
    habits: Habits,
}

impl Person {
    fn of(xiaoe: &Xiaoe, person: i64) -> Self {
        let habits = Habits::of(xiaoe, person);
        let mut open_id = Text::new();
        if person % 2 == 0 {
            open_id.push(b'o');
            push_letters(&mut open_id, habits.draw, MIXED, 27);
        }
        Self {
            id: xiaoe.user_id(person),
            nickname: people::nickname(person),
            avatar: people::avatar(person),
            open_id,
            habits,
        }
    }
}

#[derive(Serialize)]
struct Data<R> {
    list: Vec<R>,
    total: i64,
}

/// A row of the call by ids, where money is in yuan.
#[derive(Serialize)]
struct Named {
    user_id: Text,
    wx_union_id: &'static str,
    wx_app_open_id: &'static str,
    wx_open_id: Text,
    user_nickname: &'static str,
    bind_phone: &'static str,
    collect_phone: &'static str,
    avatar: Text,
    from: &'static str,
    pay_sum: Yuan,
    punch_count: i64,
    user_created_at: Text,
}

impl Named {
    fn of(xiaoe: &Xiaoe, person: i64) -> Self {
        let user = Person::of(xiaoe, person);
        Self {
            user_id: user.id,
            wx_union_id: "",
            wx_app_open_id: "",
            wx_open_id: user.open_id,
            user_nickname: user.nickname,
            bind_phone: "",
            collect_phone: "",
            avatar: user.avatar,
            from: "微信",
            pay_sum: Yuan(user.habits.spent_fen),
            punch_count: user.habits.purchases,
            user_created_at: beijing(user.habits.created),
        }
    }
}

/// A row of the list, where money is in fen.
#[derive(Serialize)]
struct Listed {
    avatar: Text,
    bind_phone: &'static str,
    collect_phone: &'static str,
    es_skip: Skip,
    from: &'static str,
    pay_sum: i64,
    punch_count: i64,
    user_created_at: Text,
    user_id: Text,
    user_nickname: &'static str,
    wx_app_open_id: &'static str,
    wx_open_id: Text,
    wx_union_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest_visited_at: Option<i64>,
}

/// Where the page after a row starts.
#[derive(Serialize)]
struct Skip {
    id: Text,
    /// Milliseconds since 1970.
    user_created_at: i64,
}

/// What of it comes back; the id is enough to go on from.
#[derive(Deserialize)]
struct GivenSkip {
    id: String,
}

impl Listed {
    fn of(xiaoe: &Xiaoe, person: i64, visits: bool) -> Self {
        let user = Person::of(xiaoe, person);
        let Habits { spent_fen, purchases, visited, created, .. } = user.habits;
        Self {
            avatar: user.avatar,
            bind_phone: "",
            collect_phone: "",
            es_skip: Skip { id: user.id, user_created_at: created * 1000 },
            from: "微信",
            pay_sum: spent_fen,
            punch_count: purchases,
            user_created_at: beijing(created),
            user_id: user.id,
            user_nickname: user.nickname,
            wx_app_open_id: "",
            wx_open_id: user.open_id,
            wx_union_id: "",
            latest_visited_at: visits.then(|| visited.map_or(0, |at| at * 1000)),
        }
    }
}
