//! Numbers as people read them, exact from whole numbers.

use live_rewards_core::{Money, Points};

/// `¥1,234,567.89`, and `−¥5.00` below nothing.
pub(super) fn yuan(money: Money) -> String {
    of_fen(money.fen().into())
}

/// Likewise without decimals where there are none: `¥1,000` and `¥0.50`.
pub(super) fn short_yuan(fen: i128) -> String {
    let text = of_fen(fen);
    match text.strip_suffix(".00") {
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// `1,234`.
pub(super) fn count(number: u64) -> String {
    grouped(number.into())
}

/// `1,234`, and `−5` below nothing.
pub(super) fn points(points: Points) -> String {
    let number = i128::from(points.get());
    format!("{}{}", sign(number), grouped(number.unsigned_abs()))
}

/// A part of a whole as `12.3%`. Nothing where there is no whole.
pub(super) fn share(part: i64, whole: i64) -> Option<String> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    let tenths = (part.abs() * 2000 + whole) / (whole * 2);
    let sign = sign(part);
    Some(match tenths {
        0 if part != 0 => format!("{sign}<0.1%"),
        // What is not quite all isn't shown as all.
        1000 if part.abs() < whole => format!("{sign}>99.9%"),
        _ => format!("{sign}{}.{}%", tenths / 10, tenths % 10),
    })
}

/// A count as a number that can be compared with others.
pub(super) fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn of_fen(fen: i128) -> String {
    let size = fen.unsigned_abs();
    format!("{}¥{}.{:02}", sign(fen), grouped(size / 100), size % 100)
}

fn sign(number: i128) -> &'static str {
    if number < 0 { "−" } else { "" }
}

fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact_in_groups_of_three() {
        for (fen, text) in [
            (0, "¥0.00"),
            (7, "¥0.07"),
            (-500, "−¥5.00"),
            (99_999, "¥999.99"),
            (100_000, "¥1,000.00"),
            (123_456_789, "¥1,234,567.89"),
            (i64::MIN, "−¥92,233,720,368,547,758.08"),
        ] {
            assert_eq!(yuan(Money::from_fen(fen)), text);
        }
        assert_eq!(short_yuan(50), "¥0.50");
        assert_eq!(short_yuan(100_000), "¥1,000");
    }

    #[test]
    fn shares_never_hide_a_rest() {
        for (part, whole, text) in [
            (0, 3, "0.0%"),
            (1, 3, "33.3%"),
            (2, 3, "66.7%"),
            (3, 3, "100.0%"),
            (1, 10_000, "<0.1%"),
            (-1, 10_000, "−<0.1%"),
            (9_999, 10_000, ">99.9%"),
            (-1, 2, "−50.0%"),
            (i64::MAX, i64::MAX, "100.0%"),
        ] {
            assert_eq!(share(part, whole).as_deref(), Some(text));
        }
        assert_eq!(share(1, 0), None);
    }
}
