//! What is served, for tables of what the emulator covers.

use serde::Serialize;

use crate::catalog::{Limit, Scope};
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
    }));
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
