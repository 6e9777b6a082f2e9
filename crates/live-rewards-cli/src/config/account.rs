use std::path::Path;

use live_rewards::{
    Vendor, VendorConfig,
    polyv::{Polyv, PolyvConfig, PolyvSigning, http::Service},
    xiaoe::{Xiaoe, XiaoeConfig},
    yxt::{Yxt, YxtConfig},
};
use live_rewards_ledger::AccountIdentity;
use serde::Deserialize;

use super::{
    secret::SecretRef,
    value::{MOST_HOURS, vendor, within},
};
use crate::language::say;

/// An account at a vendor: whose it is, and the secret or where it is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Account {
    #[serde(deserialize_with = "vendor")]
    pub(crate) vendor: Vendor,
    app_id: Option<String>,
    client_id: Option<String>,
    app_key: Option<String>,
    secret_key: Option<SecretRef>,
    app_secret: Option<SecretRef>,
    base_url: Option<String>,
    /// Whether the account is an emulator's; unless said, one is that is reached at this machine or has an emulator's published id.
    emulated: Option<bool>,
    /// Polyv: the live account, by which gift payments are read.
    live_account: Option<String>,
    /// Polyv: `md5` or `sha256`.
    signing: Option<Signing>,
    /// Polyv: whether each attempt carries a nonce.
    nonce: Option<bool>,
    /// YXT: the header `source`.
    source: Option<String>,
    /// What the ledger knows the account by, where its key changes.
    ledger_id: Option<String>,
    /// Fen that its sums may be apart, instead of those of `reconcile`.
    pub(crate) tolerance_fen: Option<u32>,
    /// Hours for which its red packets can be claimed, instead of those of `reconcile`.
    #[serde(default, deserialize_with = "within::<_, 1, MOST_HOURS>")]
    pub(crate) expiry_hours: Option<u16>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Signing {
    Md5,
    Sha256,
}

impl Account {
    /// Places paths beside the configuration file and finds what is missing.
    pub(super) fn place(&mut self, folder: &Path) -> Result<(), String> {
        for secret in [&mut self.secret_key, &mut self.app_secret].into_iter().flatten() {
            secret.place(folder);
        }
        let given = [
            ("app_id", self.app_id.is_some()),
            ("client_id", self.client_id.is_some()),
            ("app_key", self.app_key.is_some()),
            ("secret_key", self.secret_key.is_some()),
            ("app_secret", self.app_secret.is_some()),
            ("live_account", self.live_account.is_some()),
            ("signing", self.signing.is_some()),
            ("nonce", self.nonce.is_some()),
            ("source", self.source.is_some()),
        ];
        let (needed, allowed) = Self::keys(self.vendor);
        for (name, is_given) in given {
            if needed.contains(&name) && !is_given {
                return Err(say!("{name} is missing", "缺少 {name}"));
            }
            if is_given && !needed.contains(&name) && !allowed.contains(&name) {
                return Err(say!("{} has no {name}", "{} 没有 {name}", self.vendor));
            }
        }
        Ok(())
    }

