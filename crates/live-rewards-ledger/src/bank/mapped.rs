use csv::StringRecord;
use live_rewards_core::Money;

use super::{
    AmountColumns, AmountUnit, BankColumn, BankError, BankLine, ColumnMapping, Direction,
    text::{self, Said},
};

/// Reads the lines of a CSV file by a mapping of its columns.
#[derive(Debug)]
pub(super) struct Mapped {
    at: usize,
    amount: Amount,
    orders: Vec<usize>,
    business: Option<usize>,
    unit: AmountUnit,
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
    /// Begins with the line of column names, or with any line if all columns are numbers; nothing if a name is missing.
    pub(super) fn begin(mapping: &ColumnMapping, header: &StringRecord) -> Option<Self> {
        let names: Vec<_> = header.iter().map(text::name).collect();
        let find = |column: &BankColumn| match column {
            BankColumn::Number(number) => number.checked_sub(1),
            BankColumn::Name(name) => names.iter().position(|found| found == name),
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
            business: match &mapping.business {
                Some(column) => Some(find(column)?),
                None => None,
            },
            unit: mapping.unit,
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
                "a quote isn't closed, or a cell has several lines",
            ));
        }
        let cell = |index: usize| record.get(index).map(text::clean).unwrap_or_default();
        let [first, second] = match self.amount {
            Amount::Signed(amount) | Amount::Directed(amount, _) => [cell(amount), ""],
            Amount::Split(came, went) => [cell(came), cell(went)],
        };
        let date = cell(self.at);
        if [date, first, second].iter().all(|text| text.is_empty()) {
            return Ok(None);
        }
        let at = text::instant(date).ok_or_else(|| {
            let advice = "if it is no line of money, take it out or skip it";
            BankError::line(number, format!("{date:?} is no day like 2026-01-31; {advice}"))
        })?;
        let money = |text: &str| {
            text::money(text, self.unit)
                .map_err(|error| BankError::line(number, format!("{text:?} is no amount: {error}")))
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
        let business = self.business.map(cell).filter(|text| !text.is_empty());
        Ok(Some(BankLine {
            number,
            at,
            direction,
            amount,
            ids: ids.map(str::to_owned).collect(),
            business: business.map(str::to_owned),
        }))
    }
}

fn signed(amount: Money) -> (Direction, Money) {
    let direction = if amount < Money::ZERO { Direction::Out } else { Direction::In };
    (direction, magnitude(amount))
}

/// Nothing if the line says that the balance didn't change.
fn directed(amount: Money, direction: &str) -> Result<Option<(Direction, Money)>, String> {
    match text::direction(direction) {
        Said::Neither => Ok(None),
        Said::Unknown => Err(format!("the direction {direction:?} is unknown; write 收入 or 支出")),
        // Banks write what went out with a sign, or without.
        Said::Way(Direction::Out) => Ok(Some((Direction::Out, magnitude(amount)))),
        Said::Way(Direction::In) if amount < Money::ZERO => {
            Err("an amount that came in is negative; write it as one that went out".to_owned())
        }
        Said::Way(Direction::In) => Ok(Some((Direction::In, amount))),
    }
}

/// Nothing if both are zero.
fn split(came: Money, went: Money) -> Result<Option<(Direction, Money)>, String> {
    match (came == Money::ZERO, went == Money::ZERO) {
        (true, true) => Ok(None),
        (false, false) => Err("money both came and went; make two lines of it".to_owned()),
        (false, true) if came < Money::ZERO => {
            Err("an amount that came in is negative; write it as one that went out".to_owned())
        }
        (false, true) => Ok(Some((Direction::In, came))),
        (true, false) => Ok(Some((Direction::Out, magnitude(went)))),
    }
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
        ] {
            let error = read(mapping, text).unwrap_err().to_string();
            assert!(error.starts_with(told), "{error}");
        }
    }
}
