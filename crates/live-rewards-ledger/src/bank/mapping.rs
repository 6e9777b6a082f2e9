use std::str::FromStr;

use super::{BankError, text};
use crate::{Words, words::words};

/// Which columns of a CSV file say what.
///
/// As text: `date=记账日期,amount=金额,direction=收支,order=商户订单号`. A column is its name, or its number from 1. Keys:
///
/// - `date`: when a line was booked
/// - `amount`: how much; without `direction` its sign says whether money came (+) or went (-)
/// - `in`, `out`: instead of `amount`, two columns of which one is filled
/// - `direction`: 收入, 支出 and the like
/// - `order`: a number that may be the order's; may be given several times
/// - `id`: the line's own number at the bank: a line that is in two files counts once
/// - `business`: what the line is for
/// - `unit`: `yuan` (unless given) or `fen`
/// - `skip`: lines before the one that names the columns, or before the first line of data where all columns are numbers
/// - `stop`: the data ends before the line whose first cell that isn't empty begins so, as with 合计
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnMapping {
    /// When a line was booked.
    pub date: BankColumn,
    /// How much.
    pub amount: AmountColumns,
    /// Numbers that may be the order's.
    pub orders: Vec<BankColumn>,
    /// The line's own number at the bank.
    pub id: Option<BankColumn>,
    /// What a line is for.
    pub business: Option<BankColumn>,
    /// What amounts are counted in.
    pub unit: AmountUnit,
    /// Lines to pass over at the start.
    pub skip: u32,
    /// How the line begins before which the data ends.
    pub stop: Option<String>,
}

/// A column of a CSV file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BankColumn {
    /// By its name.
    Name(String),
    /// By its number, from 1.
    Number(usize),
}

/// Where amount and direction stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AmountColumns {
    /// In one column, whose sign is the direction.
    Signed(BankColumn),
    /// In two columns, the amount and the direction.
    Directed(BankColumn, BankColumn),
    /// In two columns, what came and what went.
    Split(BankColumn, BankColumn),
}

/// What amounts are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmountUnit {
    /// Yuan (元).
    #[default]
    Yuan,
    /// Fen (分).
    Fen,
}

impl ColumnMapping {
    pub(super) fn columns(&self) -> impl Iterator<Item = &BankColumn> {
        let (first, second) = match &self.amount {
            AmountColumns::Signed(amount) => (amount, None),
            AmountColumns::Directed(amount, other) | AmountColumns::Split(amount, other) => {
                (amount, Some(other))
            }
        };
        let one = [&self.date, first].into_iter().chain(second);
        one.chain(&self.orders).chain(&self.id).chain(&self.business)
    }
}

impl FromStr for BankColumn {
    type Err = BankError;

    fn from_str(text: &str) -> Result<Self, BankError> {
        let name = text::name(text);
        match name.parse() {
            Ok(0) => Err(wrong(words!("columns are counted from 1", "列号从 1 开始"))),
            Ok(number) => Ok(Self::Number(number)),
            Err(_) if name.is_empty() => {
                Err(wrong(words!("a column has no name", "有一列没有名称")))
            }
            Err(_) => Ok(Self::Name(name)),
        }
    }
}

impl FromStr for ColumnMapping {
    type Err = BankError;

    fn from_str(text: &str) -> Result<Self, BankError> {
        let mut keys = Keys::default();
        for pair in text.split(',') {
            let (key, value) = pair.split_once('=').ok_or_else(|| {
                wrong(words!(
                    "{pair:?} is not KEY=COLUMN; write date=日期,amount=金额",
                    "{pair:?} 不是“键=列”的形式；请写成 date=日期,amount=金额"
                ))
            })?;
            keys.take(key.trim(), value.trim())?;
        }
        keys.finish()
    }
}

#[derive(Default)]
struct Keys {
    date: Option<BankColumn>,
    amount: Option<BankColumn>,
    direction: Option<BankColumn>,
    came: Option<BankColumn>,
    went: Option<BankColumn>,
    orders: Vec<BankColumn>,
    id: Option<BankColumn>,
    business: Option<BankColumn>,
    unit: Option<AmountUnit>,
    skip: Option<u32>,
    stop: Option<String>,
}

