use askama::Template;
use live_rewards_core::{Money, Timestamp};
use live_rewards_ledger::PacketSums;

use super::{
    checks::Checks,
    completeness::Completeness,
    findings::Findings,
    numbers::{count, share, yuan},
    text::Text,
};

/// What it all comes to: in a few sentences, and in a few figures.
#[derive(Debug, Template)]
#[template(path = "report/tiles.html", whitespace = "minimize")]
pub(super) struct Tiles {
    t: &'static Text,
    sentences: Vec<Sentence>,
    tiles: Vec<Tile>,
    /// Whether they need room for large amounts.
    are_wide: bool,
}

#[derive(Debug)]
struct Sentence {
    is_good: bool,
    text: String,
}

#[derive(Debug)]
struct Tile {
    label: &'static str,
    value: String,
    note: String,
    class: &'static str,
    /// For those who don't see its colour.
    sign: &'static str,
}

/// Characters of an amount that fit where tiles are narrow.
const NARROW: usize = 10;
/// Accounts that a sentence names.
const MOST_NAMES: usize = 4;

impl Tiles {
    pub(super) fn new(
        t: &'static Text,
        sums: &PacketSums,
        findings: &Findings,
        checks: &Checks,
        completeness: &Completeness,
    ) -> Self {
        let mut sentences = Vec::new();
        if sums.packets > 0 {
            sentences.push(of_difference(t, sums));
        }
        sentences.push(of_findings(t, findings, checks));
        sentences.extend(of_completeness(t, completeness));
        let mut tiles = if sums.packets > 0 { money(t, sums) } else { Vec::new() };
        let (class, sign) = match findings.number {
            0 => ("good", "✓"),
            _ => ("bad", "▲"),
        };
        tiles.push(Tile {
            label: t.findings_open,
            value: count(findings.number),
            note: findings.worst.map_or_else(String::new, |worst| t.worst_is(t.severity(worst))),
            class,
            sign,
        });
        let are_wide = tiles.iter().any(|tile| tile.value.chars().count() > NARROW);
        Self { t, sentences, tiles, are_wide }
    }
}

fn of_difference(t: &Text, sums: &PacketSums) -> Sentence {
    if sums.differing > 0 {
        let text = t.unaccounted(&yuan(sums.difference), sums.differing);
        return Sentence { is_good: false, text };
    }
    let mut text = t.all_add_up(sums.packets);
    if sums.refunded_unreported != Money::ZERO {
        text.push_str(t.sentence_gap);
        text.push_str(&t.not_proved(&yuan(sums.refunded_unreported)));
    }
    Sentence { is_good: true, text }
}

fn of_findings(t: &Text, findings: &Findings, checks: &Checks) -> Sentence {
    match findings.worst {
        Some(worst) => {
            Sentence { is_good: false, text: t.findings_are(findings.number, t.severity(worst)) }
        }
        None => Sentence { is_good: checks.run > 0, text: t.no_findings(checks.run) },
    }
}

/// Nothing where there are no accounts.
fn of_completeness(t: &Text, completeness: &Completeness) -> Option<Sentence> {
    let incomplete = &completeness.incomplete;
    if incomplete.is_empty() {
        let until = completeness.until.map(Timestamp::to_china)?;
        return Some(Sentence { is_good: true, text: t.all_read(&until) });
    }
    let mut names: Vec<String> = incomplete.iter().take(MOST_NAMES).cloned().collect();
    let more = incomplete.len().saturating_sub(names.len());
    if more > 0 {
        names.push(t.and_more(u64::try_from(more).unwrap_or(u64::MAX)));
    }
    Some(Sentence { is_good: false, text: t.not_all_read(&names.join(t.comma)) })
}

fn money(t: &'static Text, sums: &PacketSums) -> Vec<Tile> {
    let of_issued = |money: Money| {
        let share = share(money.fen(), sums.issued.fen());
        share.map_or_else(String::new, |share| t.of_issued_is(&share))
    };
    let tile =
        |label, money, note, class, sign| Tile { label, value: yuan(money), note, class, sign };
    let unreported = sums.refunded_unreported;
    let refunded = if unreported == Money::ZERO {
        of_issued(sums.refunded)
    } else {
        t.plus_unreported(&yuan(unreported))
    };
    let claims = format!("{} · {}", t.claims_counted(sums.claims), of_issued(sums.claimed));
    let (class, sign) = if sums.differing == 0 { ("good", "✓") } else { ("bad", "≠") };
    let differing =
        if sums.differing == 0 { t.none.to_owned() } else { t.in_packets(sums.differing) };
    vec![
        tile(t.issued, sums.issued, t.packets_counted(sums.packets), "", ""),
        tile(t.claimed, sums.claimed, claims, "", ""),
        tile(t.refunded, sums.refunded, refunded, "", ""),
        tile(t.fee, sums.fee, of_issued(sums.fee), "", ""),
        tile(t.open, sums.open, of_issued(sums.open), "", ""),
        tile(t.difference, sums.difference, differing, class, sign),
    ]
}
