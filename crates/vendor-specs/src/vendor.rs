use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Name, Parameter, Source, Text};

/// What all endpoints of a vendor share: `vendor.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VendorSpec {
    /// Short name, which is also the folder's: `polyv`.
    pub id: Name,
    /// The crate that its endpoints are generated into.
    #[serde(rename = "crate")]
    pub crate_name: Name,
    /// The type that its endpoints name as their service: `Polyv`.
    pub service: Name,
    /// Scheme and host that a client calls unless told otherwise.
    pub base_url: Name,
    /// The vendor's name.
    pub title: Text,
    /// What each area, which is a folder and a module, holds.
    pub areas: BTreeMap<String, Text>,
    /// What the client adds to every request by itself.
    #[serde(default)]
    pub authorisation: Authorisation,
    /// What an answer looks like around its payload.
    pub envelope: Envelope,
    /// Rate limits that several endpoints share.
    #[serde(default)]
    pub limits: Vec<NamedLimit>,
    /// Errors that the vendor is known to answer with.
    #[serde(default)]
    pub errors: Vec<ErrorSpec>,
    /// What the vendor has, or seems to have, and the client doesn't offer.
    #[serde(default)]
    pub not_offered: Vec<NotOffered>,
}

/// What the client adds to every request by itself; endpoints don't list it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorisation {
    /// Request parameters, which go where those of the endpoint go. An endpoint that answers with
    /// one doesn't take it.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// HTTP headers.
    #[serde(default)]
    pub headers: Vec<Parameter>,
    /// How it works, where pages contradict themselves, and what is not known.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The page that describes it.
    pub source: Option<Source>,
}

/// What an answer looks like around its payload. Places are member names joined by dots.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// The payload's place; without one the whole body is the payload.
    pub payload: Option<String>,
    /// The other members that are known.
    pub members: Vec<String>,
    /// What tells success; without it the HTTP status does.
    pub success: Option<Success>,
    /// Where a refusal's code may stand, the first place that has one counts.
    pub error_code: Vec<String>,
    /// Where a refusal's message may stand, the first place that has one counts.
    pub error_message: Vec<String>,
}

/// What tells success.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Success {
    /// The member to look at.
    pub member: String,
    /// What it is when the call succeeded.
    pub equals: i64,
}

/// A rate limit that several endpoints share.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedLimit {
    /// What endpoints call it.
    pub name: Name,
    /// What is counted together.
    pub scope: LimitScope,
    /// Requests that are allowed in one window.
    pub requests: u32,
    /// Length of the window.
    pub window_seconds: u32,
    /// Where it is published.
    pub source: String,
    /// How well it is attested.
    pub grade: Grade,
    /// What else is known about it.
    pub note: Option<String>,
}

/// What a rate limit counts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitScope {
    /// Everything that an IP address sends to the host.
    Address,
    /// Everything that an application sends.
    Application,
    /// What an application sends to one endpoint.
    Endpoint,
}

/// Something that is not offered, and why.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotOffered {
    /// How it is called, where that is known.
    pub call: Option<String>,
    /// What it would do.
    pub what: Text,
    /// The fact that is missing, or why it is left out on purpose.
    pub reason: String,
    /// Where it is known from.
    pub source: String,
    /// How well that attests it.
    pub grade: Grade,
}

/// An error that the vendor is known to answer with, told by its code or by its message.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorSpec {
    /// The vendor's code, as text.
    pub code: Option<Name>,
    /// What the message of an error without a code contains.
    pub message_contains: Option<Name>,
    /// The HTTP status that it comes with.
    pub status: u16,
    /// The message as it is attested.
    pub message: Option<String>,
    /// What it means to a caller.
    pub kind: ErrorKind,
    /// Whether and when the call may be repeated.
    pub again: Again,
    /// What the vendor says about it.
    pub meaning: Text,
    /// Where it is attested.
    pub source: Name,
    /// How well it is attested.
    pub grade: Grade,
    /// Where sources disagree.
    pub note: Option<String>,
}

/// What an error means to a caller, in the words of the clients' own error type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the clients' error type explains its kinds")]
pub enum ErrorKind {
    InvalidInput,
    Config,
    Unsupported,
    Unauthenticated,
    PermissionDenied,
    NotFound,
    RateLimited,
    Blocked,
    ClockSkew,
    Timeout,
    Transport,
    Decode,
    Vendor,
}

/// Whether and when a refused call may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    /// Never.
    No,
    /// After a short while.
    Backoff,
    /// When the rate limit's window has passed.
    Window,
    /// With fresh credentials.
    Credentials,
    /// With a corrected clock.
    Clock,
    /// When the block is over.
    Blocked,
}

/// How well a fact is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// The vendor's page says it.
    Official,
    /// The page's example shows it, its table doesn't say it.
    Sample,
    /// The vendor's own client says or shows it.
    Sdk,
    /// Somebody else says or shows it.
    ThirdParty,
}
