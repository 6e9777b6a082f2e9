use std::path::{Path, PathBuf};

use live_rewards::{Vendor, VendorConfig};
use live_rewards_ledger::{AccountIdentity, Ledger, LedgerError, LedgerKind};
use url::Url;

use crate::{
    arguments::{Where, Which},
    config::{self, Account, Config, SecretRef},
    failure::Failure,
    language::say,
};

/// Where an emulator's API is, in a ledger.
pub(crate) const EMULATOR: &str = "emulator";

/// The ids that every emulator publishes. No vendor gives them out, so that they tell an emulator wherever it is.
const DEMO_IDS: [(Vendor, &str); 3] = [
    (Vendor::Xiaoe, "appDemoRewards01"),
    (Vendor::Polyv, "demorewrd1"),
    (Vendor::Yxt, "decaf0de000000000000000000000001"),
];

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
    /// What the ledger may know it by instead.
    pub(crate) former: Option<String>,
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
            Failure::usage(say!(
                "there is no configuration; live-rewards init writes one, --config names another",
                "没有配置文件；可用 live-rewards init 生成，或用 --config 指定"
            ))
        })?;
        let names = config.accounts().map(|(name, _)| name.as_str());
        check(which, Whose::Configuration, names)?;
        let all = config.accounts().map(|(name, account)| Configured::new(name, account));
        let mut accounts: Vec<Configured> = Vec::new();
        for account in all {
            let account = account?;
            if let Some(other) = accounts.iter().find(|other| other.identity == account.identity) {
                return Err(Failure::usage(say!(
                    "accounts.{} and accounts.{} are the same account; leave one out, or give each its own ledger_id",
                    "accounts.{} 与 accounts.{} 是同一个账号；请删去一个，或各给一个 ledger_id",
                    other.name,
                    account.name
                )));
            }
            accounts.push(account);
        }
        let is_doubtful: Vec<_> =
            accounts.iter().map(|account| account.has_doubtful_former(&accounts)).collect();
        for (account, is_doubtful) in accounts.iter_mut().zip(is_doubtful) {
            if is_doubtful {
                account.former = None;
            }
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
    check(which, Whose::Ledger, accounts.iter().map(|account| account.name.as_str()))?;
    accounts.retain(|account| is_meant(which, &account.name));
    Ok(accounts)
}

/// The account of a ledger that has this name.
pub(crate) fn named(ledger: &Ledger, name: &str) -> Result<live_rewards_ledger::Account, Failure> {
    let accounts = ledger.accounts()?;
    let mut found = accounts.iter().filter(|account| account.name == name);
    match (found.next(), found.next()) {
        (Some(account), None) => Ok(account.clone()),
        (Some(_), Some(_)) => Err(Failure::usage(say!(
            "the ledger has more than one account {name}; give one of them another name in the configuration, and sync",
            "账本里名为 {name} 的账号不止一个；请在配置中给其中一个改名，然后运行 sync"
        ))),
        (None, _) => {
            Err(unknown(name, Whose::Ledger, accounts.iter().map(|one| one.name.as_str())))
        }
    }
}

/// Where accounts are looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Whose {
    Configuration,
    Ledger,
    #[cfg(feature = "emulate")]
    Demo,
}

/// Refuses a pattern that names nobody.
pub(crate) fn check<'a>(
    which: &Which,
    whose: Whose,
    names: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), Failure> {
    let is_known = |pattern: &&String| names.clone().any(|name| config::matches(pattern, name));
    match which.account.iter().find(|pattern| !is_known(pattern)) {
        None => Ok(()),
        Some(pattern) => Err(unknown(pattern, whose, names)),
    }
}

fn unknown<'a>(name: &str, whose: Whose, names: impl Iterator<Item = &'a str>) -> Failure {
    let whose = match whose {
        Whose::Configuration => say!("the configuration", "配置"),
        Whose::Ledger => say!("the ledger", "账本"),
        #[cfg(feature = "emulate")]
        Whose::Demo => say!("the demo", "演示"),
    };
    let names: Vec<_> = names.collect();
    let names =
        if names.is_empty() { say!("none", "无") } else { names.join(say!(", ", "、").as_str()) };
    Failure::usage(say!(
        "{whose} has no account {name}; it has {names}",
        "{whose}里没有账号 {name}；有的是：{names}"
    ))
}

