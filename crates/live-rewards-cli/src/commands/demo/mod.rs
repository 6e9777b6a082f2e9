//! The whole story on emulated data: sync, reconcile, export, report.

mod ground_truth;
mod planted;
mod sums;

use std::{path::Path, time::Duration};

use live_rewards_emulator::{Emulator, EmulatorBuilder, Scenario};
use live_rewards_export::{ExportOptions, Report};
use live_rewards_ledger::{
    Ledger, LedgerError, LedgerKind, ReconcileOptions, Selection, SyncOptions, TABLES, reconcile,
};

use super::{
    export::{Files, Form},
    sync,
};
use crate::{
    arguments::Demo,
    clock,
    failure::{Failure, tell},
    language::{language, say},
    output,
    replace::HIDDEN,
};

/// What changes or vanishes does so six hours after the start of the data; the second reading is to see it.
const LATER: Duration = Duration::from_secs(7 * 3600);

const LEDGER: &str = "ledger.sqlite";
const REPORT: &str = "report.html";

pub(crate) async fn run(arguments: &Demo) -> Result<(), Failure> {
    let out = &arguments.out;
    let mut files = Files::open(out)?;
    refuse_ledger(&out.join(LEDGER))?;
    // Until all files are done.
    let hidden = tempfile::Builder::new().prefix(HIDDEN).tempdir_in(out);
    let hidden = hidden.map_err(|error| Failure::file("write to", out, &error))?;
    let place = hidden.path().join(LEDGER);
    let mut ledger = Ledger::create_or_open(&place, LedgerKind::Demo)?;

    tell(say!("Emulating a month of three vendors …", "正在模拟三个平台一个月的数据……"));
    let emulator = start(arguments.seed).await?;
    tell(say!("Syncing …", "正在同步……"));
    let mut options = SyncOptions::default();
    sync::read(&mut ledger, &emulator, &options).await?;
    ground_truth::compare(&ledger, &emulator.truth())?;
    tell(say!("Syncing again, seven hours later …", "七小时后，正在再次同步……"));
    emulator.advance(LATER);
    options.full = true;
    sync::read(&mut ledger, &emulator, &options).await?;
    tell(say!("Reconciling …", "正在对账……"));
    let result = reconcile(&mut ledger, &ReconcileOptions::default(), clock::now())?;
    let planted = planted::all_found(&ledger, &result, &emulator.truth())?;
    emulator.stop().await;

    tell(say!("Writing the files …", "正在写出文件……"));
    let selection = Selection::default();
    let options = ExportOptions { is_demo: true, ..ExportOptions::default() };
    for table in TABLES {
        files.table(&ledger, table, &selection, Form::Csv, options)?;
    }
    files.workbook(&ledger, &result, &selection, options)?;
    let report = Report::gather(&ledger, &result, &selection, clock::now(), language())?;
    files.file(REPORT, |file| report.write(file))?;
    let sums = sums::of(&ledger)?;
    // Nothing of it is left beside the file.
    drop(ledger);
    files.add(&place, LEDGER)?;
    files.commit()?;

    output::text(&sums.table())?;
    output::text(&say!(
        "All sums agree with the emulator's ground truth to the fen, and the checks found all {planted} planted defects.",
        "所有合计与模拟器的真值分毫不差；{planted} 处预设缺陷全部查出。"
    ))?;
    output::text(&ending(out))
}

async fn start(seed: u64) -> Result<Emulator, Failure> {
    let begin = clock::now().checked_sub(LATER).unwrap_or_else(clock::now).epoch_ms();
    let emulator = EmulatorBuilder::default()
        .seed(seed)
        .scenario(Scenario::Month)
        .start_at(begin)
        .clock_at(begin)
        .start()
        .await;
    emulator.map_err(|error| {
        Failure::general(say!("the emulator can't start: {error}", "模拟器无法启动：{error}"))
    })
}

/// A ledger that stands where the demo's is to be is replaced if it is a demo's, too.
fn refuse_ledger(path: &Path) -> Result<(), Failure> {
    match Ledger::open_read_only(path) {
        Err(LedgerError::Missing(_)) => Ok(()),
        Ok(ledger) if ledger.kind() == LedgerKind::Demo => Ok(()),
        Ok(_) | Err(_) => {
            let path = path.display();
            Err(Failure::usage(say!(
                "{path} is no demo's ledger and stays; choose another --out",
                "{path} 不是演示账本，予以保留；请另选 --out"
            )))
        }
    }
}

/// What to open.
fn ending(out: &Path) -> String {
    let shown = |name: &str| out.join(name).display().to_string();
    let (report, workbook, csv, ledger) =
        (shown(REPORT), shown(super::export::WORKBOOK), shown("*.csv"), shown(LEDGER));
    say!(
        "\nOpen these; all of it is DEMO data:\n  {report}  the report, in a browser\n  {workbook}  the workbook\n  {csv}  the rows, a file a table\n  {ledger}  the ledger, for reconcile, export and report --ledger",
        "\n可以打开（全部为示例数据）：\n  {report}  报告，用浏览器打开\n  {workbook}  工作簿\n  {csv}  明细，每表一个文件\n  {ledger}  账本，供 reconcile、export、report 的 --ledger 使用"
    )
}
