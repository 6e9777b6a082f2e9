//! Which time the files hold.

use live_rewards_core::Timestamp;

use super::{BankLine, BankOptions, BankWarning};

pub(super) const DAY_MS: i64 = 24 * HOUR_MS;
pub(super) const BEIJING_MS: i64 = 8 * HOUR_MS;
const HOUR_MS: i64 = 3_600_000;

/// The days of a file, from its first line to its last one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    file: usize,
    first: i64,
    last: i64,
    /// A line has a time other than midnight.
    is_timed: bool,
    /// A line has no number of its own.
    is_unnumbered: bool,
}

/// The time that is matched, and what of it the files hold.
#[derive(Debug)]
pub(super) struct Coverage {
    /// In milliseconds, half-open.
    pub(super) from: i64,
    pub(super) until: i64,
    /// The stretches that the files hold, half-open, apart from each other.
    pub(super) held: Vec<[i64; 2]>,
    /// How near to an end of a stretch a movement's line may be beyond it.
    pub(super) edge_ms: i64,
}

impl Span {
    /// That of a file, by its first line.
    pub(super) fn new(file: usize, line: &BankLine) -> Self {
        let day = day(line.at.epoch_ms());
        let mut span = Self { file, first: day, last: day, is_timed: false, is_unnumbered: false };
        span.add(line);
        span
    }

    pub(super) fn add(&mut self, line: &BankLine) {
        let at = line.at.epoch_ms();
        let day = day(at);
        self.first = self.first.min(day);
        self.last = self.last.max(day);
        self.is_timed |= at != start_of(day);
        self.is_unnumbered |= line.id.is_none();
    }

    fn held(self) -> [i64; 2] {
        [start_of(self.first), start_of(self.last.saturating_add(1))]
    }
}

impl Coverage {
    pub(super) fn of(spans: &[Span], options: &BankOptions) -> Self {
        let [from, until] = [options.from, options.until].map(|at| at.map(Timestamp::epoch_ms));
        let mut held: Vec<_> = spans.iter().map(|span| span.held()).collect();
        let first = held.iter().map(|[start, _]| *start).min();
        let last = held.iter().map(|[_, end]| *end).max();
        // The days at an end that is given may have had no lines.
        held.extend(match (from, until, first, last) {
            (Some(from), Some(until), ..) => Some([from, until]),
            (Some(from), None, Some(first), _) => Some([from, first]),
            (None, Some(until), _, Some(last)) => Some([last, until]),
            _ => None,
        });
        held.retain(|[start, end]| start < end);
        let is_timed = !spans.is_empty() && spans.iter().all(|span| span.is_timed);
        Self {
            from: from.or(first).or(until).unwrap_or_default(),
            until: until.or(last).or(from).unwrap_or_default(),
            held: joined(held),
            edge_ms: if is_timed {
                i64::from(options.hour_slack) * HOUR_MS
            } else {
                slack_ms(options)
            },
        }
    }

    /// What is doubtful about the files together, each with the file to which it is told.
    pub(super) fn warnings(&self, spans: &[Span]) -> Vec<(usize, BankWarning)> {
        let mut warnings = Vec::new();
        for pair in self.held.windows(2) {
            let [[_, end], [start, _]] = pair else { continue };
            let is_meant = *start > self.from && *end < self.until;
            let next = spans.iter().find(|span| span.held()[0] == *start);
            let ends = [*end, *start].map(Timestamp::from_epoch_ms);
            if let (true, Some(next), [Some(from), Some(until)]) = (is_meant, next, ends) {
                warnings.push((next.file, BankWarning::Gap { from, until }));
            }
        }
        let mut spans: Vec<_> = spans.iter().filter(|span| span.is_unnumbered).collect();
        spans.sort_by_key(|span| (span.first, span.file));
        let mut last = None;
        for span in spans {
            if last.is_some_and(|last| span.first <= last) {
                warnings.push((span.file, BankWarning::Overlap));
            }
            last = last.max(Some(span.last));
        }
        warnings
    }
}

/// Makes one of stretches that overlap or touch.
fn joined(mut stretches: Vec<[i64; 2]>) -> Vec<[i64; 2]> {
    stretches.sort_unstable();
    let mut joined: Vec<[i64; 2]> = Vec::new();
    for [start, end] in stretches {
        match joined.last_mut() {
            Some([_, last]) if start <= *last => *last = end.max(*last),
            _ => joined.push([start, end]),
        }
    }
    joined
}

pub(super) fn slack_ms(options: &BankOptions) -> i64 {
    i64::from(options.day_slack) * DAY_MS
}

/// The day in Beijing, counted since 1970.
pub(super) fn day(ms: i64) -> i64 {
    ms.saturating_add(BEIJING_MS).div_euclid(DAY_MS)
}

/// When a day begins in Beijing.
fn start_of(day: i64) -> i64 {
    day.saturating_mul(DAY_MS).saturating_sub(BEIJING_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPANS: [Span; 3] = [span(0, 10, 11), span(1, 14, 14), span(2, 11, 12)];

    const fn span(file: usize, first: i64, last: i64) -> Span {
        Span { file, first, last, is_timed: true, is_unnumbered: true }
    }

    /// What is held in days, and the warnings.
    fn covered(
        from: Option<i64>,
        until: Option<i64>,
    ) -> (Vec<[i64; 2]>, Vec<(usize, BankWarning)>) {
        let [from, until] =
            [from, until].map(|at| at.and_then(|at| Timestamp::from_epoch_ms(start_of(at))));
        let options = BankOptions { from, until, ..BankOptions::default() };
        let coverage = Coverage::of(&SPANS, &options);
        let warnings = coverage.warnings(&SPANS);
        (coverage.held.into_iter().map(|stretch| stretch.map(day)).collect(), warnings)
    }

    fn gap() -> (usize, BankWarning) {
        let [from, until] = [13, 14].map(|day| Timestamp::from_epoch_ms(start_of(day)).unwrap());
        (1, BankWarning::Gap { from, until })
    }

    #[test]
    fn what_is_given_is_held() {
        let overlap = (2, BankWarning::Overlap);
        for (from, until, held, warnings) in [
            (None, None, vec![[10, 13], [14, 15]], vec![gap(), overlap.clone()]),
            (Some(8), None, vec![[8, 13], [14, 15]], vec![gap(), overlap.clone()]),
            (None, Some(20), vec![[10, 13], [14, 20]], vec![gap(), overlap.clone()]),
            (None, Some(12), vec![[10, 13], [14, 15]], vec![overlap.clone()]),
            (Some(14), None, vec![[10, 13], [14, 15]], vec![overlap.clone()]),
            (Some(12), Some(16), vec![[10, 16]], vec![overlap.clone()]),
        ] {
            assert_eq!(covered(from, until), (held, warnings), "{from:?} {until:?}");
        }
    }

    #[test]
    fn one_file_with_days_alone_makes_the_edge_days() {
        let options = BankOptions { day_slack: 2, hour_slack: 3, ..BankOptions::default() };
        let edge_ms = |spans: &[Span]| Coverage::of(spans, &options).edge_ms;
        assert_eq!(edge_ms(&SPANS), 3 * HOUR_MS);
        assert_eq!(edge_ms(&[SPANS[0], Span { is_timed: false, ..SPANS[1] }]), 2 * DAY_MS);
        assert_eq!(edge_ms(&[]), 2 * DAY_MS);
    }
}
