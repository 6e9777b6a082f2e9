use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{Clock, RateLimit};

/// Gives requests places in time, in the order in which they ask, by the generic cell rate algorithm.
///
/// A place is had before it has come, so those who wait don't ask twice, and a request that nobody drives holds up no other. A place
/// that is given back goes to whoever asks next, also before others who wait.
#[derive(Debug)]
pub(crate) struct Limiter {
    clock: Arc<dyn Clock>,
    pace: Pace,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// When the next request would be due if all came at the even pace.
    due: Duration,
    /// Places of requests that were dropped before these had come.
    given_back: BinaryHeap<Reverse<Duration>>,
}

/// When one request may be sent. Dropped before it has come, it goes to another one.
#[derive(Debug)]
#[must_use]
pub(crate) struct Place<'a> {
    limiter: &'a Limiter,
    at: Duration,
    taken: bool,
}

impl Limiter {
    /// `None` if nothing is allowed, which is taken for no limit.
    pub(super) fn new(limit: RateLimit, clock: Arc<dyn Clock>) -> Option<Self> {
        Some(Self { clock, pace: Pace::new(limit)?, state: Mutex::default() })
    }

    /// The next place, unless it is as far ahead as this or farther; then how far it is.
    pub(crate) fn place(&self, within: Duration) -> Result<Place<'_>, Duration> {
        let now = self.clock.monotonic();
        let mut state = self.state();
        while state.given_back.peek().is_some_and(|Reverse(at)| *at < now) {
            state.given_back.pop();
        }
        let given_back = state.given_back.peek().map(|Reverse(at)| *at);
        let at = given_back.unwrap_or_else(|| now.max(state.due.saturating_sub(self.pace.ahead)));
        let wait = at.saturating_sub(now);
        if !wait.is_zero() && wait >= within {
            return Err(wait);
        }
        if given_back.is_some() {
            state.given_back.pop();
        } else {
            state.due = now.max(state.due).saturating_add(self.pace.interval);
        }
        Ok(Place { limiter: self, at, taken: false })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place<'_> {
    /// How long until it comes.
    pub(crate) fn wait(&self) -> Duration {
        self.at.saturating_sub(self.limiter.clock.monotonic())
    }

    /// Whether it is too late to take it, and another one is needed. Were requests that nobody drove for a while sent all the same,
    /// they would leave together.
    pub(crate) fn has_passed(&self) -> bool {
        self.limiter.clock.monotonic() > self.at.saturating_add(self.limiter.pace.late)
    }

    /// Takes it, right before the request is sent; `false` if it has passed.
    pub(crate) fn take(mut self) -> bool {
        self.taken = !self.has_passed();
        self.taken
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !self.taken {
            self.limiter.state().given_back.push(Reverse(self.at));
        }
    }
}

/// How long after its place has come a request may be sent; 3 % of the window at most.
const LATE: Duration = Duration::from_millis(200);

/// How much later than others a request may reach the vendor, which counts what arrives, not what is sent; 6 % of the window at most.
const TRAVEL: Duration = Duration::from_millis(400);

/// How far apart requests are. Of the allowance 91 % come back in a window; the rest, less what late ones need, is for bursts.
#[derive(Debug)]
struct Pace {
    interval: Duration,
    /// How far a burst runs ahead of the even pace.
    ahead: Duration,
    /// How long after its place has come a request may be sent.
    late: Duration,
}

impl Pace {
    fn new(limit: RateLimit) -> Option<Self> {
        let requests = NonZeroU32::new(limit.requests)?.get();
        // Rounded up, so that rounding never lets more through.
        let nanos = (limit.window.as_nanos() * 100).div_ceil(u128::from(requests) * 91);
        let interval = Duration::from_nanos(u64::try_from(nanos.max(1)).ok()?);
        // Less than the 9 % together, or in a short window there would be no room for any.
        let percent = limit.window / 100;
        let late = LATE.min(percent * 3);
        let travel = TRAVEL.min(percent * 6);
        // A window sees a burst and what comes back within it and the time that requests are late.
        let window = limit.window.saturating_add(late).saturating_add(travel);
        let comes_back = u32::try_from(window.as_nanos() / interval.as_nanos()).ok()?;
        let burst = requests.saturating_sub(comes_back);
        Some(Self { interval, ahead: interval.saturating_mul(burst.saturating_sub(1)), late })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        LimitScope,
        test_util::{ManualClock, in_any_window},
    };

    /// The allowances and windows that vendors publish.
    const PUBLISHED: [(u32, u64); 8] =
        [(1500, 10), (3000, 10), (1000, 10), (500, 10), HUNDRED, (50, 10), (10, 1), (100, 600)];

    fn limiter(requests: u32, seconds: u64) -> (Arc<ManualClock>, Limiter) {
        let clock = ManualClock::at(std::time::UNIX_EPOCH.into());
        let limit = RateLimit::new(requests, seconds, LimitScope::Endpoint);
        let limiter = Limiter::new(limit, Arc::<ManualClock>::clone(&clock)).unwrap();
        (clock, limiter)
    }

