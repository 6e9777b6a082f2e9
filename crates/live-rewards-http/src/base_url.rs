use std::fmt;

use live_rewards_core::{Error, ErrorKind, Result};
use url::{Host, Url};

/// Where a vendor's API is: `https`, or plain `http` on loopback or by explicit permission.
///
/// Never holds user info, a query or a fragment, so it can be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    authority: String,
    loopback: bool,
}

impl BaseUrl {
    /// Checks a base URL.
    pub fn parse(text: &str, plain_http_allowed: bool) -> Result<Self> {
        let config = |what: &str| {
            Error::new(
                ErrorKind::Config,
                format!("the base URL {what}; give one like https://api.example.com"),
            )
        };
        let url = Url::parse(text).map_err(|_| config("is not a URL"))?;
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
            None => return Err(config("names no host")),
        };
        match url.scheme() {
            "https" => {}
            "http" if loopback || plain_http_allowed => {}
            "http" => {
                return Err(config("is plain http, which is taken only for this machine itself"));
            }
            _ => return Err(config("is not https")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(config("must not hold user name or password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(config("must not have a query or fragment"));
        }
        let authority = url.authority().to_owned();
        Ok(Self { text: url.as_str().trim_end_matches('/').to_owned(), authority, loopback })
    }

    /// Host and port, as limits and accounts are told apart by.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether it is this machine.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    pub(crate) fn join(&self, path: &str, query: &str) -> String {
        let separator = if query.is_empty() { "" } else { "?" };
        [&self.text, path, separator, query].concat()
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_at_home() {
        for text in [
            "https://api.polyv.net",
            "https://api.polyv.net/prefix/",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
            "http://[::ffff:127.0.0.1]:8080",
            "http://localhost",
        ] {
            assert!(BaseUrl::parse(text, false).is_ok(), "{text}");
        }
        assert!(BaseUrl::parse("http://10.0.0.1", true).is_ok());
    }

    #[test]
    fn others_are_refused_without_being_shown() {
        for text in [
            "",
            "api.polyv.net",
            "http://api.polyv.net",
            "http://localhost.example.com",
            "ftp://api.polyv.net",
            "https://user:hunter2@api.polyv.net",
            "https://api.polyv.net?key=hunter2",
            "https://api.polyv.net#hunter2",
        ] {
            let error = BaseUrl::parse(text, false).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config, "{text}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn paths_are_joined_below_it() {
        let base = BaseUrl::parse("https://api.polyv.net/prefix/", false).unwrap();
        assert_eq!(base.join("/a", ""), "https://api.polyv.net/prefix/a");
        assert_eq!(base.join("/a", "b=c"), "https://api.polyv.net/prefix/a?b=c");
        assert_eq!(base.authority(), "api.polyv.net");
    }
}
