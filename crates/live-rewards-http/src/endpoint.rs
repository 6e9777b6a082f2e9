use std::{borrow::Cow, fmt::Debug, time::Duration};

use http::Method;
use live_rewards_core::{Result, Vendor};
use serde::de::DeserializeOwned;

use crate::Parameters;

/// A vendor's service: what a client is for, and what keeps it from sending another vendor's requests.
pub trait Service: Debug + Send + Sync + 'static {
    /// The vendor.
    const VENDOR: Vendor;
    /// Where its API is, without the paths of the endpoints.
    const BASE_URL: &'static str;
}

/// A typed request. Generated from the endpoint's spec.
pub trait Endpoint: Debug + Send + Sync {
    /// The service that answers it.
    type Service: Service;
    /// What it answers.
    type Output: DeserializeOwned + Debug + Send;

    /// What the spec says of it.
    const INFO: EndpointInfo;

    /// The path below the base URL, with the request's values in it.
    fn path(&self) -> Cow<'static, str> {
        Cow::Borrowed(Self::INFO.path)
    }

    /// Writes the request's parameters, without those of the path and of the authorisation.
    fn parameters(&self, parameters: &mut Parameters);

    /// Refuses what must not be sent: a write that breaks the vendor's published limits.
    fn check(&self) -> Result<()> {
        Ok(())
    }

    /// The output without anything in it, where the vendor may send `[]`, `null` or `""` for that.
    fn empty() -> Option<Self::Output> {
        None
    }
}

/// What a spec says of an endpoint.
#[derive(Clone, Debug)]
pub struct EndpointInfo {
    /// Id of the spec, as in errors and events.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path below the base URL, with leading slash; `{name}` stands for a value.
    pub path: &'static str,
    /// Where parameters go.
    pub parameters: ParametersIn,
    /// Whether it changes anything.
    pub effect: Effect,
    /// How often it may be called.
    pub limit: Option<RateLimit>,
    /// What its payload is.
    pub shape: Shape,
}

/// Where a request's parameters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParametersIn {
    /// The URL's query.
    Query,
    /// An `application/x-www-form-urlencoded` body.
    Form,
    /// The top level of a JSON body.
    Json,
}

/// Whether a call changes anything at the vendor. The HTTP method doesn't tell: there are reads by POST and
/// deletions by GET.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It reads. Repeating it is safe.
    Read,
    /// It writes. It is not repeated if it may have taken effect.
    Write,
}

/// At most so many requests in any window of a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RateLimit {
    /// Requests.
    pub requests: u32,
    /// Length of the window.
    pub window: Duration,
    /// What is counted together.
    pub scope: LimitScope,
}

impl RateLimit {
    /// So many requests in so many seconds.
    pub const fn new(requests: u32, window_seconds: u64, scope: LimitScope) -> Self {
        Self { requests, window: Duration::from_secs(window_seconds), scope }
    }
}

/// Which requests count towards the same limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitScope {
    /// All from one IP address, whatever the endpoint.
    Address,
    /// All of one application, whatever the endpoint.
    Application,
    /// All of one application to one endpoint.
    Endpoint,
}

/// What a payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An object, or a list of one.
    Object,
    /// An array.
    List,
    /// An array, or an object with the array as this member.
    ListIn(&'static str),
    /// Nothing that is read.
    Nothing,
}
