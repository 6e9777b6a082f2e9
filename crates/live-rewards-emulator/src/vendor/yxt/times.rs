//! Instants and spans of time as the vendor prints them.

use crate::calendar::beijing;
use crate::text::Text;

/// An instant with the decimal that the vendor's own have.
pub(super) fn time(second: i64) -> Text {
    let mut text = beijing(second);
    text.push_str(".0");
    text
}

/// Seconds as `0H30m0s`.
pub(super) fn duration(seconds: i64) -> Text {
    let seconds = seconds.unsigned_abs();
    let mut text = Text::new();
    for (number, unit) in [(seconds / 3600, b'H'), (seconds / 60 % 60, b'm'), (seconds % 60, b's')]
    {
        text.decimal(number, 1);
        text.push(unit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_have_the_vendors_form() {
        assert_eq!(&*time(1_648_867_234), "2022-04-02 10:40:34.0");
        assert_eq!(&*duration(1800), "0H30m0s");
        assert_eq!(&*duration(3661), "1H1m1s");
    }
}
