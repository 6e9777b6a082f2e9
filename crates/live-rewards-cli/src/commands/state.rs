use live_rewards::Operation;
use live_rewards_ledger::{Account, Ledger, Listing};
use serde_json::{Value, json};

use super::listing_name;
use crate::{
    accounts::{Setting, meant},
    arguments::{State, StateCommand, StateList, StateReset, StateShow},
    failure::{Failure, tell},
    output,
};

pub(crate) fn run(arguments: &State) -> Result<(), Failure> {
    match &arguments.command {
        StateCommand::List(arguments) => list(arguments),
        StateCommand::Show(arguments) => show(arguments),
        StateCommand::Reset(arguments) => reset(arguments),
    }
}

fn list(arguments: &StateList) -> Result<(), Failure> {
    let ledger = Setting::read(&arguments.place)?.open_to_read()?;
    let mut table = output::table(["Account", "Reads", "Of", "Complete up to", ""]);
    let (mut lines, mut errors) = (Vec::new(), Vec::new());
    for account in meant(&ledger, &arguments.which)? {
        for listing in ledger.listings(Some(account.id))? {
            let is_finished = listing.cursor.is_none()
                && listing.error.is_none()
                && listing.completed_at.is_some();
            let of_packet = listing.key.operation == Operation::Claims;
            if arguments.unfinished && is_finished || of_packet && is_finished && !arguments.claims
            {
                continue;
            }
            if arguments.json {
                lines.push(described(&account, &listing));
            } else {
                table.add_row([
                    account.name.clone(),
                    listing.key.operation.to_string(),
                    listing.key.scope.clone(),
                    listing.complete_until.map_or("never".into(), |time| time.to_string()),
                    standing(&listing).to_owned(),
                ]);
                errors.extend(listing.error.map(|error| {
                    format!("{}: {}: {error}", account.name, listing_name(&listing.key))
                }));
            }
        }
    }
    if arguments.json {
        return output::json_lines(lines);
    }
    output::text(&table)?;
    // In the table they would make it wider than any screen.
    errors.iter().try_for_each(output::text)
}

/// How the reading of a listing stands, in a word.
fn standing(listing: &Listing) -> &'static str {
    if listing.error.is_some() {
        "failed"
    } else if listing.cursor.is_some() {
        "under way"
    } else if listing.is_final {
        "final"
    } else {
        ""
    }
}

fn described(account: &Account, listing: &Listing) -> Value {
    let time = |time: Option<live_rewards::Timestamp>| time.map(|time| time.to_string());
    json!({
        "account": account.name,
        "operation": listing.key.operation.as_str(),
        "scope": listing.key.scope,
        "since": time(listing.since),
        "until": time(listing.until),
        "cursor": listing.cursor,
        "began_at": listing.began_at.to_string(),
        "complete_until": time(listing.complete_until),
        "completed_at": time(listing.completed_at),
        "final": listing.is_final,
        "rows": listing.rows,
        "error": listing.error,
    })
}

fn show(arguments: &StateShow) -> Result<(), Failure> {
    let ledger = Setting::read(&arguments.place)?.open_to_read()?;
    let account = named(&ledger, &arguments.account)?;
    let listings = ledger.listings(Some(account.id))?;
    let meant = listings.iter().filter(|listing| {
        listing.key.operation == arguments.operation
            && arguments.scope.as_ref().is_none_or(|scope| *scope == listing.key.scope)
    });
    let lines: Vec<_> = meant.map(|listing| described(&account, listing)).collect();
    if lines.is_empty() {
        return Err(Failure::usage(
            "the ledger has no such listing; state list shows those it has",
        ));
    }
    output::json_lines(lines)
}

fn reset(arguments: &StateReset) -> Result<(), Failure> {
    let mut ledger = Setting::read(&arguments.place)?.open()?;
    // A sync under way would put back what is forgotten.
    let _lock = ledger.lock()?;
    let account = named(&ledger, &arguments.account)?;
    let count =
        ledger.reset_listing(account.id, arguments.operation, arguments.scope.as_deref())?;
    if count == 0 {
        return Err(Failure::usage(
            "the ledger has no such listing; state list shows those it has",
        ));
    }
    tell(format_args!("listings to read from the start: {count}; their rows stay"));
    Ok(())
}

fn named(ledger: &Ledger, name: &str) -> Result<Account, Failure> {
    let mut accounts = ledger.accounts()?;
    if let Some(index) = accounts.iter().position(|account| account.name == name) {
        return Ok(accounts.swap_remove(index));
    }
    let names: Vec<_> = accounts.iter().map(|account| account.name.as_str()).collect();
    Err(Failure::usage(format!(
        "the ledger has no account {name}; it has {}",
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    )))
}
