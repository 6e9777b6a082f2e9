use std::{
    io::{self, Cursor, Read},
    str::FromStr,
};

use csv::StringRecord;

use super::{
    BankColumn, BankError, BankLine, BankWarning, ColumnMapping, fund_flow::FundFlow,
    mapped::Mapped,
};
use crate::Label;

/// A bank file, read line by line: it may be larger than the memory.
#[derive(Debug)]
pub struct BankFile<R> {
    reader: csv::Reader<Checked<R>>,
    record: StringRecord,
    is_over: bool,
    has_lines: bool,
    layout: Layout,
    warnings: Vec<BankWarning>,
}

/// How a bank file is written.
///
/// As text: `wechat`, or a [`ColumnMapping`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BankFormat {
    /// WeChat Pay's 资金账单, as it is downloaded.
    FundFlow,
    /// Any CSV file.
    Mapped(ColumnMapping),
}

/// The input with the bytes at its start, which were looked at.
type Checked<R> = io::Chain<Cursor<Vec<u8>>, R>;

#[derive(Debug)]
enum Layout {
    FundFlow(FundFlow),
    Mapped(Mapped),
}

/// Exports have titles and explanations before the line of column names, but not more lines than these.
const HEADER_WITHIN: usize = 50;

impl FromStr for BankFormat {
    type Err = BankError;

    fn from_str(text: &str) -> Result<Self, BankError> {
        if text == "wechat" { Ok(Self::FundFlow) } else { text.parse().map(Self::Mapped) }
    }
}

impl<R: Read> BankFile<R> {
    /// Reads up to the first line of data. The file is CSV in UTF-8, with or without the mark that Excel puts before it.
    pub fn read(reader: R, format: &BankFormat) -> Result<Self, BankError> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            // Otherwise lines that end with CR LF are counted wrongly. The CR is trimmed off the cell.
            .terminator(csv::Terminator::Any(b'\n'))
            .from_reader(check(reader)?);
        let mut record = StringRecord::new();
        let layout = begin(&mut reader, &mut record, format)?;
        Ok(Self { reader, record, is_over: false, has_lines: false, layout, warnings: Vec::new() })
    }

    /// The next line of data; nothing after the last one.
    pub fn next_line(&mut self) -> Result<Option<BankLine>, BankError> {
        while self.reader.read_record(&mut self.record)? {
            let number = number(&self.record);
            let line = match &mut self.layout {
                Layout::FundFlow(bill) => bill.take(number, &self.record, &mut self.warnings)?,
                Layout::Mapped(mapped) => mapped.take(number, &self.record)?,
            };
            if line.is_some() {
                self.has_lines = true;
                return Ok(line);
            }
        }
        if !self.is_over {
            if let Layout::FundFlow(bill) = &mut self.layout {
                bill.end(&mut self.warnings);
            }
            if !self.has_lines {
                self.warn(BankWarning::NoLines);
            }
            self.is_over = true;
        }
        Ok(None)
    }

    /// What makes the file doubtful, of what was read so far.
    pub fn warnings(&self) -> &[BankWarning] {
        &self.warnings
    }

    pub(super) fn warn(&mut self, warning: BankWarning) {
        self.warnings.push(warning);
    }

    /// Lines so far that say that they changed no balance.
    pub fn left_out(&self) -> u64 {
        match &self.layout {
            Layout::FundFlow(_) => 0,
            Layout::Mapped(mapped) => mapped.neither,
        }
    }
}

const ARCHIVE: Label =
    Label { en: "an Excel workbook or a ZIP archive", zh: "Excel 工作簿或 ZIP 压缩包" };
const GZIP: Label = Label { en: "compressed (gzip)", zh: "gzip 压缩文件" };
const WORKBOOK: Label = Label { en: "an Excel workbook", zh: "Excel 工作簿" };
const UTF_16: Label = Label { en: "UTF-16 text", zh: "UTF-16 文本" };

