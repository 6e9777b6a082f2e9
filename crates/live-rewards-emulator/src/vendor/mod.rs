//! What the emulated vendors have in common: the way of a request from its route to its answer.

pub(crate) mod polyv;
pub(crate) mod xiaoe;
pub(crate) mod yxt;

use crate::catalog::{Place, Route, Violation};
use crate::parameters::Parameters;
use crate::reply::{Refusal, Reply};
use crate::request::Request;
use crate::truth::VendorTruth;

/// One vendor's rules and data.
pub(crate) trait Vendor: Send + Sync + 'static {
    /// The endpoints that are served.
    type Endpoint: Copy;

    const NAME: &'static str;
    const CONTENT_TYPE: &'static str;
    const ROUTES: &'static [(&'static Route, Self::Endpoint)];

    /// Takes the parameters from where the endpoint has them; `None` if that can't be read.
    fn parameters(
        _endpoint: Self::Endpoint,
        route: &Route,
        request: &Request,
    ) -> Option<Parameters> {
        match route.place {
            Place::Query => Some(Parameters::from_pairs(&request.query)),
            Place::Form => {
                let pairs = form_urlencoded::parse(&request.body).into_owned();
                Some(Parameters::from_pairs(&pairs.collect::<Vec<_>>()))
            }
            Place::Json => Parameters::from_json(&request.body),
        }
    }

    /// Decides whether the caller is who it says.
    fn authenticate(&self, call: &Call<'_, Self::Endpoint>) -> Result<(), Refusal>;

    /// Decides whether a parameter that breaks its rule is refused or passed over.
    fn judge(&self, violation: Violation) -> Result<(), Refusal>;

    /// Answers a call that is in order.
    fn handle(&self, call: &Call<'_, Self::Endpoint>) -> Result<Reply, Refusal>;

    /// Turns down a request that is no call of an endpoint.
    fn stray(&self, stray: Stray, request: &Request) -> Refusal;

    /// Totals of what is served at an instant in Unix seconds; `None` if a sum is too large.
    fn truth(&self, now: i64) -> Option<VendorTruth>;
}

/// A call of an endpoint.
#[derive(Debug)]
pub(crate) struct Call<'a, E> {
    pub(crate) endpoint: E,
    pub(crate) route: &'static Route,
    pub(crate) request: &'a Request,
    pub(crate) parameters: Parameters,
    /// The emulator's clock when the request arrived.
    pub(crate) now_ms: i64,
}

impl<E> Call<'_, E> {
    /// The time of the call in Unix seconds.
    pub(crate) fn now(&self) -> i64 {
        self.now_ms.div_euclid(1000)
    }
}

/// Why a request is no call of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stray {
    UnknownPath,
    WrongMethod,
    /// The body is too large, broke off or isn't of the endpoint's form.
    UnreadableBody,
}

/// Leads a request from its route to its answer.
pub(crate) fn answer<V: Vendor>(vendor: &V, request: &Request, now_ms: i64) -> Reply {
    match accept(vendor, request, now_ms) {
        Ok(reply) => {
            tracing::debug!(
                vendor = V::NAME,
                path = request.path,
                reply.status,
                "answered"
            );
            reply
        }
        Err(Refusal { reason, reply }) => {
            tracing::debug!(
                vendor = V::NAME,
                path = request.path,
                reply.status,
                reason,
                "refused"
            );
            reply
        }
    }
}

fn accept<V: Vendor>(vendor: &V, request: &Request, now_ms: i64) -> Result<Reply, Refusal> {
    let (route, endpoint) = find::<V>(request).map_err(|stray| vendor.stray(stray, request))?;
    let unreadable = || vendor.stray(Stray::UnreadableBody, request);
    if request.truncated {
        return Err(unreadable());
    }
    let call = Call {
        endpoint,
        route,
        request,
        parameters: V::parameters(endpoint, route, request).ok_or_else(unreadable)?,
        now_ms,
    };
    vendor.authenticate(&call)?;
    for violation in route.violations(&call.parameters) {
        vendor.judge(violation)?;
    }
    vendor.handle(&call)
}

fn find<V: Vendor>(request: &Request) -> Result<(&'static Route, V::Endpoint), Stray> {
    let mut found = Err(Stray::UnknownPath);
    for (route, endpoint) in V::ROUTES {
        if route.path == request.path {
            if route.method == request.method.as_str() {
                return Ok((*route, *endpoint));
            }
            found = Err(Stray::WrongMethod);
        }
    }
    found
}
