//! The configuration file: where the ledger is, and whose rewards are synced into it.

mod account;
mod find;
mod glob;
#[cfg_attr(not(feature = "keyring"), path = "no_keyring.rs")]
pub(crate) mod keyring;
mod permissions;
mod secret;
mod value;

use std::{
    collections::{BTreeMap, btree_map},
    fs,
    path::{Path, PathBuf},
};

use live_rewards::Vendor;
use serde::Deserialize;

use self::{
    permissions::is_open_to_others,
    value::{MOST_HOURS, hours_by_vendor, within},
};
use crate::{
    failure::{Failure, reason, tell},
    language::{misread, say},
};

pub(crate) use account::Account;
pub(crate) use find::{NAME, find};
pub(crate) use glob::matches;
pub(crate) use secret::SecretRef;

/// What a configuration file says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The ledger's file; relative to the configuration file.
    pub(crate) ledger: Option<PathBuf>,
    #[serde(default)]
    pub(crate) sync: SyncSettings,
    #[serde(default)]
    pub(crate) reconcile: ReconcileSettings,
    #[serde(default)]
    accounts: BTreeMap<String, Account>,
}

/// Most calls under way at once.
pub(crate) const MOST_AHEAD: u16 = 256;

/// Twenty years: before them there was nothing to read.
const MOST_MONTHS: u16 = 12 * 20;
const MOST_DAYS: u16 = 366 * 20;

/// How much is read again.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SyncSettings {
    /// Days that are read again before what was read completely.
    #[serde(default, deserialize_with = "within::<_, 0, MOST_DAYS>")]
    pub(crate) lookback_days: Option<u16>,
    /// Days for which a red packet that isn't settled is read again.
    #[serde(default, deserialize_with = "within::<_, 0, MOST_DAYS>")]
    pub(crate) settle_days: Option<u16>,
    /// Months of the points log that are read at first.
    #[serde(default, deserialize_with = "within::<_, 0, MOST_MONTHS>")]
    pub(crate) points_months: Option<u16>,
    /// Calls under way at once.
    #[serde(default, deserialize_with = "within::<_, 1, MOST_AHEAD>")]
    pub(crate) read_ahead: Option<u16>,
}

/// What a difference is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReconcileSettings {
    /// Fen that sums may be apart.
    pub(crate) tolerance_fen: Option<u32>,
    /// Hours for which a red packet can be claimed, by vendor. The rest is due `refund_grace_hours` later.
    #[serde(default, deserialize_with = "hours_by_vendor")]
    pub(crate) expiry_hours: BTreeMap<Vendor, u32>,
    /// Hours that the rest may take to go back after that.
    #[serde(default, deserialize_with = "within::<_, 0, MOST_HOURS>")]
    pub(crate) refund_grace_hours: Option<u16>,
}