/// Refuses what is no UTF-8 text by its first bytes.
fn check<R: Read>(mut reader: R) -> Result<Checked<R>, BankError> {
    let mut start = Vec::with_capacity(4);
    reader.by_ref().take(4).read_to_end(&mut start).map_err(BankError::Read)?;
    let known: [(&[u8], Label); 5] = [
        (b"PK", ARCHIVE),
        (b"\x1f\x8b", GZIP),
        (b"\xd0\xcf\x11\xe0", WORKBOOK),
        (b"\xff\xfe", UTF_16),
        (b"\xfe\xff", UTF_16),
    ];
    match known.iter().find(|(bytes, _)| start.starts_with(bytes)) {
        Some(&(_, what)) => Err(BankError::OtherFile(what)),
        None => Ok(Cursor::new(start).chain(reader)),
    }
}

/// Reads up to the first line of data.
fn begin<R: Read>(
    reader: &mut csv::Reader<R>,
    record: &mut StringRecord,
    format: &BankFormat,
) -> Result<Layout, BankError> {
    let columns = match format {
        BankFormat::FundFlow => FundFlow::names(),
        BankFormat::Mapped(mapping) => {
            for _ in 0..mapping.skip {
                reader.read_record(record)?;
            }
            names(mapping)
        }
    };
    for _ in 0..HEADER_WITHIN {
        // Where all columns are numbers, no line of names is needed.
        if !columns.is_empty() && !reader.read_record(record)? {
            break;
        }
        let layout = match format {
            BankFormat::FundFlow => FundFlow::begin(record)?.map(Layout::FundFlow),
            BankFormat::Mapped(mapping) => Mapped::begin(mapping, record)?.map(Layout::Mapped),
        };
        if let Some(layout) = layout {
            return Ok(layout);
        }
    }
    Err(BankError::NoHeader { columns })
}

fn names(mapping: &ColumnMapping) -> Vec<String> {
    let names = mapping.columns().filter_map(|column| match column {
        BankColumn::Name(name) => Some(name.clone()),
        BankColumn::Number(_) => None,
    });
    names.collect()
}

fn number(record: &StringRecord) -> u64 {
    record.position().map_or(0, csv::Position::line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8]) -> String {
        let format = BankFormat::Mapped("date=1,amount=2".parse().unwrap());
        let read = BankFile::read(bytes, &format).and_then(|mut file| {
            while file.next_line()?.is_some() {}
            Ok(())
        });
        read.unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_utf_8_is_told() {
        // 日期 and 金额 in GB18030.
        let gb18030 = b"2026-01-31,1\n\xc8\xd5\xc6\xda,\xbd\xf0\xb6\xee\n";
        assert_eq!(
            error(gb18030),
            "line 2 is not UTF-8, but perhaps GB18030; save the file as CSV UTF-8"
        );
        assert_eq!(
            error(b"PK\x03\x04"),
            "it is an Excel workbook or a ZIP archive; save it as CSV UTF-8"
        );
        assert_eq!(error(b"\x1f\x8b\x08"), "it is compressed (gzip); save it as CSV UTF-8");
        assert_eq!(error(b"\xff\xfe1\x00"), "it is UTF-16 text; save it as CSV UTF-8");
    }

    #[test]
    fn an_empty_file_has_no_columns() {
        let read = BankFile::read(&b""[..], &BankFormat::FundFlow);
        assert!(matches!(read, Err(BankError::NoHeader { .. })));
        let format = "date=1,amount=2".parse().unwrap();
        let mut file = BankFile::read(&b""[..], &format).unwrap();
        for _ in 0..2 {
            assert_eq!(file.next_line().unwrap(), None);
            assert_eq!(file.warnings(), [BankWarning::NoLines]);
        }
    }

    #[test]
    fn a_format_is_named_or_mapped() {
        assert_eq!("wechat".parse::<BankFormat>().unwrap(), BankFormat::FundFlow);
        assert!(matches!("date=1,amount=2".parse(), Ok(BankFormat::Mapped(_))));
        assert!("alipay".parse::<BankFormat>().is_err());
    }
}
