//! Instants and days that calls are given.

use crate::calendar::parse_beijing;
use crate::parameters::Parameters;
use crate::reply::Refusal;
use crate::vendor::Call;
use crate::vendor::polyv::envelope::Fault;
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::world::{DAY, HOUR};

/// How far clocks in Beijing are ahead.
const AHEAD: i64 = 8 * HOUR;
/// Length of a date of the form published.
const DATE: usize = "2026-01-31".len();

/// Seconds between two bounds in milliseconds. Rows lie on whole seconds: a bound between two of them
/// takes the later or the earlier one.
pub(super) fn bounds(given: &Parameters, from: &str, to: &str) -> (Option<i64>, Option<i64>) {
    let from = given.integer(from);
    let from = from.map(|ms| ms.saturating_sub(1).div_euclid(1000).saturating_add(1));
    (from, given.integer(to).map(|ms| ms.div_euclid(1000)))
}

/// Unix second at which the day of an instant begins in Beijing.
pub(super) fn midnight(second: i64) -> i64 {
    (second + AHEAD).div_euclid(DAY) * DAY - AHEAD
}

impl Polyv {
    /// Unix second of a date in Beijing, with or without a time of day.
    pub(super) fn time(
        &self,
        call: &Call<'_, Endpoint>,
        name: &'static str,
    ) -> Result<Option<i64>, Refusal> {
        let Some(text) = call.parameters.text(name) else { return Ok(None) };
        let second = parse_beijing(text);
        second.map(Some).ok_or_else(|| self.refuse(call.route.path, &Fault::Time(name)))
    }

    /// Unix second at which a day in Beijing begins.
    pub(super) fn day(
        &self,
        call: &Call<'_, Endpoint>,
        name: &'static str,
    ) -> Result<i64, Refusal> {
        let date = call.parameters.text(name).filter(|text| text.len() == DATE);
        let second = date.and_then(parse_beijing);
        second.ok_or_else(|| self.refuse(call.route.path, &Fault::Time(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_between_two_seconds_are_rounded_inwards() {
        let given = |from: &str, to: &str| {
            let pairs = [("from".to_owned(), from.to_owned()), ("to".to_owned(), to.to_owned())];
            bounds(&Parameters::from_pairs(&pairs), "from", "to")
        };
        assert_eq!(given("1000", "1000"), (Some(1), Some(1)));
        assert_eq!(given("1001", "1999"), (Some(2), Some(1)));
        assert_eq!(given("", ""), (None, None));
    }

    #[test]
    fn days_begin_at_midnight_in_beijing() {
        // 2022-04-02 00:00:00.
        let day = 1_648_828_800;
        assert_eq!((midnight(day), midnight(day + DAY - 1)), (day, day));
        assert_eq!(parse_beijing("2022-04-02"), Some(day));
    }
}
