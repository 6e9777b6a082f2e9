//! What the emulated vendors have in common: the way of a request from its route to its answer.

pub(crate) mod polyv;
pub(crate) mod xiaoe;
pub(crate) mod yxt;

use hyper::Method;

use crate::aside::Waiting;
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

    /// How a call that was accepted departs from the vendor's rule.
    fn remark(_route: &Route, _request: &Request) -> Option<&'static str> {
        None
    }

    /// Decides whether a parameter that breaks its rule is refused or passed over.
    fn judge(&self, violation: Violation) -> Result<(), Refusal>;

    /// Turns down a page that a call which answers its example can't ask for.
    fn check_page(&self, _call: &Call<'_, Self::Endpoint>) -> Result<(), Refusal> {
        Ok(())
    }

    /// Turns down a request that is no call of an endpoint.
    fn stray(&self, stray: Stray, request: &Request) -> Refusal;

    /// Turns down a request that goes over the limit of an endpoint, or of everything.
    fn over_limit(&self, route: Option<&Route>, hit: LimitHit) -> Refusal;

    /// Turns down a request for a path because of a fault, with a code of the vendor's form.
    fn fail(&self, path: &str, code: &str) -> Refusal;

    /// Turns down a request for a path, with HTTP status 503, because too many are under way.
    fn busy(&self, path: &str) -> Refusal;

    /// Ends the access token that is given; false if there is none.
    fn revoke(&self, _parameters: &Parameters) -> bool {
        false
    }

    /// Forgets what callers did: tokens, nonces, what they wrote.
    fn reset(&self) {}

    /// Totals of what is served at an instant in Unix seconds; `None` if a sum is too large.
    fn truth(&self, now: i64, waiting: &Waiting) -> Option<VendorTruth>;
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
    /// Whoever asked.
    pub(crate) waiting: &'a Waiting,
}

impl<E: Copy> Call<'_, E> {
    /// The time of the call in Unix seconds.
    pub(crate) fn now(&self) -> i64 {
        self.now_ms.div_euclid(1000)
    }

    /// The same call with other parameters.
    pub(crate) fn with(&self, parameters: Parameters) -> Self {
        let Self { endpoint, route, request, settings, now_ms, waiting, .. } = *self;
        Self { endpoint, route, request, parameters, settings, now_ms, waiting }
    }
}

/// Names of the headers that a vendor's rules look at.
pub(crate) fn headers(vendor: &str) -> &'static [&'static str] {
    if vendor == yxt::Yxt::NAME { yxt::HEADERS } else { &[] }
}

/// That a body was sent with a call that takes none, or one of another form.
pub(crate) fn unread_body(route: &Route, request: &Request) -> Option<&'static str> {
    let body = request.body.trim_ascii();
    match route.place {
        // Clients may say that they have none.
        Place::Query if !matches!(body, b"" | b"null") => {
            Some("the body wasn't looked at: the parameters of this call are in the query")
        }
        Place::Form if body.starts_with(b"{") => {
            Some("the JSON body wasn't looked at: the parameters of this call are in a form")
        }
        _ => None,
    }
}

/// Most rows of a page where the tables say nothing, and where a page says nothing else.
const MOST_ROWS: u32 = 1000;
const USUAL_ROWS: u32 = 10;
/// Most rows of a page where the tables say nothing and a body of JSON asks for it.
const MOST_ROWS_BY_JSON: u32 = 100;

/// About how many KiB the answer has at most.
pub(crate) fn most_kib(route: &Route, request: &Request) -> u32 {
    let Some(rules) = &route.paging else { return 0 };
    let asked = |pairs: &[(String, String)]| {
        let sizes = pairs.iter().filter(|(name, _)| name == rules.size);
        let size = sizes.filter_map(|(_, size)| size.parse().ok()).max();
        let most = rules.max_size.unwrap_or(MOST_ROWS);
        size.unwrap_or_else(|| rules.default_size.unwrap_or(USUAL_ROWS)).min(most)
    };
    let rows = match route.place {
        Place::Query => asked(&request.query),
        Place::Form => asked(&request.pairs(route.place)),
        Place::Json => rules.max_size.unwrap_or(MOST_ROWS_BY_JSON),
    };
    // A red packet comes with its claims.
    let is_red_pack = route.id == generated::polyv::RED_PACK_STATISTICS.id;
    rows.saturating_mul(if is_red_pack { 24 } else { 1 })
}

/// Whether a call may go through very many rows, however few it answers with.
pub(crate) fn is_long(route: &Route, request: &Request) -> bool {
    // A sorted page of accounts, or one of some users, can't be found without a look at the others.
    let has = |that: fn(&Parameters) -> bool| {
        Parameters::from_json(&request.body).is_some_and(|given| that(&given))
    };
    let summed = [
        generated::xiaoe::RED_PACKET_ANALYSIS.id,
        generated::yxt::SIGN_IN_ROUNDS.id,
        generated::yxt::SIGN_IN_DETAILS.id,
    ];
    summed.contains(&route.id)
        || (route.id == generated::xiaoe::ACCOUNT_INFO_BATCH.id
            && has(|given| given.integer("sort_rule").is_some()))
        || (route.id == generated::xiaoe::USER_LIST.id && has(xiaoe::user_filter::is_narrowing))
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

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use hyper::HeaderMap;

    use super::*;
    use crate::generated::polyv::{CHANNEL_LIST, RED_PACK_STATISTICS};
    use crate::generated::xiaoe::{ACCOUNT_INFO_BATCH, RED_PACKET_ANALYSIS, USER_LIST};

    fn request(query: &[(&str, &str)], body: &str) -> Request {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Request {
            peer: Ipv4Addr::LOCALHOST.into(),
            method: Method::GET,
            path: "/".to_owned(),
            query: query.iter().map(owned).collect(),
            headers: HeaderMap::new(),
            body: body.as_bytes().to_vec(),
            truncated: false,
        }
    }

    #[test]
    fn the_size_of_an_answer_is_known_from_its_page() {
        for (route, query, expected) in [
            (&RED_PACK_STATISTICS, &[("pageSize", "1000")][..], 24_000),
            (&RED_PACK_STATISTICS, &[("pageSize", "5"), ("pageSize", "9")][..], 216),
            (&RED_PACK_STATISTICS, &[("pageSize", "4000000000")][..], 24_000),
            (&RED_PACK_STATISTICS, &[("pageSize", "x")][..], 240),
            (&CHANNEL_LIST, &[("pageSize", "1000")][..], 1000),
            (&ACCOUNT_INFO_BATCH, &[][..], 100),
            (&RED_PACKET_ANALYSIS, &[][..], 0),
        ] {
            assert_eq!(most_kib(route, &request(query, "")), expected, "{}", route.id);
        }
    }

    #[test]
    fn what_counts_sorts_or_narrows_is_long() {
        assert!(is_long(&RED_PACKET_ANALYSIS, &request(&[], "{}")));
        assert!(is_long(&ACCOUNT_INFO_BATCH, &request(&[], r#"{"sort_rule":"11"}"#)));
        assert!(!is_long(&ACCOUNT_INFO_BATCH, &request(&[], r#"{"sort_rule":""}"#)));
        assert!(is_long(&USER_LIST, &request(&[], r#"{"nickname":"Davis"}"#)));
        assert!(!is_long(&USER_LIST, &request(&[], r#"{"nickname":"","from":-1}"#)));
        assert!(!is_long(&RED_PACK_STATISTICS, &request(&[], "")));
    }
}
