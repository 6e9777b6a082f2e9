//! The parts of an emulator that are in use: a reset with other data puts others in their place
//! while the ports stay open.

use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};

use hyper::Response;
use hyper::body::Incoming;

use crate::blueprint::{Blueprint, Data};
use crate::parts::Parts;
use crate::reply::Outgoing;
use crate::server::{Handler, Reset};
use crate::service::Service;
use crate::vendor::Vendor;

/// The parts in use, and what they are built from.
pub(crate) struct Current {
    blueprint: Blueprint,
    parts: RwLock<Arc<Parts>>,
}

impl Current {
    pub(crate) fn new(blueprint: Blueprint) -> Arc<Self> {
        let parts = RwLock::new(Arc::new(blueprint.build(blueprint.data)));
        Arc::new(Self { blueprint, parts })
    }

    pub(crate) fn parts(&self) -> Arc<Parts> {
        Arc::clone(&self.parts.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Goes back to the start, with this seed and this start in Unix seconds instead of those of
    /// the start, if they are given.
    pub(crate) fn reset(&self, seed: Option<u64>, start: Option<i64>) -> Arc<Parts> {
        let first = self.blueprint.data;
        let data = Data { seed: seed.unwrap_or(first.seed), start: start.unwrap_or(first.start) };
        let mut parts = self.parts.write().unwrap_or_else(PoisonError::into_inner);
        if parts.data == data {
            parts.reset();
        } else {
            *parts = Arc::new(self.blueprint.build(data));
        }
        Arc::clone(&parts)
    }
}

/// The port of a vendor: its requests go to the service in use.
pub(crate) struct Port<V> {
    current: Arc<Current>,
    service: fn(&Parts) -> &Arc<Service<V>>,
}

impl<V> Port<V> {
    pub(crate) fn new(
        current: &Arc<Current>,
        service: fn(&Parts) -> &Arc<Service<V>>,
    ) -> Arc<Self> {
        Arc::new(Self { current: Arc::clone(current), service })
    }
}

impl<V: Vendor> Handler for Port<V> {
    const NAME: &'static str = V::NAME;

    async fn respond(
        self: Arc<Self>,
        peer: IpAddr,
        request: hyper::Request<Incoming>,
    ) -> Result<Response<Outgoing>, Reset> {
        let service = Arc::clone((self.service)(&self.current.parts()));
        service.respond(peer, request).await
    }
}
