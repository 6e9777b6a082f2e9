//! What of a request may be shown.

use crate::credentials::{POLYV_APP_SECRET, XIAOE_SECRET_KEY, YXT_APP_SECRET};
use crate::parameters::Parameters;

/// Stands for a secret.
pub(crate) const SECRET: &str = "[secret]";
/// Stands for the value of a parameter that nobody needs to see.
const MASKED: &str = "[masked]";

/// Most parameters that are kept.
const MOST: usize = 50;
/// Most characters of a name or a value.
const LONGEST: usize = 200;

/// What the name of a parameter has in it whose value is good for another request, however it is spelt: `secret_key`, `appSecret`,
/// `access-token`.
const CONFIDENTIAL: &[&str] = &["secret", "token", "sign"];

/// Parameters of a query.
pub(super) fn of_query(query: &[(String, String)]) -> Vec<(String, String)> {
    query.iter().take(MOST).map(|(name, value)| shown(name, value)).collect()
}

/// Members of a body that is a JSON object; nothing of any other.
pub(super) fn of_body(body: &[u8]) -> Vec<(String, String)> {
    let parameters = Parameters::from_json(body).unwrap_or_default();
    parameters.texts().take(MOST).map(|(name, value)| shown(name, &value)).collect()
}

/// The text without secrets, cut off with `…` where it is too long.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let text = without_secrets(text);
    match text.char_indices().nth(most) {
        None => text,
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

fn shown(name: &str, value: &str) -> (String, String) {
    let lower = name.to_ascii_lowercase();
    // The method of a signature is no signature, and a refused one is best understood with it.
    let confidential = CONFIDENTIAL.iter().any(|known| lower.contains(known))
        && !matches!(lower.as_str(), "signaturemethod" | "signaturenonce");
    let value = if confidential && !value.is_empty() { MASKED.to_owned() } else { plain(value) };
    (plain(name), value)
}

/// The text of a name or a value, without secrets and not too long.
pub(crate) fn plain(text: &str) -> String {
    shortened(text, LONGEST)
}

/// The text without the secrets that may have strayed into it.
fn without_secrets(text: &str) -> String {
    let mut text = text.to_owned();
    for secret in [XIAOE_SECRET_KEY, POLYV_APP_SECRET, YXT_APP_SECRET] {
        if text.contains(secret) {
            text = text.replace(secret, SECRET);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_signs_or_opens_is_not_shown() {
        let pairs = [("sign", "ABCDEF"), ("Sign", ""), ("appId", "a"), ("note", POLYV_APP_SECRET)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let shown: Vec<String> = of_query(&pairs).into_iter().map(|(_, value)| value).collect();
        assert_eq!(shown, ["[masked]", "", "a", "[secret]"]);

        let body = br#"{"access_token":"xe_1","ids":["a","b"],"page":2,"deep":{}}"#;
        let mut members = of_body(body);
        members.sort();
        let expected = [("access_token", "[masked]"), ("deep", "…"), ("ids", "a,b"), ("page", "2")];
        assert_eq!(members, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(of_body(b"secret_key=1").is_empty());
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(shortened("红包雨", 3), "红包雨");
        assert_eq!(shortened("红包雨", 2), "红包…");
    }
}