impl Keys {
    fn take(&mut self, key: &str, value: &str) -> Result<(), BankError> {
        let column = match key {
            "date" => &mut self.date,
            "amount" => &mut self.amount,
            "direction" => &mut self.direction,
            "in" => &mut self.came,
            "out" => &mut self.went,
            "id" => &mut self.id,
            "business" => &mut self.business,
            "order" => {
                self.orders.push(value.parse()?);
                return Ok(());
            }
            "unit" => {
                let unit = match value {
                    "yuan" => AmountUnit::Yuan,
                    "fen" => AmountUnit::Fen,
                    _ => {
                        return Err(wrong(words!(
                            "unit is yuan or fen, not {value:?}",
                            "unit 只能是 yuan 或 fen，不能是 {value:?}"
                        )));
                    }
                };
                return once(key, self.unit.replace(unit).as_ref());
            }
            "skip" => {
                let skip = value.parse().map_err(|_| {
                    wrong(words!(
                        "skip is a number of lines, not {value:?}",
                        "skip 是行数，不能是 {value:?}"
                    ))
                })?;
                return once(key, self.skip.replace(skip).as_ref());
            }
            "stop" => {
                let start = text::name(value);
                if start.is_empty() {
                    return Err(wrong(words!(
                        "stop is how a line begins, as 合计",
                        "stop 是一行的开头，例如 合计"
                    )));
                }
                return once(key, self.stop.replace(start).as_ref());
            }
            _ => {
                return Err(wrong(words!(
                    "there is no key {key:?}; there are date, amount, in, out, direction, order, id, business, unit, skip, stop",
                    "没有键 {key:?}；可用的键：date、amount、in、out、direction、order、id、business、unit、skip、stop"
                )));
            }
        };
        once(key, column.replace(value.parse()?).as_ref())
    }

    fn finish(self) -> Result<ColumnMapping, BankError> {
        let amount = match (self.amount, self.direction, self.came, self.went) {
            (Some(amount), None, None, None) => AmountColumns::Signed(amount),
            (Some(amount), Some(direction), None, None) => {
                AmountColumns::Directed(amount, direction)
            }
            (None, None, Some(came), Some(went)) => AmountColumns::Split(came, went),
            _ => {
                return Err(wrong(words!(
                    "give amount, or amount and direction, or in and out",
                    "请给出 amount，或 amount 与 direction，或 in 与 out"
                )));
            }
        };
        Ok(ColumnMapping {
            date: self.date.ok_or_else(|| wrong(words!("give date", "请给出 date")))?,
            amount,
            orders: self.orders,
            id: self.id,
            business: self.business,
            unit: self.unit.unwrap_or_default(),
            skip: self.skip.unwrap_or_default(),
            stop: self.stop,
        })
    }
}

fn once<T>(key: &str, before: Option<&T>) -> Result<(), BankError> {
    if before.is_some() {
        Err(wrong(words!("{key} is given twice", "{key} 重复给出")))
    } else {
        Ok(())
    }
}

fn wrong(what: Words) -> BankError {
    BankError::Mapping(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str) -> BankColumn {
        BankColumn::Name(name.to_owned())
    }

    #[test]
    fn columns_have_names_or_numbers() {
        let mapping: ColumnMapping =
            "date=日期, amount=金额（元）,direction=3,order=商户订单号,order=5,id=6,unit=fen,skip=2,stop=合计（元）"
                .parse()
                .unwrap();
        assert_eq!(
            mapping,
            ColumnMapping {
                date: column("日期"),
                amount: AmountColumns::Directed(column("金额(元)"), BankColumn::Number(3)),
                orders: vec![column("商户订单号"), BankColumn::Number(5)],
                id: Some(BankColumn::Number(6)),
                business: None,
                unit: AmountUnit::Fen,
                skip: 2,
                stop: Some("合计(元)".to_owned()),
            }
        );
        assert_eq!(mapping.columns().count(), 6);
        let split: ColumnMapping = "date=1,in=2,out=3".parse().unwrap();
        let [came, went] = [2, 3].map(BankColumn::Number);
        assert_eq!(split.amount, AmountColumns::Split(came, went));
    }

    #[test]
    fn what_is_wrong_with_a_mapping_is_told() {
        for (text, told) in [
            ("", "\"\" is not KEY=COLUMN; write date=日期,amount=金额"),
            ("date=1", "give amount, or amount and direction, or in and out"),
            ("amount=1", "give date"),
            ("date=1,amount=2,in=3", "give amount, or amount and direction, or in and out"),
            ("date=1,date=2", "date is given twice"),
            ("date=0", "columns are counted from 1"),
            ("date=", "a column has no name"),
            ("date=1,unit=jiao", "unit is yuan or fen, not \"jiao\""),
            ("date=1,stop=", "stop is how a line begins, as 合计"),
        ] {
            let error = text.parse::<ColumnMapping>().unwrap_err().to_string();
            assert_eq!(error, format!("the column mapping is wrong: {told}"));
        }
        assert!("when=1".parse::<ColumnMapping>().unwrap_err().to_string().contains("no key"));
    }
}
