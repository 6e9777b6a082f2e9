//! The report: one page that needs nothing beside itself.

mod ageing;
mod amounts;
mod calendar;
mod checks;
mod completeness;
mod context;
mod days;
mod evidence;
mod findings;
mod heat_map;
mod numbers;
mod others;
mod page;
mod plain;
mod svg;
#[cfg(test)]
mod tests;
mod text;
mod tiles;
mod top;
mod waterfall;

use std::io::{self, Write};

use askama::Template;
use live_rewards_core::Timestamp;
use live_rewards_ledger::{Language, Ledger, LedgerError, Reconciliation, Selection};

use self::{
    ageing::AgeingBars,
    amounts::Amounts,
    checks::Checks,
    completeness::Completeness,
    context::Context,
    days::Days,
    findings::Findings,
    heat_map::HeatMap,
    others::Others,
    page::{Figures, Head, Page},
    tiles::Tiles,
    top::Top,
    waterfall::Waterfall,
};

/// What a ledger holds and what its checks came to, as a page for people.
///
/// The page is one HTML file, well-formed as XML, that loads nothing, runs nothing and can be printed. It stays below a megabyte
/// however many records there are: it holds sums, and the most serious findings.
#[derive(Debug)]
pub struct Report {
    page: Page,
}

impl Report {
    /// Sums up what is selected.
    ///
    /// Findings are those of the selected accounts at any time: a finding has no period. Where a sync may write meanwhile, a
    /// [`Snapshot`](live_rewards_ledger::Snapshot) makes all figures agree.
    pub fn gather(
        ledger: &Ledger,
        reconciliation: &Reconciliation,
        selection: &Selection,
        now: Timestamp,
        language: Language,
    ) -> Result<Self, LedgerError> {
        let t = text::of(language);
        let context = Context::new(ledger, reconciliation, selection, t)?;
        let completeness = Completeness::gather(&context, now)?;
        let checks = Checks::new(&context);
        let findings = Findings::new(&context);
        let figures = figures(&context, &findings, &checks, &completeness)?;
        let contents = Page::contents(t, figures.as_ref());
        let head = Head::new(&context, now);
        Ok(Self { page: Page { t, head, figures, completeness, checks, findings, contents } })
    }

    /// Writes the page.
    pub fn write(&self, writer: &mut impl Write) -> io::Result<()> {
        let page = self.page.render().map_err(io::Error::other)?;
        writer.write_all(page.as_bytes())
    }
}

/// Nothing if there are neither red packets nor claims, gifts or prizes.
fn figures(
    context: &Context<'_>,
    findings: &Findings,
    checks: &Checks,
    completeness: &Completeness,
) -> Result<Option<Figures>, LedgerError> {
    let Context { ledger, selection, reconciliation, t, .. } = *context;
    let packets = ledger.packet_figures(selection)?;
    let sums = packets.total()?;
    let claims = ledger.claim_amounts(selection)?;
    let gifts = ledger.gift_sums(selection)?;
    let prizes = ledger.prize_sums(selection)?;
    if sums.packets == 0 && claims.claims == 0 && gifts.gifts == 0 && prizes.prizes == 0 {
        return Ok(None);
    }
    let as_of = reconciliation.as_of;
    let rooms = packets.by_room(top::MOST_ROOMS)?;
    let top_gifts = ledger.top_gifts(selection, top::MOST_GIFTS)?;
    Ok(Some(Figures {
        tiles: Tiles::new(t, &sums, findings, checks, completeness),
        waterfall: Waterfall::new(t, &sums),
        days: Days::new(context, &packets.by_day()?),
        heat_map: HeatMap::new(context, &packets)?,
        no_heat_map: if sums.differing == 0 { t.heat_none } else { t.heat_cancels },
        ageing: AgeingBars::new(t, &sums, &packets.refund_ageing(as_of)?, &as_of.to_china()),
        amounts: Amounts::new(t, &sums, &claims),
        top: Top::new(context, &sums, &rooms, &top_gifts),
        others: Others::new(t, &gifts, &prizes),
    }))
}
