mod bank;
mod shown;

use std::collections::BTreeMap;

use live_rewards::Vendor;
use live_rewards_ledger::{
    Account, Language, Ledger, LedgerKind, ReconcileOptions, Severity, checks_as_markdown,
    reconcile,
};

use self::shown::Shown;
use crate::{
    accounts::{Setting, is_meant},
    arguments::{Checking, FailOn, Reconcile, ReconcileAck, ReconcileChecks, ReconcileCommand},
    clock,
    config::ReconcileSettings,
    failure::{Failure, tell},
    output,
};

pub(crate) fn run(arguments: &Reconcile) -> Result<(), Failure> {
    match &arguments.command {
        None => check(&arguments.checking),
        Some(ReconcileCommand::Ack(arguments)) => acknowledge(arguments),
        Some(ReconcileCommand::Checks(arguments)) => checks(arguments),
    }
}

fn check(arguments: &Checking) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let mut ledger = setting.open()?;
    let accounts: Vec<_> = ledger
        .accounts()?
        .into_iter()
        .filter(|account| is_meant(&arguments.which, &account.name))
        .collect();
    if accounts.is_empty() {
        return Err(Failure::usage(
            "the ledger has no account of that name; live-rewards status lists them",
        ));
    }
    let settings = setting.config.as_ref().map(|config| config.reconcile.clone());
    let options = options(arguments, settings.unwrap_or_default(), &accounts)?;
    let result = reconcile(&mut ledger, &options, clock::now())?;
    let shown = Shown {
        ledger: &setting.ledger,
        is_demo: ledger.kind() == LedgerKind::Demo,
        accounts: &accounts,
        result: &result,
        all: arguments.all,
    };
    let matched = match &arguments.bank {
        Some(path) => {
            let ids = accounts.iter().map(|account| account.id).collect();
            Some(bank::matched(&mut ledger, path, arguments, ids, options.tolerance_fen)?)
        }
        None => None,
    };
    let printed = if arguments.json {
        let mut value = shown.json();
        if let Some(report) = &matched {
            value["bank"] = bank::json(&ledger, report)?;
        }
        output::json(&value)
    } else {
        shown.print().and_then(|()| match &matched {
            Some(report) => bank::print(&ledger, report),
            None => Ok(()),
        })
    };
    let least = arguments.fail_on.map(FailOn::severity);
    let open = result.open().filter(|finding| least.is_some_and(|least| finding.severity >= least));
    let open = open.count();
    let at_bank = least.is_some_and(|least| least <= Severity::Error)
        && matched.as_ref().is_some_and(bank::differs);
    let failed = match (open, at_bank) {
        (0, false) => Ok(()),
        (0, true) => Err(Failure::different(
            "the bank side differs or is undecided; the table above says where",
        )),
        (open, _) => Err(Failure::different(format!(
            "{open} open findings; look into them, or keep a note with reconcile ack ID --note"
        ))),
    };
    failed.and(printed)
}

fn options(
    arguments: &Checking,
    settings: ReconcileSettings,
    accounts: &[Account],
) -> Result<ReconcileOptions, Failure> {
    let tolerance_fen = arguments.tolerance_fen.or(settings.tolerance_fen);
    let mut expiry_hours = BTreeMap::new();
    for (name, hours) in settings.expiry_hours {
        let vendor: Vendor = name.parse().map_err(|_| {
            Failure::usage(format!("reconcile.expiry_hours: no vendor is called {name}"))
        })?;
        expiry_hours.insert(vendor, hours);
    }
    Ok(ReconcileOptions {
        as_of: arguments.as_of,
        tolerance_fen: tolerance_fen.map_or(0, i64::from),
        expiry_hours,
        accounts: Some(accounts.iter().map(|account| account.id).collect()),
        ..ReconcileOptions::default()
    })
}

fn acknowledge(arguments: &ReconcileAck) -> Result<(), Failure> {
    let mut ledger: Ledger = Setting::read(&arguments.place)?.open()?;
    if !live_rewards_ledger::acknowledge(&mut ledger, &arguments.id, &arguments.note, clock::now())?
    {
        return Err(Failure::usage(format!(
            "the ledger has no finding {}; live-rewards reconcile lists them",
            arguments.id
        )));
    }
    tell(format_args!("{} is acknowledged; reconcile --all still shows it", arguments.id));
    Ok(())
}

fn checks(arguments: &ReconcileChecks) -> Result<(), Failure> {
    let language = if arguments.zh { Language::Chinese } else { Language::English };
    output::text(&checks_as_markdown(language).trim_end())
}
