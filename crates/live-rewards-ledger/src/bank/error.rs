use std::{error::Error as StdError, fmt, io};

use crate::{Label, Language, LedgerError, Words, words::words};

/// Why a bank file can't be read or matched. `Display` is one line that says what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum BankError {
    /// The file can't be read.
    Read(io::Error),
    /// The file is something else than a CSV file.
    OtherFile(Label),
    /// A line is not UTF-8.
    NotUtf8 {
        /// Its number.
        line: u64,
    },
    /// No line near the start names the columns.
    NoHeader {
        /// What was looked for.
        columns: Vec<String>,
    },
    /// The file is another kind of WeChat Pay bill (交易账单).
    TradeBill,
    /// A line can't be understood.
    Line {
        /// Its number.
        line: u64,
        /// What is wrong, and what to do.
        what: Words,
    },
    /// The column mapping is wrong.
    Mapping(Words),
    /// Something is wrong with one of the files.
    File {
        /// Its place among them, from 0.
        file: usize,
        /// What.
        error: Box<Self>,
    },
    /// The ledger can't be used.
    Ledger(LedgerError),
}

impl BankError {
    pub(super) fn line(line: u64, what: Words) -> Self {
        Self::Line { line, what }
    }

    pub(super) fn of_file(self, file: usize) -> Self {
        Self::File { file, error: Box::new(self) }
    }

    /// What `Display` says, in a language. What the system says stays as it is.
    pub fn in_words(&self, language: Language) -> String {
        self.words().in_language(language).to_owned()
    }

    fn words(&self) -> Words {
        match self {
            Self::Read(error) => {
                words!("it can't be read: {error}; check the path", "无法读取：{error}；请检查路径")
            }
            Self::OtherFile(Label { en, zh }) => {
                words!("it is {en}; save it as CSV UTF-8", "文件类型为 {zh}；请另存为 CSV UTF-8")
            }
            Self::NotUtf8 { line } => words!(
                "line {line} is not UTF-8, but perhaps GB18030; save the file as CSV UTF-8",
                "第 {line} 行不是 UTF-8，可能是 GB18030；请另存为 CSV UTF-8"
            ),
            Self::NoHeader { columns } => {
                let (en, zh) = (columns.join(", "), columns.join("、"));
                words!(
                    "no line at its start names the columns {en}; check the format",
                    "文件开头没有列名行，应包含 {zh}；请检查格式"
                )
            }
            Self::TradeBill => words!(
                "it is a 交易账单 (trade bill); download the 资金账单 (fund flow bill)",
                "文件是交易账单；请下载资金账单"
            ),
            Self::Line { line, what: Words { en, zh } } => {
                words!("line {line}: {en}", "第 {line} 行：{zh}")
            }
            Self::Mapping(Words { en, zh }) => {
                words!("the column mapping is wrong: {en}", "列映射有误：{zh}")
            }
            Self::File { file, error } => {
                let number = file.saturating_add(1);
                let Words { en, zh } = error.words();
                words!("file {number}: {en}", "第 {number} 个文件：{zh}")
            }
            Self::Ledger(error) => error.words(),
        }
    }
}

impl fmt::Display for BankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl StdError for BankError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Ledger(error) => Some(error),
            Self::File { error, .. } => error.source(),
            _ => None,
        }
    }
}

impl From<LedgerError> for BankError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<rusqlite::Error> for BankError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Ledger(error.into())
    }
}

impl From<csv::Error> for BankError {
    fn from(error: csv::Error) -> Self {
        let line = error.position().map_or(0, csv::Position::line);
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Read(error),
            csv::ErrorKind::Utf8 { .. } => Self::NotUtf8 { line },
            _ => Self::line(line, words!("it is no CSV", "不是 CSV")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BankFile, BankFormat};
    use super::*;

    #[test]
    fn errors_are_told_in_chinese() {
        let mut told = Vec::new();
        for (mapping, text) in [
            ("date=1,amount=2", "PK\u{3}\u{4}"),
            ("date=1,amount=2", "2026-01-31,1.001\n"),
            ("date=1,amount=2", "合计,1\n"),
            ("date=1,amount=2,direction=3", "2026-01-31,1,?\n"),
            ("date=日期,amount=金额", "a,b\n"),
            ("date=日期,amount=金额", "日期,金额,金额\n"),
            ("date=1,unit=jiao", ""),
        ] {
            let read = || {
                let format = BankFormat::Mapped(mapping.parse()?);
                BankFile::read(text.as_bytes(), &format)?.next_line()
            };
            told.push(read().unwrap_err().of_file(1).in_words(Language::Chinese));
        }
        insta::assert_snapshot!(told.join("\n"), @r#"
        第 2 个文件：文件类型为 Excel 工作簿或 ZIP 压缩包；请另存为 CSV UTF-8
        第 2 个文件：第 1 行："1.001" 不是金额：不是整分
        第 2 个文件：第 1 行："合计" 不是形如 2026-01-31 的日期；若不是收支行，请用 skip 或 stop 跳过
        第 2 个文件：第 1 行：无法识别收支方向 "?"；请写收入或支出
        第 2 个文件：文件开头没有列名行，应包含 日期、金额；请检查格式
        第 2 个文件：列映射有误：第 2、3 列同名 金额；请给出列号
        第 2 个文件：列映射有误：unit 只能是 yuan 或 fen，不能是 "jiao"
        "#);
    }
}
