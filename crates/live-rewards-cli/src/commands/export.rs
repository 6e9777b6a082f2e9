use std::{
    io::{self, BufWriter, Write},
    path::Path,
};

use live_rewards::polyv::http::{ExposeSecret, SecretString};
use live_rewards_export::{
    CsvExport, CsvForExcel, ExportError, ExportOptions, JsonLines, Pseudonyms, RowProgress,
    TableWriter, Workbook, WorkbookOptions, sha256_file, write_table,
};
use live_rewards_ledger::{
    Account, Ledger, LedgerKind, Reconciliation, RowOrder, Selection, StoredRow, TABLES, Table,
};

use crate::{
    accounts::{Setting, meant},
    arguments::{Between, Export, ExportFormat},
    commands::reconcile,
    config::SecretRef,
    failure::Failure,
    language::{language, say},
    progress::Progress,
    sheet::{Format, Sheet},
    staged::Staged,
};

/// What the workbook is called.
pub(super) const WORKBOOK: &str = "rewards.xlsx";

pub(crate) fn run(arguments: &Export) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let is_workbook = arguments.format == ExportFormat::Xlsx;
    if arguments.excel && arguments.format != ExportFormat::Csv {
        return Err(Failure::usage(say!(
            "--excel is about CSV; leave it or --format out",
            "--excel 只用于 CSV；请去掉它或 --format"
        )));
    }
    if is_workbook && !arguments.table.is_empty() {
        return Err(Failure::usage(say!(
            "a workbook has all tables; leave --table out, or choose --format csv",
            "工作簿包含所有表；请去掉 --table，或用 --format csv"
        )));
    }
    let pseudonyms = arguments.people.pseudonymise.as_ref().map(pseudonyms).transpose()?;
    let mut ledger = if is_workbook { setting.open()? } else { setting.open_to_read()? };
    let accounts = meant(&ledger, &arguments.which)?;
    let selection = selection(&accounts, arguments.between)?;
    let checked = || reconcile::checked(&mut ledger, &setting, &accounts);
    let result = is_workbook.then(checked).transpose()?;
    // All that is read is of one moment, though a sync may go on.
    let _moment = ledger.snapshot()?;
    let mut files = Files::open(&arguments.to)?;
    let options = ExportOptions {
        pseudonyms: pseudonyms.as_ref(),
        is_demo: ledger.kind() == LedgerKind::Demo,
    };
    if let Some(result) = &result {
        files.workbook(&ledger, result, &selection, options)?;
    } else {
        let tables = if arguments.table.is_empty() { TABLES } else { &arguments.table };
        for table in tables {
            files.table(&ledger, table, &selection, Form::of(arguments), options)?;
        }
    }
    files.commit()?.print_of_ledger(Format::Table, &setting.ledger, ledger.kind())
}

/// The rows that are meant.
pub(super) fn selection(accounts: &[Account], between: Between) -> Result<Selection, Failure> {
    let Between { since, until } = between;
    if since.zip(until).is_some_and(|(since, until)| since >= until) {
        return Err(Failure::usage(say!(
            "nothing lies between --since and --until; give a later --until",
            "--since 与 --until 之间没有时间；请给出更晚的 --until"
        )));
    }
    let mut selection = Selection::default();
    selection.accounts = Some(accounts.iter().map(|account| account.id).collect());
    selection.since = since;
    selection.until = until;
    Ok(selection)
}

/// Pseudonyms by the key that this names.
pub(super) fn pseudonyms(key: &SecretString) -> Result<Pseudonyms, Failure> {
    let key = SecretRef::parse(key.expose_secret()).map_err(Failure::usage)?;
    let secret = key.read().map_err(Failure::usage)?;
    Pseudonyms::new(secret.expose_secret().as_bytes()).map_err(|_| {
        let place = key.described();
        Failure::usage(say!(
            "the key from {place} is too short: give at least 16 bytes",
            "来自{place}的密钥太短：至少 16 字节"
        ))
    })
}

/// The form of a table's file.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Csv,
    CsvForExcel,
    JsonLines,
}

