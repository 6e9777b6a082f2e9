//! What is served, for tables of what the emulator covers.

use serde::Serialize;

use crate::catalog::{Effect, Grade, Limit, Route, Scope};
use crate::vendor::Vendor;
use crate::vendor::polyv::Polyv;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::yxt::Yxt;

/// What a write does.
pub(crate) const WRITE: &str = "write";
/// How a call without data of its own is answered: by the example of its spec.
pub(crate) const SAMPLE: &str = "sample";

/// An endpoint that the emulator serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Endpoint {
    /// `xiaoe`, `polyv` or `yxt`.
    pub vendor: &'static str,
    /// Name of the endpoint.
    pub id: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Path below the vendor's base URL, with its parameters in braces.
    pub path: &'static str,
    /// `read` or `write`.
    pub effect: &'static str,
    /// `world`: answers by the data served; `sample`: by the example of its spec, whatever is asked, and
    /// no rows from the second page on.
    pub behaviour: &'static str,
    /// Limit that the vendor publishes, enforced unless limits are switched off.
    pub rate_limit: Option<RateLimit>,
    /// The examples of its answers by grade: most are constructed.
    pub samples: Samples,
}

/// Examples of an endpoint's answers, refusals included: how many of each grade its answers follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Samples {
    /// As a page of the vendor's prints them.
    pub published: usize,
    /// As a page of the vendor's prints them, with secrets replaced.
    pub altered: usize,
    /// As somebody else's copy of the vendor's page prints them.
    pub transcribed: usize,
    /// A page prints the beginning, the rest follows its table.
    pub completed: usize,
    /// No page prints them: they follow a table.
    pub constructed: usize,
}

/// A published rate limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RateLimit {
    /// Requests allowed in a window.
    pub requests: u32,
    /// Length of the window in seconds.
    pub window_seconds: u32,
    /// What is counted together: `ip` or `endpoint`.
    pub scope: &'static str,
}

/// Lists every endpoint that the emulator serves, vendor by vendor.
pub fn endpoints() -> Vec<Endpoint> {
    let mut endpoints = Vec::new();
    list::<Xiaoe>(&mut endpoints);
    list::<Polyv>(&mut endpoints);
    list::<Yxt>(&mut endpoints);
    endpoints
}

fn list<V: Vendor>(endpoints: &mut Vec<Endpoint>) {
    endpoints.extend(V::ROUTES.iter().map(|(route, endpoint)| Endpoint {
        vendor: V::NAME,
        id: route.id,
        method: route.method,
        path: route.path,
        effect: match route.effect {
            Effect::Read => "read",
            Effect::Write => WRITE,
        },
        behaviour: if V::world(*endpoint).is_some() { "world" } else { SAMPLE },
        rate_limit: route.limit.as_ref().map(rate_limit),
        samples: samples(route),
    }));
}

fn samples(route: &Route) -> Samples {
    let of = |grade: Grade| route.samples.iter().filter(|given| **given == grade).count();
    Samples {
        published: of(Grade::Published),
        altered: of(Grade::Altered),
        transcribed: of(Grade::Transcribed),
        completed: of(Grade::Completed),
        constructed: of(Grade::Constructed),
    }
}

fn rate_limit(limit: &Limit) -> RateLimit {
    RateLimit {
        requests: limit.requests,
        window_seconds: limit.window_seconds,
        scope: match limit.scope {
            Scope::Ip => "ip",
            Scope::Endpoint => "endpoint",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = include_str!("../README.md");

    #[test]
    fn the_readme_names_the_calls_that_have_data() {
        let lists = ["xiaoe", "polyv", "yxt"].map(|vendor| {
            let endpoints = endpoints().into_iter();
            let own = endpoints.filter(|endpoint| endpoint.vendor == vendor);
            let ids: Vec<String> = own
                .filter(|endpoint| endpoint.behaviour != SAMPLE)
                .map(|endpoint| format!("`{}`", endpoint.id))
                .collect();
            format!("- {vendor}: {}\n", ids.join(", "))
        });
        let lists = lists.concat();
        assert!(README.contains(&lists), "README.md has other lists than\n{lists}");
    }

    #[test]
    fn every_endpoint_has_data_or_an_example() {
        for Endpoint { id, samples, .. } in endpoints() {
            assert_ne!(samples, Samples::default(), "{id}");
        }
        assert!(without_answer::<Xiaoe>().is_empty());
        assert!(without_answer::<Polyv>().is_empty());
        assert!(without_answer::<Yxt>().is_empty());
    }

    fn without_answer<V: Vendor>() -> Vec<&'static str> {
        let routes = V::ROUTES.iter();
        let lacking = routes
            .filter(|(route, endpoint)| V::world(*endpoint).is_none() && route.sample.is_none());
        lacking.map(|(route, _)| route.id).collect()
    }

    #[test]
    fn every_endpoint_has_a_place_of_its_own() {
        let endpoints = endpoints();
        for (position, endpoint) in endpoints.iter().enumerate() {
            assert!(endpoint.path.starts_with('/'), "{endpoint:?}");
            assert!(endpoints.iter().skip(position + 1).all(|other| {
                (other.vendor, other.method, other.path)
                    != (endpoint.vendor, endpoint.method, endpoint.path)
            }));
        }
    }
}