    /// What must be said of an account of a vendor, the secret last, and what may be.
    pub(crate) const fn keys(vendor: Vendor) -> (&'static [&'static str], &'static [&'static str]) {
        match vendor {
            Vendor::Xiaoe => (&["app_id", "client_id", "secret_key"], &[]),
            Vendor::Polyv => (&["app_id", "app_secret"], &["live_account", "signing", "nonce"]),
            _ => (&["app_key", "app_secret"], &["source"]),
        }
    }

    /// The secret, or where it is.
    pub(crate) fn secret(&self) -> Option<&SecretRef> {
        self.secret_key.as_ref().or(self.app_secret.as_ref())
    }

    /// Where the vendor's API is.
    pub(crate) fn base_url(&self) -> &str {
        self.base_url.as_deref().unwrap_or(match self.vendor {
            Vendor::Xiaoe => Xiaoe::BASE_URL,
            Vendor::Polyv => Polyv::BASE_URL,
            _ => Yxt::BASE_URL,
        })
    }

    /// Whether it says that it is an emulator's.
    pub(crate) const fn is_emulated(&self) -> Option<bool> {
        self.emulated
    }

    /// The vendor's own id of the account.
    pub(crate) fn vendor_id(&self) -> &str {
        let id = match self.vendor {
            Vendor::Xiaoe | Vendor::Polyv => &self.app_id,
            _ => &self.app_key,
        };
        id.as_deref().unwrap_or_default()
    }

    /// What the ledger knows the account by: the vendor, where its API is, and the vendor's own id of the account.
    pub(crate) fn identity(&self, authority: &str) -> AccountIdentity {
        let id = self.ledger_id.as_deref().unwrap_or_else(|| self.vendor_id());
        AccountIdentity {
            vendor: self.vendor,
            authority: authority.to_owned(),
            vendor_account: id.to_owned(),
        }
    }

    /// What the ledger may know the account by from before it had a `ledger_id`.
    pub(crate) fn former(&self) -> Option<&str> {
        self.ledger_id.as_ref().map(|_| self.vendor_id())
    }

    /// What a client is made from. Reads the secret.
    pub(crate) fn vendor_config(&self) -> Result<VendorConfig, String> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let secret = |secret: &Option<SecretRef>| match secret {
            Some(secret) => secret.read(),
            None => Err(say!("the secret is missing", "缺少密钥")),
        };
        Ok(match self.vendor {
            Vendor::Xiaoe => {
                let secret_key = secret(&self.secret_key)?;
                let config =
                    XiaoeConfig::new(text(&self.app_id), text(&self.client_id), secret_key);
                VendorConfig::Xiaoe(with(config, self.base_url.as_ref(), XiaoeConfig::base_url))
            }
            Vendor::Polyv => {
                let mut config = PolyvConfig::new(text(&self.app_id), secret(&self.app_secret)?)
                    .nonce(self.nonce.unwrap_or_default());
                if let Some(Signing::Sha256) = self.signing {
                    config = config.signing(PolyvSigning::Sha256);
                }
                let config = with(config, self.live_account.as_ref(), PolyvConfig::live_account);
                VendorConfig::Polyv(with(config, self.base_url.as_ref(), PolyvConfig::base_url))
            }
            _ => {
                let config = YxtConfig::new(text(&self.app_key), secret(&self.app_secret)?);
                let config = with(config, self.source.as_ref(), YxtConfig::source);
                VendorConfig::Yxt(with(config, self.base_url.as_ref(), YxtConfig::base_url))
            }
        })
    }
}

fn with<C>(config: C, text: Option<&String>, set: impl FnOnce(C, String) -> C) -> C {
    match text {
        Some(text) => set(config, text.clone()),
        None => config,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(text: &str) -> Result<Account, String> {
        let mut account: Account = toml::from_str(text).unwrap();
        account.place(Path::new("")).map(|()| account)
    }

    #[test]
    fn each_vendor_has_its_own_credentials() {
        let xiaoe = "vendor='xiaoe'\napp_id='a'\nclient_id='c'\nsecret_key='hidden'\n";
        assert!(matches!(account(xiaoe).unwrap().vendor_config(), Ok(VendorConfig::Xiaoe(_))));
        let polyv = "vendor='polyv'\napp_id='a'\napp_secret='hidden'\nsigning='sha256'\n";
        assert!(matches!(account(polyv).unwrap().vendor_config(), Ok(VendorConfig::Polyv(_))));
        let with_income = account(&format!("{polyv}live_account='l'\n")).unwrap();
        let Ok(VendorConfig::Polyv(config)) = with_income.vendor_config() else { panic!("polyv") };
        assert_eq!(config.live_account.as_deref(), Some("l"));
        let yxt = "vendor='yxt'\napp_key='k'\napp_secret='hidden'\nsource='501'\n";
        assert!(matches!(account(yxt).unwrap().vendor_config(), Ok(VendorConfig::Yxt(_))));
        let foreign = "vendor='yxt'\napp_key='k'\napp_secret='hidden'\nclient_id='c'\n";
        assert_eq!(account(foreign).unwrap_err(), "yxt has no client_id");
    }

    #[test]
    fn a_changed_key_is_the_same_account_if_it_says_so() {
        let of = |key: &str| {
            let text = format!("vendor='yxt'\napp_key='{key}'\napp_secret='h'\nledger_id='ours'\n");
            account(&text).unwrap().identity("host").vendor_account
        };
        assert_eq!(of("old"), of("new"));
    }
}
