//! The configuration file: where the ledger is, and whose rewards are synced into it.

mod account;
mod find;
mod glob;
mod secret;

use std::{
    collections::{BTreeMap, btree_map},
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::failure::{Failure, tell};

pub(crate) use account::Account;
pub(crate) use find::find;
pub(crate) use glob::matches;

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

/// How much is read again.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SyncSettings {
    /// Days that are read again before what was read completely.
    pub(crate) lookback_days: Option<u16>,
    /// Days for which a red packet that isn't settled is read again.
    pub(crate) settle_days: Option<u16>,
    /// Months of the points log that are read at first.
    pub(crate) points_months: Option<u16>,
    /// Calls under way at once.
    pub(crate) read_ahead: Option<usize>,
}

/// What a difference is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReconcileSettings {
    /// Fen that sums may be apart.
    pub(crate) tolerance_fen: Option<u32>,
    /// Hours after which a red packet's rest must have gone back, by vendor.
    #[serde(default)]
    pub(crate) expiry_hours: BTreeMap<String, u32>,
}

impl Config {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map_err(|error| {
            Failure::usage(format!("can't read {}: {error}; check --config", path.display()))
        })?;
        let mut config: Self = toml::from_str(&text).map_err(|error| {
            Failure::usage(format!("{}: {}", path.display(), one_line(&text, &error)))
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        if let Some(ledger) = &mut config.ledger {
            *ledger = folder.join(&*ledger);
        }
        let mut plain = false;
        for (name, account) in &mut config.accounts {
            account.place(folder).map_err(|what| {
                Failure::usage(format!("{}: accounts.{name}: {what}", path.display()))
            })?;
            plain |= account.has_plain_secret();
        }
        if plain {
            tell(format_args!(
                "warning: {} holds a secret in plain text; use {{ env = … }}, {{ file = … }} or {{ command = … }}",
                path.display()
            ));
        }
        Ok(config)
    }

    /// The accounts, by name.
    pub(crate) fn accounts(&self) -> btree_map::Iter<'_, String, Account> {
        self.accounts.iter()
    }
}

/// What is wrong and where, without the line itself: it may hold a secret.
fn one_line(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map(|span| {
        let before = text.get(..span.start).unwrap_or_default();
        before.matches('\n').count() + 1
    });
    let message = error.message().replace('\n', " ");
    match line {
        Some(line) => format!("line {line}: {message}"),
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
    fn an_account_that_lacks_a_credential_is_named() {
        let error = read("[accounts.shop]\nvendor = 'xiaoe'\napp_id = 'a'\n").unwrap_err();
        insta::assert_snapshot!(error, @"FILE: accounts.shop: client_id is missing");
    }
}
