//! The default transport in the networks of companies: proxies, certificates, headers. Nothing leaves this machine.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::{Command, Output},
};

use http::header::{HeaderName, HeaderValue};
use live_rewards_core::{Delivery, Error, ErrorKind};
use live_rewards_http::{ClientBuilder, Limits, Retry};

use crate::{
    shop::{Page, Read as Request, ShopClient},
    stub::{Stub, answer, good, read_head},
    tls,
};

/// Kept for documentation; nobody has it, so a request to it that isn't taken by a proxy can't succeed.
const ELSEWHERE: &str = "192.0.2.1";

fn client(base_url: &str) -> ClientBuilder<ShopClient> {
    ShopClient::at(base_url).allow_plain_http().retry(Retry::none()).limits(Limits::unlimited())
}

async fn sent(builder: ClientBuilder<ShopClient>) -> Result<Page, Error> {
    builder.build()?.send(Request).await
}

#[tokio::test]
async fn a_proxy_is_sent_what_is_for_elsewhere() {
    let proxy = Stub::answering(good());
    let url = format!("http://someone:hunter2@{}", proxy.authority());
    sent(client(&format!("http://{ELSEWHERE}")).proxy(url)).await.unwrap();
    let heads = proxy.heads();
    assert!(heads[0].starts_with("POST http://192.0.2.1/read?room="), "{heads:?}");
    // someone:hunter2
    assert!(heads[0].contains("proxy-authorization: Basic c29tZW9uZTpodW50ZXIy\r\n"), "{heads:?}");
}

#[tokio::test]
async fn https_goes_through_a_proxy_unread() {
    let refused = answer("407 Proxy Authentication Required", "", "");
    let proxy = Stub::answering(refused);
    let url = format!("http://someone:hunter2@{}", proxy.authority());
    let error = sent(client(&format!("https://{ELSEWHERE}")).proxy(url)).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Transport, Delivery::NotSent));
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    let heads = proxy.heads();
    assert!(heads[0].starts_with("CONNECT 192.0.2.1:443 HTTP/1.1\r\n"), "{heads:?}");
    assert!(!heads[0].contains("room"), "{heads:?}");
}

#[tokio::test]
async fn socks_proxies_are_spoken_to() {
    for (scheme, host) in [("socks5", ELSEWHERE), ("socks5h", "shop.example.com")] {
        let proxy = Stub::serving(|stream, heads| {
            let mut greeting = [0; 3];
            stream.read_exact(&mut greeting)?;
            // Version 5, user name and password.
            stream.write_all(&[5, 2])?;
            let mut login = [0; 17];
            stream.read_exact(&mut login)?;
            stream.write_all(&[1, 0])?;
            heads.push(String::from_utf8_lossy(&login).into_owned());
            heads.push(socks_destination(stream)?);
            stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
            heads.push(read_head(stream)?);
            stream.write_all(&good())
        });
        let url = format!("{scheme}://someone:hunter2@{}", proxy.authority());
        sent(client(&format!("http://{host}")).proxy(url)).await.unwrap();
        let heads = proxy.heads();
        assert_eq!(heads[0], "\u{1}\u{7}someone\u{7}hunter2");
        assert_eq!(heads[1], host);
        assert!(heads[2].starts_with("POST /read?room="), "{heads:?}");
    }
}

/// Reads a request to connect: by address, or by name, which the proxy is to look up.
fn socks_destination(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut head = [0; 4];
    stream.read_exact(&mut head)?;
    let length = if head[3] == 3 {
        let mut length = [0];
        stream.read_exact(&mut length)?;
        usize::from(length[0])
    } else {
        4
    };
    let mut destination = vec![0; length];
    stream.read_exact(&mut destination)?;
    stream.read_exact(&mut [0; 2])?;
    Ok(match head[3] {
        3 => String::from_utf8_lossy(&destination).into_owned(),
        _ => destination.iter().map(u8::to_string).collect::<Vec<_>>().join("."),
    })
}

#[tokio::test]
async fn this_machine_is_never_called_through_a_proxy() {
    let (server, proxy) = (Stub::answering(good()), Stub::answering(good()));
    let url = format!("http://{}", proxy.authority());
    sent(client(&format!("http://{}", server.authority())).proxy(url)).await.unwrap();
    assert_eq!((server.heads().len(), proxy.heads().len()), (1, 0));
}

#[tokio::test]
async fn a_proxy_that_can_not_be_used_is_an_error_that_does_not_show_it() {
    for (base_url, proxy) in [
        ("https://shop.example.com", "ftp://hunter2@proxy.example.com"),
        ("http://127.0.0.1", "hunter2"),
    ] {
        let builder = client(base_url).proxy(proxy);
        assert!(!format!("{builder:?}").contains("hunter2"), "{builder:?}");
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
}

/// Runs the test `in_an_environment` in a process that has these variables for proxies and no others.
fn in_environment(base_url: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "network::in_an_environment", "--ignored", "--nocapture"]);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.env_remove("REQUEST_METHOD").env("TEST_BASE_URL", base_url);
    let Output { status, stdout, .. } = command.envs(variables.iter().copied()).output().unwrap();
    assert!(status.success());
    String::from_utf8_lossy(&stdout).into_owned()
}