impl Config {
    /// Reads a file, and tells what it is to be warned of.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let config = Self::load(path)?;
        for warning in config.warnings(path) {
            tell(say!("warning: {warning}", "警告：{warning}"));
        }
        Ok(config)
    }

    /// Reads a file.
    pub(crate) fn load(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map_err(|error| {
            let (path, reason) = (path.display(), reason(&error));
            Failure::usage(say!(
                "can't read {path}: {reason}; check --config",
                "无法读取 {path}：{reason}；请检查 --config"
            ))
        })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a file.
    pub(crate) fn parse(text: &str, path: &Path) -> Result<Self, Failure> {
        let mut config: Self = toml::from_str(text).map_err(|error| {
            Failure::usage(one_line(text, error)).about(&path.display().to_string())
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        if let Some(ledger) = &mut config.ledger {
            *ledger = folder.join(&*ledger);
        }
        for (name, account) in &mut config.accounts {
            account.place(folder).map_err(|what| {
                let account = Failure::usage(what).about(&format!("accounts.{name}"));
                account.about(&path.display().to_string())
            })?;
        }
        Ok(config)
    }

    /// What could be kept safer, in words: secrets in the file itself, and files of secrets that others can read.
    pub(crate) fn warnings(&self, path: &Path) -> Vec<String> {
        let secrets = || self.accounts.values().filter_map(Account::secret);
        let shown = path.display();
        let mut warnings = Vec::new();
        if secrets().any(SecretRef::is_plain) {
            warnings.push(say!(
                "{shown} holds a secret in plain text; use {{ env = … }}, {{ file = … }}, {{ command = … }} or {{ keyring = … }}",
                "{shown} 中有明文密钥；请改用 {{ env = … }}、{{ file = … }}、{{ command = … }} 或 {{ keyring = … }}"
            ));
            if is_open_to_others(path) {
                warnings.push(say!(
                    "others can read the secret in {shown}; chmod 600 {shown}",
                    "其他人能读到 {shown} 中的密钥；请执行 chmod 600 {shown}"
                ));
            }
        }
        warnings.extend(secrets().filter_map(SecretRef::warning));
        warnings
    }

    /// The accounts, by name.
    pub(crate) fn accounts(&self) -> btree_map::Iter<'_, String, Account> {
        self.accounts.iter()
    }
}

/// What is wrong and where, without the line itself: it may hold a secret.
fn one_line(text: &str, mut error: toml::de::Error) -> String {
    let line = error.span().map(|span| {
        let before = text.get(..span.start).unwrap_or_default();
        before.matches('\n').count() + 1
    });
    // Without the text the error names the key instead.
    error.set_input(None);
    let message = misread(&error.to_string());
    match line {
        Some(line) => say!("line {line}: {message}", "第 {line} 行：{message}"),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("live-rewards.toml");
        fs::write(&path, text).unwrap();
        Config::read(&path).map_err(|failure| match failure {
            Failure::Message { text, code } => {
                assert_eq!(code, 2);
                text.replace(&path.display().to_string(), "FILE")
            }
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn the_ledger_lies_beside_the_file() {
        let config = read("ledger = 'here.sqlite'").unwrap();
        let ledger = config.ledger.unwrap();
        assert!(ledger.is_absolute() && ledger.ends_with("here.sqlite"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_without_its_text() {
        let error = read("[accounts.a]\nvendor = 'polyv'\napp_secret = 'hidden\n").unwrap_err();
        assert!(error.starts_with("FILE: line 3: "), "{error}");
        assert!(!error.contains("hidden"), "{error}");
        let error = read("[accounts.a]\nvendor = 'nobody'\n").unwrap_err();
        assert!(error.contains("xiaoe") && error.contains("nobody"), "{error}");
        let error = read("ledgr = 'x'").unwrap_err();
        assert!(error.contains("line 1") && error.contains("ledgr"), "{error}");
    }

    #[test]
    fn a_number_beyond_its_bounds_is_told_with_its_key() {
        let mut errors = Vec::new();
        for text in [
            "[sync]\nread_ahead = 0",
            "[sync]\nread_ahead = 257",
            "[sync]\n\nread_ahead = -1",
            "sync.points_months = 99999",
            "sync = { lookback_days = 8000 }",
            "[sync]\nsettle_days = 1.5",
            "[reconcile]\ntolerance_fen = -1",
            "[reconcile.expiry_hours]\nxiaoe = 24\npolyv = 0",
            "[reconcile]\nexpiry_hours = { nobody = 24 }",
            "[reconcile]\nrefund_grace_hours = 8785",
            "[accounts.a]\nvendor = 'polyv'\nexpiry_hours = 0",
        ] {
            errors.push(read(text).unwrap_err());
        }
        insta::assert_snapshot!(errors.join("\n"), @r"
        FILE: line 2: invalid value: integer `0`, expected a number from 1 to 256 in `sync.read_ahead`
        FILE: line 2: invalid value: integer `257`, expected a number from 1 to 256 in `sync.read_ahead`
        FILE: line 3: invalid value: integer `-1`, expected a number from 1 to 256 in `sync.read_ahead`
        FILE: line 1: invalid value: integer `99999`, expected a number from 0 to 240 in `sync.points_months`
        FILE: line 1: invalid value: integer `8000`, expected a number from 0 to 7320 in `sync.lookback_days`
        FILE: line 2: invalid type: floating point `1.5`, expected i64 in `sync.settle_days`
        FILE: line 2: invalid value: integer `-1`, expected u32 in `reconcile.tolerance_fen`
        FILE: line 1: invalid value: integer `0`, expected a number from 1 to 8784 in `reconcile.expiry_hours`
        FILE: line 2: no vendor is called nobody; there are xiaoe, polyv, yxt in `reconcile.expiry_hours`
        FILE: line 2: invalid value: integer `8785`, expected a number from 0 to 8784 in `reconcile.refund_grace_hours`
        FILE: line 3: invalid value: integer `0`, expected a number from 1 to 8784 in `accounts.a.expiry_hours`
        ");
        let text = "[sync]\nread_ahead = 256\n[reconcile.expiry_hours]\nxiaoe = 24";
        let config = read(text).unwrap();
        assert_eq!((config.sync.read_ahead, config.sync.settle_days), (Some(256), None));
        assert_eq!(config.reconcile.expiry_hours, BTreeMap::from([(Vendor::Xiaoe, 24)]));
    }

    #[test]
    fn an_account_that_lacks_a_credential_is_named() {
        let error = read("[accounts.shop]\nvendor = 'xiaoe'\napp_id = 'a'\n").unwrap_err();
        insta::assert_snapshot!(error, @"FILE: accounts.shop: client_id is missing");
    }
}
