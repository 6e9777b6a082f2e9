use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;

use crate::{Answer, Clock, Transport, TransportError};

type Rule = dyn Fn(&str) -> Result<Answer, TransportError> + Send + Sync;

/// Answers any number of requests by a rule, and notes which path was asked when.
pub struct TimedTransport {
    clock: Arc<dyn Clock>,
    rule: Box<Rule>,
    asked: Mutex<Vec<(String, Duration)>>,
}

impl TimedTransport {
    /// A transport that answers by path.
    pub fn new(
        clock: Arc<dyn Clock>,
        rule: impl Fn(&str) -> Result<Answer, TransportError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self { clock, rule: Box::new(rule), asked: Mutex::default() })
    }

    /// When a path was asked, on the monotonic clock.
    pub fn asked(&self, path: &str) -> Vec<Duration> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().filter(|(of, _)| of == path).map(|(_, at)| *at).collect()
    }
}

#[async_trait]
impl Transport for TimedTransport {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<Answer, TransportError> {
        let path = request.uri().path().to_owned();
        let answer = (self.rule)(&path);
        let at = self.clock.monotonic();
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push((path, at));
        // As on a network, other callers get their turn before the answer comes, and asking for it doesn't hasten it.
        let _ = tokio::spawn(async {}).await;
        answer
    }
}

impl fmt::Debug for TimedTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimedTransport").finish_non_exhaustive()
    }
}

/// The fewest and the most of some instants that lie in any window of a length. The instants are in order; the most is counted with
/// both ends of the window, the fewest without, in windows that end before the last instant.
pub fn in_any_window(instants: &[Duration], window: Duration) -> (usize, usize) {
    let last = instants.last().copied().unwrap_or_default();
    let before = |end: Duration| instants.partition_point(|instant| *instant < end);
    let up_to = |end: Duration| instants.partition_point(|instant| *instant <= end);
    let (mut fewest, mut most) = (usize::MAX, 0);
    for start in instants {
        let end = start.saturating_add(window);
        most = most.max(up_to(end) - before(*start));
        if end < last {
            fewest = fewest.min(before(end) - up_to(*start));
        }
    }
    (fewest, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_counted_at_their_best_and_worst() {
        let instants = [0, 0, 1, 5, 10, 11, 30].map(Duration::from_secs);
        // 0 to 10 with both ends, and 11 to 21 without.
        assert_eq!(in_any_window(&instants, Duration::from_secs(10)), (0, 5));
        assert_eq!(in_any_window(&instants, Duration::from_secs(40)), (usize::MAX, 7));
    }
}
