use std::cmp::Reverse;

use askama::Template;
use live_rewards_core::{Money, Points};
use live_rewards_ledger::{CHECKS, CheckCode, Finding, FindingStatus, Severity};

use super::{
    context::Context,
    evidence::{Room, Shown},
    numbers::{points, yuan},
    plain::Plain,
    text::Text,
};

/// What the checks found, each with the records that show it.
#[derive(Debug, Template)]
#[template(path = "report/findings.html", whitespace = "minimize")]
pub(super) struct Findings {
    t: &'static Text,
    open: Vec<Open>,
    more: Option<String>,
    acknowledged: Vec<Acknowledged>,
    acknowledged_count: u64,
    /// All that are open.
    pub(super) number: u64,
    /// How much the worst of them weighs.
    pub(super) worst: Option<Severity>,
}

#[derive(Debug)]
struct Open {
    id: String,
    code: &'static str,
    check: &'static str,
    mark: Mark,
    account: Option<Plain>,
    room: Option<Plain>,
    subject: Plain,
    amount: Option<String>,
    text: Plain,
    first_found: String,
    evidence: Shown,
    is_unfolded: bool,
}

/// A severity as a word and a sign, for those who don't see its colour.
#[derive(Clone, Copy, Debug)]
struct Mark {
    class: &'static str,
    sign: &'static str,
    word: &'static str,
}

#[derive(Debug)]
struct Acknowledged {
    id: String,
    text: Plain,
    amount: Option<String>,
    note: Plain,
    at: String,
}

const MOST_OPEN: usize = 200;
const MOST_ACKNOWLEDGED: usize = 100;
/// So few are unfolded from the start.
const MOST_UNFOLDED: usize = 3;
/// Characters of a finding's text, and of a note.
const TEXT: usize = 300;

impl Findings {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let t = context.t;
        let mut open: Vec<&Finding> = context
            .reconciliation
            .open()
            .filter(|finding| context.is_of(finding.account))
            .collect();
        open.sort_by_key(|finding| (Reverse(finding.severity), Reverse(size(finding))));
        let number = open.len();
        let is_unfolded = number <= MOST_UNFOLDED;
        let mut room = Room::new();
        let shown = open.iter().take(MOST_OPEN);
        let shown = shown.map(|finding| described(context, finding, &mut room, is_unfolded));
        let acknowledged: Vec<Acknowledged> = context
            .reconciliation
            .findings
            .iter()
            .filter(|finding| context.is_of(finding.account))
            .filter_map(|finding| acknowledged(t, finding))
            .collect();
        let more = counted(number.saturating_sub(MOST_OPEN));
        Self {
            t,
            open: shown.collect(),
            more: (more > 0).then(|| t.more_findings(more)),
            acknowledged_count: counted(acknowledged.len()),
            acknowledged: acknowledged.into_iter().take(MOST_ACKNOWLEDGED).collect(),
            number: counted(number),
            worst: open.first().map(|finding| finding.severity),
        }
    }
}

impl Mark {
    fn of(t: &'static Text, severity: Severity) -> Self {
        let word = t.severity(severity);
        match severity {
            Severity::Error => Self { class: "error", sign: "▲", word },
            Severity::Warning => Self { class: "warning", sign: "◆", word },
            _ => Self { class: "information", sign: "●", word },
        }
    }
}

fn counted(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn size(finding: &Finding) -> u64 {
    finding.amount_fen.or(finding.points).unwrap_or_default().unsigned_abs()
}

fn described(context: &Context<'_>, finding: &Finding, room: &mut Room, is_unfolded: bool) -> Open {
    let t = context.t;
    Open {
        id: finding.id.clone(),
        code: finding.code.as_str(),
        check: check_title(t, finding.code),
        mark: Mark::of(t, finding.severity),
        account: context.account_of_many(finding.account),
        room: finding.room.as_ref().map(|room| context.room(finding.account, room)),
        subject: Plain::name(&finding.subject.id),
        amount: amount(t, finding),
        text: text(t, finding),
        first_found: finding.first_found_at.to_china(),
        evidence: room.show(t, finding),
        is_unfolded,
    }
}

fn acknowledged(t: &'static Text, finding: &Finding) -> Option<Acknowledged> {
    let FindingStatus::Acknowledged { note, at } = &finding.status else {
        return None;
    };
    Some(Acknowledged {
        id: finding.id.clone(),
        text: text(t, finding),
        amount: amount(t, finding),
        note: Plain::new(note, TEXT),
        at: at.to_china(),
    })
}

fn amount(t: &Text, finding: &Finding) -> Option<String> {
    let money = finding.amount_fen.map(|fen| yuan(Money::from_fen(fen)));
    money.or_else(|| Some(t.points_of(&points(Points::new(finding.points?)))))
}

fn text(t: &Text, finding: &Finding) -> Plain {
    Plain::new(t.words(&finding.text), TEXT)
}

/// What a check is called.
pub(super) fn check_title(t: &Text, code: CheckCode) -> &'static str {
    let check = CHECKS.iter().find(|check| check.code == code);
    check.map_or("", |check| t.label(check.title))
}
