mod bank;
mod shown;

use live_rewards::Timestamp;
use live_rewards_ledger::{
    Account, Ledger, ReconcileOptions, Reconciliation, Severity, checks_as_markdown, reconcile,
};

use self::{bank::Matched, shown::Shown};
use crate::{
    accounts::{Setting, meant},
    arguments::{Checking, FailOn, Reconcile, ReconcileAck, ReconcileCommand, Which},
    clock,
    failure::{Failure, tell},
    language::{language, say},
    output,
    sheet::Format,
};

pub(crate) fn run(arguments: &Reconcile) -> Result<(), Failure> {
    match &arguments.command {
        None => check(&arguments.checking),
        Some(ReconcileCommand::Ack(arguments)) => acknowledge(arguments),
        Some(ReconcileCommand::Checks) => output::text(&checks_as_markdown(language()).trim_end()),
    }
}

fn check(arguments: &Checking) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let mut ledger = setting.open()?;
    let accounts = meant(&ledger, &arguments.which)?;
    if accounts.is_empty() {
        return Err(Failure::usage(say!(
            "the ledger has no accounts; sync adds those of the configuration",
            "账本中没有账号；运行 sync 会加入配置中的账号"
        )));
    }
    let options = options(&setting, &accounts, arguments.as_of, arguments.tolerance_fen)?;
    let result = reconcile(&mut ledger, &options, clock::now())?;
    let matched = if let Some(paths) = &arguments.bank {
        let ids = accounts.iter().map(|account| account.id).collect();
        Some(bank::matched(&mut ledger, paths, arguments, ids, options.tolerance_fen)?)
    } else {
        bank::tell_unused(arguments);
        None
    };
    let shown = Shown {
        ledger: &setting.ledger,
        kind: ledger.kind(),
        accounts: &accounts,
        result: &result,
        all: arguments.all,
    };
    let printed = print(&shown, &ledger, matched.as_ref(), arguments.shown.format());
    let least = arguments.fail_on.map(FailOn::severity);
    let open = result.open().filter(|finding| least.is_some_and(|least| finding.severity >= least));
    let open = open.count();
    let at_bank = least.is_some_and(|least| least <= Severity::Error)
        && matched.as_ref().is_some_and(Matched::differs);
    let failed = match (open, at_bank) {
        (0, false) => Ok(()),
        (0, true) => Err(Failure::different(say!(
            "the bank side differs or is undecided; see above where",
            "银行侧有差异或存疑；位置见上"
        ))),
        (open, _) => Err(Failure::different(say!(
            "{open} open findings; look into them, or keep a note with reconcile ack ID --note",
            "有 {open} 项待处理差异；请查明原因，或用 reconcile ack ID --note 备注"
        ))),
    };
    failed.and(printed)
}

fn print(
    shown: &Shown<'_>,
    ledger: &Ledger,
    matched: Option<&Matched>,
    format: Format,
) -> Result<(), Failure> {
    match (format, matched) {
        (Format::Table, None) => shown.print(),
        (Format::Table, Some(matched)) => shown.print().and_then(|()| matched.print(ledger)),
        (Format::Json, _) => {
            let bank = matched.map(|matched| matched.json(ledger)).transpose()?;
            shown.json(bank)
        }
        (_, None) => shown.findings().print(format, Some(shown.kind), []),
        (_, Some(matched)) => {
            let rows = matched.rows(ledger, usize::MAX)?.sheet;
            rows.print(format, Some(shown.kind), [])
        }
    }
}

/// Makes the checks as the configuration says.
pub(super) fn checked(
    ledger: &mut Ledger,
    setting: &Setting,
    accounts: &[Account],
) -> Result<Reconciliation, Failure> {
    let options = options(setting, accounts, None, None)?;
    Ok(reconcile(ledger, &options, clock::now())?)
}

/// Flags go before the configuration.
fn options(
    setting: &Setting,
    accounts: &[Account],
    as_of: Option<Timestamp>,
    tolerance_fen: Option<u32>,
) -> Result<ReconcileOptions, Failure> {
    let settings = setting.config.as_ref().map(|config| config.reconcile.clone());
    let settings = settings.unwrap_or_default();
    let tolerance_of_all = tolerance_fen.or(settings.tolerance_fen);
    let usual = ReconcileOptions::default();
    let mut options = ReconcileOptions {
        as_of,
        tolerance_fen: tolerance_of_all.map_or(0, i64::from),
        expiry_hours: settings.expiry_hours,
        refund_grace_hours: settings.refund_grace_hours.map_or(usual.refund_grace_hours, u32::from),
        accounts: Some(accounts.iter().map(|account| account.id).collect()),
        ..usual
    };
    let Some(config) = &setting.config else {
        return Ok(options);
    };
    let configured = setting.accounts(&Which { account: Vec::new() })?;
    for Account { id, identity, .. } in accounts {
        let named = configured.iter().find(|one| one.is(identity)).map(|one| &one.name);
        let Some((_, own)) = config.accounts().find(|(name, _)| named == Some(*name)) else {
            continue;
        };
        if let Some(hours) = own.expiry_hours {
            options.account_expiry_hours.insert(*id, hours.into());
        }
        // What the flag says is for all accounts.
        if let (None, Some(fen)) = (tolerance_fen, own.tolerance_fen) {
            options.account_tolerance_fen.insert(*id, fen.into());
        }
    }
    Ok(options)
}

fn acknowledge(arguments: &ReconcileAck) -> Result<(), Failure> {
    let mut ledger = Setting::read(&arguments.place)?.open()?;
    let ReconcileAck { id, note, .. } = arguments;
    if live_rewards_ledger::acknowledge(&mut ledger, id, note, clock::now())? {
        tell(say!(
            "{id} is acknowledged; reconcile --all still shows it",
            "{id} 已确认；reconcile --all 仍会显示"
        ));
        return Ok(());
    }
    Err(Failure::usage(match ledger.nearest_finding(id)? {
        Some(nearest) => say!(
            "the ledger has no finding {id}; the nearest is {nearest}",
            "账本中没有差异 {id}；最接近的是 {nearest}"
        ),
        None => say!(
            "the ledger has no finding {id}; live-rewards reconcile lists them",
            "账本中没有差异 {id}；live-rewards reconcile 会列出全部差异"
        ),
    }))
}
