//! Polyv's two envelopes: that of v4, and the older one.

use serde::Serialize;

use crate::catalog::{self, Fault as ParameterFault};
use crate::generated::polyv::ERRORS;
use crate::journal::{LimitHit, SignatureMismatch, clock_offset};
use crate::reply::{Refusal, Reply};
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::vendor::{Call, Stray};

/// Paths whose answers have the newer envelope.
const V4: &str = "/live/v4/";
/// What the vendor says of too many requests.
const TOO_MANY: &str = "qps exceeds number of calls";

/// What can be wrong with a call.
#[derive(Debug)]
pub(super) enum Fault {
    /// `appId` is missing.
    NoApplication,
    /// `appId` is unknown.
    UnknownApplication,
    /// `timestamp` is missing or no number.
    NoTimestamp,
    /// `timestamp` lies so many milliseconds ahead.
    EarlyTimestamp(i64),
    /// `timestamp` is older than three minutes: it lies so many milliseconds ahead, below zero.
    StaleTimestamp(i64),
    /// `sign` is missing or wrong.
    InvalidSignature(Box<SignatureMismatch>),
    /// `signatureMethod` is unknown.
    UnknownDigest,
    /// `signatureNonce` was used before.
    UsedNonce,
    /// `signatureNonce` is too long.
    LongNonce,
    /// A parameter breaks its rule.
    Parameter(&'static str, ParameterFault),
    /// A parameter is missing that the tables don't call required.
    Missing(&'static str),
    /// A number is out of its range: a page, a size, a span of time.
    Range(&'static str),
    /// A parameter is no date or time.
    Time(&'static str),
    /// Nothing has the id in this parameter.
    Unknown(&'static str),
    /// No call of an endpoint: why, and the path.
    Stray(Stray, String),
}

#[derive(Serialize)]
struct Answer<'a, T> {
    code: u16,
    status: &'static str,
    #[serde(rename = "requestId")]
    request_id: String,
    data: &'a T,
    success: bool,
}

#[derive(Serialize)]
struct Refused {
    code: u16,
    status: &'static str,
    #[serde(rename = "requestId")]
    request_id: String,
    error: Error,
    success: bool,
}

#[derive(Serialize)]
struct Error {
    code: u32,
    desc: String,
}

#[derive(Serialize)]
struct Older<'a, T> {
    code: u16,
    status: &'static str,
    message: &'a str,
    data: T,
}

impl Polyv {
    /// Wraps the data of an answer in the envelope of the call's path.
    pub(super) fn success(&self, call: &Call<'_, Endpoint>, data: &impl Serialize) -> Reply {
        if !is_newer(call.route.path) {
            let body = Older { code: 200, status: "success", message: "", data };
            return Reply::json(200, &body);
        }
        let body = Answer {
            code: 200,
            status: "success",
            request_id: self.request_id(),
            data,
            success: true,
        };
        Reply::json(200, &body)
    }

    /// Turns a call down in the envelope of its path.
    pub(super) fn refuse(&self, path: &str, fault: &Fault) -> Refusal {
        let refusal = if is_newer(path) {
            let (status, code, desc) = described(fault);
            self.newer(status, code, desc, reason(fault))
        } else {
            let (status, message) = described_before(fault);
            older(status, &message, reason(fault))
        };
        match fault {
            Fault::NoApplication | Fault::UnknownApplication => refusal.parameter("appId"),
            Fault::NoTimestamp => refusal.parameter("timestamp"),
            Fault::EarlyTimestamp(offset_ms) | Fault::StaleTimestamp(offset_ms) => {
                refusal.parameter("timestamp").clock_offset(*offset_ms)
            }
            Fault::InvalidSignature(mismatch) => {
                refusal.parameter("sign").signature((**mismatch).clone())
            }
            Fault::UnknownDigest => refusal.parameter("signatureMethod"),
            Fault::UsedNonce | Fault::LongNonce => refusal.parameter("signatureNonce"),
            Fault::Parameter(parameter, _)
            | Fault::Missing(parameter)
            | Fault::Range(parameter)
            | Fault::Time(parameter)
            | Fault::Unknown(parameter) => refusal.parameter(parameter),
            Fault::Stray(..) => refusal,
        }
    }

    /// Turns a request for a path down with HTTP status and text of a code of the v4 envelope.
    pub(super) fn refuse_with(&self, path: &str, code: &str) -> Refusal {
        let code = code.parse().unwrap_or_default();
        let reason = "a fault".to_owned();
        if is_newer(path) {
            return self.newer(400, code, String::new(), reason);
        }
        let (status, message) = published(400, code, String::new());
        older(status, &message, reason)
    }

    /// Turns a request for a path down because too many are under way.
    pub(super) fn refuse_busy(&self, path: &str) -> Refusal {
        let text = "the emulator has too many requests under way".to_owned();
        if is_newer(path) {
            return self.newer(503, 503, text.clone(), text);
        }
        older(503, &text, text.clone())
    }

    fn newer(&self, status: u16, code: u32, desc: String, reason: String) -> Refusal {
        let (status, desc) = published(status, code, desc);
        let body = Refused {
            code: status,
            status: "error",
            request_id: self.request_id(),
            error: Error { code, desc },
            success: false,
        };
        Refusal::new(code.to_string(), reason, Reply::json(status, &body))
    }
}

/// Turns down an address that went over the limit. The text is published, the rest is chosen.
pub(super) fn over_limit(hit: LimitHit) -> Refusal {
    let reason = format!(
        "more than {} requests in {} seconds from this address: blocked until {}",
        hit.requests, hit.window_seconds, hit.until
    );
    older(429, TOO_MANY, reason).limit(hit)
}

/// Whether answers on a path have the newer envelope.
pub(super) fn is_newer(path: &str) -> bool {
    path.starts_with(V4)
}

/// HTTP status and text of a code as they are published, the text only where there is none.
fn published(status: u16, code: u32, text: String) -> (u16, String) {
    let published = catalog::error(ERRORS, &code.to_string());
    let message = published.and_then(|error| error.message).filter(|_| text.is_empty());
    (published.map_or(status, |error| error.status), message.map_or(text, str::to_owned))
}

fn older(status: u16, message: &str, reason: String) -> Refusal {
    let body = Older { code: status, status: "error", message, data: "" };
    Refusal::new(status.to_string(), reason, Reply::json(status, &body))
}

/// HTTP status, `error.code` and text of a fault in the newer envelope; where the text is empty it is
/// the published one.
///
/// 20001 and 10001 and their texts are attested. The texts of the signature and timestamp errors
/// are those of the older envelope; their numbers, and everything about strays, are chosen.
fn described(fault: &Fault) -> (u16, u32, String) {
    let (status, code, text) = match fault {
        Fault::NoApplication => (400, 10_001, "appId is required."),
        Fault::UnknownApplication => (400, 20_001, ""),
        Fault::InvalidSignature(_) | Fault::UnknownDigest => (403, 20_002, "invalid signature."),
        Fault::NoTimestamp | Fault::EarlyTimestamp(_) => (400, 20_003, "invalid timestamp."),
        Fault::StaleTimestamp(_) => (400, 20_003, "ptime is too old."),
        Fault::UsedNonce | Fault::LongNonce => (400, 20_004, "duplicate request."),
        Fault::Parameter(parameter, ParameterFault::Missing) | Fault::Missing(parameter) => {
            return (400, 10_001, format!("{parameter}不能为空"));
        }
        Fault::Parameter(..) | Fault::Time(_) => (400, 10_001, ""),
        Fault::Range(parameter) => {
            return (400, 10_001, format!("number range error: {parameter}"));
        }
        Fault::Unknown(parameter) => return (400, 10_001, format!("{parameter}不存在")),
        Fault::Stray(Stray::UnreadableBody, _) => (400, 10_001, "the body cannot be read"),
        Fault::Stray(Stray::UnknownPath, path) => {
            return (404, 404, format!("the emulator has no {path}"));
        }
        Fault::Stray(Stray::WrongMethod, path) => {
            return (405, 405, format!("wrong method for {path}"));
        }
    };
    (status, code, text.to_owned())
}

/// HTTP status and text of a fault in the older envelope. The texts about parameters are published
/// but for the names in them; which of them an unknown id gets is chosen.
fn described_before(fault: &Fault) -> (u16, String) {
    let text = match fault {
        Fault::Parameter(name, ParameterFault::Missing) | Fault::Missing(name) => {
            format!("param should not be empty: {name}")
        }
        Fault::Parameter(name, ParameterFault::WrongType) => format!("param is not digit: {name}"),
        Fault::Parameter(name, ParameterFault::TooManyItems) => {
            format!("param length is incorrect: {name}")
        }
        Fault::Range(_) => "number range error".to_owned(),
        Fault::Time(_) => "invalid date time format".to_owned(),
        Fault::Unknown(_) => "param validate error".to_owned(),
        Fault::UnknownApplication => "application not found.".to_owned(),
        _ => {
            let (status, _, text) = described(fault);
            return (status, text);
        }
    };
    (400, text)
}

/// The same for whoever runs the emulator.
fn reason(fault: &Fault) -> String {
    match fault {
        Fault::NoApplication => "appId is missing".to_owned(),
        Fault::UnknownApplication => "no application has this appId".to_owned(),
        Fault::NoTimestamp => "timestamp is missing or no number of milliseconds".to_owned(),
        // Ten years: more than a wrong clock.
        Fault::EarlyTimestamp(315_360_000_000..) | Fault::StaleTimestamp(..=-315_360_000_000) => {
            "timestamp has to be in milliseconds since 1970".to_owned()
        }
        Fault::EarlyTimestamp(offset_ms) | Fault::StaleTimestamp(offset_ms) => {
            clock_offset(*offset_ms, "3 minutes")
        }
        Fault::InvalidSignature(_) => "sign isn't the signature of these parameters".to_owned(),
        Fault::UnknownDigest => "signatureMethod is neither MD5 nor SHA256".to_owned(),
        Fault::UsedNonce => "signatureNonce was used before".to_owned(),
        Fault::LongNonce => "signatureNonce has more than 128 bytes".to_owned(),
        Fault::Parameter(parameter, fault) => format!("{parameter} {}", fault.described()),
        Fault::Missing(parameter) => format!("{parameter} {}", ParameterFault::Missing.described()),
        Fault::Range(parameter) => format!("{parameter} is out of range"),
        Fault::Time(parameter) => format!("{parameter} is no date or time of the form published"),
        Fault::Unknown(parameter) => format!("nothing has the id in {parameter}"),
        Fault::Stray(..) => described(fault).2,
    }
}
