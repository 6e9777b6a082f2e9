//! Which parts of a request are credentials, so that they are neither recorded nor shown where a vendor repeats them.

use http::header::CONTENT_TYPE;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::Refusal;

/// The names of the parameters and headers with which a vendor's requests are authorised: keys, tokens, signatures and what is signed
/// along with them.
///
/// Every request comes to its [`Transport`](crate::Transport) with these among its `extensions()`, for transports that log or
/// record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CredentialNames(&'static [&'static str]);

/// Names that are credentials whether a vendor tells them or not.
const ALWAYS: &[&str] =
    &["sign", "signature", "access_token", "secret_key", "app_secret", "appSecret"];

impl CredentialNames {
    /// A vendor's names.
    pub const fn new(names: &'static [&'static str]) -> Self {
        Self(names)
    }

    /// The names that came with a request.
    pub fn of<T>(request: &http::Request<T>) -> Self {
        request.extensions().get().copied().unwrap_or_default()
    }

    /// Whether a parameter or header is one of them. Upper and lower case are the same, as in headers.
    pub fn contains(&self, name: &str) -> bool {
        self.0.iter().chain(ALWAYS).any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// The credentials that a request carries, to be taken out of what a vendor answers: gateways repeat addresses and signatures.
#[derive(Debug, Default)]
pub(crate) struct Carried(Vec<SecretString>);

/// Shorter values are ids and times; to take these out would spoil the message.
const SHORTEST: usize = 16;

/// What stands in their place.
const MASK: &str = "[removed]";

impl Carried {
    /// What a request carries.
    pub(crate) fn by(request: &http::Request<bytes::Bytes>) -> Self {
        let names = CredentialNames::of(request);
        let mut carried = Self::default();
        let mut note = |name: &str, value: &str| {
            if names.contains(name) && value.len() >= SHORTEST {
                carried.0.push(value.into());
            }
        };
        let body = request.body();
        let content_type = request.headers().get(CONTENT_TYPE).map(http::HeaderValue::as_bytes);
        let is = |media_type: &str| content_type == Some(media_type.as_bytes());
        let form: &[u8] = if is("application/x-www-form-urlencoded") { body } else { &[] };
        let query = request.uri().query().unwrap_or_default().as_bytes();
        for (name, value) in [query, form].into_iter().flat_map(form_urlencoded::parse) {
            note(&name, &value);
        }
        if is("application/json") {
            let members: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
            for (name, value) in &members {
                note(name, value.as_str().unwrap_or_default());
            }
        }
        for (name, value) in request.headers() {
            note(name.as_str(), value.to_str().unwrap_or_default());
        }
        carried
    }

    /// A text without them.
    pub(crate) fn mask(&self, mut text: String) -> String {
        for secret in &self.0 {
            if text.contains(secret.expose_secret()) {
                text = text.replace(secret.expose_secret(), MASK);
            }
        }
        text
    }

    /// Takes them out of what is told of a refusal.
    pub(crate) fn clean(&self, refusal: &mut Refusal) {
        refusal.message = self.mask(std::mem::take(&mut refusal.message));
        refusal.code = refusal.code.take().map(|code| self.mask(code));
        refusal.request_id = refusal.request_id.take().map(|id| self.mask(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: CredentialNames = CredentialNames::new(&["token", "X-Key"]);
    const TOKEN: &str = "a token of the vendor";
    const KEY: &str = "0123456789abcdef";

    fn carried(request: http::request::Builder, body: &'static str) -> Carried {
        let mut request = request.body(bytes::Bytes::from(body)).unwrap();
        request.extensions_mut().insert(NAMES);
        Carried::by(&request)
    }

    #[test]
    fn credentials_are_found_wherever_they_stand() {
        let encoded = "token=a+token+of%20the+vendor&room=a+room+of+the+vendor";
        let json = r#"{"token":"a token of the vendor","room":"a room of the vendor","number":1}"#;
        let request = || http::Request::builder().uri("https://example.com/");
        let form = request().header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        for found in [
            carried(http::Request::builder().uri(format!("https://example.com/?{encoded}")), ""),
            carried(form, encoded),
            carried(request().header(CONTENT_TYPE, "application/json"), json),
        ] {
            let text = format!("{TOKEN} in a room of the vendor");
            assert_eq!(found.mask(text), "[removed] in a room of the vendor");
        }
        let found = carried(request().header("x-key", KEY), "");
        assert_eq!(found.mask(format!("key {KEY}.")), "key [removed].");
    }

    #[test]
    fn the_names_of_signatures_and_tokens_need_not_be_told() {
        assert!(CredentialNames::default().contains("Sign"));
        assert!(!CredentialNames::default().contains("token"));
        assert!(NAMES.contains("x-key"));
    }

    #[test]
    fn they_are_not_shown_themselves() {
        let found = carried(http::Request::builder().uri("/").header("x-key", KEY), "");
        assert!(!format!("{found:?}").contains(KEY), "{found:?}");
    }
}
