//! What the documentation says of an endpoint.

use vendor_specs::{Effect, Endpoint, LimitScope, Text, Vendor};

use super::evidence;
use super::limit::limit;
use super::text::unstopped;

/// How it is called, whether that changes anything, how often it may be called, what it needs.
pub(crate) fn facts(vendor: &Vendor, endpoint: &Endpoint) -> String {
    let spec = &endpoint.spec;
    let does = match spec.effect {
        Effect::Read => "a read",
        Effect::Write => "a write",
    };
    let mut facts = vec![format!("`{} {}`, {does}.", spec.method.as_str(), spec.path)];
    if let Some(limit) = limit(vendor, endpoint) {
        let whom = match limit.scope {
            LimitScope::Address => " an IP address",
            LimitScope::Application => " an application",
            LimitScope::Endpoint => "",
        };
        let (requests, window) = (limit.requests, limit.window_seconds);
        facts.push(format!("At most {requests} requests in {window} s{whom}."));
    }
    if let Some(Text { en, zh }) = &spec.permission {
        facts.push(format!("Needs the permission set {zh} ({}).", unstopped(en)));
    }
    facts.join(" ")
}

/// Where its page contradicts itself, what had to be guessed, what else is known of its limit.
pub(crate) fn notes<'a>(vendor: &'a Vendor, endpoint: &'a Endpoint) -> Vec<&'a str> {
    let of_limit = limit(vendor, endpoint).and_then(|limit| limit.note);
    endpoint.spec.notes.iter().map(String::as_str).chain(of_limit).collect()
}

/// Where it is described.
pub(crate) fn sources(vendor: &Vendor, endpoint: &Endpoint) -> String {
    let page = &endpoint.spec.source;
    let mut sources = evidence::source(page);
    if let Some(limit) = limit(vendor, endpoint) {
        sources.push(' ');
        sources.push_str(&evidence::of_limit(&limit, page));
    }
    sources
}
