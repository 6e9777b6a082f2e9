use std::{
    error::Error as StdError,
    fmt, io,
    path::{Path, PathBuf},
};

use live_rewards_core::Timestamp;
use rusqlite::ErrorCode;

use crate::{Language, LedgerKind, Words, words::words};

/// Why a ledger can't be used. `Display` is one line that says what to do; nothing of what was committed before is lost.
#[derive(Debug)]
#[non_exhaustive]
pub enum LedgerError {
    /// There is no such file.
    Missing(PathBuf),
    /// The file can't be opened or made.
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is something else.
    NotALedger(PathBuf),
    /// The ledger holds emulated data and real data was to be added, or the reverse.
    OtherKind {
        /// The file.
        path: PathBuf,
        /// What it holds.
        kind: LedgerKind,
    },
    /// The ledger was written by a newer version.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: u32,
        /// The latest that this version knows.
        known: u32,
    },
    /// A new account has the name of another one of its vendor, or the key that one had first.
    NameHeld {
        /// What the other one is called.
        name: String,
        /// Host and port of the base URL that it has there.
        authority: String,
        /// What the ledger knows it by.
        vendor_account: String,
    },
    /// Another sync is under way.
    Locked {
        /// The file that is locked.
        path: PathBuf,
        /// Id of the process that holds the lock, if it can be read.
        process: Option<u32>,
        /// Since when, if it can be read.
        since: Option<Timestamp>,
    },
    /// Another program writes to the ledger and didn't finish while this one waited.
    Busy,
    /// The ledger can't be written.
    ReadOnly,
    /// The disk is full.
    Full,
    /// A sum doesn't fit into 64 bits.
    Overflow,
    /// The file is damaged, or no database at all.
    Corrupt(Box<dyn StdError + Send + Sync>),
    /// Anything else that the database refuses.
    Sqlite(Box<dyn StdError + Send + Sync>),
}

impl LedgerError {
    /// What `Display` says, in a language. What the system or the database says stays as it is.
    pub fn in_words(&self, language: Language) -> String {
        self.words().in_language(language).to_owned()
    }

    pub(crate) fn words(&self) -> Words {
        match self {
            Self::Missing(path) => {
                let path = path.display();
                words!(
                    "there is no ledger {path}; sync makes one",
                    "账本 {path} 不存在；运行 sync 即可新建"
                )
            }
            Self::Open { path, source } => {
                let path = path.display();
                words!(
                    "can't open {path}: {source}; name another file",
                    "无法打开 {path}：{source}；请换一个文件"
                )
            }
            Self::NotALedger(path) => {
                let path = path.display();
                words!("{path} is no ledger; name another file", "{path} 不是账本；请换一个文件")
            }
            Self::OtherKind { path, kind } => {
                let path = path.display();
                let held = match kind {
                    LedgerKind::Real => "真实账号",
                    LedgerKind::Demo => "模拟账号",
                };
                words!(
                    "{path} is a ledger of {kind}; name another file",
                    "{path} 是{held}的账本；请换一个文件"
                )
            }
            Self::Newer { path, found, known } => {
                let path = path.display();
                words!(
                    "{path} was written by a newer version (schema {found}, known up to {known}); update live-rewards",
                    "{path} 由更新的版本写入（结构版本 {found}，本程序只支持到 {known}）；请升级 live-rewards"
                )
            }
            Self::NameHeld { name, authority, vendor_account } => words!(
                "{name} is in the ledger as account {vendor_account} at {authority}; if the key was rotated set ledger_id = \"{vendor_account}\", if the base URL changed set it back, otherwise give the account another name and ledger_id",
                "账本中 {name} 对应的账号是 {authority} 的 {vendor_account}；若更换过 key，请设 ledger_id = \"{vendor_account}\"；若改过 base URL，请改回；否则请给这个账号另起名称和 ledger_id"
            ),
            Self::Locked { path, process, since } => locked(path, *process, *since),
            Self::Busy => words!(
                "another program keeps the ledger busy; try again later",
                "其他程序正在使用账本；请稍后再试"
            ),
            Self::ReadOnly => words!(
                "the ledger can't be written; make the file and its folder writable, or use a copy",
                "账本不可写；请把文件及其目录设为可写，或使用副本"
            ),
            Self::Full => words!(
                "the disk of the ledger is full; make room there and start again",
                "账本所在磁盘已满；请腾出空间后重新运行"
            ),
            Self::Overflow => words!(
                "a sum doesn't fit into 64 bits; name fewer accounts or a shorter time",
                "合计超出 64 位整数；请减少账号或缩短时间"
            ),
            Self::Corrupt(error) => {
                let error = OneLine(&**error);
                words!(
                    "the ledger is damaged or no ledger ({error}); put it back from a backup, or name another file",
                    "账本已损坏，或文件不是账本（{error}）；请从备份恢复，或换一个文件"
                )
            }
            Self::Sqlite(error) => {
                let error = OneLine(&**error);
                words!(
                    "the ledger can't be used: {error}; start again",
                    "账本无法使用：{error}；请重新运行"
                )
            }
        }
    }
}

