//! The journal on the page: whatever its JSON has.

use serde_json::{Map, Value};

use crate::admin::html::Html;
use crate::journal::JournalEntry;

/// What the head of an entry shows, and needn't be repeated below it.
const HEAD: &[&str] =
    &["number", "at", "at_ms", "vendor", "endpoint", "method", "path", "status", "code"];

/// Requests, newest first.
pub(super) fn entries(entries: &[JournalEntry]) -> Html {
    if entries.is_empty() {
        return Html::default().raw("<p>no requests yet");
    }
    Html::default().each(entries.iter().rev(), entry)
}

fn entry(html: Html, entry: &JournalEntry) -> Html {
    let open = match (&entry.refusal, entry.faults.is_empty()) {
        (Some(_), _) => "<article class=refused>",
        (None, false) => "<article class=faulty>",
        (None, true) => "<article>",
    };
    let mut rest = match serde_json::to_value(entry) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    rest.retain(|name, _| !HEAD.contains(&name.as_str()));
    let refusal = rest.remove("refusal");
    html.raw(open)
        .raw("<header><span>#")
        .text(entry.number)
        .raw("</span> <time>")
        .text(&entry.at)
        .raw("</time> <b>")
        .text(entry.vendor)
        .raw("</b> ")
        .some(entry.endpoint, |html, id| html.raw("<span>").text(id).raw("</span> "))
        .raw("<code>")
        .text(&entry.method)
        .raw(" ")
        .text(&entry.path)
        .raw("</code> <b class=status>")
        .text(entry.status.map_or_else(|| "reset".to_owned(), |status| status.to_string()))
        .raw("</b> ")
        .some(entry.code.as_ref(), |html, code| html.raw("<code>").text(code).raw("</code>"))
        .raw("</header>")
        .some(refusal, reason)
        .each(rest.iter().filter(|(_, value)| !is_nothing(value)), |html, (name, value)| {
            let is_odd = matches!(name.as_str(), "faults" | "remark");
            let open = if is_odd { "<p class=warn>" } else { "<p class=parameters>" };
            leaves(html.raw(open).text(name).raw(" "), value)
        })
        .raw("</article>")
}

/// Why a request was turned down: the sentence, and all that comes with it.
fn reason(html: Html, refusal: Value) -> Html {
    let Value::Object(mut members) = refusal else { return html };
    let text = members.remove("text");
    html.raw("<p class=reason>")
        .some(text.as_ref().and_then(Value::as_str), Html::text)
        .some((!members.is_empty()).then_some(&members), table)
}

fn table(html: Html, members: &Map<String, Value>) -> Html {
    html.raw("<dl>")
        .each(members.iter().filter(|(_, value)| !is_nothing(value)), |html, (name, value)| {
            let html = html.raw("<dt>").text(name).raw("<dd>");
            match value {
                Value::Object(members) => table(html, members),
                value => leaves(html, value),
            }
        })
        .raw("</dl>")
}

/// Values one after the other; of pairs, the second with the first as its name.
fn leaves(html: Html, value: &Value) -> Html {
    match value {
        Value::Array(items) => {
            html.each(items, |html, item| match item.as_array().map(Vec::as_slice) {
                Some([Value::String(name), Value::String(value)]) => {
                    html.raw("<code>").text(name).raw("=").text(value).raw("</code> ")
                }
                _ => leaves(html, item),
            })
        }
        Value::Object(members) => table(html, members),
        Value::String(text) => html.raw("<code>").text(text).raw("</code> "),
        other => html.raw("<code>").text(other).raw("</code> "),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}
