//! The points log of the shop, a month at a time.

use std::ops::Range;

use serde::Serialize;

use crate::calendar::{beijing, parse_beijing};
use crate::page;
use crate::reply::{Refusal, Reply};
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::{INVALID_PARAMETER, refuse, success};
use crate::vendor::xiaoe::log::{EARNING, FLOW, Log, Row, Totals};
use crate::vendor::xiaoe::{Endpoint, Xiaoe, paging};
use crate::world::points_entry::{Filter, Kind};

/// Answers a call for the points log of a month, newest first, without a total.
pub(super) fn list(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let month = Month::asked_for(call)?;
    let log = Log::of(xiaoe, call.now());
    let asked = Asked::of(xiaoe, call)?;
    let (number, size) = paging::asked_for(call);
    let entries = asked.as_ref().map_or_else(Vec::new, |asked| match asked.only {
        None => {
            let rows = page::rows(number, size, log.count(&month.range, asked.filter));
            log.newest_first(&month.range, &rows, asked.filter)
        }
        Some(only) => {
            let mut found = log.entries(&month.range, asked.filter);
            found.retain(|entry| entry.number == only);
            let rows = page::rows(number, size, i64::from(!found.is_empty()));
            page::select(found.into_iter(), &rows).collect()
        }
    });
    if !(xiaoe.accounts.quirks() && month.is_even) {
        let list = entries.iter().map(|entry| log.row(entry, None)).collect();
        return Ok(success("", None, &Data { list }));
    }
    let of_user = asked.map_or_else(Vec::new, |asked| {
        let filter = Filter { kind: None, ..asked.filter };
        log.entries(&month.range, filter)
    });
    let sum = |kind: Kind| {
        let of_kind = of_user.iter().filter(|entry| entry.kind == kind);
        of_kind.map(|entry| entry.count).sum::<i64>()
    };
    let totals = Totals { grant: sum(Kind::Earned), consume: sum(Kind::Spent) };
    let list: Vec<Row<'_>> = entries.iter().map(|entry| log.row(entry, Some(totals))).collect();
    Ok(success("", None, &list))
}

/// A calendar month in Beijing.
struct Month {
    range: Range<i64>,
    /// Answers about even months are in the older of the two published editions where the data has
    /// oddities: a month is always read in the same one.
    is_even: bool,
}

impl Month {
    /// The month that a call asks for, as `2025_05`, or else the one that it comes in.
    fn asked_for(call: &Call<'_, Endpoint>) -> Result<Self, Refusal> {
        let now = beijing(call.now());
        let this = now.get(..7).unwrap_or_default().replace('-', "_");
        let text = call.parameters.text("year_month").unwrap_or(&this);
        Self::read(text).ok_or_else(|| refused("year_month", "is not a month like 2025_05"))
    }

    fn read(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('_').filter(|(year, _)| year.len() == 4)?;
        let (year, number): (i64, i64) = (year.parse().ok()?, month.parse().ok()?);
        if month.len() != 2 || !(1..=12).contains(&number) {
            return None;
        }
        let next = if number == 12 { (year + 1, 1) } else { (year, number + 1) };
        let begin = |(year, number): (i64, i64)| {
            parse_beijing(&format!("{year:04}-{number:02}-01 00:00:00"))
        };
        Some(Self { range: begin((year, number))?..begin(next)?, is_even: number % 2 == 0 })
    }
}

/// The entries that a call asks for.
struct Asked {
    filter: Filter,
    /// Number of the only one.
    only: Option<i64>,
}

impl Asked {
    /// What a call asks for; `None` if there is no such entry.
    fn of(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Option<Self>, Refusal> {
        let parameters = &call.parameters;
        // The example spells it otherwise than the table.
        let is_points = match parameters.text("account_type") {
            Some("INTEGRAL" | "INTERGRAL") => true,
            Some("COURSE") => false,
            _ => return Err(refused("account_type", "is unknown")),
        };
        let kind = match parameters.integer("flow_type") {
            None => None,
            Some(label) => {
                let mut kinds = Kind::ALL.into_iter();
                let kind = kinds.find(|kind| i64::from(kind.label()) == label);
                Some(kind.ok_or_else(|| refused("flow_type", "is unknown"))?)
            }
        };
        let account = parameters.text("user_id").map(|user_id| xiaoe.person(user_id));
        let place = parameters.text("flow_id").map(|flow_id| xiaoe.entry_place(FLOW, flow_id));
        let is_known = is_points && account != Some(None) && place != Some(None);
        let place = place.flatten();
        let account = account.flatten().or(place.map(|(account, _)| account));
        let is_same = place.is_none_or(|(of, _)| account == Some(of));
        let kind = match parameters.text("business_type") {
            None => kind,
            Some(EARNING) if kind.is_none_or(|kind| kind == Kind::Earned) => Some(Kind::Earned),
            Some(_) => return Ok(None),
        };
        let filter = Filter { account, kind };
        let asked = Self { filter, only: place.map(|(_, number)| number) };
        Ok((is_known && is_same).then_some(asked))
    }
}

fn refused(name: &str, fault: &str) -> Refusal {
    refuse(INVALID_PARAMETER, &format!("{name} {fault}")).parameter(name)
}

#[derive(Serialize)]
struct Data<'a> {
    list: Vec<Row<'a>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_beijing() {
        let month = Month::read("2022_04").unwrap();
        // 2022-04-01 00:00:00, and 30 days.
        assert_eq!(month.range, 1_648_742_400..1_648_742_400 + 30 * 86_400);
        assert!(month.is_even);
        let december = Month::read("2025_12").unwrap().range;
        assert_eq!(december.end, Month::read("2026_01").unwrap().range.start);
        for text in ["", "2025", "2025_5", "2025_13", "2025-05", "25_05", "2025_00", "2025_0x"] {
            assert!(Month::read(text).is_none(), "{text}");
        }
    }
}
