mod blocks;
mod limiter;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::Duration,
};

use live_rewards_core::Vendor;

use crate::{Clock, EndpointInfo, LimitScope, RateLimit, surroundings::SystemClock};
use blocks::Blocks;
pub(crate) use limiter::{Limiter, Place};

/// Keeps requests within the vendors' published limits, and away from a vendor that has shut this address out. Clones share
/// their counts.
///
/// All clients of a process share [`Limits::shared`] unless their builder says otherwise, because vendors count by
/// address and application, not by client.
///
/// No window of the vendor's length sees more than it allows, also if requests reach the vendor up to 0.4 s later than others, or 6 %
/// of the window if that is less; at full speed more than nine tenths of what is allowed are used. Who comes first is sent first,
/// but for one who gets the place of a call that was given up.
///
/// When a vendor says that it blocks the address, calls to that host fail at once, unsent, until the block ends.
#[derive(Clone)]
pub struct Limits(Option<Arc<Shared>>);

struct Shared {
    clock: Arc<dyn Clock>,
    limiters: Mutex<HashMap<Key, Arc<Limiter>>>,
    blocks: Blocks,
}

/// What is counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    vendor: Vendor,
    authority: String,
    scope: Scope,
    limit: RateLimit,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Scope {
    Address,
    Application(String),
    Endpoint(String, &'static str),
}

/// Whose requests are counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller<'a> {
    pub(crate) vendor: Vendor,
    pub(crate) authority: &'a str,
    pub(crate) application: &'a str,
}

/// For longer no answer keeps calls back, whoever wrote it; then the vendor is asked again.
const LONGEST_BLOCK: Duration = Duration::from_secs(3600);

static SHARED: LazyLock<Limits> =
    LazyLock::new(|| Limits::with_clock(Arc::new(SystemClock::start())));

impl Limits {
    /// The limits that all clients of this process share.
    pub fn shared() -> Self {
        SHARED.clone()
    }

    /// Limits of their own, counted on a clock.
    pub fn with_clock(clock: Arc<dyn Clock>) -> Self {
        Self(Some(Arc::new(Shared {
            clock,
            limiters: Mutex::default(),
            blocks: Blocks::default(),
        })))
    }

    /// No limits, for vendors that are emulated. Blocks are not remembered either.
    pub const fn unlimited() -> Self {
        Self(None)
    }

    /// Remembers that the vendor keeps this address out for so long.
    pub(crate) fn block(&self, caller: Caller<'_>, lasting: Duration) {
        if let Some(shared) = &self.0 {
            let lasting = lasting.min(LONGEST_BLOCK);
            shared.blocks.add(caller, shared.clock.monotonic().saturating_add(lasting));
        }
    }

    /// How long the vendor still keeps this address out.
    pub(crate) fn blocked(&self, caller: Caller<'_>) -> Option<Duration> {
        let shared = self.0.as_ref()?;
        shared.blocks.left(caller, shared.clock.monotonic())
    }

    /// What keeps a caller's requests to an endpoint apart.
    pub(crate) fn limiter(&self, caller: Caller<'_>, info: &EndpointInfo) -> Option<Arc<Limiter>> {
        let (shared, limit) = (self.0.as_ref()?, info.limit?);
        let key = Key {
            vendor: caller.vendor,
            authority: caller.authority.to_owned(),
            limit,
            scope: match limit.scope {
                LimitScope::Address => Scope::Address,
                LimitScope::Application => Scope::Application(caller.application.to_owned()),
                LimitScope::Endpoint => Scope::Endpoint(caller.application.to_owned(), info.id),
            },
        };
        let mut limiters = shared.limiters.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(limiter) = limiters.get(&key) {
            return Some(Arc::clone(limiter));
        }
        let limiter = Arc::new(Limiter::new(limit, Arc::clone(&shared.clock))?);
        limiters.insert(key, Arc::clone(&limiter));
        Some(limiter)
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Limits" } else { "Limits::unlimited" })
    }
}
