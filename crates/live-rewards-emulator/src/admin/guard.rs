//! Who may manage the emulator: programs and pages of its own, but no page of another site that
//! makes a browser send requests here.

use std::net::IpAddr;

use hyper::HeaderMap;
use hyper::header::{HOST, HeaderValue, ORIGIN};

use crate::journal::plain;

/// Ends of names that no public server answers for.
const PRIVATE: [&str; 3] = [".internal", ".local", ".test"];

/// Decides by the headers that a page can't choose. Programs may leave both out.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    /// Whether the port is open on loopback only.
    loopback: bool,
    /// The name that is told of it.
    announced: Option<String>,
}

impl Guard {
    /// For a port that is open at an address, and perhaps called by another name.
    pub(crate) fn new(host: IpAddr, announced: Option<String>) -> Self {
        let announced = announced.map(|name| name.to_ascii_lowercase());
        Self { loopback: host.to_canonical().is_loopback(), announced }
    }

    /// Turns down a name that another site may have pointed here, and pages of other sites; the
    /// error says which.
    pub(super) fn check(&self, headers: &HeaderMap) -> Result<(), String> {
        for host in headers.get_all(HOST) {
            if !host.to_str().is_ok_and(|host| self.is_own(host)) {
                return Err(format!(
                    "{} is no name of this port: call it by its IP address, as localhost or as announced",
                    shown(host)
                ));
            }
        }
        for origin in headers.get_all(ORIGIN) {
            // The page of this port, by whatever name it was opened.
            let own = origin.as_bytes().strip_prefix(b"http://");
            if own.is_none() || own != headers.get(HOST).map(HeaderValue::as_bytes) {
                return Err(format!("a page of {} may not manage the emulator", shown(origin)));
            }
        }
        Ok(())
    }

    /// Whether nobody else can point the name here: addresses, and names that no public server
    /// answers for.
    fn is_own(&self, host: &str) -> bool {
        let Some(name) = name(host).map(str::to_ascii_lowercase) else { return false };
        if name == "localhost" || name.ends_with(".localhost") {
            return true;
        }
        if self.announced.as_ref() == Some(&name) {
            return true;
        }
        if let Ok(address) = name.parse::<IpAddr>() {
            return !self.loopback || address.to_canonical().is_loopback();
        }
        // Containers call each other by names without a dot.
        let is_private = || PRIVATE.iter().any(|end| name.ends_with(end));
        !self.loopback && !name.is_empty() && (!name.contains('.') || is_private())
    }
}

/// A host without its port, and an IPv6 address without its brackets.
fn name(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (address, rest) = rest.split_once(']')?;
            (address, rest.strip_prefix(':').unwrap_or(rest))
        }
        None => host.split_once(':').unwrap_or((host, "")),
    };
    port.bytes().all(|digit| digit.is_ascii_digit()).then_some(name)
}

fn shown(value: &HeaderValue) -> String {
    format!("{:?}", plain(&String::from_utf8_lossy(value.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(at: &str, host: &str, origin: Option<&str>) -> Result<(), String> {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_str(host).unwrap());
        if let Some(origin) = origin {
            headers.insert(ORIGIN, HeaderValue::from_str(origin).unwrap());
        }
        Guard::new(at.parse().unwrap(), Some("Emulator.Example.org".to_owned())).check(&headers)
    }

    #[test]
    fn on_loopback_only_loopback_is_called() {
        for host in [
            "localhost",
            "LocalHost:8303",
            "127.0.0.1:8303",
            "127.1.2.3",
            "[::1]:8303",
            "[::1]",
            "a.localhost:8303",
            "emulator.example.ORG",
        ] {
            for at in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
                assert_eq!(check(at, host, None), Ok(()), "{at} {host}");
            }
        }
        for host in [
            "evil.example",
            "evil.example:8303",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.1.7:8303",
            "emulator",
            "emulator.internal",
            "::1",
            "[::1",
            "[evil.example]:8303",
            "",
        ] {
            let error = check("127.0.0.1", host, None).unwrap_err();
            assert!(error.contains("localhost"), "{error}");
        }
    }

    #[test]
    fn elsewhere_addresses_and_names_of_the_own_network_are_called() {
        for at in ["0.0.0.0", "::", "192.168.1.7"] {
            for host in [
                "192.168.1.7:8303",
                "127.0.0.1",
                "[fd00::7]:8303",
                "localhost",
                "a.localhost",
                "emulator",
                "host.docker.internal:8303",
                "emulator.local",
                "Emulator.TEST",
                "emulator.example.org:8303",
            ] {
                assert_eq!(check(at, host, None), Ok(()), "{at} {host}");
            }
            for host in [
                "evil.example",
                "evil.example:8303",
                "evil.localhost.example",
                "fd00::7",
                ":8303",
                "",
            ] {
                assert!(check(at, host, None).is_err(), "{at} {host}");
            }
        }
    }

    #[test]
    fn only_the_own_page_may_manage() {
        let own = "127.0.0.1:8303";
        assert_eq!(check("127.0.0.1", own, Some("http://127.0.0.1:8303")), Ok(()));
        for origin in [
            "null",
            "http://evil.example",
            "https://127.0.0.1:8303",
            "http://127.0.0.1",
            "http://127.0.0.1:8304",
            "http://localhost:8303",
            "http://",
            "",
        ] {
            let error = check("127.0.0.1", own, Some(origin)).unwrap_err();
            assert!(error.contains("page"), "{error}");
        }
    }

    #[test]
    fn programs_may_leave_both_headers_out() {
        let guard = Guard::new(IpAddr::from([127, 0, 0, 1]), None);
        assert_eq!(guard.check(&HeaderMap::new()), Ok(()));
        let mut headers = HeaderMap::new();
        headers.insert(ORIGIN, HeaderValue::from_static("http://evil.example"));
        assert!(guard.check(&headers).is_err());
    }

    #[test]
    fn every_host_is_looked_at() {
        let mut headers = HeaderMap::new();
        headers.append(HOST, HeaderValue::from_static("localhost"));
        headers.append(HOST, HeaderValue::from_static("evil.example"));
        assert!(Guard::new(IpAddr::from([127, 0, 0, 1]), None).check(&headers).is_err());
    }
}
