//! Which parts of a request are credentials, so that they are neither recorded nor shown where a vendor repeats them.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::{Body, Draft, ParameterValue, Parameters, Refusal};

/// The names of the parameters and headers with which a vendor's requests are authorised: keys, tokens, signatures and what is signed
/// along with them. Values of 16 characters and more are taken out of what the vendor's messages repeat; shorter ones may be ids and
/// times, and stay.
///
/// Every request comes to its [`Transport`](crate::Transport) with these among its `extensions()`, for transports that log or
/// record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CredentialNames(&'static [&'static str]);

/// Names that are credentials whether a vendor tells them or not.
const ALWAYS: &[&str] = &[
    "sign",
    "signature",
    "access_token",
    "secret_key",
    "app_secret",
    "appSecret",
    "authorization",
    "proxy-authorization",
    "cookie",
];

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
#[derive(Default)]
pub(crate) struct Carried<'a>(Vec<Cow<'a, str>>);

/// Shorter values are ids and times; to take these out would spoil the message.
const SHORTEST: usize = 16;

/// The same for the words of a header that is said to be sensitive.
const SHORTEST_SENSITIVE: usize = 6;

/// What stands in their place.
const MASK: &str = "[removed]";

impl<'a> Carried<'a> {
    /// What a draft carries, sent with these headers besides its own.
    pub(crate) fn by(draft: &'a Draft, headers: &'a HeaderMap, names: CredentialNames) -> Self {
        let body = match &draft.body {
            Body::Empty => None,
            Body::Form(parameters) | Body::Json(parameters) => Some(parameters),
        };
        let parameters = [Some(&draft.query), body].into_iter().flatten();
        let texts = parameters.flat_map(Parameters::iter).filter_map(|(name, value)| match value {
            ParameterValue::Text(text) => Some((name, Cow::Borrowed(text.as_str()))),
            _ => None,
        });
        Self::among(names, texts, headers.iter().chain(draft.headers()))
    }

    /// Those among some parameters and headers.
    pub(crate) fn among<'n>(
        names: CredentialNames,
        texts: impl Iterator<Item = (&'n str, Cow<'a, str>)>,
        headers: impl Iterator<Item = (&'a HeaderName, &'a HeaderValue)>,
    ) -> Self {
        let texts = texts.filter(|(name, text)| text.len() >= SHORTEST && names.contains(name));
        let mut carried: Vec<_> = texts.map(|(_, text)| text).collect();
        for (name, value) in headers {
            let shortest = match (value.is_sensitive(), names.contains(name.as_str())) {
                (true, _) => SHORTEST_SENSITIVE,
                (false, true) => SHORTEST,
                (false, false) => continue,
            };
            // As `Bearer …` and `name=…; name=…`, of which a part may be repeated.
            let words = str::from_utf8(value.as_bytes()).unwrap_or_default();
            let words = words.split([' ', ';', '=', ',']);
            carried.extend(words.filter(|word| word.len() >= shortest).map(Cow::Borrowed));
        }
        Self(carried)
    }

    /// A text without them.
    pub(crate) fn mask(&self, mut text: String) -> String {
        for secret in &self.0 {
            if text.contains(&**secret) {
                text = text.replace(&**secret, MASK);
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
    use http::Method;

    use super::*;
    use crate::{Effect, EndpointInfo, ParametersIn, Shape};

    const NAMES: CredentialNames = CredentialNames::new(&["token", "X-Key"]);
    const TOKEN: &str = "a token of the vendor";
    const KEY: &str = "0123456789abcdef";

    fn draft(place: ParametersIn) -> Draft {
        let info = EndpointInfo {
            id: "read",
            method: Method::GET,
            path: "/read",
            parameters: place,
            effect: Effect::Read,
            limit: None,
            shape: Shape::Object,
        };
        let mut parameters = Parameters::new();
        parameters.push("token", TOKEN);
        parameters.push("room", "a room of the vendor");
        parameters.push("number", 1_i64);
        Draft::new(&info, info.path.into(), parameters)
    }

    fn masked(draft: &Draft, headers: &HeaderMap, text: &str) -> String {
        Carried::by(draft, headers, NAMES).mask(text.to_owned())
    }

    #[test]
    fn credentials_are_found_wherever_they_stand() {
        for place in [ParametersIn::Query, ParametersIn::Form, ParametersIn::Json] {
            let mut draft = draft(place);
            draft.header("x-key", KEY).unwrap();
            let text = format!("{TOKEN} in a room of the vendor by {KEY}");
            let shown = masked(&draft, &HeaderMap::new(), &text);
            assert_eq!(shown, "[removed] in a room of the vendor by [removed]", "{place:?}");
        }
    }

    #[test]
    fn of_sensitive_headers_every_word_is_one() {
        let mut headers = HeaderMap::new();
        for (name, value, sensitive) in
            [("x-pass", "Basic hunter2==", true), ("x-trace", "hunter3", false)]
        {
            let mut value = HeaderValue::from_static(value);
            value.set_sensitive(sensitive);
            headers.insert(name, value);
        }
        let shown = masked(&draft(ParametersIn::Query), &headers, "Basic hunter2 and hunter3");
        assert_eq!(shown, "Basic [removed] and hunter3");
    }

    #[test]
    fn the_names_of_signatures_tokens_and_cookies_need_not_be_told() {
        let none = CredentialNames::default();
        assert!(none.contains("Sign") && none.contains("Cookie") && none.contains("authorization"));
        assert!(!none.contains("token"));
        assert!(NAMES.contains("x-key"));
    }
}
