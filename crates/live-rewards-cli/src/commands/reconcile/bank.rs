mod shown;
mod words;

use std::{fs::File, io::BufReader, path::PathBuf};

use live_rewards_ledger::{
    AccountId, BankClass, BankError, BankFile, BankOptions, BankReport, Ledger, MovementKind,
};

use crate::{
    arguments::Checking,
    failure::{Failure, reason, tell},
    language::{language, say},
};

/// What matching came to.
#[derive(Debug)]
pub(super) struct Matched {
    report: BankReport,
    /// The files, as they were given.
    files: Vec<String>,
    /// What makes a file doubtful, each with the file; for machines.
    warnings: Vec<(String, String)>,
    /// Rows that agree are shown, too.
    all: bool,
}

/// Matches the ledger's money with files of the bank side.
pub(super) fn matched(
    ledger: &mut Ledger,
    paths: &[PathBuf],
    arguments: &Checking,
    accounts: Vec<AccountId>,
    tolerance_fen: i64,
) -> Result<Matched, Failure> {
    let options = options(arguments, accounts, tolerance_fen)?;
    let names: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    let mut files = Vec::with_capacity(paths.len());
    for (path, name) in paths.iter().zip(&names) {
        let file = File::open(path).map_err(|error| {
            let reason = reason(&error);
            Failure::usage(say!(
                "can't read {name}: {reason}; check --bank",
                "无法读取 {name}：{reason}；请检查 --bank"
            ))
        })?;
        let file = BankFile::read(BufReader::new(file), &arguments.matching.bank_format);
        files.push(file.map_err(|error| failed(name, error))?);
    }
    let report = ledger.match_bank(&mut files, &options).map_err(|error| match error {
        BankError::File { file, error } => {
            failed(names.get(file).map_or("--bank", String::as_str), *error)
        }
        error => failed("--bank", error),
    })?;
    let mut warnings = Vec::new();
    for (file, name) in files.iter().zip(&names) {
        for warning in file.warnings() {
            let words = warning.in_words(language());
            tell(say!("warning: {name}: {words}", "警告：{name}：{words}"));
            warnings.push((name.clone(), warning.to_string()));
        }
    }
    if report.at_edge > 0 {
        tell(say!(
            "movements whose lines may be in the bill of the day before or after: {}; give these bills, too (--bank can be repeated)",
            "有 {} 笔资金变动的对应行可能在前一天或后一天的账单中；请一并给出（--bank 可重复）",
            report.at_edge
        ));
    }
    if report.unknown_refunds > 0 {
        tell(say!(
            "{} refunds have no amount or time at the vendor and can't be matched",
            "有 {} 笔退款平台未提供金额或时间，无法核对",
            report.unknown_refunds
        ));
    }
    Ok(Matched { report, files: names, warnings, all: arguments.all })
}

/// Tells of what was chosen for a bank side that isn't there.
pub(super) fn tell_unused(arguments: &Checking) {
    let matching = &arguments.matching;
    if matching.bank_from.is_some() || matching.bank_until.is_some() {
        tell(say!(
            "--bank-from and --bank-until are of no use without --bank",
            "没有 --bank 时，--bank-from 和 --bank-until 不起作用"
        ));
    }
}

fn options(
    arguments: &Checking,
    accounts: Vec<AccountId>,
    tolerance_fen: i64,
) -> Result<BankOptions, Failure> {
    let matching = &arguments.matching;
    let (from, until) = (matching.bank_from, matching.bank_until);
    if from.zip(until).is_some_and(|(from, until)| from >= until) {
        return Err(Failure::usage(say!(
            "--bank-from isn't before --bank-until",
            "--bank-from 不早于 --bank-until"
        )));
    }
    let kinds = match matching.bank_kind.as_slice() {
        [] => MovementKind::ALL,
        kinds => kinds,
    };
    Ok(BankOptions {
        accounts: Some(accounts),
        kinds: kinds.to_vec(),
        business: matching.bank_business.clone(),
        from,
        until,
        tolerance_fen,
        day_slack: matching.bank_day_slack,
        hour_slack: matching.bank_hour_slack,
    })
}

fn failed(name: &str, error: BankError) -> Failure {
    match error {
        BankError::Ledger(error) => error.into(),
        error => Failure::usage(error.in_words(language())).about(name),
    }
}

impl Matched {
    /// Whether anything is not matched. What is suspended isn't, either: it may be missing.
    pub(super) fn differs(&self) -> bool {
        BankClass::ALL.iter().filter(|class| **class != BankClass::Matched).any(|class| {
            let totals = self.report.totals(*class);
            totals.ledger.count + totals.bank.count > 0
        })
    }
}

#[cfg(test)]
mod tests;
