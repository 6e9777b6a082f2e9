//! Where a callback goes: a URL of this machine, so that an emulator can't be made to reach others.

use std::net::IpAddr;

use form_urlencoded::Serializer;
use hyper::Uri;

use crate::callbacks::CallbackError;

/// Port of a URL without one.
const HTTP_PORT: u16 = 80;

/// A receiver on loopback.
#[derive(Debug)]
pub(super) struct Target {
    /// Host, without the brackets of an address.
    pub(super) host: String,
    pub(super) port: u16,
    /// Host and port as the URL has them.
    pub(super) authority: String,
    path: String,
    query: Option<String>,
}

impl Target {
    /// Reads a URL.
    pub(super) fn of(url: &str) -> Result<Self, CallbackError> {
        let uri: Uri = url.parse().map_err(|_| CallbackError::new("url: not a URL"))?;
        let authority = uri.authority().filter(|_| uri.scheme_str() == Some("http"));
        let authority = authority.ok_or_else(|| {
            CallbackError::new("url: write http://, a host of this machine, a path")
        })?;
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        let is_own = host.eq_ignore_ascii_case("localhost")
            || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback());
        if !is_own || authority.as_str().contains('@') {
            return Err(CallbackError::new("url: only localhost or a loopback address"));
        }
        Ok(Self {
            host: host.to_owned(),
            port: authority.port_u16().unwrap_or(HTTP_PORT),
            authority: authority.as_str().to_owned(),
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
        })
    }

    /// Parameters that stand in the URL, decoded.
    pub(super) fn parameters(&self) -> Vec<(String, String)> {
        let query = self.query.as_deref().unwrap_or_default();
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// Path and query, with more parameters behind those of the URL.
    pub(super) fn with(&self, parameters: &[(&str, &str)]) -> String {
        let mut query = self.query.clone().unwrap_or_default();
        if !parameters.is_empty() {
            if !query.is_empty() {
                query.push('&');
            }
            let start = query.len();
            query = Serializer::for_suffix(query, start).extend_pairs(parameters).finish();
        }
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }
}

/// Body of a form.
pub(super) fn form(parameters: &[(&str, &str)]) -> Vec<u8> {
    Serializer::new(String::new()).extend_pairs(parameters).finish().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_reached() {
        for (url, host, port) in [
            ("http://127.0.0.1:8080/push", "127.0.0.1", 8080),
            ("http://LocalHost/push?a=1", "LocalHost", 80),
            ("http://[::1]:8080", "::1", 8080),
        ] {
            let target = Target::of(url).unwrap();
            assert_eq!((target.host.as_str(), target.port), (host, port), "{url}");
        }
        for url in [
            "https://127.0.0.1/push",
            "http://192.168.1.7/push",
            "http://vendor.example/push",
            "http://127.0.0.1.vendor.example/push",
            "http://user:password@127.0.0.1/push",
            "/push",
            "127.0.0.1:80",
            "push",
            "",
        ] {
            assert!(Target::of(url).is_err(), "{url}");
        }
    }

    #[test]
    fn the_parameters_of_the_url_stay() {
        let target = Target::of("http://localhost/push?shop=7&a=%20").unwrap();
        assert_eq!(target.with(&[("b", "红 &")]), "/push?shop=7&a=%20&b=%E7%BA%A2+%26");
        assert_eq!(target.with(&[]), "/push?shop=7&a=%20");
        let pairs = [("shop", "7"), ("a", " ")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(target.parameters(), pairs);
        let bare = Target::of("http://localhost").unwrap();
        assert_eq!((bare.with(&[]).as_str(), bare.with(&[("a", "")]).as_str()), ("/", "/?a="));
    }
}