/// Whether one of the patterns, if there are any, names an account.
pub(crate) fn is_meant(which: &Which, name: &str) -> bool {
    which.account.is_empty() || which.account.iter().any(|glob| config::matches(glob, name))
}

impl Configured {
    fn new(name: &str, account: &Account) -> Result<Self, Failure> {
        let authority = authority(account.base_url()).ok_or_else(|| {
            Failure::usage(say!(
                "accounts.{name}: base_url is no address",
                "accounts.{name}：base_url 不是网址"
            ))
        })?;
        let has_demo_id = DEMO_IDS.contains(&(account.vendor, account.vendor_id()));
        if has_demo_id && account.is_emulated() == Some(false) {
            return Err(Failure::usage(say!(
                "accounts.{name}: it has an emulator's published id; leave emulated = false out",
                "accounts.{name}：用的是模拟器公开的 id；请去掉 emulated = false"
            )));
        }
        let is_emulated =
            account.is_emulated().unwrap_or_else(|| has_demo_id || is_of_this_machine(&authority));
        let kind = if is_emulated { LedgerKind::Demo } else { LedgerKind::Real };
        // An emulator takes any port that is free.
        let authority = if is_emulated { EMULATOR } else { &authority };
        Ok(Self {
            name: name.to_owned(),
            identity: account.identity(authority),
            former: account.former().map(ToOwned::to_owned),
            kind,
            account: account.clone(),
        })
    }

    pub(crate) fn vendor(&self) -> Vendor {
        self.identity.vendor
    }

    /// Where the secret is.
    pub(crate) fn secret(&self) -> Option<&SecretRef> {
        self.account.secret()
    }

    /// Whether others have its key too, so that what the ledger knows by that may be theirs.
    fn has_doubtful_former(&self, all: &[Self]) -> bool {
        let Some(former) = &self.former else {
            return false;
        };
        let known = AccountIdentity { vendor_account: former.clone(), ..self.identity.clone() };
        all.iter().any(|other| other.identity != self.identity && other.is(&known))
    }

    /// Whether the ledger knows it by this.
    pub(crate) fn is(&self, known: &AccountIdentity) -> bool {
        let AccountIdentity { vendor, authority, vendor_account } = &self.identity;
        (vendor, authority) == (&known.vendor, &known.authority)
            && (*vendor_account == known.vendor_account
                || self.former.as_ref() == Some(&known.vendor_account))
    }

    /// The account of a ledger that it is.
    pub(crate) fn known(
        &self,
        ledger: &Ledger,
    ) -> Result<Option<live_rewards_ledger::Account>, LedgerError> {
        ledger.known_account(&self.identity, self.former.as_deref())
    }

    /// What a client is made from. Reads the secret.
    pub(crate) fn vendor_config(&self) -> Result<VendorConfig, Failure> {
        self.account
            .vendor_config()
            .map_err(|what| Failure::usage(what).about(&format!("accounts.{}", self.name)))
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

    fn configured(text: &str) -> Result<Configured, Failure> {
        Configured::new("a", &toml::from_str(text).unwrap())
    }

    #[test]
    fn an_emulators_published_id_is_known_at_any_address() {
        for (vendor, id) in DEMO_IDS {
            let key = if vendor == Vendor::Yxt { "app_key" } else { "app_id" };
            let at = "base_url = 'https://emulator.example'\nledger_id = 'ours'";
            let text = format!("vendor = '{vendor}'\n{key} = '{id}'\n{at}\n");
            let account = configured(&text).unwrap();
            assert_eq!(
                (account.kind, account.identity.authority.as_str()),
                (LedgerKind::Demo, EMULATOR)
            );
            let failure = configured(&format!("{text}emulated = false")).unwrap_err();
            assert_eq!(failure.code(), 2);
            let real = configured(&text.replace(id, "own")).unwrap();
            assert_eq!(
                (real.kind, real.identity.authority.as_str()),
                (LedgerKind::Real, "emulator.example")
            );
        }
    }

    #[cfg(feature = "emulate")]
    #[test]
    fn the_published_ids_are_the_emulators() {
        use live_rewards_emulator::credentials::{POLYV_APP_ID, XIAOE_APP_ID, YXT_APP_KEY};

        assert_eq!(DEMO_IDS.map(|(_, id)| id), [XIAOE_APP_ID, POLYV_APP_ID, YXT_APP_KEY]);
    }
}
