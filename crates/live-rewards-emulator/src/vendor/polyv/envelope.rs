//! Polyv's two envelopes: that of v4, and the older one.

use serde::Serialize;

use crate::catalog::{self, Fault as ParameterFault, Violation};
use crate::generated::polyv::ERRORS;
use crate::journal::{LimitHit, SignatureMismatch, clock_offset};
use crate::reply::{Refusal, Reply};
use crate::vendor::Stray;
use crate::vendor::polyv::Polyv;

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
    Parameter(Violation),
    /// Page number or size out of range.
    Page(&'static str),
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
struct OlderRefused<'a> {
    code: u16,
    status: &'static str,
    message: &'a str,
    data: &'static str,
}

impl Polyv {
    /// Wraps the data of an answer.
    pub(super) fn success(&self, data: &impl Serialize) -> Reply {
        let body = Answer {
            code: 200,
            status: "success",
            request_id: self.request_id(),
            data,
            success: true,
        };
        Reply::json(200, &body)
    }

    /// Turns a call down.
    pub(super) fn refuse(&self, fault: &Fault) -> Refusal {
        let (status, code, desc) = described(fault);
        let refusal = match fault {
            Fault::Stray(_, path) if !path.starts_with(V4) => older(status, &desc, reason(fault)),
            _ => self.newer(status, code, desc, reason(fault)),
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
            Fault::Parameter(violation) => refusal.parameter(violation.parameter),
            Fault::Page(parameter) => refusal.parameter(parameter),
            Fault::Stray(..) => refusal,
        }
    }

    /// Turns a call down with a code of the v4 envelope and the vendor's text for it.
    pub(super) fn refuse_with(&self, code: &str) -> Refusal {
        let code = code.parse().unwrap_or_default();
        self.newer(400, code, String::new(), "a fault".to_owned())
    }

    /// Turns a request down because too many are under way.
    pub(super) fn refuse_busy(&self) -> Refusal {
        let text = "the emulator has too many requests under way";
        self.newer(503, 503, text.to_owned(), text.to_owned())
    }

    fn newer(&self, status: u16, code: u32, desc: String, reason: String) -> Refusal {
        let published = catalog::error(ERRORS, &code.to_string());
        let status = published.map_or(status, |error| error.status);
        let message = published.and_then(|error| error.message).filter(|_| desc.is_empty());
        let desc = message.map_or(desc, str::to_owned);
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

fn older(status: u16, message: &str, reason: String) -> Refusal {
    let body = OlderRefused { code: status, status: "error", message, data: "" };
    Refusal::new(status.to_string(), reason, Reply::json(status, &body))
}

/// HTTP status, `error.code` and text of a fault; where the text is empty it is the published one.
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
        Fault::Parameter(violation) if violation.fault == ParameterFault::Missing => {
            return (400, 10_001, format!("{}不能为空", violation.parameter));
        }
        Fault::Parameter(_) => (400, 10_001, ""),
        Fault::Page(parameter) => {
            return (400, 10_001, format!("number range error: {parameter}"));
        }
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
        Fault::Parameter(violation) => {
            format!("{} {}", violation.parameter, violation.fault.described())
        }
        Fault::Page(parameter) => format!("{parameter} is out of range"),
        Fault::Stray(..) => described(fault).2,
    }
}
