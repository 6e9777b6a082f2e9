use std::borrow::Cow;

use live_rewards_core::Money;

use super::{BankLine, BankWarning, Direction};

/// The first column of the summary of a 资金账单.
pub(super) const TOTAL: &str = "资金流水总笔数";

/// What the lines of a bill come to.
#[derive(Debug, Default)]
pub(super) struct Sums {
    lines: i64,
    in_lines: i64,
    in_amount: Money,
    out_lines: i64,
    out_amount: Money,
}

impl Sums {
    /// Adds a line; nothing if that is more than can be added up.
    pub(super) fn add(&mut self, line: &BankLine) -> Option<()> {
        let (lines, amount) = match line.direction {
            Direction::In => (&mut self.in_lines, &mut self.in_amount),
            Direction::Out => (&mut self.out_lines, &mut self.out_amount),
        };
        *amount = amount.checked_add(line.amount)?;
        *lines += 1;
        self.lines += 1;
        Some(())
    }

    /// Warns of each figure of the summary that is another one.
    pub(super) fn check(
        &self,
        line: u64,
        names: &[String],
        cells: &[Cow<'_, str>],
        warnings: &mut Vec<BankWarning>,
    ) {
        for (figure, found, is_count) in [
            (TOTAL, Money::from_fen(self.lines), true),
            ("收入笔数", Money::from_fen(self.in_lines), true),
            ("收入金额", self.in_amount, false),
            ("支出笔数", Money::from_fen(self.out_lines), true),
            ("支出金额", self.out_amount, false),
        ] {
            let place = names.iter().position(|name| name == figure);
            let said = place.and_then(|place| cells.get(place)).map(|cell| cell.trim());
            let said = said.unwrap_or_default();
            // Counts are printed with decimals: 20.0.
            let read = if is_count {
                Money::parse_fen(said)
            } else {
                Money::parse_yuan(said).map(|reading| reading.money)
            };
            if read != Ok(found) {
                let said = said.to_owned();
                let found = if is_count { found.fen().to_string() } else { found.to_string() };
                warnings.push(BankWarning::SummaryDiffers { line, figure, said, found });
            }
        }
    }
}