impl Form {
    const fn of(arguments: &Export) -> Self {
        match (arguments.format, arguments.excel) {
            (ExportFormat::Jsonl, _) => Self::JsonLines,
            (_, true) => Self::CsvForExcel,
            _ => Self::Csv,
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::CsvForExcel => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// The files of an export, with what is told of them.
#[derive(Debug)]
pub(super) struct Files {
    staged: Staged,
    written: Sheet,
}

impl Files {
    pub(super) fn open(folder: &Path) -> Result<Self, Failure> {
        let written = Sheet::new("files")
            .column("file", say!("File", "文件"))
            .column("rows", say!("Rows", "行数"))
            .column("sha256", "SHA-256");
        Ok(Self { staged: Staged::open(folder)?, written })
    }

    /// Writes a table to a file of its own.
    pub(super) fn table(
        &mut self,
        ledger: &Ledger,
        table: &'static Table,
        selection: &Selection,
        form: Form,
        options: ExportOptions<'_>,
    ) -> Result<(), Failure> {
        let name = format!("{}.{}", table.name, form.extension());
        let file = BufWriter::new(self.staged.begin(&name)?);
        let (order, mut writer): (_, Box<dyn TableWriter>) = match form {
            Form::Csv => (RowOrder::Key, self.made(CsvExport::new(file, table, options))?),
            Form::JsonLines => (RowOrder::Key, Box::new(JsonLines::new(file, table, options))),
            Form::CsvForExcel => {
                let writer = CsvForExcel::new(file, table, language(), options);
                (RowOrder::Time, self.made(writer)?)
            }
        };
        let mut writer =
            Watched { writer: &mut *writer, progress: Progress::rows(table.name, None) };
        let rows = write_table(ledger, table, selection, order, &mut writer)
            .map_err(|error| self.failure(error))?;
        self.tell(name, Some(rows))
    }

    /// Writes the workbook.
    pub(super) fn workbook(
        &mut self,
        ledger: &Ledger,
        result: &Reconciliation,
        selection: &Selection,
        options: ExportOptions<'_>,
    ) -> Result<(), Failure> {
        let file = self.staged.begin(WORKBOOK)?;
        let folder = self.staged.folder().to_owned();
        let progress = Progress::rows(WORKBOOK, None);
        let add = |rows| progress.add(rows);
        let options = WorkbookOptions {
            progress: Some(RowProgress(&add)),
            pseudonyms: options.pseudonyms,
            is_demo: options.is_demo,
            // What doesn't fit there wouldn't fit as a file.
            temporary_folder: Some(&folder),
            ..WorkbookOptions::new(language())
        };
        Workbook::write(ledger, result, selection, &options, file)
            .map_err(|error| self.failure(error))?;
        self.tell(WORKBOOK.to_owned(), None)
    }

    /// Writes another file.
    pub(super) fn file(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<std::fs::File>) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut file = BufWriter::new(self.staged.begin(name)?);
        write(&mut file)
            .and_then(|()| file.flush())
            .map_err(|error| self.failure(ExportError::Write(error)))?;
        self.tell(name.to_owned(), None)
    }

    /// A file that is finished elsewhere on the same disk.
    #[cfg(feature = "emulate")]
    pub(super) fn add(&mut self, finished: &Path, name: &str) -> Result<(), Failure> {
        self.staged.add(finished, name)
    }

    /// Puts the files in their places, all or none, and gives what is told of them.
    pub(super) fn commit(self) -> Result<Sheet, Failure> {
        self.staged.commit()?;
        Ok(self.written)
    }

    fn made<'w>(
        &self,
        writer: io::Result<impl TableWriter + 'w>,
    ) -> Result<Box<dyn TableWriter + 'w>, Failure> {
        match writer {
            Ok(writer) => Ok(Box::new(writer)),
            Err(error) => Err(self.failure(ExportError::Write(error))),
        }
    }

    fn failure(&self, error: ExportError) -> Failure {
        match error {
            ExportError::Ledger(error) => error.into(),
            ExportError::Write(error) => Failure::file("write to", self.staged.folder(), &error),
            error => Failure::general(error.to_string()),
        }
    }

    /// Notes a file that was written, and puts its digest beside it.
    fn tell(&mut self, name: String, rows: Option<u64>) -> Result<(), Failure> {
        let failure = |error| Failure::file("write to", self.staged.folder(), &error);
        let digest = self.staged.last().map(sha256_file).transpose().map_err(failure)?;
        let digest = digest.unwrap_or_default();
        let mut beside = self.staged.begin(&format!("{name}.sha256"))?;
        writeln!(beside, "{digest}  {name}")
            .map_err(|error| Failure::file("write to", self.staged.folder(), &error))?;
        self.written.row([name.into(), rows.into(), digest.into()]);
        Ok(())
    }
}

/// A writer whose rows are counted on the way.
struct Watched<'w> {
    writer: &'w mut dyn TableWriter,
    progress: Progress,
}

impl TableWriter for Watched<'_> {
    fn row(&mut self, row: &StoredRow<'_>) -> io::Result<()> {
        self.progress.add(1);
        self.writer.row(row)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.writer.finish()
    }

    fn has_pseudonyms(&self) -> bool {
        self.writer.has_pseudonyms()
    }
}
