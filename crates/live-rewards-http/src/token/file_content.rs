//! What is in a token's file.

use std::{borrow::Cow, io, time::Duration};

use live_rewards_core::Timestamp;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use super::{StoredToken, TokenKey};

const FORMAT: u8 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content<'a> {
    format: u8,
    #[serde(borrow)]
    vendor: Cow<'a, str>,
    #[serde(borrow)]
    authority: Cow<'a, str>,
    #[serde(borrow)]
    application: Cow<'a, str>,
    #[serde(borrow)]
    access_token: Cow<'a, str>,
    #[serde(borrow)]
    expires_at: Cow<'a, str>,
    lifetime_ms: u64,
}

/// The text of a token's file.
pub(super) fn write(key: &TokenKey, token: &StoredToken) -> io::Result<Vec<u8>> {
    let content = Content {
        format: FORMAT,
        vendor: key.vendor.as_str().into(),
        authority: key.authority.as_str().into(),
        application: key.application.as_str().into(),
        access_token: token.value.expose_secret().into(),
        expires_at: token.expires_at.to_string().into(),
        lifetime_ms: token.lifetime.as_millis().try_into().unwrap_or(u64::MAX),
    };
    Ok(serde_json::to_vec_pretty(&content)?)
}

/// The token that a file has for a key. The error is of kind [`InvalidData`](io::ErrorKind::InvalidData) and shows nothing of the
/// file.
pub(super) fn read(text: &[u8], key: &TokenKey) -> io::Result<StoredToken> {
    let content: Content<'_> =
        serde_json::from_slice(text).map_err(|_| unfit("it is not in the form of one"))?;
    if content.format != FORMAT {
        return Err(unfit("it is of another version"));
    }
    let whose = (&*content.vendor, &*content.authority, &*content.application);
    if whose != (key.vendor.as_str(), &*key.authority, &*key.application) {
        return Err(unfit("it is another application's"));
    }
    if content.access_token.is_empty() {
        return Err(unfit("its token is empty"));
    }
    let expires_at: Timestamp =
        content.expires_at.parse().map_err(|_| unfit("its end is no instant"))?;
    Ok(StoredToken {
        value: content.access_token.into_owned().into(),
        expires_at,
        lifetime: Duration::from_millis(content.lifetime_ms),
    })
}

/// A file that is not to be used.
pub(super) fn unfit(reason: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use live_rewards_core::Vendor;

    use super::*;

    fn key() -> TokenKey {
        TokenKey::new(Vendor::Xiaoe, "api.example.com", "app/client")
    }

    fn token() -> StoredToken {
        StoredToken {
            value: "a \"token\"".into(),
            expires_at: "2022-08-12T02:48:46.789Z".parse().unwrap(),
            lifetime: Duration::from_secs(7200),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let text = write(&key(), &token()).unwrap();
        let read = read(&text, &key()).unwrap();
        assert_eq!(read.value.expose_secret(), "a \"token\"");
        assert_eq!((read.expires_at, read.lifetime), (token().expires_at, token().lifetime));
    }

    #[test]
    fn what_is_foreign_or_corrupt_is_unfit_and_not_shown() {
        let good = String::from_utf8(write(&key(), &token()).unwrap()).unwrap();
        let mut texts = vec![String::new(), "{}".to_owned(), "[\"a \\\"token\"]".to_owned()];
        texts.push(good[..good.len() / 2].to_owned());
        for (from, to) in [
            ("\"format\": 1", "\"format\": 2"),
            ("xiaoe", "polyv"),
            ("api.example.com", "api.example.org"),
            ("app/client", "another"),
            ("a \\\"token\\\"", ""),
            ("2022-08-12T02", "yesterday"),
            ("7200000", "-1"),
            ("format", "a token"),
        ] {
            assert!(good.contains(from), "{from}");
            texts.push(good.replace(from, to));
        }
        for text in texts {
            let error = read(text.as_bytes(), &key()).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{text}");
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("token\\\"") && !shown.contains("example"), "{shown}");
        }
    }
}
