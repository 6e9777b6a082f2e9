use std::{env, error::Error, time::Duration};

use bytes::Bytes;
use live_rewards::polyv::http::{BaseUrl, ReqwestTransport, Transport, TransportError};
use tokio::{net::lookup_host, time::timeout};
use url::{Host, Url};

use super::clock_skew;
use crate::{
    clock,
    commands::checks::{Check, Topic},
    failure::{Failure, reason},
    language::say,
};

/// How long each step may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Most bytes of the answer at a base URL; nobody reads them.
const MOST: usize = 1 << 20;

const AGENT: &str = concat!("live-rewards/", env!("CARGO_PKG_VERSION"));

/// Looks up a base URL's host and sends one request there as clients do, through their proxy and with their trust. Whether an answer
/// came, and what was seen.
pub(super) async fn check(base_url: &str) -> (bool, Vec<Check>) {
    let parsed = BaseUrl::parse(base_url, false);
    let transport = parsed.and_then(|base| Ok((ReqwestTransport::new(&base, AGENT, MOST)?, base)));
    let (transport, base) = match transport {
        Ok(both) => both,
        Err(error) => return (false, vec![Check::failed(Topic::Address, &Failure::from(error))]),
    };
    let mut checks = vec![Check::ok(Topic::Address, base.to_string())];
    let proxy = if base.is_loopback() { None } else { proxy(base_url) };
    if let Some(variable) = proxy {
        let host = base.authority();
        checks.push(Check::ok(
            Topic::Proxy,
            say!(
                "{variable} is set: calls go through that proxy unless NO_PROXY names {host}",
                "已设置 {variable}：除非 NO_PROXY 中有 {host}，调用都经过该代理"
            ),
        ));
    }
    checks.push(dns(base_url, proxy.is_some()).await);
    let (before, answer) = (clock::now(), ask(&transport, &base).await);
    let after = clock::now();
    let is_reached = match answer {
        Ok(answer) => {
            checks.push(connected(&base, answer.status().as_u16()));
            checks.push(clock_skew::check(answer.headers(), before, after));
            true
        }
        // So much of an answer came that the rest doesn't matter.
        Err(TransportError { http_status: Some(status), .. }) => {
            checks.push(connected(&base, status));
            true
        }
        Err(error) => {
            checks.push(not_connected(&error));
            false
        }
    };
    (is_reached, checks)
}

async fn ask(
    transport: &ReqwestTransport,
    base: &BaseUrl,
) -> Result<http::Response<Bytes>, TransportError> {
    let request = http::Request::get(format!("{base}/")).body(Bytes::new());
    let request = request.map_err(|_| TransportError::not_sent("the base URL is no address"))?;
    transport.send(request, PATIENCE).await
}

fn connected(base: &BaseUrl, status: u16) -> Check {
    let is_safe = base.to_string().starts_with("https:");
    Check::ok(
        Topic::Connection,
        if is_safe {
            say!("TLS, answered with HTTP {status}", "TLS 正常，应答 HTTP {status}")
        } else {
            say!("no TLS, answered with HTTP {status}", "没有 TLS，应答 HTTP {status}")
        },
    )
}

fn not_connected(error: &TransportError) -> Check {
    let mut seen = error.message.clone();
    let mut source = error.source.as_deref().map(|first| first as &dyn Error);
    // The last one says what it was: a name, a refusal, a certificate.
    while let Some(next) = source {
        source = next.source();
        if source.is_none() {
            seen = format!("{seen}: {next}");
        }
    }
    let is_certificate = seen.contains("certificate");
    Check::fail(Topic::Connection, 5, seen).with_advice(if is_certificate {
        say!(
            "the certificate isn't trusted: check this machine's clock, and add a company's own certificate to the system's",
            "证书不受信任：请检查本机时钟；若公司网络使用自有证书，请把它加入系统证书"
        )
    } else {
        say!(
            "check the network, firewall and proxy, and base_url",
            "请检查网络、防火墙、代理和 base_url"
        )
    })
}

/// The first variable that names a proxy for such a URL.
fn proxy(base_url: &str) -> Option<&'static str> {
    let own: [&str; 2] = if base_url.starts_with("https:") {
        ["HTTPS_PROXY", "https_proxy"]
    } else {
        ["HTTP_PROXY", "http_proxy"]
    };
    let mut all = own.into_iter().chain(["ALL_PROXY", "all_proxy"]);
    all.find(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

async fn dns(base_url: &str, has_proxy: bool) -> Check {
    let url = Url::parse(base_url).ok();
    let Some(Host::Domain(domain)) = url.as_ref().and_then(Url::host) else {
        return Check::skipped(Topic::Dns, say!("there is no name to look up", "没有域名"));
    };
    let port = url.as_ref().and_then(Url::port_or_known_default).unwrap_or(443);
    let what = match timeout(PATIENCE, lookup_host((domain, port))).await {
        Ok(Ok(found)) => {
            let addresses: Vec<_> = found.map(|address| address.ip().to_string()).collect();
            return Check::ok(Topic::Dns, format!("{domain} → {}", addresses.join(", ")));
        }
        Ok(Err(error)) => reason(&error),
        Err(_) => say!("no answer in time", "没有及时应答"),
    };
    let seen = say!("can't look up {domain}: {what}", "无法解析 {domain}：{what}");
    if has_proxy {
        return Check::warn(
            Topic::Dns,
            seen,
            say!("the proxy may know it; see the connection", "代理也许能解析；请看连接一项"),
        );
    }
    Check::fail(Topic::Dns, 5, seen)
        .with_advice(say!("check the network, DNS and base_url", "请检查网络、DNS 和 base_url"))
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn the_last_cause_is_told() {
        let cause = io::Error::other("invalid peer certificate: UnknownIssuer");
        let error = TransportError::not_sent("the connection could not be made");
        insta::assert_debug_snapshot!(not_connected(&error.with_source(cause)), @r#"
        Check {
            account: None,
            topic: Connection,
            state: Fail,
            seen: "the connection could not be made: invalid peer certificate: UnknownIssuer",
            advice: Some(
                "the certificate isn't trusted: check this machine's clock, and add a company's own certificate to the system's",
            ),
            code: 5,
        }
        "#);
    }

    #[tokio::test]
    async fn what_is_no_address_is_not_called() {
        for url in ["api.polyv.net", "http://api.polyv.net", "https://user:hunter2@localhost"] {
            let (is_reached, checks) = check(url).await;
            assert!(!is_reached && checks.len() == 1, "{url}");
            assert!(!format!("{checks:?}").contains("hunter2"), "{checks:?}");
        }
    }
}
