//! Times, amounts and directions as banks write them.

use std::borrow::Cow;

use live_rewards_core::{Money, ParseMoneyError, Timestamp};

use super::{AmountUnit, Direction};

/// What a cell says, without what keeps spreadsheets from reading it as a number.
pub(super) fn clean(cell: &str) -> &str {
    let cell = cell.trim().trim_start_matches('\u{feff}');
    let formula = cell.strip_prefix("=\"").and_then(|text| text.strip_suffix('"'));
    formula.unwrap_or(cell).trim_start_matches(['`', '\'']).trim()
}

/// A column's name, so that the brackets of a Chinese keyboard make no difference.
pub(super) fn name(cell: &str) -> String {
    clean(cell).replace('（', "(").replace('）', ")")
}

/// A time in Beijing (`2026-01-31 08:00:00`, `2026/1/31 8:00`, `2026年1月31日`, `20260131`), a day alone for its midnight; or RFC 3339.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let is_compact = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    let [year, month, day] = if is_compact {
        [day.get(..4)?, day.get(4..6)?, day.get(6..)?]
    } else {
        parts(day.trim_end_matches('日'), &['-', '/', '.', '年', '月'])
    };
    let [hour, minute, second] = parts(time.trim(), &[':']);
    Timestamp::parse_china(&format!(
        "{year}-{month:0>2}-{day:0>2} {hour:0>2}:{minute:0>2}:{second:0>2}"
    ))
    .or_else(|| text.parse().ok())
}

fn parts<'a>(text: &'a str, between: &[char]) -> [&'a str; 3] {
    let mut parts = text.splitn(3, between);
    [(); 3].map(|()| parts.next().unwrap_or_default())
}

/// An amount with what people put around it: `¥1,234.50`, `+3`, `-0.5元`.
pub(super) fn money(text: &str, unit: AmountUnit) -> Result<Money, ParseMoneyError> {
    let (sign, amount) = match text.strip_prefix('-') {
        Some(amount) => ("-", amount),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let amount = amount.trim_start_matches(['¥', '￥']).trim_end_matches('元').trim();
    let text = format!("{sign}{}", without_commas(amount)?);
    if unit == AmountUnit::Fen {
        return Money::parse_fen(&text);
    }
    let reading = Money::parse_yuan(&text)?;
    // A bank's books are no floats: what looks like one was spoiled on the way.
    if reading.exact { Ok(reading.money) } else { Err(ParseMoneyError::NotWholeFen) }
}

/// Takes commas out that stand before each three digits; others could be decimal points.
fn without_commas(amount: &str) -> Result<Cow<'_, str>, ParseMoneyError> {
    if !amount.contains(',') {
        return Ok(amount.into());
    }
    let (whole, decimals) = amount.split_once('.').unwrap_or((amount, ""));
    let mut groups = whole.trim_start_matches('-').split(',');
    let first_fits = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    if first_fits && groups.all(|group| group.len() == 3) && !decimals.contains(',') {
        Ok(amount.replace(',', "").into())
    } else {
        Err(ParseMoneyError::NotANumber)
    }
}

/// What a cell says of the direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Way(Direction),
    /// The balance didn't change.
    Neither,
    Unknown,
}

const IN: [&str; 10] = ["收入", "收", "入账", "转入", "贷", "贷方", "in", "credit", "c", "+"];
const OUT: [&str; 10] = ["支出", "支", "出账", "转出", "借", "借方", "out", "debit", "d", "-"];
const NEITHER: [&str; 3] = ["不计收支", "其他", "/"];

pub(super) fn direction(text: &str) -> Said {
    let is_one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_one_of(&IN) {
        Said::Way(Direction::In)
    } else if is_one_of(&OUT) {
        Said::Way(Direction::Out)
    } else if is_one_of(&NEITHER) {
        Said::Neither
    } else {
        Said::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_beijings() {
        for (text, utc) in [
            ("2026-01-31 08:00:01", "2026-01-31T00:00:01Z"),
            ("2026-01-31T08:00:01", "2026-01-31T00:00:01Z"),
            ("2026/1/31 8:00", "2026-01-31T00:00:00Z"),
            ("2026.01.31", "2026-01-30T16:00:00Z"),
            ("2026年1月31日 08:00:00", "2026-01-31T00:00:00Z"),
            ("20260131 08:00:00.5", "2026-01-31T00:00:00.5Z"),
            ("20260131", "2026-01-30T16:00:00Z"),
            ("2026-01-31T08:00:00+09:00", "2026-01-30T23:00:00Z"),
            ("2026-01-31T08:00:00Z", "2026-01-31T08:00:00Z"),
        ] {
            assert_eq!(instant(text).map(|at| at.to_string()).as_deref(), Some(utc), "{text}");
        }
        for text in ["", "合计", "26-01-31", "2026-13-01", "2026-01-31 25:00", "31/01/2026", "2026"]
        {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_are_exact() {
        let yuan = |text| money(text, AmountUnit::Yuan).map(Money::fen);
        for (text, fen) in [
            ("8.88", 888),
            ("-0.5元", -50),
            ("+3", 300),
            ("¥1,234.50", 123_450),
            ("￥ 12", 1200),
            ("-12,345,678.90", -1_234_567_890),
            ("¥-1,000", -100_000),
        ] {
            assert_eq!(yuan(text), Ok(fen), "{text}");
        }
        for text in
            ["", "1,5", "1234,567", "1,234,5", "0.30000000000000004", "0.001", "--1", "1.0,000"]
        {
            assert!(yuan(text).is_err(), "{text}");
        }
        assert_eq!(money("1,234", AmountUnit::Fen), Ok(Money::from_fen(1234)));
        assert!(money("12.5", AmountUnit::Fen).is_err());
    }

    #[test]
    fn directions_have_many_words() {
        assert_eq!(direction("收入"), Said::Way(Direction::In));
        assert_eq!(direction("Debit"), Said::Way(Direction::Out));
        assert_eq!(direction("不计收支"), Said::Neither);
        assert_eq!(direction(""), Said::Unknown);
    }

    #[test]
    fn what_protects_a_cell_is_taken_off() {
        for (cell, text) in
            [("`1900\t", "1900"), ("=\"0012\"", "0012"), ("'7", "7"), (" a b ", "a b")]
        {
            assert_eq!(clean(cell), text);
        }
        assert_eq!(name("\u{feff}收支金额（元）"), "收支金额(元)");
    }
}
