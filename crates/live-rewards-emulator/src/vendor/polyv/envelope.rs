//! Polyv's v4 envelope: success and error.

use serde::Serialize;

use crate::catalog::{self, Fault as ParameterFault, Violation};
use crate::generated::polyv::ERRORS;
use crate::reply::{Refusal, Reply};
use crate::vendor::Stray;
use crate::vendor::polyv::Polyv;

/// What can be wrong with a call.
#[derive(Debug)]
pub(super) enum Fault {
    /// `appId` is missing.
    NoApplication,
    /// `appId` is unknown.
    UnknownApplication,
    /// `timestamp` is missing or no number, or lies too far ahead.
    InvalidTimestamp,
    /// `timestamp` is older than three minutes.
    StaleTimestamp,
    /// `sign` is missing or wrong.
    InvalidSignature,
    /// `signatureNonce` was used before or is too long.
    UsedNonce,
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
        let published = catalog::error(ERRORS, &code.to_string());
        let status = published.map_or(status, |error| error.status);
        let desc = desc
            .or_else(|| published?.message.map(str::to_owned))
            .unwrap_or_default();
        let body = Refused {
            code: status,
            status: "error",
            request_id: self.request_id(),
            error: Error { code, desc },
            success: false,
        };
        Refusal {
            reply: Reply::json(status, &body),
            reason: format!("{fault:?}"),
        }
    }
}

/// HTTP status, `error.code` and text of a fault.
///
/// 20001 and 10001 and their texts are attested. The texts of the signature and timestamp errors
/// are those of the older envelope; their numbers, and everything about strays, are chosen.
fn described(fault: &Fault) -> (u16, u32, Option<String>) {
    let text = |text: &str| Some(text.to_owned());
    match fault {
        Fault::NoApplication => (400, 10_001, text("appId is required.")),
        Fault::UnknownApplication => (400, 20_001, None),
        Fault::InvalidSignature => (403, 20_002, text("invalid signature.")),
        Fault::InvalidTimestamp => (400, 20_003, text("invalid timestamp.")),
        Fault::StaleTimestamp => (400, 20_003, text("ptime is too old.")),
        Fault::UsedNonce => (400, 20_004, text("duplicate request.")),
        Fault::Parameter(violation) if violation.fault == ParameterFault::Missing => (
            400,
            10_001,
            Some(format!("{}不能为空", violation.parameter)),
        ),
        Fault::Parameter(_) => (400, 10_001, None),
        Fault::Page(parameter) => {
            let desc = format!("number range error: {parameter}");
            (400, 10_001, Some(desc))
        }
        Fault::Stray(Stray::UnreadableBody, _) => (400, 10_001, text("the body cannot be read")),
        Fault::Stray(Stray::UnknownPath, path) => {
            (404, 404, Some(format!("the emulator has no {path}")))
        }
        Fault::Stray(Stray::WrongMethod, path) => {
            (405, 405, Some(format!("wrong method for {path}")))
        }
    }
}
