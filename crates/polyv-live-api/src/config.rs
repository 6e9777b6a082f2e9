use std::fmt;

use common_signing::{Algorithm, HexCase, Scheme};
use live_rewards_core::{Error, ErrorKind, Result};
use live_rewards_http::{SecretString, Service, optional_env, required_env};

use crate::Polyv;

/// Credentials and address of a Polyv account.
#[derive(Clone)]
#[non_exhaustive]
pub struct PolyvConfig {
    /// Application id (`appId`).
    pub app_id: String,
    /// Application secret (`appSecret`).
    pub app_secret: SecretString,
    /// The live account (`userId`), by which gift payments are read.
    pub live_account: Option<String>,
    /// Where the API is; `https://api.polyv.net` unless said.
    pub base_url: String,
    /// The digest that requests are signed with; MD5 unless said.
    pub signing: PolyvSigning,
    /// Whether each attempt carries a `signatureNonce`, which makes it good for one use; not unless said.
    pub nonce: bool,
}

impl PolyvConfig {
    /// The vendor's own service.
    pub fn new(app_id: impl Into<String>, app_secret: impl Into<SecretString>) -> Self {
        Self {
            app_id: app_id.into(),
            app_secret: app_secret.into(),
            live_account: None,
            base_url: Polyv::BASE_URL.to_owned(),
            signing: PolyvSigning::default(),
            nonce: false,
        }
    }

    /// The live account, without which gift payments can't be read.
    pub fn live_account(mut self, live_account: impl Into<String>) -> Self {
        self.live_account = Some(live_account.into());
        self
    }

    /// Another address, as the emulator's.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Another digest to sign requests with.
    pub fn signing(mut self, signing: PolyvSigning) -> Self {
        self.signing = signing;
        self
    }

    /// Whether each attempt is to carry a nonce, so that nobody can send it a second time.
    pub fn nonce(mut self, nonce: bool) -> Self {
        self.nonce = nonce;
        self
    }

    /// Reads `POLYV_APP_ID`, `POLYV_APP_SECRET` and, where they are set, `POLYV_LIVE_ACCOUNT`, `POLYV_BASE_URL`, `POLYV_SIGNING` (`md5`
    /// or `sha256`) and `POLYV_NONCE` (`true` or `false`).
    pub fn from_env() -> Result<Self> {
        let [app_id, app_secret] = required_env(["POLYV_APP_ID", "POLYV_APP_SECRET"])?;
        let mut config = Self::new(app_id, app_secret);
        config.live_account = optional_env("POLYV_LIVE_ACCOUNT");
        if let Some(base_url) = optional_env("POLYV_BASE_URL") {
            config = config.base_url(base_url);
        }
        if let Some(signing) = optional_env("POLYV_SIGNING") {
            config = config.signing(choice(
                "POLYV_SIGNING",
                &signing,
                [("md5", PolyvSigning::Md5), ("sha256", PolyvSigning::Sha256)],
            )?);
        }
        if let Some(nonce) = optional_env("POLYV_NONCE") {
            config =
                config.nonce(choice("POLYV_NONCE", &nonce, [("true", true), ("false", false)])?);
        }
        Ok(config)
    }
}

// An address that isn't checked yet may hold a password.
impl fmt::Debug for PolyvConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { app_id, app_secret, live_account, base_url: _, signing, nonce } = self;
        f.debug_struct("PolyvConfig")
            .field("app_id", app_id)
            .field("app_secret", app_secret)
            .field("live_account", live_account)
            .field("signing", signing)
            .field("nonce", nonce)
            .finish_non_exhaustive()
    }
}

/// The digest that requests are signed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PolyvSigning {
    /// MD5, which the vendor expects unless a request says otherwise.
    #[default]
    Md5,
    /// SHA-256, which a request asks for by `signatureMethod`.
    Sha256,
}

impl PolyvSigning {
    /// Secret, names and values, secret, in upper-case hex.
    pub(crate) const fn scheme(self) -> Scheme {
        let algorithm = match self {
            Self::Md5 => Algorithm::Md5,
            Self::Sha256 => Algorithm::Sha256,
        };
        Scheme::new(algorithm, HexCase::Upper)
    }

    /// The value of `signatureMethod`, where it has to be sent.
    pub(crate) const fn method(self) -> Option<&'static str> {
        match self {
            Self::Md5 => None,
            Self::Sha256 => Some("SHA256"),
        }
    }
}

/// The choice that a variable names.
fn choice<T>(variable: &str, chosen: &str, choices: [(&str, T); 2]) -> Result<T> {
    let what = format!("{variable} is {} or {}", choices[0].0, choices[1].0);
    let found = choices.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(chosen));
    found.map(|(_, choice)| choice).ok_or_else(|| Error::new(ErrorKind::Config, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_secret_nor_address_is_shown() {
        let config = PolyvConfig::new("app", "hunter2").base_url("https://user:hunter2@localhost");
        let shown = format!("{config:?} {config:#?}");
        assert!(shown.contains("app_id: \"app\"") && !shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn a_variable_names_one_of_its_choices() {
        let read = |text| choice("POLYV_NONCE", text, [("true", true), ("false", false)]);
        assert!(read("True").unwrap());
        assert!(!read("false").unwrap());
        insta::assert_snapshot!(read("1").unwrap_err(), @"configuration: POLYV_NONCE is true or false");
    }
}
