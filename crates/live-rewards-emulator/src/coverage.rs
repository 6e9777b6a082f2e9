//! What is served, for tables of what the emulator covers.

use serde::Serialize;

use crate::catalog::{Grade, Limit, Route, Scope};
use crate::vendor::Vendor;
use crate::vendor::polyv::Polyv;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::yxt::Yxt;

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
    /// Path below the vendor's base URL.
    pub path: &'static str,
    /// Limit that the vendor publishes, enforced unless limits are switched off.
    pub rate_limit: Option<RateLimit>,
    /// What is known of its answers.
    pub samples: Samples,
}

/// Examples of an endpoint's answers, refusals included: how many of each grade its answers follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Samples {
    /// As a page prints them.
    pub published: usize,
    /// As a page prints them, with secrets replaced.
    pub altered: usize,
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
    /// What is counted together: `ip`, `application` or `endpoint`.
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
    endpoints.extend(V::ROUTES.iter().map(|(route, _)| Endpoint {
        vendor: V::NAME,
        id: route.id,
        method: route.method,
        path: route.path,
        rate_limit: route.limit.as_ref().map(rate_limit),
        samples: samples(route),
    }));
}

fn samples(route: &Route) -> Samples {
    let of = |grade: Grade| route.samples.iter().filter(|given| **given == grade).count();
    Samples {
        published: of(Grade::Published),
        altered: of(Grade::Altered),
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
            Scope::Application => "application",
            Scope::Endpoint => "endpoint",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = include_str!("../README.md");

    #[test]
    fn the_readme_has_the_table() {
        let cell = |count: usize| if count == 0 { "–".to_owned() } else { count.to_string() };
        let rows: Vec<String> = endpoints()
            .iter()
            .map(|Endpoint { vendor, method, path, samples, .. }| {
                let grades =
                    [samples.published, samples.altered, samples.completed, samples.constructed];
                format!("| {vendor} | `{method} {path}` | {} |\n", grades.map(cell).join(" | "))
            })
            .collect();
        let rows = rows.concat();
        assert!(README.contains(&rows), "README.md has other rows than\n{rows}");
    }

    #[test]
    fn every_endpoint_has_a_sample() {
        for Endpoint { id, samples, .. } in endpoints() {
            assert_ne!(samples, Samples::default(), "{id}");
        }
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
        assert_eq!(endpoints.len(), 6);
    }
}
