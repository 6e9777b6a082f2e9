use std::{borrow::Cow, io};

use live_rewards_core::{Money, Points, Timestamp};
use live_rewards_ledger::{Column, Language, Value};
use rust_xlsxwriter::{ExcelDateTime, Worksheet, XlsxError};

use super::style::Body;
use crate::{
    guard::fits_number,
    lead::yes_or_no,
    text::{cut, plain, units},
};

/// A value of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    Nothing,
    /// An id, a name, a word.
    Text(Cow<'a, str>),
    /// Text to read.
    Prose(Cow<'a, str>),
    Integer(i64),
    Points(Points),
    Money(Money),
    Time(Timestamp),
}

/// Cells that are marked as text show nothing but `#` in some versions of Excel, if their text is longer.
const LONGEST_MARKED: usize = 255;

/// Beijing's eight hours before UTC.
const CHINA_SECONDS: i64 = 28_800;

impl<'a> Cell<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A count beyond `i64` can't be; the largest stands for it.
    pub(super) fn count(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// A value of a column; codes have their words.
    pub(super) fn of_value(
        column: &Column,
        value: &'a Value<'_>,
        language: Language,
    ) -> io::Result<Self> {
        Ok(match value {
            Value::Null => Self::Nothing,
            Value::Text(text) => Self::text(column.word(text, language).unwrap_or(text)),
            Value::Integer(number) => Self::Integer(*number),
            Value::Money(money) => Self::Money(*money),
            Value::Points(points) => Self::Points(*points),
            Value::Flag(flag) => Self::text(yes_or_no(*flag, language)),
            Value::Time(time) => Self::Time(*time),
            _ => return Err(io::Error::other("a value of a newer kind")),
        })
    }

    /// Whether it is nothing, or a number that is.
    pub(super) fn is_zero(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(text) | Self::Prose(text) => text.is_empty(),
            Self::Integer(number) => *number == 0,
            Self::Points(points) => *points == Points::ZERO,
            Self::Money(money) => *money == Money::ZERO,
            Self::Time(_) => false,
        }
    }

    /// The sum of two amounts of one unit, unless it overflows.
    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Integer(one), Self::Integer(other)) => {
                one.checked_add(*other).map(Self::Integer)
            }
            (Self::Points(one), Self::Points(other)) => one.checked_add(*other).map(Self::Points),
            (Self::Money(one), Self::Money(other)) => one.checked_add(*other).map(Self::Money),
            _ => None,
        }
    }

    pub(super) fn write(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        body: &Body,
    ) -> Result<(), XlsxError> {
        let (number, format) = match self {
            Self::Nothing => return Ok(()),
            Self::Text(text) | Self::Prose(text) => {
                let is_marked = matches!(self, Self::Text(_)) && units(text) <= LONGEST_MARKED;
                let format = if is_marked { &body.text } else { &body.prose };
                sheet.write_string_with_format(row, column, cut(plain(text)), format)?;
                return Ok(());
            }
            Self::Time(time) => {
                match beijing(*time) {
                    Some(time) => {
                        sheet.write_datetime_with_format(row, column, &time, &body.time)?
                    }
                    None => {
                        sheet.write_string_with_format(row, column, time.to_china(), &body.text)?
                    }
                };
                return Ok(());
            }
            Self::Integer(number) => (number.to_string(), &body.integer),
            Self::Points(points) => (points.to_string(), &body.points),
            Self::Money(money) => (money.to_string(), &body.money),
        };
        match double(&number) {
            Some(double) => sheet.write_number_with_format(row, column, double, format)?,
            None => sheet.write_string_with_format(row, column, number, &body.text)?,
        };
        Ok(())
    }
}

/// The double nearest to a decimal number, if it gives all its digits back. This is the only place where money becomes a floating
/// point number, as a sheet has no other, and it is made from the digits, without arithmetic.
fn double(decimal: &str) -> Option<f64> {
    if fits_number(decimal) { decimal.parse().ok() } else { None }
}

/// The date and time of an instant in UTC, if sheets have it.
pub(super) fn utc(time: Timestamp) -> Option<ExcelDateTime> {
    ExcelDateTime::from_timestamp(seconds(time)).ok()
}

fn beijing(time: Timestamp) -> Option<ExcelDateTime> {
    ExcelDateTime::from_timestamp(seconds(time).checked_add(CHINA_SECONDS)?).ok()
}

fn seconds(time: Timestamp) -> i64 {
    time.epoch_ms().div_euclid(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_give_the_digits_back() {
        for decimal in ["0", "0.05", "-0.07", "1234.56", "99999999999.99", "9999999999999.99"] {
            assert_eq!(double(decimal).unwrap().to_string(), decimal);
        }
        assert_eq!(double("10000000000000.01"), None);
    }

    #[test]
    fn only_amounts_of_one_unit_are_added() {
        let money = |fen| Cell::Money(Money::from_fen(fen));
        assert_eq!(money(5).plus(&money(-7)), Some(money(-2)));
        assert_eq!(money(i64::MAX).plus(&money(1)), None);
        assert_eq!(money(5).plus(&Cell::Points(Points::new(5))), None);
    }
}
