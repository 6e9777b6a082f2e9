use csv::StringRecord;
use live_rewards_core::{Money, ParseMoneyError};

use super::{
    AmountColumns, AmountUnit, BankColumn, BankError, BankLine, ColumnMapping, Direction,
    text::{self, Said},
};
use crate::{Words, words::words};

/// Reads the lines of a CSV file by a mapping of its columns.
#[derive(Debug)]
pub(super) struct Mapped {
    at: usize,
    amount: Amount,
    orders: Vec<usize>,
    id: Option<usize>,
    business: Option<usize>,
    unit: AmountUnit,
    /// How the line begins before which the data ends.
    stop: Option<String>,
    /// That line, once it was read.
    stopped: Option<u64>,
    /// Lines that changed no balance.
    pub(super) neither: u64,
}

/// Where amount and direction stand.
#[derive(Clone, Copy, Debug)]
enum Amount {
    Signed(usize),
    Directed(usize, usize),
    Split(usize, usize),
}

impl Mapped {
    /// Begins with the line of column names, or without any if all columns are numbers; nothing if a name is missing.
    pub(super) fn begin(
        mapping: &ColumnMapping,
        header: &StringRecord,
    ) -> Result<Option<Self>, BankError> {
        let names: Vec<_> = header.iter().map(text::name).collect();
        match Self::of(mapping, &names) {
            Some(mapped) => check_names(mapping, &names).map(|()| Some(mapped)),
            None => Ok(None),
        }
    }

    fn of(mapping: &ColumnMapping, names: &[String]) -> Option<Self> {
        let find = |column: &BankColumn| match column {
            BankColumn::Number(number) => number.checked_sub(1),
            BankColumn::Name(name) => names.iter().position(|found| found == name),
        };
        // Nothing if a column that is wanted is missing.
        let find_any = |column: Option<&BankColumn>| match column {
            Some(column) => find(column).map(Some),
            None => Some(None),
        };
        let amount = match &mapping.amount {
            AmountColumns::Signed(amount) => Amount::Signed(find(amount)?),
            AmountColumns::Directed(amount, direction) => {
                Amount::Directed(find(amount)?, find(direction)?)
            }
            AmountColumns::Split(came, went) => Amount::Split(find(came)?, find(went)?),
        };
        Some(Self {
            at: find(&mapping.date)?,
            amount,
            orders: mapping.orders.iter().map(find).collect::<Option<_>>()?,
            id: find_any(mapping.id.as_ref())?,
            business: find_any(mapping.business.as_ref())?,
            unit: mapping.unit,
            stop: mapping.stop.clone(),
            stopped: None,
            neither: 0,
        })
    }

    /// Takes a line; gives it if money came or went. One without date and amount is passed over.
    pub(super) fn take(
        &mut self,
        number: u64,
        record: &StringRecord,
    ) -> Result<Option<BankLine>, BankError> {
        if record.iter().any(|cell| cell.contains('\n')) {
            return Err(BankError::line(
                number,
                words!(
                    "a quote isn't closed, or a cell has several lines",
                    "引号没有闭合，或单元格内有换行"
                ),
            ));
        }
        if self.is_after_data(number, record)? {
            return Ok(None);
        }
        let cell = |index| cell(record, index);
        let [first, second] = self.amounts(record);
        let date = cell(self.at);
        if [date, first, second].iter().all(|text| text.is_empty()) {
            return Ok(None);
        }
        let at = text::instant(date).ok_or_else(|| {
            BankError::line(
                number,
                words!(
                    "{date:?} is no day like 2026-01-31; if it is no line of money, pass it over with skip or stop",
                    "{date:?} 不是形如 2026-01-31 的日期；若不是收支行，请用 skip 或 stop 跳过"
                ),
            )
        })?;
        let money = |text: &str| {
            text::money(text, self.unit)
                .map_err(|error| BankError::line(number, no_amount(text, error)))
        };
        let moved = match self.amount {
            Amount::Signed(_) => Some(signed(money(first)?)),
            Amount::Directed(_, direction) => directed(money(first)?, cell(direction))
                .map_err(|what| BankError::line(number, what))?,
            Amount::Split(..) => {
                let amount =
                    |text: &str| if text.is_empty() { Ok(Money::ZERO) } else { money(text) };
                split(amount(first)?, amount(second)?)
                    .map_err(|what| BankError::line(number, what))?
            }
        };
        let Some((direction, amount)) = moved else {
            self.neither += 1;
            return Ok(None);
        };
        let ids = self.orders.iter().map(|index| cell(*index)).filter(|id| !id.is_empty());
        let filled = |column: Option<usize>| {
            column.map(cell).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        Ok(Some(BankLine {
            number,
            at,
            direction,
            amount,
            ids: ids.map(str::to_owned).collect(),
            id: filled(self.id),
            business: filled(self.business),
        }))
    }

    /// The cells with amounts.
    fn amounts<'a>(&self, record: &'a StringRecord) -> [&'a str; 2] {
        match self.amount {
            Amount::Signed(amount) | Amount::Directed(amount, _) => [cell(record, amount), ""],
            Amount::Split(came, went) => [cell(record, came), cell(record, went)],
        }
    }

