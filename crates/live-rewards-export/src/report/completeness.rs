use askama::Template;
use live_rewards_core::Timestamp;
use live_rewards_ledger::{Account, AccountStatus, LedgerError, Listing};

use super::{context::Context, numbers::count, plain::Plain, text::Text};

/// How far each account was read, and what is missing.
#[derive(Debug, Template)]
#[template(path = "report/completeness.html", whitespace = "minimize")]
pub(super) struct Completeness {
    t: &'static Text,
    rows: Vec<Row>,
    more: Option<String>,
    gaps: Vec<Gap>,
    more_gaps: Option<String>,
    has_given_up: bool,
    /// Accounts that are not complete.
    pub(super) incomplete: Vec<String>,
    /// Up to when all accounts are complete.
    pub(super) until: Option<Timestamp>,
}

#[derive(Debug)]
struct Row {
    account: Plain,
    platform: &'static str,
    is_whole: bool,
    state: &'static str,
    until: String,
    unfinished: String,
    failed: String,
    rejected: String,
    vanished: String,
    rooms: String,
    never_read: String,
    given_up: String,
}

/// A listing that failed, or a room that was never read.
#[derive(Debug)]
struct Gap {
    account: Plain,
    what: &'static str,
    place: Plain,
    why: Plain,
}

const MOST_ACCOUNTS: usize = 200;
const MOST_GAPS: usize = 100;
/// Characters of what a listing failed with.
const REASON: usize = 200;

impl Completeness {
    pub(super) fn gather(context: &Context<'_>, now: Timestamp) -> Result<Self, LedgerError> {
        let t = context.t;
        let mut rows = Vec::new();
        let mut gaps = Vec::new();
        let mut incomplete = Vec::new();
        let mut until = None;
        let mut has_given_up = false;
        for account in &context.accounts {
            let status = context.ledger.status(account.id, now)?;
            let listings = context.ledger.listings(Some(account.id))?;
            let row = row(t, account, &status);
            if !row.is_whole {
                let name = row.account.to_string();
                let has_rooms = status.rooms > 0;
                incomplete.push(if has_rooms { name } else { t.without_rooms(&name) });
            }
            until = match (until, status.complete_until) {
                (Some(first), Some(then)) => Some(then.min(first)),
                (first, then) => first.or(then),
            };
            rows.push(row);
            gaps.extend(failed(context, account, &listings));
            gaps.extend(status.unread_rooms.iter().map(|room| Gap {
                account: context.account(account.id),
                what: t.never_read,
                place: context.room(account.id, room),
                why: Plain::name(""),
            }));
            has_given_up |= status.given_up > 0;
        }
        // What needs attention stays if not all can.
        rows.sort_by_key(|row| row.is_whole);
        let more = rows.len().saturating_sub(MOST_ACCOUNTS);
        let more_gaps = gaps.len().saturating_sub(MOST_GAPS);
        rows.truncate(MOST_ACCOUNTS);
        gaps.truncate(MOST_GAPS);
        let told = |number: usize| {
            (number > 0).then(|| t.and_more(u64::try_from(number).unwrap_or(u64::MAX)))
        };
        Ok(Self {
            t,
            rows,
            more: told(more),
            gaps,
            more_gaps: told(more_gaps),
            has_given_up,
            incomplete,
            until,
        })
    }
}

fn row(t: &'static Text, account: &Account, status: &AccountStatus) -> Row {
    // Where no room is known, none was read, whatever else was.
    let is_whole = status.rooms > 0
        && status.complete_until.is_some()
        && status.unfinished == 0
        && status.failed == 0
        && status.rejected == 0
        && status.unread_rooms.is_empty();
    let state = match (is_whole, status.rooms) {
        (true, _) => t.whole,
        (false, 0) => t.no_rooms_named,
        (false, _) => t.gaps,
    };
    Row {
        account: Plain::name(&account.name),
        platform: t.vendor(account.identity.vendor),
        is_whole,
        state,
        until: status.complete_until.map_or_else(|| t.never.to_owned(), Timestamp::to_china),
        unfinished: count(status.unfinished),
        failed: count(status.failed),
        rejected: count(status.rejected),
        vanished: count(status.vanished),
        rooms: count(status.rooms),
        never_read: count(u64::try_from(status.unread_rooms.len()).unwrap_or(u64::MAX)),
        given_up: count(status.given_up),
    }
}

fn failed(context: &Context<'_>, account: &Account, listings: &[Listing]) -> Vec<Gap> {
    let failed = listings.iter().filter_map(|listing| {
        let why = listing.error.as_deref()?;
        Some(Gap {
            account: context.account(account.id),
            what: context.t.operation(listing.key.operation),
            place: Plain::name(&listing.key.scope),
            why: Plain::new(why, REASON),
        })
    });
    failed.collect()
}
