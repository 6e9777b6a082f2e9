use live_rewards_core::{Error, ErrorKind, Result};
use url::{Host, Url};

/// Checks the URL of a proxy. Neither the result's errors nor anything else ever shows it: it may hold a password.
///
/// The check is strict because reqwest calls the vendor directly, without a word, where it can't make sense of a proxy's URL.
pub(super) fn parse(text: &str) -> Result<reqwest::Proxy> {
    let url = Url::parse(text).map_err(|_| refused("is not a URL"))?;
    if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") {
        return Err(refused("is neither http, https, socks5 nor socks5h"));
    }
    if matches!(url.host(), None | Some(Host::Domain(""))) {
        return Err(refused("names no host"));
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(refused("must not have a path, query or fragment"));
    }
    if url.as_str().parse::<http::Uri>().is_err() {
        return Err(refused("has characters that can't stand in it"));
    }
    reqwest::Proxy::all(url).map_err(|_| refused("is not usable"))
}

fn refused(what: &str) -> Error {
    Error::new(
        ErrorKind::Config,
        format!("the proxy's URL {what}; give one like http://proxy.example.com:3128"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_and_socks_with_and_without_a_password() {
        for text in [
            "http://proxy.example.com:3128",
            "https://proxy.example.com/",
            "http://user:hunter2@10.0.0.1:3128",
            "http://user:hunter%402%2F@proxy",
            "socks5://127.0.0.1",
            "socks5h://user:hunter2@[::1]:1080",
        ] {
            let proxy = parse(text).unwrap();
            let client = reqwest::Client::builder().proxy(proxy).build().unwrap();
            let shown = format!("{client:?}");
            assert!(shown.contains("Intercept") && !shown.contains("hunter2"), "{text}: {shown}");
        }
    }

    #[test]
    fn others_are_refused_without_being_shown() {
        for text in [
            "",
            "hunter2",
            "hunter2.example.com:3128",
            "ftp://hunter2@proxy.example.com",
            "socks4://hunter2@proxy.example.com",
            "http://",
            "socks5://",
            "socks5://:1080",
            "http://proxy.example.com/hunter2",
            "http://proxy.example.com?hunter2",
            "http://proxy.example.com#hunter2",
            "http://user:hunter2@pro xy.example.com",
            "socks5://user:hunter2@pro%20xy.example.com",
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config, "{text}");
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
        }
    }
}
