//! The entries of the points log: of the accounts' own, and of what callers took.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::calendar::beijing;
use crate::callbacks::PointsChange;
use crate::credentials::XIAOE_APP_ID;
use crate::text::Text;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::xiaoe::deductions::Taken;
use crate::wire::LooseInteger;
use crate::world::points_entry::{Entry, Filter, Kind, newest_first};

/// Number of an account's first deduction; entries of the account's own are below it.
const DEDUCTIONS: i64 = 1 << 27;

/// What the ids of entries begin with.
pub(super) const FLOW: &str = "f_";

/// Of the vendor's types of business only two are known, both of earning.
pub(super) const EARNING: &str = "LEARN_TASK";

/// The log at an instant.
pub(super) struct Log<'a> {
    xiaoe: &'a Xiaoe,
    taken: Arc<Taken>,
    now: i64,
}

impl<'a> Log<'a> {
    pub(super) fn of(xiaoe: &'a Xiaoe, now: i64) -> Self {
        Self { xiaoe, taken: xiaoe.deductions.taken(), now }
    }

    pub(super) fn count(&self, range: &Range<i64>, filter: Filter) -> i64 {
        let deducted = i64::try_from(self.deducted(range, filter).count()).unwrap_or(0);
        self.xiaoe.log.count(range, filter, self.now) + deducted
    }

    pub(super) fn entries(&self, range: &Range<i64>, filter: Filter) -> Vec<Entry> {
        let mut entries = self.xiaoe.log.entries(range, filter, self.now);
        for entry in &mut entries {
            entry.balance -= self.taken.sum(entry.account, entry.at.saturating_sub(1));
        }
        entries.extend(self.deducted(range, filter));
        entries.sort_unstable_by_key(Entry::place);
        entries
    }

    pub(super) fn newest_first(
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

    pub(super) fn row(&self, entry: &Entry, totals: Option<Totals>) -> Row<'_> {
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
pub(super) struct Totals {
    pub(super) grant: i64,
    pub(super) consume: i64,
}

/// A row in the newer edition, or in the older one.
#[derive(Serialize)]
pub(super) struct Row<'a> {
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
