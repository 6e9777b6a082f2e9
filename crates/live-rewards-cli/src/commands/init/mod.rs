use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

use live_rewards_ledger::Language;

use crate::{
    arguments::Init,
    config,
    failure::{Failure, reason, tell},
    language::{language, say},
};

const ENGLISH: &str = include_str!("english.toml");
const CHINESE: &str = include_str!("chinese.toml");

/// Writes a configuration to begin with, and says what to do with it.
pub(crate) fn run(arguments: &Init) -> Result<(), Failure> {
    let path = &arguments.config;
    let text = match language() {
        Language::Chinese => CHINESE,
        _ => ENGLISH,
    };
    write_new(path, text).map_err(|error| {
        let shown = path.display();
        Failure::usage(if error.kind() == io::ErrorKind::AlreadyExists {
            say!(
                "{shown} is there already and stays as it is; name another file by --config",
                "{shown} 已经存在，保持不变；请用 --config 指定另一个文件"
            )
        } else {
            let reason = reason(&error);
            say!("can't write {shown}: {reason}", "无法写入 {shown}：{reason}")
        })
    })?;
    tell(next(path));
    Ok(())
}

fn next(path: &Path) -> String {
    let shown = path.display();
    let steps = say!(
        "\
wrote {shown}; next:
  live-rewards account add NAME --vendor …   an account (--help says what each vendor needs)
  live-rewards doctor                        whether all is as it should be
  live-rewards sync                          the rewards into the ledger",
        "\
已写入 {shown}；接下来：
  live-rewards account add NAME --vendor …   添加账号（--help 说明各平台所需）
  live-rewards doctor                        检查是否就绪
  live-rewards sync                          把奖励记录同步到账本"
    );
    let is_found = config::find(None).is_some_and(|found| {
        let [found, wrote] = [found.as_path(), path].map(fs::canonicalize);
        found.ok() == wrote.ok()
    });
    if is_found {
        return steps;
    }
    say!(
        "{steps}\nTell them where it is: --config {shown}, or LIVE_REWARDS_CONFIG.",
        "{steps}\n请告诉它们文件的位置：--config {shown}，或 LIVE_REWARDS_CONFIG。"
    )
}

/// Writes a file that only its owner reads, and that isn't there yet.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    let wrote = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if wrote.is_err() {
        // A half of it would stand in the way of the next try.
        let _ = fs::remove_file(path);
    }
    wrote
}

#[cfg(test)]
mod tests {
    use live_rewards_ledger::{ReconcileOptions, SyncOptions};

    use super::*;
    use crate::config::Config;

    /// The settings of a text, with those that are examples: a # with no blank behind it.
    fn settings(text: &str) -> String {
        let setting = |line: &str| match line.strip_prefix('#') {
            Some(example) if example.starts_with(|c: char| c == '[' || c.is_ascii_lowercase()) => {
                Some(example.to_owned())
            }
            Some(_) => None,
            None if line.is_empty() => None,
            None => Some(line.to_owned()),
        };
        text.lines().filter_map(setting).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_examples_are_good_and_the_same_in_both_languages() {
        assert_eq!(settings(ENGLISH), settings(CHINESE));
        let path = Path::new("live-rewards.toml");
        let config = Config::parse(&settings(ENGLISH), path).unwrap();
        let vendors: Vec<_> = config.accounts().map(|(_, account)| account.vendor).collect();
        assert_eq!(vendors.len(), 3);
        assert!(config.warnings(path).is_empty());
        for text in [ENGLISH, CHINESE] {
            assert_eq!(Config::parse(text, path).unwrap().accounts().count(), 0);
        }
    }

    #[test]
    fn the_numbers_are_those_that_count_anyway() {
        let config = Config::parse(&settings(ENGLISH), Path::new("x")).unwrap();
        let sync = SyncOptions::default();
        assert_eq!(config.sync.lookback_days, Some(sync.lookback_days));
        assert_eq!(config.sync.settle_days, Some(sync.settle_days));
        assert_eq!(config.sync.points_months, Some(sync.points_months));
        assert_eq!(config.sync.read_ahead.map(usize::from), Some(sync.read_ahead));
        let tolerance = ReconcileOptions::default().tolerance_fen;
        assert_eq!(config.reconcile.tolerance_fen.map(i64::from), Some(tolerance));
    }

    #[test]
    fn what_is_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new").join("live-rewards.toml");
        write_new(&path, "ours").unwrap();
        assert_eq!(write_new(&path, "other").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "ours");
    }
}
