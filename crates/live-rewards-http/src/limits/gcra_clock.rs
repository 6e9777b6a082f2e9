use std::sync::Arc;

use governor::{clock, nanos::Nanos};

use crate::Clock;

/// The injected clock, as governor reads it.
#[derive(Clone, Debug)]
pub(super) struct GcraClock(pub(super) Arc<dyn Clock>);

impl clock::Clock for GcraClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        self.0.monotonic().into()
    }
}
