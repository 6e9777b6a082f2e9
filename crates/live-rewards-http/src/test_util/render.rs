use std::fmt::Write as _;

use bytes::Bytes;

/// A request as text for a snapshot: line, headers and body, signatures and secrets masked.
pub fn render(request: &http::Request<Bytes>) -> String {
    let uri = request.uri();
    let mut text = format!("{} {}\n", request.method(), uri.path());
    for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        let _ = writeln!(text, "  {name}={}", masked(&name, &value));
    }
    for (name, value) in request.headers() {
        let shown = String::from_utf8_lossy(value.as_bytes());
        let shown = if value.is_sensitive() { MASK } else { masked(name.as_str(), &shown) };
        let _ = writeln!(text, "{name}: {shown}");
    }
    let body = String::from_utf8_lossy(request.body());
    if let Ok(serde_json::Value::Object(members)) = serde_json::from_str(&body) {
        for (name, value) in members {
            let _ = writeln!(text, "  {name}: {}", masked(&name, &value.to_string()));
        }
    } else if !body.is_empty() {
        text.push_str(&body);
    }
    text
}

const MASK: &str = "[masked]";

fn masked<'a>(name: &str, value: &'a str) -> &'a str {
    match name {
        "sign" | "signature" | "access_token" | "secret_key" => MASK,
        _ => value,
    }
}