fn locked(path: &Path, process: Option<u32>, since: Option<Timestamp>) -> Words {
    let path = path.display();
    let process = process.map(|process| words!(" by process {process}", "（进程 {process}）"));
    let since = since.map(|since| {
        let in_beijing = since.to_china();
        words!(" since {since}", "，始于北京时间 {in_beijing}")
    });
    words!("another sync is under way: {path} is held", "另一个 sync 正在运行：{path} 已被占用")
        .then(process)
        .then(since)
        .then(words!("; wait until it ends", "；请等它结束"))
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl StdError for LedgerError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Open { source, .. } => Some(source),
            Self::Corrupt(source) | Self::Sqlite(source) => Some(&**source),
            _ => None,
        }
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        // A sum that is too large has no code of its own.
        if let rusqlite::Error::SqliteFailure(_, Some(text)) = &error
            && text == "integer overflow"
        {
            return Self::Overflow;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            // A file that is open but can't be opened is one beside it.
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt(error.into())
            }
            _ => Self::Sqlite(error.into()),
        }
    }
}

struct OneLine<'a>(&'a (dyn StdError + Send + Sync));

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        for (number, line) in text.lines().enumerate() {
            if number > 0 {
                f.write_str(" ")?;
            }
            f.write_str(line)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_told_in_both_languages() {
        let path = || PathBuf::from("a.sqlite");
        let since = Timestamp::parse_china("2026-01-31 08:00:00");
        let locked = |process, since| LedgerError::Locked { path: path(), process, since };
        let errors = [
            LedgerError::Missing(path()),
            LedgerError::OtherKind { path: path(), kind: LedgerKind::Demo },
            LedgerError::NameHeld {
                name: "shop".into(),
                authority: "host".into(),
                vendor_account: "key".into(),
            },
            locked(Some(7), since),
            locked(None, None),
            LedgerError::Sqlite("two\nlines".into()),
        ];
        let told = errors.iter().flat_map(|error| {
            [Language::English, Language::Chinese].map(|language| error.in_words(language))
        });
        insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @r#"
        there is no ledger a.sqlite; sync makes one
        账本 a.sqlite 不存在；运行 sync 即可新建
        a.sqlite is a ledger of emulated accounts; name another file
        a.sqlite 是模拟账号的账本；请换一个文件
        shop is in the ledger as account key at host; if the key was rotated set ledger_id = "key", if the base URL changed set it back, otherwise give the account another name and ledger_id
        账本中 shop 对应的账号是 host 的 key；若更换过 key，请设 ledger_id = "key"；若改过 base URL，请改回；否则请给这个账号另起名称和 ledger_id
        another sync is under way: a.sqlite is held by process 7 since 2026-01-31T00:00:00Z; wait until it ends
        另一个 sync 正在运行：a.sqlite 已被占用（进程 7），始于北京时间 2026-01-31 08:00:00；请等它结束
        another sync is under way: a.sqlite is held; wait until it ends
        另一个 sync 正在运行：a.sqlite 已被占用；请等它结束
        the ledger can't be used: two lines; start again
        账本无法使用：two lines；请重新运行
        "#);
    }
}
