use askama::Template;
use live_rewards_ledger::{AccountId, CHECKS, Check, CheckCode, CheckResult, CheckState, Label};

use super::{context::Context, findings::check_title, numbers::count, plain::Plain, text::Text};

/// What came of each check, and why some were not run.
#[derive(Debug, Template)]
#[template(path = "report/checks.html", whitespace = "minimize")]
pub(super) struct Checks {
    t: &'static Text,
    heads: Vec<String>,
    rows: Vec<Row>,
    reasons: Vec<Remark>,
    remarks: Vec<Remark>,
    more_remarks: Option<String>,
    /// Checks that were run for any account.
    pub(super) run: u64,
}

#[derive(Debug)]
struct Row {
    code: &'static str,
    title: &'static str,
    cells: Vec<Cell>,
}

#[derive(Debug)]
struct Cell {
    class: &'static str,
    sign: &'static str,
    word: String,
    note: Option<String>,
}

/// Something that is said of a check and some accounts.
#[derive(Debug)]
struct Remark {
    code: &'static str,
    title: &'static str,
    text: Plain,
    accounts: String,
}

/// Accounts that have a column each.
const MOST_COLUMNS: usize = 6;
/// Accounts that a remark names.
const MOST_NAMES: usize = 4;
const MOST_REMARKS: usize = 60;
/// Characters of a remark.
const TEXT: usize = 300;

impl Checks {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let t = context.t;
        let results: Vec<&CheckResult> = context
            .reconciliation
            .checks
            .iter()
            .filter(|result| context.is_of(result.account))
            .collect();
        let are_few = context.accounts.len() <= MOST_COLUMNS;
        let heads: Vec<String> = if are_few {
            context.accounts.iter().map(|account| Plain::name(&account.name).to_string()).collect()
        } else {
            [t.passed, t.found, t.not_run].map(str::to_owned).to_vec()
        };
        let rows: Vec<Row> = CHECKS
            .iter()
            .map(|check| {
                let of: Vec<&CheckResult> =
                    results.iter().copied().filter(|result| result.code == check.code).collect();
                let cells = if are_few { each(context, &of) } else { summed(t, &of) };
                row(t, check, cells)
            })
            .collect();
        let was_run = |check: &&Check| {
            let mut of = results.iter().filter(|result| result.code == check.code);
            of.any(|result| !matches!(result.state, CheckState::NotRun { .. }))
        };
        let mut remarks = remarks(context, &results);
        let more = remarks.len().saturating_sub(MOST_REMARKS);
        remarks.truncate(MOST_REMARKS);
        Self {
            t,
            heads,
            rows,
            reasons: reasons(context, &results),
            remarks,
            more_remarks: (more > 0).then(|| t.and_more(number(more))),
            run: number(CHECKS.iter().filter(was_run).count()),
        }
    }
}

fn number(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn row(t: &'static Text, check: &Check, cells: Vec<Cell>) -> Row {
    Row { code: check.code.as_str(), title: t.label(check.title), cells }
}

/// A cell an account.
fn each(context: &Context<'_>, results: &[&CheckResult]) -> Vec<Cell> {
    let of = |id: AccountId| results.iter().find(|result| result.account == id);
    context.accounts.iter().map(|account| cell(context.t, of(account.id).copied())).collect()
}

fn cell(t: &'static Text, result: Option<&CheckResult>) -> Cell {
    match result.map(|result| result.state) {
        Some(CheckState::Passed { examined }) => Cell {
            class: "passed",
            sign: "✓",
            word: t.passed.to_owned(),
            note: Some(count(examined)),
        },
        Some(CheckState::Found { examined, findings }) => Cell {
            class: "found",
            sign: "▲",
            word: t.found_in(findings),
            note: Some(count(examined)),
        },
        _ => Cell { class: "not-run", sign: "–", word: t.not_run.to_owned(), note: None },
    }
}

/// Accounts by what came of the check.
fn summed(t: &'static Text, results: &[&CheckResult]) -> Vec<Cell> {
    let accounts = |is_so: fn(&CheckState) -> bool| {
        number(results.iter().filter(|result| is_so(&result.state)).count())
    };
    let passed = accounts(|state| matches!(state, CheckState::Passed { .. }));
    let found = accounts(|state| matches!(state, CheckState::Found { .. }));
    let not_run = accounts(|state| matches!(state, CheckState::NotRun { .. }));
    [("passed", "✓", passed), ("found", "▲", found), ("not-run", "–", not_run)]
        .map(|(class, sign, accounts)| match accounts {
            0 => Cell { class: "", sign: "", word: "0".to_owned(), note: None },
            _ => Cell { class, sign, word: t.accounts_counted(accounts), note: None },
        })
        .into()
}

/// Why checks were not run: accounts of one reason together.
fn reasons(context: &Context<'_>, results: &[&CheckResult]) -> Vec<Remark> {
    let mut groups: Vec<(CheckCode, Label, Vec<AccountId>)> = Vec::new();
    for result in results {
        let CheckState::NotRun { why } = result.state else {
            continue;
        };
        let known = groups.iter_mut().find(|(code, of, _)| *code == result.code && *of == why);
        match known {
            Some((_, _, accounts)) => accounts.push(result.account),
            None => groups.push((result.code, why, vec![result.account])),
        }
    }
    groups.sort_by_key(|(code, ..)| *code);
    let remark = |(code, why, accounts): (CheckCode, Label, Vec<AccountId>)| {
        remark(context, code, context.t.label(why), &accounts)
    };
    groups.into_iter().map(remark).collect()
}

fn remarks(context: &Context<'_>, results: &[&CheckResult]) -> Vec<Remark> {
    let of = |result: &&CheckResult| {
        let (code, account) = (result.code, result.account);
        let notes = result.notes.iter();
        let remarks: Vec<Remark> =
            notes.map(|note| remark(context, code, context.t.words(note), &[account])).collect();
        remarks
    };
    results.iter().flat_map(of).collect()
}

fn remark(context: &Context<'_>, code: CheckCode, text: &str, accounts: &[AccountId]) -> Remark {
    let mut names: Vec<String> =
        accounts.iter().take(MOST_NAMES).map(|id| context.account(*id).to_string()).collect();
    let more = accounts.len().saturating_sub(names.len());
    if more > 0 {
        names.push(context.t.and_more(number(more)));
    }
    Remark {
        code: code.as_str(),
        title: check_title(context.t, code),
        text: Plain::new(text, TEXT),
        accounts: names.join(context.t.comma),
    }
}