    /// Places of requests that all ask now.
    fn places(limiter: &Limiter, count: usize) -> Vec<Place<'_>> {
        (0..count).map(|_| limiter.place(Duration::MAX).unwrap()).collect()
    }

    /// A burst of 4, then one every 109.89 ms.
    const HUNDRED: (u32, u64) = (100, 10);

    #[test]
    fn who_asks_first_comes_first_and_each_at_its_own_time() {
        let (clock, limiter) = limiter(HUNDRED.0, HUNDRED.1);
        let places = places(&limiter, 6);
        let waits: Vec<_> = places.iter().map(|place| place.wait().as_millis()).collect();
        assert_eq!(waits, [0, 0, 0, 0, 109, 219]);
        clock.advance(Duration::from_millis(150));
        // A newcomer doesn't get the place that another one waits for.
        assert_eq!(limiter.place(Duration::MAX).unwrap().wait().as_millis(), 179);
        assert!(places.into_iter().all(Place::take));
    }

    #[test]
    fn the_place_of_a_dropped_request_goes_to_the_next() {
        let (clock, limiter) = limiter(HUNDRED.0, HUNDRED.1);
        let mut places = places(&limiter, 8);
        let dropped = places.remove(5);
        let at = dropped.at;
        drop(dropped);
        let next = limiter.place(Duration::MAX).unwrap();
        assert_eq!(next.at, at);
        assert!(limiter.place(Duration::MAX).unwrap().at > places.last().unwrap().at);
        // One that has passed is nobody's.
        drop(next);
        clock.advance(at + Duration::from_nanos(1));
        assert!(limiter.place(Duration::MAX).unwrap().at > at);
    }

    #[test]
    fn a_place_that_was_let_pass_can_not_be_taken() {
        for ((requests, seconds), most) in [(HUNDRED, 200), ((10, 1), 30)] {
            for (late, taken) in [(0, true), (most, true), (most + 1, false)] {
                let (clock, limiter) = limiter(requests, seconds);
                let place = limiter.place(Duration::MAX).unwrap();
                clock.advance(Duration::from_millis(late));
                assert_eq!(place.has_passed(), !taken, "{late}");
                assert_eq!(place.take(), taken, "{late}");
            }
        }
    }

    #[test]
    fn what_is_too_far_ahead_is_not_kept() {
        let (_, limiter) = limiter(HUNDRED.0, HUNDRED.1);
        assert!(places(&limiter, 4).into_iter().all(Place::take));
        let wait = limiter.place(Duration::MAX).unwrap().wait();
        for _ in 0..3 {
            assert_eq!(limiter.place(wait).unwrap_err(), wait);
        }
        assert_eq!(limiter.place(wait + Duration::from_nanos(1)).unwrap().wait(), wait);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Requests come whenever they like, some are dropped, and the others leave and travel late.
        #[test]
        fn no_window_sees_more_than_is_allowed(
            which in 0..PUBLISHED.len(),
            // The time before it in thousandths of the even pace, whether it is dropped, and in thousandths of what is tolerated how
            // late it is sent and how late received.
            requests in proptest::collection::vec(
                (0_u32..4000, 0_u32..10, 0_u32..=1000, 0_u32..=1000),
                2000..5000,
            ),
            // Most come at once.
            eager in 0_u32..10,
        ) {
            let (allowed, seconds) = PUBLISHED[which];
            let window = Duration::from_secs(seconds);
            let (clock, limiter) = limiter(allowed, seconds);
            let latest = Duration::from_millis(400).min(window * 6 / 100);
            let mut arrivals = Vec::new();
            for (gap, fate, late, travel) in requests {
                if fate > eager {
                    clock.advance(window / allowed * gap / 1000);
                }
                let place = limiter.place(Duration::MAX).unwrap();
                if fate == 0 {
                    continue;
                }
                let late = limiter.pace.late * late / 1000;
                arrivals.push(place.at + late + latest * travel / 1000);
                // It is sent when its time has come; that is all that counts here.
                std::mem::forget(place);
            }
            arrivals.sort_unstable();
            let (_, most) = in_any_window(&arrivals, window);
            prop_assert!(most <= usize::try_from(allowed).unwrap(), "{} of {}", most, allowed);
        }
    }

    #[test]
    fn nine_tenths_are_used_all_the_time() {
        for (allowed, seconds) in PUBLISHED.into_iter().chain([(20, 10), (1, 10), (1, 1)]) {
            let (clock, limiter) = limiter(allowed, seconds);
            let window = Duration::from_secs(seconds);
            let mut sent = 0;
            while clock.monotonic() < window * 10 {
                let place = limiter.place(Duration::MAX).unwrap();
                clock.advance(place.wait());
                assert!(place.take());
                sent += 1;
            }
            assert!(sent >= allowed * 9, "{sent} of {allowed} in ten windows");
        }
    }
}
