use std::path::Path;

use live_rewards_export::Report;

use super::export::{Files, pseudonyms, selection};
use crate::{
    accounts::{Setting, meant},
    arguments::Report as Arguments,
    clock,
    commands::reconcile,
    failure::{Failure, tell},
    language::{language, say},
};

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let mut ledger = setting.open()?;
    let accounts = meant(&ledger, &arguments.which)?;
    let selection = selection(&accounts, arguments.between)?;
    let pseudonyms = arguments.people.pseudonymise.as_ref().map(pseudonyms).transpose()?;
    let mut result = reconcile::checked(&mut ledger, &setting, &accounts)?;
    if let Some(pseudonyms) = pseudonyms {
        result.findings = pseudonyms.findings(&result.findings, |id| {
            let of = accounts.iter().find(|account| account.id == id);
            of.map(|account| account.identity.vendor)
        });
    }
    let report = {
        // All that is read is of one moment, though a sync may go on.
        let _moment = ledger.snapshot()?;
        Report::gather(&ledger, &result, &selection, clock::now(), language())?
    };
    let out = &arguments.out;
    let name = out.file_name().and_then(|name| name.to_str()).ok_or_else(|| {
        Failure::usage(say!(
            "--out names no file; give one like report.html",
            "--out 没有给出文件名；请写成 report.html 这样"
        ))
    })?;
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut files = Files::open(folder.unwrap_or(Path::new(".")))?;
    files.file(name, |file| report.write(file))?;
    files.commit()?;
    let shown = out.display();
    tell(say!("{shown} is written; open it in a browser", "已写入 {shown}；请用浏览器打开"));
    Ok(())
}
