//! The points log of the shop, a month at a time.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::calendar::{beijing, parse_beijing};
use crate::callbacks::PointsChange;
use crate::credentials::XIAOE_APP_ID;
use crate::page;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::xiaoe::deductions::Taken;
use crate::vendor::xiaoe::envelope::{INVALID_PARAMETER, refuse, success};
use crate::vendor::xiaoe::{Endpoint, Xiaoe, paging};
use crate::wire::LooseInteger;
use crate::world::points_log::{Entry, Filter, Kind, newest_first};

/// Number of an account's first deduction; entries of the account's own are below it.
const DEDUCTIONS: i64 = 1 << 27;

/// What the ids of entries begin with.
pub(super) const FLOW: &str = "f_";

/// Of the vendor's types of business only two are known, both of earning.
const EARNING: &str = "LEARN_TASK";

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

impl Xiaoe {
    /// The change that the entry at a place of the points log stands for, counted from the newest.
    pub(crate) fn points_change(&self, place: i64, now: i64) -> Option<PointsChange> {
        let (log, ever) = (Log::of(self, now), 0..now.saturating_add(1));
        if !(0..log.count(&ever, Filter::default())).contains(&place) {
            return None;
        }
        let entry = log.newest_first(&ever, &(place..place + 1), Filter::default()).pop()?;
        Some(PointsChange {
            user_id: self.user_id(entry.account),
            integrals: if entry.kind == Kind::Earned { entry.count } else { -entry.count },
            change_time: entry.at,
            content: remark(&entry),
        })
    }
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

/// The log at an instant: entries of the accounts' own, and of what callers took.
struct Log<'a> {
    xiaoe: &'a Xiaoe,
    taken: Arc<Taken>,
    now: i64,
}

impl<'a> Log<'a> {
    fn of(xiaoe: &'a Xiaoe, now: i64) -> Self {
        Self { xiaoe, taken: xiaoe.deductions.taken(), now }
    }

    fn count(&self, range: &Range<i64>, filter: Filter) -> i64 {
        let deducted = i64::try_from(self.deducted(range, filter).count()).unwrap_or(0);
        self.xiaoe.log.count(range, filter, self.now) + deducted
    }

    fn entries(&self, range: &Range<i64>, filter: Filter) -> Vec<Entry> {
        let mut entries = self.xiaoe.log.entries(range, filter, self.now);
        for entry in &mut entries {
            entry.balance -= self.taken.sum(entry.account, entry.at.saturating_sub(1));
        }
        entries.extend(self.deducted(range, filter));
        entries.sort_unstable_by_key(Entry::place);
        entries
    }

    fn newest_first(
        &self,
        range: &Range<i64>,
        positions: &Range<i64>,
        filter: Filter,
    ) -> Vec<Entry> {
        let count = |part: &Range<i64>| self.count(part, filter);
        newest_first(range, positions, count, |part| self.entries(part, filter))
    }

    fn deducted(&self, range: &Range<i64>, filter: Filter) -> impl Iterator<Item = Entry> {
        let come = range.start..range.end.min(self.now.saturating_add(1));
        self.taken
            .all(filter.account)
            .filter(move |(_, one)| filter.takes(Kind::Spent) && come.contains(&one.at))
            .map(move |(account, one)| Entry {
                at: one.at,
                account,
                number: DEDUCTIONS + one.serial,
                kind: Kind::Spent,
                count: one.score,
                balance: self.xiaoe.log.balance(account, one.at, self.now)
                    - self.taken.sum_through(account, one),
            })
    }

    fn row(&self, entry: &Entry, totals: Option<Totals>) -> Row<'_> {
        let xiaoe = self.xiaoe;
        let is_newer = totals.is_none();
        let at = beijing(entry.at);
        let given = self.taken.get(entry.account, entry.number - DEDUCTIONS);
        Row {
            id: is_newer.then(|| Xiaoe::entry_number(entry) + 1),
            business_id: xiaoe.entry_id("b_", entry),
            flow_id: is_newer.then(|| xiaoe.entry_id(FLOW, entry)),
            app_id: XIAOE_APP_ID,
            user_id: xiaoe.user_id(entry.account),
            flow_type: entry.kind.label(),
            business_type: if entry.kind == Kind::Earned { EARNING } else { "" },
            flow_count: entry.count,
            business_source: match entry.kind {
                Kind::Spent if given.is_none() => xiaoe.points_order_id(entry),
                _ => Text::new(),
            },
            freeze_day: if entry.kind == Kind::Frozen { 7 } else { 0 },
            remark: given.and_then(|one| one.remark.as_deref()).unwrap_or(remark(entry)),
            balance: LooseInteger::Text(entry.balance),
            created_at: is_newer.then_some(at),
            create_time: (!is_newer).then_some(at),
            source_id: is_newer.then(|| xiaoe.entry_id("s_", entry)),
            month_total_grant: totals.map(|totals| totals.grant),
            month_total_consume: totals.map(|totals| totals.consume),
        }
    }
}

/// The reason of an entry.
fn remark(entry: &Entry) -> &'static str {
    match entry.kind {
        Kind::Earned => "完成学习任务",
        Kind::Spent if entry.number >= DEDUCTIONS => "批量扣减积分",
        Kind::Spent => "购买商品抵扣积分",
        Kind::Frozen => "积分冻结中",
    }
}

/// Sums of a month, which the older edition has in each row.
#[derive(Clone, Copy)]
struct Totals {
    grant: i64,
    consume: i64,
}

#[derive(Serialize)]
struct Data<'a> {
    list: Vec<Row<'a>>,
}

/// A row in the newer edition, or in the older one.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    business_id: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow_id: Option<Text>,
    app_id: &'static str,
    user_id: Text,
    flow_type: u8,
    business_type: &'static str,
    flow_count: i64,
    business_source: Text,
    freeze_day: i64,
    remark: &'a str,
    balance: LooseInteger,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    create_time: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_id: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    month_total_grant: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    month_total_consume: Option<i64>,
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
