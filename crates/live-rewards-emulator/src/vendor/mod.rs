//! What the emulated vendors have in common: the way of a request from its route to its answer.

pub(crate) mod polyv;
pub(crate) mod xiaoe;
pub(crate) mod yxt;

use hyper::Method;

use crate::catalog::{Place, Route, Violation};
use crate::generated;
use crate::journal::LimitHit;
use crate::parameters::Parameters;
use crate::path;
use crate::reply::{Refusal, Reply};
use crate::request::Request;
use crate::settings::Settings;
use crate::truth::VendorTruth;

/// What answers the calls of an endpoint.
pub(crate) type World<V> = fn(&V, &Call<'_, <V as Vendor>::Endpoint>) -> Result<Reply, Refusal>;

/// One vendor's rules and data.
pub(crate) trait Vendor: Sized + Send + Sync + 'static {
    /// The endpoints that are served.
    type Endpoint: Copy + Send + Sync + 'static;

    const NAME: &'static str;
    const CONTENT_TYPE: &'static str;
    const ROUTES: &'static [(&'static Route, Self::Endpoint)];
    /// Code in the body of an answer that is in order.
    const SUCCESS: Option<&'static str>;
    /// How long a caller is turned down who went over a limit, in milliseconds; until the window
    /// has room again where the vendor says nothing of a block.
    const BLOCK_MS: Option<i64> = None;

    /// Takes the parameters from where the endpoint has them; `None` if that can't be read. Those
    /// of the path are known already.
    fn parameters(
        _endpoint: Self::Endpoint,
        route: &Route,
        request: &Request,
    ) -> Option<Parameters> {
        match route.place {
            Place::Query => Some(Parameters::from_pairs(&request.query)),
            // The vendors' own clients put them into the query of a form's request, too.
            Place::Form => Some(Parameters::from_pairs(&request.pairs(route.place))),
            Place::Json => Parameters::from_json(&request.body),
        }
    }

    /// What answers the calls of an endpoint by the data served; `None` where the example of its
    /// spec is the answer.
    fn world(endpoint: Self::Endpoint) -> Option<World<Self>>;

    /// Decides whether the caller is who it says.
    fn authenticate(&self, call: &Call<'_, Self::Endpoint>) -> Result<(), Refusal>;

    /// Decides whether a parameter that breaks its rule is refused or passed over.
    fn judge(&self, violation: Violation) -> Result<(), Refusal>;

    /// Turns down a request that is no call of an endpoint.
    fn stray(&self, stray: Stray, request: &Request) -> Refusal;

    /// Turns down a request that goes over the limit of an endpoint, or of everything.
    fn over_limit(&self, route: Option<&Route>, hit: LimitHit) -> Refusal;

    /// Turns down a request because of a fault, with a code of the vendor's form.
    fn fail(&self, code: &str) -> Refusal;

    /// Turns down a request, with HTTP status 503, because too many are under way.
    fn busy(&self) -> Refusal;

    /// Ends the access token that is given; false if there is none.
    fn revoke(&self, _parameters: &Parameters) -> bool {
        false
    }

    /// Forgets what callers did: tokens, nonces, what they wrote.
    fn reset(&self) {}

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
    pub(crate) settings: &'a Settings,
    /// The vendor's clock when the request arrived.
    pub(crate) now_ms: i64,
}

impl<E: Copy> Call<'_, E> {
    /// The time of the call in Unix seconds.
    pub(crate) fn now(&self) -> i64 {
        self.now_ms.div_euclid(1000)
    }

    /// The same call with other parameters.
    pub(crate) fn with(&self, parameters: Parameters) -> Self {
        let Self { endpoint, route, request, settings, now_ms, .. } = *self;
        Self { endpoint, route, request, parameters, settings, now_ms }
    }
}

/// Names of the headers that a vendor's rules look at.
pub(crate) fn headers(vendor: &str) -> &'static [&'static str] {
    if vendor == yxt::Yxt::NAME { yxt::HEADERS } else { &[] }
}

/// Rows of a page, and the most on one, where the tables say nothing.
const PAGE: (u32, u32) = (10, 1000);

/// About how many KiB the answer has at most.
pub(crate) fn most_kib(route: &Route, request: &Request) -> u32 {
    let Some(rules) = &route.paging else { return 0 };
    let asked = match route.place {
        Place::Query => request.query_value(rules.size).map(str::to_owned),
        Place::Form => {
            let pairs = request.pairs(route.place).into_iter();
            pairs.rev().find_map(|(name, value)| (name == rules.size).then_some(value))
        }
        // At the one vendor that has it there, pages are small.
        Place::Json => None,
    };
    let (default_size, most) = (rules.default_size.unwrap_or(PAGE.0), rules.max_size.unwrap_or(PAGE.1));
    let rows = match asked {
        None if route.place == Place::Json => rules.max_size.unwrap_or(100),
        asked => asked.and_then(|size| size.parse().ok()).unwrap_or(default_size).min(most),
    };
    // A red packet comes with its claims.
    let is_red_pack = route.id == generated::polyv::RED_PACK_STATISTICS.id;
    rows.saturating_mul(if is_red_pack { 24 } else { 1 })
}

/// Whether a call may go through very many rows, however few it answers with.
pub(crate) fn is_long(route: &Route, request: &Request) -> bool {
    use generated::{xiaoe, yxt};

    // Only sorted accounts can't be found without a look at the others.
    let is_sorted = || {
        let parameters = Parameters::from_json(&request.body);
        parameters.is_some_and(|given| given.integer("sort_rule").is_some())
    };
    let counts =
        [xiaoe::RED_PACKET_ANALYSIS.id, yxt::SIGN_IN_ROUNDS.id, yxt::SIGN_IN_DETAILS.id];
    counts.contains(&route.id) || (route.id == xiaoe::ACCOUNT_INFO_BATCH.id && is_sorted())
}

/// Why a request is no call of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stray {
    UnknownPath,
    WrongMethod,
    /// The body is too large, broke off or isn't of the endpoint's form.
    UnreadableBody,
}

/// The endpoint that a request calls.
#[derive(Debug)]
pub(crate) struct Found<E> {
    pub(crate) route: &'static Route,
    pub(crate) endpoint: E,
    /// Names and values of the parameters in the path.
    pub(crate) captured: Vec<(String, String)>,
}

/// Looks the endpoint of a request up.
pub(crate) fn find<V: Vendor>(request: &Request) -> Result<Found<V::Endpoint>, Stray> {
    // A tunnel has no path, and there is none.
    let is_tunnel = request.method == Method::CONNECT;
    let mut found = Err(if is_tunnel { Stray::WrongMethod } else { Stray::UnknownPath });
    for (route, endpoint) in V::ROUTES {
        let Some(captured) = path::captured(route.path, &request.path) else { continue };
        if route.method == request.method.as_str() {
            return Ok(Found { route, endpoint: *endpoint, captured });
        }
        found = Err(Stray::WrongMethod);
    }
    found
}
