//! What a call for all users narrows them to, beside the days of their registration.

use std::ops::RangeInclusive;

use crate::parameters::Parameters;
use crate::people;
use crate::reply::Refusal;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::xiaoe::users::{Habits, day, refused};
use crate::world::DAY;

/// The vendor's numbers for where users come from: WeChat, from which all come, and the others.
const WECHAT: i64 = 0;
const ELSEWHERE: RangeInclusive<i64> = 1..=10;

/// What the users asked for have in common.
#[derive(Debug)]
pub(super) enum Condition<'a> {
    /// What nobody has.
    Nobody,
    Nickname(&'a str),
    /// In fen.
    Spent(RangeInclusive<i64>),
    Purchases(RangeInclusive<i64>),
    /// Unix seconds.
    LastPaid(RangeInclusive<i64>),
    /// Unix seconds.
    LastVisited(RangeInclusive<i64>),
}

impl Condition<'_> {
    /// Whether a user has it.
    pub(super) fn takes(&self, xiaoe: &Xiaoe, person: i64) -> bool {
        let habits = || Habits::of(xiaoe, person);
        match self {
            Self::Nobody => false,
            Self::Nickname(name) => people::nickname(person) == *name,
            Self::Spent(range) => range.contains(&habits().spent_fen),
            Self::Purchases(range) => range.contains(&habits().purchases),
            Self::LastPaid(range) => habits().paid.is_some_and(|at| range.contains(&at)),
            Self::LastVisited(range) => habits().visited.is_some_and(|at| range.contains(&at)),
        }
    }
}

/// The conditions that a call names. Nobody has a phone number, a name or a tag, and nobody is blocked
/// or a super member.
pub(super) fn conditions(given: &Parameters) -> Result<Vec<Condition<'_>>, Refusal> {
    let mut conditions = Vec::new();
    // Of these three the first counts.
    conditions.extend(match (given.text("phone"), given.text("nickname"), given.text("name")) {
        (None, Some(nickname), _) => Some(Condition::Nickname(nickname)),
        (None, None, None) => None,
        _ => Some(Condition::Nobody),
    });
    conditions.extend(given.text("tag_id").map(|_| Condition::Nobody));
    match given.integer("from").unwrap_or(-1) {
        -1 | WECHAT => {}
        from if ELSEWHERE.contains(&from) => conditions.push(Condition::Nobody),
        _ => return Err(refused("from", "is unknown")),
    }
    match given.integer("user_type").unwrap_or(0) {
        0 => {}
        1 | 2 => conditions.push(Condition::Nobody),
        _ => return Err(refused("user_type", "is unknown")),
    }
    let amounts = range(given, ["min_pay_sum", "max_pay_sum"], number)?;
    let counts = range(given, ["min_punch_count", "max_punch_count"], number)?;
    let paid = range(given, ["last_paytime_start", "last_paytime_end"], day)?;
    let visited = range(given, ["latest_visited_start", "latest_visited_end"], day)?;
    conditions.extend(amounts.map(Condition::Spent));
    conditions.extend(counts.map(Condition::Purchases));
    conditions.extend(paid.map(through_the_day).map(Condition::LastPaid));
    conditions.extend(visited.map(through_the_day).map(Condition::LastVisited));
    Ok(conditions)
}

/// Whether a call can be answered only by a look at all users.
pub(in crate::vendor) fn is_narrowing(given: &Parameters) -> bool {
    conditions(given).is_ok_and(|conditions| !conditions.is_empty())
}

/// What lies between two bounds, both included; `None` if neither is given.
fn range(
    given: &Parameters,
    names: [&str; 2],
    read: fn(&Parameters, &str) -> Result<Option<i64>, Refusal>,
) -> Result<Option<RangeInclusive<i64>>, Refusal> {
    let [least, most] = names;
    Ok(match (read(given, least)?, read(given, most)?) {
        (None, None) => None,
        (least, most) => Some(least.unwrap_or(i64::MIN)..=most.unwrap_or(i64::MAX)),
    })
}

fn number(given: &Parameters, name: &str) -> Result<Option<i64>, Refusal> {
    let number = given.text(name).map(str::parse::<i64>);
    number.transpose().map_err(|_| refused(name, "is not a number"))
}

/// The same up to the end of the last day.
fn through_the_day(days: RangeInclusive<i64>) -> RangeInclusive<i64> {
    let (first, last) = days.into_inner();
    first..=last.saturating_add(DAY - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> String {
        let given = Parameters::from_json(body.as_bytes()).unwrap();
        format!("{:?}", conditions(&given).map_err(|refusal| refusal.reason.parameter))
    }

    #[test]
    fn what_says_nothing_narrows_nothing() {
        let body = r#"{"phone":"","from":-1,"user_type":0,"min_pay_sum":"","es_skip":{"id":"u"}}"#;
        assert_eq!(read(body), "Ok([])");
        assert_eq!(read(r#"{"from":0,"user_created_start":"2019-01-01"}"#), "Ok([])");
    }

    #[test]
    fn of_phone_nickname_and_name_the_first_counts() {
        assert_eq!(read(r#"{"phone":"1","nickname":"a"}"#), "Ok([Nobody])");
        assert_eq!(read(r#"{"nickname":"a","name":"b"}"#), "Ok([Nickname(\"a\")])");
        assert_eq!(read(r#"{"name":"b"}"#), "Ok([Nobody])");
    }

    #[test]
    fn bounds_may_be_given_alone() {
        assert_eq!(read(r#"{"min_pay_sum":"5","max_pay_sum":7}"#), "Ok([Spent(5..=7)])");
        let body = r#"{"max_punch_count":"2","last_paytime_end":"2022-04-02"}"#;
        let (least, day) = (i64::MIN, 1_648_828_800);
        let end = day + 86_399;
        let expected = format!("Ok([Purchases({least}..=2), LastPaid({least}..={end})])");
        assert_eq!(read(body), expected);
        let most = i64::MAX;
        let body = r#"{"latest_visited_start":"2022-04-02"}"#;
        assert_eq!(read(body), format!("Ok([LastVisited({day}..={most})])"));
    }

    #[test]
    fn what_can_not_be_read_is_named() {
        for (body, name) in [
            (r#"{"from":11}"#, "from"),
            (r#"{"user_type":3}"#, "user_type"),
            (r#"{"min_pay_sum":"much"}"#, "min_pay_sum"),
            (r#"{"latest_visited_end":"today"}"#, "latest_visited_end"),
        ] {
            assert_eq!(read(body), format!("Err(Some({name:?}))"));
        }
    }
}
