//! What the vendors' calls take and answer, for tools: the documents that stand in the vendors' crates, too.

use crate::reply::Reply;

pub(super) const POLYV: &str = include_str!("../generated/openapi/polyv.json");
pub(super) const XIAOE: &str = include_str!("../generated/openapi/xiaoe.json");
pub(super) const YXT: &str = include_str!("../generated/openapi/yxt.json");

/// What stands around the address of the vendor, before anything else that may look like it.
const SERVER: (&str, &str) = ("\"servers\": [\n    {\n      \"url\": \"", "\"");

/// A document with the address of the emulated vendor in place of the real one, so that no tool that
/// reads it calls production.
pub(super) fn at(document: &str, base_url: &str) -> Reply {
    let (before, after) = SERVER;
    let Some((head, rest)) = document.split_once(before) else {
        return Reply::json_text(document);
    };
    let tail = rest.split_once(after).map_or("", |(_, tail)| tail);
    Reply::json_text([head, before, base_url, after, tail].concat())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn only_the_address_is_another() {
        for document in [POLYV, XIAOE, YXT] {
            let served: Value =
                serde_json::from_slice(&at(document, "http://127.0.0.1:9").body).unwrap();
            let mut expected: Value = serde_json::from_str(document).unwrap();
            expected["servers"] = json!([{"url": "http://127.0.0.1:9"}]);
            assert_eq!(served, expected);
        }
    }
}
