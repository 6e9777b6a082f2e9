//! What of a request may be shown.

use crate::credentials::{
    POLYV_APP_SECRET, XIAOE_PUSH_KEY, XIAOE_PUSH_TOKEN, XIAOE_SECRET_KEY, YXT_APP_SECRET,
};
use crate::parameters::Parameters;

/// Stands for a secret.
pub(crate) const SECRET: &str = "[secret]";
/// Stands for what nobody needs to see.
const MASKED: &str = "[masked]";

/// Most parameters that are kept.
pub(super) const MOST: usize = 50;
/// Most characters of a name or a value.
const LONGEST: usize = 200;
/// Longest name and value that are kept as they are, in bytes together.
const LONGEST_KEPT: usize = 1 << 10;
/// What a token of Xiaoe begins with.
const TOKEN: &str = "xe_";
/// Fewest characters of one.
const TOKEN_LENGTH: usize = 60;

/// What the name of a parameter has in it whose value is good for another request, however it is spelt: `secret_key`, `appSecret`,
/// `access-token`.
const CONFIDENTIAL: &[&str] = &["secret", "token", "sign"];

/// What opens or signs at an emulator.
const SECRETS: [&str; 5] =
    [XIAOE_SECRET_KEY, XIAOE_PUSH_TOKEN, XIAOE_PUSH_KEY, POLYV_APP_SECRET, YXT_APP_SECRET];

/// Parameters of a query.
pub(super) fn of_query(query: &[(String, String)]) -> Vec<(String, String)> {
    query.iter().take(MOST).map(|(name, value)| shown(name, value)).collect()
}

/// Leaves of a long parameter what is shown.
pub(super) fn cut(pair: &mut (String, String)) {
    if pair.0.len() + pair.1.len() > LONGEST_KEPT {
        *pair = shown(&pair.0, &pair.1);
    }
}

/// Values of headers.
pub(super) fn of_headers(headers: &[(&'static str, Vec<u8>)]) -> Vec<(String, String)> {
    let given = headers.iter().take(MOST);
    given.map(|(name, value)| shown(name, &String::from_utf8_lossy(value))).collect()
}

/// Members of a body that is a JSON object, and parameters of one that says it is a form; nothing of
/// any other. Some send JSON and call it a form.
pub(super) fn of_body(body: &[u8], is_form: bool) -> Vec<(String, String)> {
    if let Some(members) = Parameters::from_json(body) {
        return members.texts().take(MOST).map(|(name, value)| shown(name, &value)).collect();
    }
    if !is_form {
        return Vec::new();
    }
    let pairs = form_urlencoded::parse(body);
    pairs.take(MOST).map(|(name, value)| shown(&name, &value)).collect()
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
    let [name, value] = masked(name, value).map(plain);
    (name, value)
}

/// A name and its value, `[masked]` where the value may be good for another request.
pub(crate) fn masked<'a>(name: &'a str, value: &'a str) -> [&'a str; 2] {
    let lower = name.to_ascii_lowercase();
    // The method of a signature is no signature, and a refused one is best understood with it.
    let confidential = CONFIDENTIAL.iter().any(|known| lower.contains(known))
        && !matches!(lower.as_str(), "signaturemethod" | "signaturenonce");
    if !confidential {
        return [name, value];
    }
    // A body of another form than it says may come as one long name, values and all.
    let name = if is_name(name) { name } else { MASKED };
    [name, if value.is_empty() { value } else { MASKED }]
}

/// Whether the text has the form of a parameter's name.
fn is_name(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-.[] ".contains(letter))
}

/// The text of a name or a value, without secrets and not too long.
pub(crate) fn plain(text: &str) -> String {
    shortened(text, LONGEST)
}

/// The text without the secrets and tokens that may have strayed into it.
fn without_secrets(text: &str) -> String {
    let mut text = text.to_owned();
    for secret in SECRETS {
        if text.contains(secret) {
            text = text.replace(secret, SECRET);
        }
    }
    if text.contains(TOKEN) { without_tokens(&text) } else { text }
}

fn without_tokens(text: &str) -> String {
    let is_end = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '_');
    let mut parts = text.split(TOKEN);
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let length = part.find(is_end).unwrap_or(part.len());
        if TOKEN.len() + length < TOKEN_LENGTH {
            shown.push_str(TOKEN);
            shown.push_str(part);
        } else {
            shown.push_str(MASKED);
            shown.push_str(part.get(length..).unwrap_or_default());
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned<const N: usize>(pairs: [(&str, &str); N]) -> [(String, String); N] {
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned()))
    }

    #[test]
    fn what_signs_or_opens_is_not_shown() {
        let pairs =
            owned([("sign", "ABCDEF"), ("Sign", ""), ("appId", "a"), ("note", POLYV_APP_SECRET)]);
        let shown: Vec<String> = of_query(&pairs).into_iter().map(|(_, value)| value).collect();
        assert_eq!(shown, ["[masked]", "", "a", "[secret]"]);

        let json = br#"{"access_token":"xe_1","ids":["a","b"],"page":2,"deep":{}}"#;
        for is_form in [false, true] {
            let mut members = of_body(json, is_form);
            members.sort();
            let expected =
                [("access_token", "[masked]"), ("deep", "…"), ("ids", "a,b"), ("page", "2")];
            assert_eq!(members, owned(expected));
        }
    }

    #[test]
    fn a_form_is_shown_like_a_query() {
        let form = b"sign=AB&signatureMethod=SHA256&note=%E7%BA%A2+%26&secret_key=1";
        let expected = [
            ("sign", "[masked]"),
            ("signatureMethod", "SHA256"),
            ("note", "红 &"),
            ("secret_key", "[masked]"),
        ];
        assert_eq!(of_body(form, true), owned(expected));
        assert!(of_body(form, false).is_empty());
        assert_eq!(of_body("a=1&".repeat(60).as_bytes(), true).len(), MOST);
        // JSON that broke off.
        let broken = br#"{"access_token":"xe_5bbd78e51299f","#;
        assert_eq!(of_body(broken, true), owned([("[masked]", "")]));
    }

    #[test]
    fn headers_are_shown_like_parameters() {
        let headers = [("nonce", b"\xff".to_vec()), ("signature", b"ab".to_vec())];
        assert_eq!(of_headers(&headers), owned([("nonce", "\u{fffd}"), ("signature", "[masked]")]));
    }

    #[test]
    fn a_token_is_known_wherever_it_is() {
        let token = format!("xe_5bbd78e51299f_{}", "Tq".repeat(80));
        assert_eq!(plain(&format!("/a/{token}/xe_short?{token}")), "/a/[masked]/xe_short?[masked]");
        assert_eq!(plain(&token), "[masked]");
        assert_eq!(plain("xe_1 xe_"), "xe_1 xe_");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(shortened("红包雨", 3), "红包雨");
        assert_eq!(shortened("红包雨", 2), "红包…");
    }
}
