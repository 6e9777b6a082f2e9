//! Text that Excel must take for text when it opens CSV, where quotes don't say so.

use std::borrow::Cow;

/// A text with an apostrophe before it, if Excel would take it for a formula, a number, a date or a flag. One that begins with an
/// apostrophe gets another one, so that taking one off gives the text back.
///
/// Excel shows the apostrophe. It can't be tricked by what follows, other programs take it for text, too, and it is the known way
/// against formula injection. A tab, which it would not show, is one of the characters to guard against, and `="…"` is a formula.
pub(crate) fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    if begins_formula(&text) || reads_as_value(&text) { format!("'{text}").into() } else { text }
}

/// A number as it is, unless Excel would round it: it keeps fifteen digits.
pub(crate) fn guarded_number(number: String) -> String {
    if fits_number(&number) { number } else { format!("'{number}") }
}

/// Whether a decimal number has no more digits than a double surely keeps.
pub(crate) fn fits_number(decimal: &str) -> bool {
    decimal.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count() <= 15
}

/// Formulas also begin with full-width characters where the keyboard is Chinese or Japanese; blanks before them are skipped.
fn begins_formula(text: &str) -> bool {
    text.starts_with(|first: char| {
        first.is_whitespace()
            || matches!(first, '=' | '+' | '-' | '@' | '\'')
            || matches!(first, '＝' | '＋' | '－' | '＠')
    })
}

/// Whether there is a digit, and no word but those that stand in numbers, dates and times: `0012`, `1e5`, `3/4`, `Mar-1`, `5月2日`.
fn reads_as_value(text: &str) -> bool {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        return true;
    }
    if !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９')) {
        return false;
    }
    let begins_with_word = text.starts_with(char::is_alphabetic);
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let begins_well =
        !begins_with_word || words.next().is_some_and(|word| is_of_date(word) || is_month(word));
    begins_well && words.all(|word| is_of_date(word) || is_month(word) || follows_digits(word))
}

fn is_of_date(word: &str) -> bool {
    word.chars().all(|c| "年月日时分秒上下午".contains(c))
}

fn is_month(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&word))
}

/// Exponents and halves of the day.
fn follows_digits(word: &str) -> bool {
    ["a", "p", "am", "pm", "e"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn is_guarded(text: &str) -> bool {
        guarded(text.into()) != text
    }

    #[test]
    fn formulas_are_text() {
        for text in [
            "=1+1",
            "=HYPERLINK(\"http://example.com\")",
            "+86",
            "-x",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "＝1+1",
            "＠x",
            "'",
            "'=1",
        ] {
            assert_eq!(guarded(text.into()), format!("'{text}"));
        }
    }

    #[test]
    fn what_excel_would_turn_into_something_else_is_text() {
        for text in [
            "12345678901234567890",
            "0012",
            "1e5",
            "12E-3",
            "3/4",
            "2026-01",
            "8:05",
            "8:05 PM",
            "MAR1",
            "1-Sept",
            "5月2日",
            "（12）",
            "$5",
            "¥5",
            ".5",
            "50%",
            "1,000",
            "１２３",
            "TRUE",
            "false",
        ] {
            assert!(is_guarded(text), "{text}");
        }
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "",
            "polyv",
            "u_5b6a",
            "5f3a9bd0",
            "o6_bmjrPTlm6_2sgVt7hMZOPfL2M",
            "小鱼 🐟",
            "7班小明",
            "room-12",
            "resource-3",
            "market 5",
            "a=1",
            "march",
            "p1",
        ] {
            assert!(!is_guarded(text), "{text}");
        }
    }

    #[test]
    fn numbers_of_up_to_fifteen_digits_stay() {
        for number in ["0.05", "-12.34", "999999999999999", "-9999999999999.99"] {
            assert_eq!(guarded_number(number.to_owned()), number);
        }
        assert_eq!(guarded_number("1000000000000000".to_owned()), "'1000000000000000");
        assert_eq!(guarded_number("92233720368547758.07".to_owned()), "'92233720368547758.07");
    }
}
