use askama::Template;
use live_rewards_core::Timestamp;
use live_rewards_ledger::{Account, LedgerKind, SCHEMA_VERSION};

use super::{
    ageing::AgeingBars, amounts::Amounts, checks::Checks, completeness::Completeness,
    context::Context, days::Days, findings::Findings, heat_map::HeatMap, others::Others,
    plain::Plain, text::Text, tiles::Tiles, top::Top, waterfall::Waterfall,
};
use crate::lead::DEMO;

/// The whole page.
#[derive(Debug, Template)]
#[template(path = "report/page.html", whitespace = "minimize")]
pub(super) struct Page {
    pub(super) t: &'static Text,
    pub(super) head: Head,
    /// Nothing where there is nothing to report on.
    pub(super) figures: Option<Figures>,
    pub(super) completeness: Completeness,
    pub(super) checks: Checks,
    pub(super) findings: Findings,
    /// Places in the page and their names.
    pub(super) contents: Vec<(&'static str, &'static str)>,
}

/// What the report is of.
#[derive(Debug)]
pub(super) struct Head {
    /// What it says on each page of a demo.
    demo: Option<&'static str>,
    accounts: Vec<Named>,
    more_accounts: Option<String>,
    period: String,
    as_of: String,
    made_at: String,
    ledger: Plain,
    schema: String,
    version: &'static str,
}

#[derive(Debug)]
struct Named {
    name: Plain,
    platform: &'static str,
}

/// All that shows amounts.
#[derive(Debug)]
pub(super) struct Figures {
    pub(super) tiles: Tiles,
    /// This and what follows is there if there are red packets; the heat map, if one of them has a difference.
    pub(super) waterfall: Option<Waterfall>,
    pub(super) days: Option<Days>,
    pub(super) heat_map: Option<HeatMap>,
    /// What is said where there is no heat map.
    pub(super) no_heat_map: &'static str,
    pub(super) ageing: Option<AgeingBars>,
    pub(super) amounts: Option<Amounts>,
    pub(super) top: Option<Top>,
    pub(super) others: Option<Others>,
}

/// Accounts that the head names.
const MOST_ACCOUNTS: usize = 8;

impl Head {
    pub(super) fn new(context: &Context<'_>, now: Timestamp) -> Self {
        let t = context.t;
        let Context { ledger, accounts, .. } = context;
        let more = accounts.len().saturating_sub(MOST_ACCOUNTS);
        let (first, last) = context.period();
        let (first, last) = (first.map(|day| day.to_string()), last.map(|day| day.to_string()));
        let file = ledger.path().file_name().map(|name| name.to_string_lossy().into_owned());
        Self {
            demo: (ledger.kind() == LedgerKind::Demo).then(|| t.label(DEMO)),
            accounts: accounts.iter().take(MOST_ACCOUNTS).map(|of| Named::new(t, of)).collect(),
            more_accounts: (more > 0).then(|| t.and_more(u64::try_from(more).unwrap_or(u64::MAX))),
            period: t.period_of(first.as_deref(), last.as_deref()),
            as_of: context.reconciliation.as_of.to_china(),
            made_at: now.to_china(),
            ledger: Plain::name(&file.unwrap_or_default()),
            schema: t.schema(SCHEMA_VERSION),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

impl Named {
    fn new(t: &'static Text, account: &Account) -> Self {
        Self { name: Plain::name(&account.name), platform: t.vendor(account.identity.vendor) }
    }
}

impl Page {
    /// The places of those parts that are there, in their order.
    pub(super) fn contents(
        t: &'static Text,
        figures: Option<&Figures>,
    ) -> Vec<(&'static str, &'static str)> {
        let mut contents = Vec::new();
        if let Some(figures) = figures {
            contents.push(("glance", t.glance));
            let parts = [
                (figures.waterfall.is_some(), "waterfall", t.waterfall),
                (figures.days.is_some(), "days", t.days),
                (figures.waterfall.is_some(), "heat", t.heat),
                (figures.ageing.is_some(), "ageing", t.ageing),
                (figures.amounts.is_some(), "amounts", t.amounts),
                (figures.top.is_some(), "top", t.top),
                (figures.others.is_some(), "others", t.others),
            ];
            let there = parts.into_iter().filter(|(is_there, ..)| *is_there);
            contents.extend(there.map(|(_, place, name)| (place, name)));
        }
        contents.extend([
            ("complete", t.complete),
            ("checks", t.checks),
            ("findings", t.findings),
            ("guide", t.guide),
        ]);
        contents
    }
}
