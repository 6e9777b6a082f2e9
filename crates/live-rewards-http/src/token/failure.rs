use std::{error::Error as StdError, fmt, sync::Arc, time::Duration};

use live_rewards_core::Error;

use crate::pipeline::lacked_time;

/// A fetch that failed, for all who waited for it.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    error: Arc<Error>,
    /// How much time the fetch had.
    given: Duration,
}

impl Failure {
    pub(super) fn new(error: Error, given: Duration) -> Self {
        Self { error: Arc::new(error), given }
    }

    /// Whether a caller with so much time left would fare the same: only what failed for lack of time may go better with
    /// more of it.
    pub(super) fn concerns(&self, left: Duration) -> bool {
        !lacked_time(&self.error) || left <= self.given
    }

    /// The error once more. It says all that the first one said.
    pub(super) fn error(&self) -> Error {
        let error = &*self.error;
        let mut copy = Error::new(error.kind(), error.message().to_owned())
            .with_code(error.code().map(str::to_owned))
            .with_request_id(error.request_id().map(str::to_owned))
            .with_retry_after(error.retry_after())
            .with_attempts(error.attempts())
            .with_delivery(error.delivery());
        if let Some(vendor) = error.vendor() {
            copy = copy.with_vendor(vendor);
        }
        if let Some(endpoint) = error.endpoint() {
            copy = copy.with_endpoint(endpoint);
        }
        if let Some(status) = error.http_status() {
            copy = copy.with_http_status(status);
        }
        if error.source().is_some() {
            copy = copy.with_source(SharedCause(Arc::clone(&self.error)));
        }
        copy
    }
}

/// The cause of an error that several callers are given.
struct SharedCause(Arc<Error>);

impl SharedCause {
    fn show(
        &self,
        f: &mut fmt::Formatter<'_>,
        how: impl Fn(&dyn StdError, &mut fmt::Formatter<'_>) -> fmt::Result,
    ) -> fmt::Result {
        self.0.source().map_or(Ok(()), |cause| how(cause, f))
    }
}

impl fmt::Display for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f, |cause, f| fmt::Display::fmt(cause, f))
    }
}

impl fmt::Debug for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f, |cause, f| fmt::Debug::fmt(cause, f))
    }
}

impl StdError for SharedCause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()?.source()
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{Delivery, ErrorKind, Vendor};

    use super::*;

    #[test]
    fn every_copy_says_what_the_error_said() {
        let cause = std::io::Error::other("a cause");
        let error = Error::new(ErrorKind::RateLimited, "too many")
            .with_vendor(Vendor::Xiaoe)
            .with_endpoint("token")
            .with_code(Some("2054".to_owned()))
            .with_http_status(200)
            .with_request_id(Some("r1".to_owned()))
            .with_retry_after(Some(Duration::from_secs(7)))
            .with_attempts(3)
            .with_delivery(Delivery::Refused)
            .with_source(cause);
        let shown = error.to_string();
        let failure = Failure::new(error, Duration::ZERO);
        for copy in [failure.error(), failure.error()] {
            assert_eq!(copy.to_string(), shown);
            assert_eq!(copy.delivery(), Delivery::Refused);
            let cause = copy.source().unwrap();
            assert_eq!(cause.to_string(), "a cause");
            assert!(format!("{cause:?}").contains("a cause"), "{cause:?}");
            assert!(cause.source().is_none());
        }
    }

    #[test]
    fn more_time_helps_only_against_its_lack() {
        let fares_the_same = |error: Error, left: u64| {
            Failure::new(error, Duration::from_secs(5)).concerns(Duration::from_secs(left))
        };
        let error = |kind| Error::new(kind, "");
        assert!(fares_the_same(error(ErrorKind::Timeout), 5));
        assert!(!fares_the_same(error(ErrorKind::Timeout), 6));
        assert!(!fares_the_same(error(ErrorKind::RateLimited), 6));
        let refused = error(ErrorKind::RateLimited).with_delivery(Delivery::Refused);
        assert!(fares_the_same(refused, 6));
        assert!(fares_the_same(error(ErrorKind::Unauthenticated), 6));
    }
}
