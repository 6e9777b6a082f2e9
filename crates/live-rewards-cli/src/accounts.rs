use std::path::{Path, PathBuf};

use live_rewards::{Vendor, VendorConfig};
use live_rewards_ledger::{AccountIdentity, Ledger, LedgerError, LedgerKind};
use url::Url;

use crate::{
    arguments::{Where, Which},
    config::{self, Account, Config},
    failure::Failure,
};

/// Where an emulator's API is, in a ledger.
pub(crate) const EMULATOR: &str = "emulator";

/// The ledger of a command, and the accounts that it may be about.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) config: Option<Config>,
    pub(crate) ledger: PathBuf,
}

/// An account of the configuration.
#[derive(Debug)]
pub(crate) struct Configured {
    pub(crate) name: String,
    pub(crate) identity: AccountIdentity,
    pub(crate) kind: LedgerKind,
    account: Account,
}

impl Setting {
    /// Reads the configuration, if there is one.
    pub(crate) fn read(place: &Where) -> Result<Self, Failure> {
        let config = match config::find(place.config.as_deref()) {
            Some(path) => Some(Config::read(&path)?),
            None => None,
        };
        let ledger = place
            .ledger
            .clone()
            .or_else(|| config.as_ref()?.ledger.clone())
            .unwrap_or_else(|| PathBuf::from("live-rewards.sqlite"));
        Ok(Self { config, ledger })
    }

    /// The accounts of the configuration that these patterns name; all without patterns.
    pub(crate) fn accounts(&self, which: &Which) -> Result<Vec<Configured>, Failure> {
        let config = self.config.as_ref().ok_or_else(|| {
            Failure::usage(
                "there is no configuration; write live-rewards.toml or give --config its path",
            )
        })?;
        let names = config.accounts().map(|(name, _)| name.as_str());
        check(which, "the configuration", names)?;
        let all = config.accounts().map(|(name, account)| Configured::new(name, account));
        let mut accounts: Vec<Configured> = Vec::new();
        for account in all {
            let account = account?;
            if let Some(other) = accounts.iter().find(|other| other.identity == account.identity) {
                return Err(Failure::usage(format!(
                    "accounts.{} and accounts.{} are the same account; leave one out, or give each its own ledger_id",
                    other.name, account.name
                )));
            }
            accounts.push(account);
        }
        accounts.retain(|account| is_meant(which, &account.name));
        Ok(accounts)
    }

    /// Opens the ledger, which must be there.
    pub(crate) fn open(&self) -> Result<Ledger, Failure> {
        Ledger::open(&self.ledger).map_err(|error| ledger_failure(&self.ledger, error))
    }

    /// Opens the ledger, which must be there and needn't be writable.
    pub(crate) fn open_to_read(&self) -> Result<Ledger, Failure> {
        let opened = match Ledger::open(&self.ledger) {
            Err(LedgerError::ReadOnly) => Ledger::open_read_only(&self.ledger),
            // Leaves nothing beside it, as one that is opened for reading only does.
            opened => opened,
        };
        opened.map_err(|error| ledger_failure(&self.ledger, error))
    }
}

/// Opens a ledger, or makes it.
pub(crate) fn create_or_open(path: &Path, kind: LedgerKind) -> Result<Ledger, Failure> {
    Ledger::create_or_open(path, kind).map_err(|error| ledger_failure(path, error))
}

/// Names the ledger where the error doesn't.
pub(crate) fn ledger_failure(path: &Path, error: LedgerError) -> Failure {
    let is_unnamed = matches!(
        error,
        LedgerError::Busy
            | LedgerError::ReadOnly
            | LedgerError::Full
            | LedgerError::Corrupt(_)
            | LedgerError::Sqlite(_)
    );
    let failure = Failure::from(error);
    if is_unnamed { failure.about(&path.display().to_string()) } else { failure }
}

/// The accounts of a ledger that these patterns name; all without patterns.
pub(crate) fn meant(
    ledger: &Ledger,
    which: &Which,
) -> Result<Vec<live_rewards_ledger::Account>, Failure> {
    let mut accounts = ledger.accounts()?;
    check(which, "the ledger", accounts.iter().map(|account| account.name.as_str()))?;
    accounts.retain(|account| is_meant(which, &account.name));
    Ok(accounts)
}

/// Refuses a pattern that names nobody.
pub(crate) fn check<'a>(
    which: &Which,
    whose: &str,
    names: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), Failure> {
    let is_known = |pattern: &&String| names.clone().any(|name| config::matches(pattern, name));
    match which.account.iter().find(|pattern| !is_known(pattern)) {
        None => Ok(()),
        Some(pattern) => {
            let names: Vec<_> = names.collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            Err(Failure::usage(format!("{whose} has no account {pattern}; it has {names}")))
        }
    }
}

/// Whether one of the patterns, if there are any, names an account.
pub(crate) fn is_meant(which: &Which, name: &str) -> bool {
    which.account.is_empty() || which.account.iter().any(|glob| config::matches(glob, name))
}

impl Configured {
    fn new(name: &str, account: &Account) -> Result<Self, Failure> {
        let authority = authority(account.base_url())
            .ok_or_else(|| Failure::usage(format!("accounts.{name}: base_url is no address")))?;
        let is_emulated = account.is_emulated().unwrap_or_else(|| is_of_this_machine(&authority));
        let kind = if is_emulated { LedgerKind::Demo } else { LedgerKind::Real };
        // An emulator takes any port that is free.
        let authority = if is_emulated { EMULATOR } else { &authority };
        Ok(Self {
            name: name.to_owned(),
            identity: account.identity(authority),
            kind,
            account: account.clone(),
        })
    }

    pub(crate) fn vendor(&self) -> Vendor {
        self.identity.vendor
    }

    /// What a client is made from. Reads the secret.
    pub(crate) fn vendor_config(&self) -> Result<VendorConfig, Failure> {
        self.account
            .vendor_config()
            .map_err(|what| Failure::usage(format!("accounts.{}: {what}", self.name)))
    }
}

/// Host and port of an address.
fn authority(base_url: &str) -> Option<String> {
    let url = Url::parse(base_url).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// An account that is reached at this machine is taken for the emulator's, unless it says otherwise.
fn is_of_this_machine(authority: &str) -> bool {
    let host = authority.rsplit_once(':').map_or(authority, |(host, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { host } else { authority }
    });
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_at_this_machine_is_the_emulators() {
        for (base_url, is_emulated) in [
            ("http://127.0.0.1:8080", true),
            ("http://localhost", true),
            ("http://[::1]:80/x", true),
            ("https://api.polyv.net", false),
            ("https://127.example", false),
        ] {
            assert_eq!(
                is_of_this_machine(&authority(base_url).unwrap()),
                is_emulated,
                "{base_url}"
            );
        }
        assert_eq!(authority("api.polyv.net"), None);
        assert_eq!(authority("https://api.polyv.net:443/").as_deref(), Some("api.polyv.net"));
    }
}