#[tokio::test]
#[ignore = "run by other tests, in an environment that they make"]
async fn in_an_environment() {
    let Ok(base_url) = std::env::var("TEST_BASE_URL") else {
        return;
    };
    let mut builder = client(&base_url);
    if std::env::var("TEST_NO_PROXY").is_ok() {
        builder = builder.no_proxy();
    }
    let outcome = match sent(builder).await {
        Ok(_) => "it was answered".to_owned(),
        Err(error) => format!("{:?}", error.kind()),
    };
    writeln!(std::io::stdout(), "{outcome}").unwrap();
}

#[test]
fn the_environment_names_the_proxy() {
    let proxy = Stub::answering(good());
    let url = format!("http://{}", proxy.authority());
    let out = in_environment(&format!("http://{ELSEWHERE}"), &[("HTTP_PROXY", &url)]);
    assert!(out.contains("it was answered"), "{out}");
    assert!(proxy.heads()[0].starts_with("POST http://192.0.2.1/read"));

    let proxy = Stub::answering(answer("502 Bad Gateway", "", ""));
    let url = format!("http://{}", proxy.authority());
    let out = in_environment(&format!("https://{ELSEWHERE}"), &[("https_proxy", &url)]);
    assert!(out.contains("Transport"), "{out}");
    assert!(proxy.heads()[0].starts_with("CONNECT 192.0.2.1:443 "));
}

// Only some systems connect an unspecified address to themselves.
#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn hosts_that_the_environment_excepts_are_called_directly() {
    let (server, proxy) = (Stub::answering(good()), Stub::answering(good()));
    let base_url = format!("http://{}", server.disguised());
    let url = format!("http://{}", proxy.authority());
    for more in [("NO_PROXY", "example.com,0.0.0.0"), ("TEST_NO_PROXY", "1")] {
        let out = in_environment(&base_url, &[("HTTP_PROXY", &url), more]);
        assert!(out.contains("it was answered"), "{out}");
    }
    assert_eq!((server.heads().len(), proxy.heads().len()), (2, 0));
    // The same without the exception, so that the above shows something.
    in_environment(&base_url, &[("HTTP_PROXY", &url)]);
    assert_eq!((server.heads().len(), proxy.heads().len()), (2, 1));
}

#[test]
fn this_machine_is_called_directly_whatever_the_environment_says() {
    let (server, proxy) = (Stub::answering(good()), Stub::answering(good()));
    let url = format!("http://{}", proxy.authority());
    let base_url = format!("http://{}", server.authority());
    let out = in_environment(&base_url, &[("HTTP_PROXY", &url), ("ALL_PROXY", &url)]);
    assert!(out.contains("it was answered"), "{out}");
    assert_eq!((server.heads().len(), proxy.heads().len()), (1, 0));
}

#[tokio::test]
async fn an_extra_root_certificate_is_trusted_and_no_other() {
    let (server, root) = tls::server();
    let base_url = format!("https://{}", server.authority());
    let error = sent(client(&base_url)).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Transport, Delivery::NotSent));
    sent(client(&base_url).root_certificate_pem(root)).await.unwrap();
    assert_eq!(server.heads().len(), 1);
}

#[test]
fn what_is_no_certificate_is_refused() {
    let cut = "-----BEGIN CERTIFICATE-----\nhunter2\n";
    for pem in ["", "hunter2", cut] {
        let error =
            client("https://shop.example.com").root_certificate_pem(pem).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
}

#[tokio::test]
async fn own_headers_and_user_agent_are_sent_and_not_shown() {
    let server = Stub::answering(good());
    let builder = client(&format!("http://{}", server.authority()))
        .user_agent("finance/1.0")
        .header(HeaderName::from_static("x-gateway"), HeaderValue::from_static("hunter2"));
    let client = builder.build().unwrap();
    client.send(Request).await.unwrap();
    let head = &server.heads()[0];
    assert!(head.contains("user-agent: finance/1.0\r\n"), "{head}");
    assert!(head.contains("x-gateway: hunter2\r\n"), "{head}");
    assert!(!format!("{client:?}").contains("hunter2"), "{client:?}");
}

#[tokio::test]
async fn redirects_are_answers() {
    let elsewhere = Stub::answering(good());
    let location = format!("location: http://{}/\r\nconnection: close\r\n", elsewhere.authority());
    let server = Stub::answering(answer("302 Found", &location, ""));
    let error = sent(client(&format!("http://{}", server.authority()))).await.unwrap_err();
    assert_eq!(error.http_status(), Some(302));
    assert_eq!(elsewhere.heads().len(), 0);
}
