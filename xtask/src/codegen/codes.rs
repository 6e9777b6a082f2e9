use vendor_specs::{Again, ErrorKind, ErrorSpec, Vendor};

use super::code::Code;
use super::text::{literal, optional};

/// The module of a vendor's error codes.
pub(crate) fn codes(vendor: &Vendor) -> String {
    let mut code = Code::file(&vendor.file.short());
    if vendor.spec.errors.is_empty() {
        code.line("use live_rewards_http::VendorCode;");
    } else {
        code.line("use live_rewards_core::ErrorKind;");
        code.line("use live_rewards_http::{Again, VendorCode};");
    }
    code.blank();
    code.doc(0, "The errors that the vendor is known to answer with, by code or by message.");
    code.line("pub(crate) const CODES: &[VendorCode] = &[");
    for error in &vendor.spec.errors {
        write_error(&mut code, error);
    }
    code.line("];");
    code.into_text()
}

fn write_error(code: &mut Code, error: &ErrorSpec) {
    code.line("VendorCode {");
    code.line(&format!("code: {},", optional(error.code.as_deref().map(literal))));
    code.line(&format!("message: {},", optional(error.message_contains.as_deref().map(literal))));
    code.line(&format!("kind: ErrorKind::{},", kind(error.kind)));
    code.line(&format!("again: Again::{},", again(error.again)));
    code.line(&format!("meaning: {},", literal(&error.meaning.en)));
    code.line("},");
}

fn kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidInput => "InvalidInput",
        ErrorKind::Config => "Config",
        ErrorKind::Unsupported => "Unsupported",
        ErrorKind::Unauthenticated => "Unauthenticated",
        ErrorKind::PermissionDenied => "PermissionDenied",
        ErrorKind::NotFound => "NotFound",
        ErrorKind::RateLimited => "RateLimited",
        ErrorKind::Blocked => "Blocked",
        ErrorKind::ClockSkew => "ClockSkew",
        ErrorKind::Timeout => "Timeout",
        ErrorKind::Transport => "Transport",
        ErrorKind::Decode => "Decode",
        ErrorKind::Vendor => "Vendor",
    }
}

fn again(again: Again) -> &'static str {
    match again {
        Again::No => "No",
        Again::Backoff => "Backoff",
        Again::Window => "Window",
        Again::Credentials => "Credentials",
        Again::Clock => "Clock",
        Again::Blocked => "Blocked",
    }
}
