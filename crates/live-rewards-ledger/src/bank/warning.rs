use std::fmt;

use live_rewards_core::Timestamp;

use crate::{Language, Words, words::words};

/// What makes a bank file doubtful, though it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BankWarning {
    /// A bill has no summary: its end may be missing.
    NoSummary {
        /// The last line that was read of it.
        line: u64,
    },
    /// A bill's summary says otherwise than its lines: it may be cut or edited.
    SummaryDiffers {
        /// The line of the summary.
        line: u64,
        /// The figure, in the bill's words.
        figure: &'static str,
        /// What the summary says.
        said: String,
        /// What the lines come to.
        found: String,
    },
    /// No line is about money that came or went. Which days the file is about isn't known.
    NoLines,
    /// Lines that were there already, in the file or in one before. They count once.
    Repeated {
        /// How many.
        count: u64,
        /// The first of them.
        line: u64,
    },
    /// Another file has lines of the same days, and these have no numbers of their own: what is in both counts twice.
    Overlap,
    /// No file has lines of the days before its first one. What the ledger has of them is suspended.
    Gap {
        /// The first of these days, in Beijing.
        from: Timestamp,
        /// The day after the last one.
        until: Timestamp,
    },
}

impl BankWarning {
    /// What `Display` says, in a language.
    pub fn in_words(&self, language: Language) -> String {
        self.words().in_language(language).to_owned()
    }

    fn words(&self) -> Words {
        match self {
            Self::NoSummary { line } => words!(
                "the bill that ends at line {line} has no summary; it may be cut",
                "到第 {line} 行为止的账单没有汇总行；可能不完整"
            ),
            Self::SummaryDiffers { line, figure, said, found } => words!(
                "line {line}: the bill says {figure} {said}, its lines come to {found}; it may be cut or edited",
                "第 {line} 行：账单的{figure}为 {said}，各行合计为 {found}；可能不完整或被改动"
            ),
            Self::NoLines => words!(
                "no line is about money that came or went; check the file and its format",
                "没有收支行；请检查文件及其格式"
            ),
            Self::Repeated { count, line } => words!(
                "lines that were there before: {count}, the first at line {line}; they count once",
                "有 {count} 行重复，首次出现在第 {line} 行；只计一次"
            ),
            Self::Overlap => words!(
                "another file has lines of the same days; what is in both counts twice unless the mapping has id",
                "另一个文件有相同日期的行；除非列映射含 id，两个文件都有的会重复计算"
            ),
            Self::Gap { from, until } => {
                let (from, until) = (from.to_china_date(), until.to_china_date());
                words!(
                    "no file has lines of {from} up to before {until}; give the files of these days, or from and until if they had no lines",
                    "没有文件包含 {from} 起、{until} 之前的行；请补上这些日期的文件；若确无收支，请指定起止时间"
                )
            }
        }
    }
}

impl fmt::Display for BankWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_told_in_chinese() {
        let midnight = |day| Timestamp::parse_china(&format!("2026-01-{day} 00:00:00")).unwrap();
        let warnings = [
            BankWarning::NoSummary { line: 7 },
            BankWarning::SummaryDiffers {
                line: 9,
                figure: "支出金额",
                said: "0.18".to_owned(),
                found: "0.02".to_owned(),
            },
            BankWarning::NoLines,
            BankWarning::Repeated { count: 2, line: 3 },
            BankWarning::Overlap,
            BankWarning::Gap { from: midnight(30), until: midnight(31) },
        ];
        let told = warnings.iter().map(|warning| warning.in_words(Language::Chinese));
        insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @r"
        到第 7 行为止的账单没有汇总行；可能不完整
        第 9 行：账单的支出金额为 0.18，各行合计为 0.02；可能不完整或被改动
        没有收支行；请检查文件及其格式
        有 2 行重复，首次出现在第 3 行；只计一次
        另一个文件有相同日期的行；除非列映射含 id，两个文件都有的会重复计算
        没有文件包含 2026-01-30 起、2026-01-31 之前的行；请补上这些日期的文件；若确无收支，请指定起止时间
        ");
    }
}
