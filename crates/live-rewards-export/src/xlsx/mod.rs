//! A workbook for people: sums, findings, claimants, and every row behind them.

mod cell;
mod claimants;
mod detail;
mod evidence;
mod findings;
mod sheets;
mod style;
mod summary;

use std::{
    fmt,
    io::{self, BufWriter, Write},
    path::Path,
};

use live_rewards_core::Timestamp;
use live_rewards_ledger::{Account, AccountId, Label, Language, Ledger, Reconciliation, Selection};
use rust_xlsxwriter::{DocProperties, XlsxError};

use self::{cell::utc, style::Styles};
use crate::{ExportError, Pseudonyms, lead::DEMO};

/// How a workbook is written.
#[derive(Clone, Copy, Debug)]
pub struct WorkbookOptions<'a> {
    /// The language of titles and texts.
    pub language: Language,
    /// What stands for people; without it they are named.
    pub pseudonyms: Option<&'a Pseudonyms>,
    /// Whether the ledger is of emulated accounts: then every sheet and every printed page says so.
    pub is_demo: bool,
    /// Rows of a sheet, of which the first ones are its head. More rows go to a further sheet.
    pub rows_per_sheet: u32,
    /// Who is told of rows that were written.
    pub progress: Option<RowProgress<'a>>,
    /// Where rows are kept until the file is written: the system's folder for such if nothing is said. They take several times as
    /// much room as the file.
    pub temporary_folder: Option<&'a Path>,
}

/// Somebody who is told of rows that were written: how many more they are.
#[derive(Clone, Copy)]
pub struct RowProgress<'a>(pub &'a dyn Fn(u64));

impl fmt::Debug for RowProgress<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowProgress").finish_non_exhaustive()
    }
}

/// The most rows that a sheet can have.
const MOST_ROWS: u32 = 1_048_576;

impl WorkbookOptions<'_> {
    /// As much on a sheet as it can have; people are named.
    pub const fn new(language: Language) -> Self {
        Self {
            language,
            pseudonyms: None,
            is_demo: false,
            rows_per_sheet: MOST_ROWS,
            progress: None,
            temporary_folder: None,
        }
    }
}

/// An Excel workbook of a ledger.
///
/// Its sheets are a summary by account and month, the findings, the claimants by month, and one of each table that has rows. Memory
/// does not grow with the rows. The same ledger gives the same bytes, unless there are pseudonyms. Sums are values, worked out in whole
/// fen, not formulas.
///
/// A sheet has no other numbers than doubles. Yuan and points of up to fifteen digits are kept exactly in one; what has more is
/// text. Ids are text. Times are dates and times of Beijing, to the second. Of a text that is longer than 32,767 UTF-16 units, the
/// beginning is written, with a mark.
pub struct Workbook<'a> {
    xlsx: rust_xlsxwriter::Workbook,
    styles: Styles,
    options: WorkbookOptions<'a>,
}

impl<'a> Workbook<'a> {
    /// Writes a workbook of the selected rows, and of what their reconciliation found. What is written is useless until all is. Where
    /// a sync may write meanwhile, a [`Snapshot`](live_rewards_ledger::Snapshot) makes sums and rows agree.
    pub fn write(
        ledger: &Ledger,
        reconciliation: &Reconciliation,
        selection: &Selection,
        options: &WorkbookOptions<'a>,
        to: impl Write + Send,
    ) -> Result<(), ExportError> {
        let mut accounts = ledger.accounts()?;
        accounts.retain(|account| selection.includes(account.id));
        let mut book = Self::new(*options, reconciliation.as_of)?;
        summary::write(&mut book, ledger, reconciliation, selection, &accounts)?;
        findings::write(&mut book, ledger, reconciliation, &accounts)?;
        claimants::write(&mut book, ledger, selection)?;
        detail::write(&mut book, ledger, selection)?;
        let mut to = BufWriter::new(to);
        book.xlsx.save_to_writer(&mut to).map_err(of_the_writer)?;
        Ok(to.flush()?)
    }

    fn new(options: WorkbookOptions<'a>, as_of: Timestamp) -> io::Result<Self> {
        let mut xlsx = rust_xlsxwriter::Workbook::new();
        if let Some(folder) = options.temporary_folder {
            xlsx.set_tempdir(folder).map_err(of_the_writer)?;
        }
        let say = |label: Label| label.in_language(options.language);
        let mut properties = DocProperties::new().set_title(say(TITLE));
        if options.is_demo {
            properties = properties.set_subject(say(DEMO)).set_status(say(DEMO));
        }
        // Without it the file would say when it was written, and never be the same again.
        let created = utc(as_of).ok_or_else(|| io::Error::other("an instant without a date"))?;
        xlsx.set_properties(&properties.set_creation_datetime(&created));
        Ok(Self { xlsx, styles: Styles::new(), options })
    }

    /// A label in the language of the workbook.
    fn say(&self, label: Label) -> &'static str {
        label.in_language(self.options.language)
    }
}

const TITLE: Label = Label { en: "Rewards of live streams", zh: "直播奖励对账" };

/// The account of an id.
fn account_of(accounts: &[Account], id: AccountId) -> Option<&Account> {
    accounts.iter().find(|account| account.id == id)
}

/// The system's own error, if it is one: what to do about a full disk is not what to do about anything else.
fn of_the_writer(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        XlsxError::TempFileError(folder, error) => {
            io::Error::new(error.kind(), format!("{}: {error}", folder.display()))
        }
        XlsxError::ZipError(error) => error.into(),
        other => io::Error::other(other.to_string()),
    }
}

impl fmt::Debug for Workbook<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workbook").field("options", &self.options).finish_non_exhaustive()
    }
}
