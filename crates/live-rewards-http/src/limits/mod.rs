mod blocks;
mod gcra_clock;

use std::{
    collections::HashMap,
    fmt,
    num::NonZeroU32,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::Duration,
};

use governor::{Quota, RateLimiter, clock::Clock as _, middleware::NoOpMiddleware, state};
use live_rewards_core::Vendor;

use crate::{Clock, EndpointInfo, LimitScope, RateLimit, surroundings::SystemClock};
use blocks::Blocks;
use gcra_clock::GcraClock;

type Limiter = RateLimiter<
    state::NotKeyed,
    state::InMemoryState,
    GcraClock,
    NoOpMiddleware<<GcraClock as governor::clock::Clock>::Instant>,
>;

/// Keeps requests within the vendors' published limits, and away from a vendor that has shut this address out. Clones share
/// their counts.
///
/// All clients of a process share [`Limits::shared`] unless their builder says otherwise, because vendors count by
/// address and application, not by client.
///
/// When a vendor says that it blocks the address, calls to that host fail at once, unsent, until the block ends.
#[derive(Clone)]
pub struct Limits(Option<Arc<Shared>>);

struct Shared {
    clock: GcraClock,
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

/// Why a request can't be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotNow {
    /// The rate limit has room again after so long.
    Full(Duration),
    /// The vendor keeps this address out for so long.
    Blocked(Duration),
}

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
            clock: GcraClock(clock),
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
            shared.blocks.add(caller, shared.clock.0.monotonic().saturating_add(lasting));
        }
    }

    /// Counts a request, or says why it has to wait.
    pub(crate) fn take(&self, caller: Caller<'_>, info: &EndpointInfo) -> Result<(), NotNow> {
        let Some(shared) = &self.0 else {
            return Ok(());
        };
        if let Some(left) = shared.blocks.left(caller, shared.clock.0.monotonic()) {
            return Err(NotNow::Blocked(left));
        }
        let Some((limit, quota)) = info.limit.and_then(|limit| Some((limit, quota(limit)?))) else {
            return Ok(());
        };
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
        let limiter = {
            let mut limiters = shared.limiters.lock().unwrap_or_else(PoisonError::into_inner);
            let limiter = limiters.entry(key).or_insert_with(|| {
                Arc::new(Limiter::direct_with_clock(quota, shared.clock.clone()))
            });
            Arc::clone(limiter)
        };
        limiter.check().map_err(|full| NotNow::Full(full.wait_time_from(shared.clock.now())))
    }
}

/// A quota of which no window of the limit's length sees more than is allowed: GCRA lets burst + rate × window through, so the
/// burst is a little below a tenth of the allowance and the rate makes up the rest, which keeps it above nine tenths.
fn quota(limit: RateLimit) -> Option<Quota> {
    let burst = NonZeroU32::new((limit.requests / 10 - limit.requests / 100).max(1))?;
    let refilled = limit.requests.checked_sub(burst.get())?.max(1);
    // Rounded up, so that rounding never lets more through.
    let nanos = limit.window.as_nanos().div_ceil(refilled.into());
    let interval = Duration::from_nanos(u64::try_from(nanos).ok()?);
    Some(Quota::with_period(interval)?.allow_burst(burst))
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Limits" } else { "Limits::unlimited" })
    }
}
