//! Xiaoe's envelope: a code, a message and the data, always with HTTP status 200.

use serde::Serialize;

use crate::catalog;
use crate::generated::xiaoe::ERRORS;
use crate::journal::LimitHit;
use crate::reply::{Refusal, Reply};

/// Chosen for parameters that break their rules, where the vendor publishes no code.
pub(super) const INVALID_PARAMETER: u16 = 3001;

#[derive(Serialize)]
struct Envelope<'a, T> {
    code: i32,
    msg: &'a str,
    data: &'a T,
    #[serde(skip_serializing_if = "Option::is_none")]
    forward_url: Option<&'static str>,
}

/// Wraps the data of an answer, with an address beside it where the vendor prints one.
pub(super) fn success(
    msg: &'static str,
    forward_url: Option<&'static str>,
    data: &impl Serialize,
) -> Reply {
    let body = Envelope { code: 0, msg, data, forward_url };
    Reply::json(200, &body)
}

/// Turns a call down. The text is the emulator's unless the vendor's own is known.
pub(super) fn refuse(code: u16, text: &str) -> Refusal {
    refuse_with(i32::from(code), text)
}

/// Turns a call down with more to say to whoever runs the emulator than to the caller.
pub(super) fn refuse_because(code: u16, text: &str, reason: &str) -> Refusal {
    let mut refusal = refuse(code, text);
    reason.clone_into(&mut refusal.reason.text);
    refusal
}

/// Turns a call down, with a code that may be anything.
pub(super) fn refuse_with(code: i32, text: &str) -> Refusal {
    let published = catalog::error(ERRORS, &code.to_string());
    let body = Envelope {
        code,
        msg: published.and_then(|error| error.message).unwrap_or(text),
        data: &(),
        forward_url: None,
    };
    let status = published.map_or(200, |error| error.status);
    Refusal::new(code.to_string(), text, Reply::json(status, &body))
}

/// Turns a call down that goes over a limit.
pub(super) fn over_limit(code: u16, hit: LimitHit) -> Refusal {
    let (requests, seconds) = (hit.requests, hit.window_seconds);
    let text = format!("more than {requests} calls in {seconds} seconds");
    refuse(code, &text).limit(hit)
}

/// Turns a request down because too many are under way. Of the status nothing is published.
pub(super) fn refuse_busy() -> Refusal {
    let mut refusal = refuse(1001, "the emulator has too many requests under way");
    refusal.reply.status = 503;
    refusal
}