    /// Whether the data ended here or before. More of it would be passed over silently, so that is refused.
    fn is_after_data(&mut self, number: u64, record: &StringRecord) -> Result<bool, BankError> {
        let Some(stop) = &self.stop else { return Ok(false) };
        let Some(stopped) = self.stopped else {
            let start = record.iter().map(text::name).find(|cell| !cell.is_empty());
            let is_here = start.is_some_and(|start| start.starts_with(stop.as_str()));
            self.stopped = is_here.then_some(number);
            return Ok(is_here);
        };
        let is_amount = |text: &&str| text::money(text, self.unit).is_ok();
        let is_data = text::instant(cell(record, self.at)).is_some()
            && self.amounts(record).iter().any(is_amount);
        if is_data {
            let what = words!(
                "the data ended at line {stopped}, but goes on; make two files of it",
                "数据已在第 {stopped} 行结束，之后又有数据；请拆成两个文件"
            );
            return Err(BankError::line(number, what));
        }
        Ok(true)
    }
}

/// Refuses a name that several columns have.
fn check_names(mapping: &ColumnMapping, names: &[String]) -> Result<(), BankError> {
    for column in mapping.columns() {
        let BankColumn::Name(name) = column else { continue };
        let places = (1..=names.len()).zip(names).filter(|(_, found)| *found == name);
        let places: Vec<_> = places.map(|(number, _)| number.to_string()).collect();
        if places.len() > 1 {
            let (en, zh) = (places.join(" and "), places.join("、"));
            return Err(BankError::Mapping(words!(
                "columns {en} have the name {name}; give the number of the right one",
                "第 {zh} 列同名 {name}；请给出列号"
            )));
        }
    }
    Ok(())
}

fn cell(record: &StringRecord, index: usize) -> &str {
    record.get(index).map(text::clean).unwrap_or_default()
}

fn signed(amount: Money) -> (Direction, Money) {
    let direction = if amount < Money::ZERO { Direction::Out } else { Direction::In };
    (direction, magnitude(amount))
}

/// Nothing if the line says that the balance didn't change.
fn directed(amount: Money, direction: &str) -> Result<Option<(Direction, Money)>, Words> {
    match text::direction(direction) {
        Said::Neither => Ok(None),
        Said::Unknown => Err(words!(
            "the direction {direction:?} is unknown; write 收入 or 支出",
            "无法识别收支方向 {direction:?}；请写收入或支出"
        )),
        // Banks write what went out with a sign, or without.
        Said::Way(Direction::Out) => Ok(Some((Direction::Out, magnitude(amount)))),
        Said::Way(Direction::In) if amount < Money::ZERO => Err(negative()),
        Said::Way(Direction::In) => Ok(Some((Direction::In, amount))),
    }
}

/// Nothing if both are zero.
fn split(came: Money, went: Money) -> Result<Option<(Direction, Money)>, Words> {
    match (came == Money::ZERO, went == Money::ZERO) {
        (true, true) => Ok(None),
        (false, false) => Err(words!(
            "money both came and went; make two lines of it",
            "一行既有收入又有支出；请拆成两行"
        )),
        (false, true) if came < Money::ZERO => Err(negative()),
        (false, true) => Ok(Some((Direction::In, came))),
        (true, false) => Ok(Some((Direction::Out, magnitude(went)))),
    }
}

fn negative() -> Words {
    words!(
        "an amount that came in is negative; write it as one that went out",
        "收入金额为负；请记为支出"
    )
}

fn no_amount(text: &str, error: ParseMoneyError) -> Words {
    let why = match error {
        ParseMoneyError::NotANumber => "不是数字",
        ParseMoneyError::NotWholeFen => "不是整分",
        ParseMoneyError::TooLarge => "超过 10^13 分",
        _ => "无法识别",
    };
    words!("{text:?} is no amount: {error}", "{text:?} 不是金额：{why}")
}

/// Amounts that are read are bounded, so each has a positive one.
fn magnitude(amount: Money) -> Money {
    Money::from_fen(amount.fen().saturating_abs())
}

#[cfg(test)]
mod tests {
    use super::super::{BankFile, BankFormat};
    use super::*;

