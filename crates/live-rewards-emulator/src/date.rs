//! The `Date` of answers, which is written once a second.

use std::sync::{Mutex, PoisonError};

use hyper::header::HeaderValue;

use crate::calendar;

/// The value written last, with its second.
#[derive(Debug, Default)]
pub(crate) struct Dates(Mutex<Option<(i64, HeaderValue)>>);

impl Dates {
    /// Value of the header at an instant in milliseconds since 1970; `None` if out of the calendar's
    /// range.
    pub(crate) fn at(&self, now_ms: i64) -> Option<HeaderValue> {
        let second = now_ms.div_euclid(1000);
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((written, date)) = &*last
            && *written == second
        {
            return Some(date.clone());
        }
        let date = HeaderValue::try_from(calendar::http_date(now_ms)?).ok()?;
        *last = Some((second, date.clone()));
        Some(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_that_of_its_second() {
        let dates = Dates::default();
        let at = |ms| dates.at(ms).unwrap().to_str().unwrap().to_owned();
        assert_eq!(at(1_648_867_234_567), "Sat, 02 Apr 2022 02:40:34 GMT");
        assert_eq!(at(1_648_867_234_999), "Sat, 02 Apr 2022 02:40:34 GMT");
        assert_eq!(at(1_648_867_235_000), "Sat, 02 Apr 2022 02:40:35 GMT");
        assert_eq!(at(1_648_867_234_000), "Sat, 02 Apr 2022 02:40:34 GMT");
        assert_eq!(dates.at(i64::MAX), None);
    }
}
