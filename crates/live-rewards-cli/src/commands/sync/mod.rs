#[cfg(feature = "emulate")]
mod demo;
mod ending;
mod plan;
mod progress;
mod source;
mod summary;

#[cfg(feature = "emulate")]
pub(super) use demo::read;
pub(super) use ending::outcome;

use std::{path::Path, pin::pin};

use live_rewards_ledger::{
    AccountId, AccountRun, Ledger, LedgerKind, RunId, Stop, Sync as Syncing, SyncError,
    SyncOptions, Totals,
};

use self::{progress::AccountProgress, source::Source, summary::Synced};
use crate::{
    accounts::{Setting, create_or_open},
    arguments::Sync,
    clock,
    config::SyncSettings,
    failure::{Failure, tell},
    interrupt,
    language::say,
};

pub(crate) async fn run(arguments: &Sync) -> Result<(), Failure> {
    if arguments.since.zip(arguments.until).is_some_and(|(since, until)| since >= until) {
        return Err(Failure::usage(say!(
            "nothing lies between --since and --until; give a later --until",
            "--since 与 --until 之间没有时间；请给出更晚的 --until"
        )));
    }
    #[cfg(feature = "emulate")]
    if arguments.demo {
        return demo::run(arguments).await;
    }
    let setting = Setting::read(&arguments.place)?;
    let accounts = setting.accounts(&arguments.which)?;
    let Some(first) = accounts.first() else {
        return Err(Failure::usage(say!(
            "the configuration has no accounts; add [accounts.NAME]",
            "配置里没有账号；请添加 [accounts.名称]"
        )));
    };
    let kind = first.kind;
    if accounts.iter().any(|account| account.kind != kind) {
        return Err(Failure::usage(say!(
            "emulated and real accounts don't go into one ledger; choose by --account and --ledger",
            "模拟账号与真实账号不能放进同一个账本；请用 --account 和 --ledger 选择"
        )));
    }
    let settings = setting.config.as_ref().map(|config| config.sync).unwrap_or_default();
    let sources = accounts.iter().map(Source::configured).collect::<Result<Vec<_>, _>>()?;
    sync(&setting.ledger, kind, &sources, &options(arguments, settings), arguments).await
}

fn options(arguments: &Sync, settings: SyncSettings) -> SyncOptions {
    let usual = SyncOptions::default();
    let SyncSettings { lookback_days, settle_days, points_months, read_ahead } = settings;
    let read_ahead = arguments.read_ahead.or(read_ahead);
    SyncOptions {
        since: arguments.since,
        until: arguments.until,
        full: arguments.full,
        max_requests: arguments.max_requests,
        read_ahead: read_ahead.map_or(usual.read_ahead, usize::from),
        lookback_days: lookback_days.unwrap_or(usual.lookback_days),
        settle_days: settle_days.unwrap_or(usual.settle_days),
        points_months: points_months.unwrap_or(usual.points_months),
        ..usual
    }
}

/// Syncs one account after the other.
async fn sync(
    path: &Path,
    kind: LedgerKind,
    sources: &[Source],
    options: &SyncOptions,
    arguments: &Sync,
) -> Result<(), Failure> {
    if arguments.dry_run {
        return plan::show(path, kind, sources, options, arguments.shown.format());
    }
    let mut ledger = create_or_open(path, kind)?;
    let lock = ledger.lock()?;
    let stop = Stop::new();
    let synced = {
        let mut work = pin!(all(&mut ledger, sources, options, &stop));
        tokio::select! {
            biased;
            () = interrupt::interrupted() => {
                stop.ask();
                tell(say!(
                    "stopping after the page under way; once more to stop at once",
                    "读完当前这一页就停；再按一次立即停止"
                ));
                tokio::select! {
                    biased;
                    () = interrupt::interrupted() => return Err(Failure::Interrupted),
                    synced = &mut work => synced?,
                }
            }
            synced = &mut work => synced?,
        }
    };
    drop(lock);
    let printed = summary::print(&synced, path, kind, arguments.shown.format());
    summary::judge(synced).and(printed)
}

async fn all(
    ledger: &mut Ledger,
    sources: &[Source],
    options: &SyncOptions,
    stop: &Stop,
) -> Result<Vec<Synced>, Failure> {
    let accounts = register(ledger, sources)?;
    let run = ledger.begin_run(clock::now())?;
    let mut all = Vec::with_capacity(sources.len());
    let mut totals = Totals::default();
    let mut left = options.max_requests;
    let first = if left.is_some() { first(run, sources.len()) } else { 0 };
    let mut is_over = false;
    let sources_and_accounts = sources.iter().zip(accounts).cycle();
    for (source, account) in sources_and_accounts.skip(first).take(sources.len()) {
        if is_over || left == Some(0) {
            all.push(Synced::not_reached(source));
            continue;
        }
        let mut noted = AccountRun::new(clock::now());
        ledger.note_account_run(run, account, &noted)?;
        let mut options = options.clone();
        options.max_requests = left;
        let label = match sources.len() {
            1 => source.name.clone(),
            accounts => format!("({}/{accounts}) {}", all.len() + 1, source.name),
        };
        let synced = one(ledger, source, &label, account, run, options, stop).await;
        let outcome = synced.outcome();
        left = left.map(|left| left.saturating_sub(outcome.requests));
        totals.requests += outcome.requests;
        totals.written += outcome.written;
        totals.rejected += outcome.rejected;
        is_over = synced.ends_the_run();
        noted.ended_at = Some(clock::now());
        noted.outcome = Some(synced.end().to_owned());
        noted.error = synced.why();
        let written = ledger.note_account_run(run, account, &noted);
        // A ledger that failed before can't take that either.
        if !is_over {
            written?;
        }
        all.push(synced);
    }
    let outcome = match all.iter().find_map(|synced| synced.error.as_ref()) {
        None if all.iter().all(|synced| synced.is_reached) => "complete",
        None | Some(SyncError::Stopped(_)) => "stopped",
        Some(_) => "failed",
    };
    let ended = ledger.end_run(run, clock::now(), outcome, &totals);
    // A ledger that failed before can't take that either.
    if !is_over {
        ended?;
    }
    Ok(all)
}

/// Makes the ledger know all accounts: first those that it knows, so that the names that they give up are free.
fn register(ledger: &mut Ledger, sources: &[Source]) -> Result<Vec<AccountId>, Failure> {
    for source in sources {
        if source.known(ledger)?.is_some() {
            source.register(ledger)?;
        }
    }
    sources.iter().map(|source| source.register(ledger)).collect()
}

/// With few calls a run, another account comes first each time, so that all are read.
fn first(run: RunId, accounts: usize) -> usize {
    usize::try_from(run.number()).ok().and_then(|run| run.checked_rem(accounts)).unwrap_or(0)
}

async fn one(
    ledger: &mut Ledger,
    source: &Source,
    label: &str,
    account: AccountId,
    run: RunId,
    options: SyncOptions,
    stop: &Stop,
) -> Synced {
    let mut progress = AccountProgress::begin(label, ledger, account, source, &options);
    let syncing = Syncing::new(ledger, &*source.rewards, account, run, options, clock::now(), stop);
    let result = syncing.run(&mut |page| progress.show(&page)).await;
    drop(progress);
    Synced::new(source, result)
}