    fn read(mapping: &str, text: &str) -> Result<(Vec<BankLine>, u64), BankError> {
        let format = BankFormat::Mapped(mapping.parse()?);
        let mut file = BankFile::read(text.as_bytes(), &format)?;
        let mut lines = Vec::new();
        while let Some(line) = file.next_line()? {
            lines.push(line);
        }
        Ok((lines, file.left_out()))
    }

    fn money(lines: &[BankLine]) -> Vec<(Direction, i64)> {
        lines.iter().map(|line| (line.direction, line.amount.fen())).collect()
    }

    use Direction::{In, Out};

    #[test]
    fn the_sign_can_be_the_direction() {
        let text = "账单\n导出时间,2026-02-01\n日期,摘要,金额,流水号\n\
            2026/1/31,红包,-100.00,=\"0012\"\n2026/2/1 9:05,退款,\"1,000.50\",\n,,,共 2 笔\n";
        let (lines, left_out) =
            read("date=日期,amount=金额,order=流水号,business=摘要", text).unwrap();
        assert_eq!(money(&lines), [(Out, 10_000), (In, 100_050)]);
        assert_eq!(left_out, 0);
        assert_eq!(lines[0].ids, ["0012"]);
        assert_eq!(lines[1].ids, Vec::<String>::new());
        assert_eq!(lines[1].business.as_deref(), Some("退款"));
        assert_eq!((lines[1].number, lines[1].at.to_china().as_str()), (5, "2026-02-01 09:05:00"));
    }

    #[test]
    fn a_column_can_be_the_direction() {
        let text = "day,kind,amount,a,b\n20260131,支出,12.00,,x\n20260131,out,-0.50,y,x\n\
            20260131,收入,3,,\n20260131,不计收支,9,,\n";
        let (lines, left_out) =
            read("date=1,amount=3,direction=2,order=4,order=5,skip=1", text).unwrap();
        assert_eq!(money(&lines), [(Out, 1200), (Out, 50), (In, 300)]);
        assert_eq!(left_out, 1);
        assert_eq!(lines[1].ids, ["y", "x"]);
    }

    #[test]
    fn two_columns_can_be_the_direction() {
        let text =
            "日期,收入（分）,支出（分）\n2026-01-31,,1200\n2026-01-31,300,0\n2026-01-31,0,\n";
        let (lines, left_out) = read("date=日期,in=收入(分),out=支出(分),unit=fen", text).unwrap();
        assert_eq!(money(&lines), [(Out, 1200), (In, 300)]);
        assert_eq!(left_out, 1);
    }

    #[test]
    fn a_summary_can_end_the_data() {
        let text = "日期,摘要,金额,流水号\n2026-01-31,红包,-1,F1\n,合计退款,2,\n\
            ,合计（元）,1,\n期间,2026-01-01,3,\n2026-01-31,至,,\n";
        let mapping = "date=日期,amount=金额,id=流水号,business=摘要";
        let told = read(mapping, text).unwrap_err().to_string();
        assert!(told.ends_with("; if it is no line of money, pass it over with skip or stop"));
        let (lines, left_out) = read(&format!("{mapping},stop=合计"), text).unwrap();
        assert_eq!((money(&lines), left_out), (vec![(Out, 100)], 0));
        assert_eq!(lines[0].id.as_deref(), Some("F1"));
        assert!(read(&format!("{mapping},stop=合计(元)"), text).is_err());
    }

    #[test]
    fn what_is_wrong_with_a_line_is_told() {
        for (mapping, text, told) in [
            (
                "date=1,amount=2",
                "日期,金额\n",
                "line 1: \"日期\" is no day like 2026-01-31; if it is",
            ),
            ("date=1,amount=2", "2026-01-31,x\n", "line 1: \"x\" is no amount: not a number"),
            ("date=1,amount=2,direction=3", "2026-01-31,1,?\n", "line 1: the direction \"?\" is"),
            ("date=1,amount=2,direction=3", "2026-01-31,-1,收入\n", "line 1: an amount that came"),
            ("date=1,in=2,out=3", "2026-01-31,1,1\n", "line 1: money both came and went"),
            ("date=d,amount=a", "b,c\n1,2\n", "no line at its start names the columns d, a"),
            (
                "date=d,amount=a",
                "a,d,b,A,a\n",
                "the column mapping is wrong: columns 1 and 5 have the name a; give the number of the right one",
            ),
            (
                "date=1,amount=2,stop=合计",
                "2026-01-31,1\n合计,1\n2026-02-01,1\n",
                "line 3: the data ended at line 2, but goes on; make two files of it",
            ),
        ] {
            let error = read(mapping, text).unwrap_err().to_string();
            assert!(error.starts_with(told), "{error}");
        }
    }
}
