use std::borrow::Cow;

use csv::StringRecord;
use live_rewards_core::{Money, Timestamp};

use super::{
    BankError, BankLine, BankWarning, Direction,
    summary::{Sums, TOTAL},
    text,
};
use crate::{Label, words::words};

/// Reads the lines of a WeChat Pay 资金账单.
///
/// A line of column names without marks, lines of data, a line of the names of the summary, the summary; a back-tick before each
/// value. Amounts are yuan with two decimals, times are `yyyy-MM-dd HH:mm:ss`. Several bills may follow each other.
///
/// Published by WeChat Pay: <https://pay.weixin.qq.com/docs/merchant/products/bill-download/format-fundflow.html> (2024-11-25) and
/// <https://pay.weixin.qq.com/docs/merchant/products/bill-download/structure/fund-bill.html> (2024-12-26). The encoding isn't.
#[derive(Debug)]
pub(super) struct FundFlow {
    columns: Columns,
    part: Part,
    sums: Sums,
    last: u64,
}

/// Where the columns that are used stand.
#[derive(Debug)]
struct Columns {
    at: usize,
    direction: usize,
    amount: usize,
    ids: [usize; 3],
    business: [usize; 2],
}

/// What the next line is.
#[derive(Debug)]
enum Part {
    Lines,
    /// With the names of its columns.
    Summary(Vec<String>),
    /// The first line of another bill, if any.
    Next,
}

const AT: &str = "记账时间";
const DIRECTION: &str = "收支类型";
const AMOUNT: &str = "收支金额(元)";
const IDS: [&str; 3] = ["业务凭证号", "微信支付业务单号", "资金流水单号"];
const BUSINESS: [&str; 2] = ["业务名称", "业务类型"];

const NO_TIME: Label = Label {
    en: "no time like 2026-01-31 08:00:00",
    zh: "不是形如 2026-01-31 08:00:00 的时间",
};
const NO_DIRECTION: Label =
    Label { en: "neither 收入 nor 支出", zh: "既不是收入也不是支出" };
const NO_AMOUNT: Label =
    Label { en: "no amount in yuan like 8.88", zh: "不是形如 8.88 的元金额" };

/// The first column of the other bill of WeChat Pay.
const TRADE_BILL: &str = "交易时间";

impl FundFlow {
    /// Begins with the line of column names; nothing if that is another line.
    pub(super) fn begin(header: &StringRecord) -> Result<Option<Self>, BankError> {
        let first = header.get(0).map(text::name);
        if first.as_deref() == Some(TRADE_BILL) {
            return Err(BankError::TradeBill);
        }
        Ok(Columns::of(header).map(|columns| Self {
            columns,
            part: Part::Lines,
            sums: Sums::default(),
            last: 0,
        }))
    }

    /// The names that the line of column names must have.
    pub(super) fn names() -> Vec<String> {
        let names = [AT, DIRECTION, AMOUNT].into_iter().chain(IDS).chain(BUSINESS);
        names.map(str::to_owned).collect()
    }

    /// Takes a line; gives it if it is one of data.
    pub(super) fn take(
        &mut self,
        number: u64,
        record: &StringRecord,
        warnings: &mut Vec<BankWarning>,
    ) -> Result<Option<BankLine>, BankError> {
        let cells = cells(record);
        let Some(first) = cells.first().filter(|_| cells.iter().any(|cell| !cell.is_empty()))
        else {
            return Ok(None);
        };
        if first == TOTAL {
            self.part = Part::Summary(cells.iter().map(|cell| text::name(cell)).collect());
        } else if cells.iter().any(|cell| cell == AT)
            && let Some(columns) = Columns::of(record)
        {
            self.end(warnings);
            self.columns = columns;
            self.part = Part::Lines;
        } else {
            match &self.part {
                Part::Lines => {
                    self.last = number;
                    let line = self.columns.line(number, &cells)?;
                    self.sums.add(&line).ok_or_else(|| {
                        BankError::line(
                            number,
                            words!(
                                "the amounts come to more than can be added up",
                                "金额合计过大，无法相加"
                            ),
                        )
                    })?;
                    return Ok(Some(line));
                }
                Part::Summary(names) => {
                    self.sums.check(number, names, &cells, warnings);
                    self.sums = Sums::default();
                    self.part = Part::Next;
                }
                Part::Next => {
                    return Err(BankError::line(
                        number,
                        words!(
                            "a summary goes before it, so it should begin a bill with {AT}",
                            "前面是汇总行，此处应是以{AT}开头的新账单"
                        ),
                    ));
                }
            }
        }
        self.last = number;
        Ok(None)
    }

    /// Warns if the bill that ends here has no summary.
    pub(super) fn end(&mut self, warnings: &mut Vec<BankWarning>) {
        if !matches!(self.part, Part::Next) {
            warnings.push(BankWarning::NoSummary { line: self.last });
        }
        self.part = Part::Next;
        self.sums = Sums::default();
    }
}

/// The cells of a line without their back-ticks. One without is the rest of the one before, which has a comma in it; WeChat Pay says
/// that it escapes them, but the rules couldn't be read.
fn cells(record: &StringRecord) -> Vec<Cow<'_, str>> {
    let is_marked = record.get(0).is_some_and(|cell| cell.trim().starts_with('`'));
    let mut cells: Vec<Cow<'_, str>> = Vec::with_capacity(record.len());
    for cell in record {
        match cells.last_mut() {
            // A comma at the end of a line ends it.
            Some(_) if is_marked && cell.trim().is_empty() => {}
            Some(last) if is_marked && !cell.trim().starts_with('`') => {
                let last = last.to_mut();
                last.push(',');
                last.push_str(cell);
            }
            _ => cells.push(text::clean(cell).into()),
        }
    }
    cells
}

impl Columns {
    /// Nothing if a column is missing.
    fn of(header: &StringRecord) -> Option<Self> {
        let names: Vec<_> = header.iter().map(text::name).collect();
        let find = |name: &str| names.iter().position(|found| found == name);
        let [first, second, third] = IDS.map(find);
        let [name, kind] = BUSINESS.map(find);
        Some(Self {
            at: find(AT)?,
            direction: find(DIRECTION)?,
            amount: find(AMOUNT)?,
            ids: [first?, second?, third?],
            business: [name?, kind?],
        })
    }

    fn line(&self, number: u64, cells: &[Cow<'_, str>]) -> Result<BankLine, BankError> {
        let cell = |index: usize| cells.get(index).map(|cell| cell.trim()).unwrap_or_default();
        let wrong = |column: &str, index, Label { en, zh }: Label| {
            let cell = cell(index);
            BankError::line(number, words!("{column} {cell:?} is {en}", "{column} {cell:?} {zh}"))
        };
        let at =
            Timestamp::parse_china(cell(self.at)).ok_or_else(|| wrong(AT, self.at, NO_TIME))?;
        let direction = match cell(self.direction) {
            "收入" => Direction::In,
            "支出" => Direction::Out,
            _ => return Err(wrong(DIRECTION, self.direction, NO_DIRECTION)),
        };
        let amount = Money::parse_yuan(cell(self.amount))
            .ok()
            .filter(|reading| reading.exact && reading.money >= Money::ZERO)
            .ok_or_else(|| wrong(AMOUNT, self.amount, NO_AMOUNT))?
            .money;
        let ids = self.ids.map(cell);
        let [_, _, flow] = ids;
        let [name, kind] = self.business.map(cell);
        let business = match (name, kind) {
            ("", kind) => kind.to_owned(),
            (name, "") => name.to_owned(),
            (name, kind) if name == kind => name.to_owned(),
            (name, kind) => format!("{name}/{kind}"),
        };
        Ok(BankLine {
            number,
            at,
            direction,
            amount,
            ids: ids.into_iter().filter(|id| !id.is_empty()).map(str::to_owned).collect(),
            id: (!flow.is_empty()).then(|| flow.to_owned()),
            business: (!business.is_empty()).then_some(business),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BankFile, BankFormat};
    use super::*;

    /// The sample that WeChat Pay publishes: one of its twenty lines is shown.
    const PUBLISHED: &str = "\
记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号
`2018-02-01 04:21:23,`50000305742018020103387128253,`1900009231201802015884652186,`退款,`退款,`支出,`0.02,`0.17,`system,`缺货,`REF4200000068201801293084726067
资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额
`20.0,`17.0,`0.35,`3.0,`0.18
";

    fn read(text: &str) -> Result<(Vec<BankLine>, Vec<String>), BankError> {
        let mut file = BankFile::read(text.as_bytes(), &BankFormat::FundFlow)?;
        let mut lines = Vec::new();
        while let Some(line) = file.next_line()? {
            lines.push(line);
        }
        let warnings = file.warnings().iter().map(ToString::to_string).collect();
        Ok((lines, warnings))
    }

    /// Constructed after the published format.
    fn bill(lines: &[&str], summary: &str) -> String {
        let header = PUBLISHED.lines().next().unwrap();
        let names = PUBLISHED.lines().nth(2).unwrap();
        let lines = [lines, &[""]].concat().join("\r\n");
        format!("{header}\r\n{lines}{names}\r\n{summary}\r\n")
    }

    const PAID: &str =
        "`2026-01-31 08:00:00,`4200,`F1,`交易,`红包,`支出,`100.00,`900.00,`system,`春节, 红包,`o_1";
    const BACK: &str = "`2026-01-31 23:59:59,`5000,`F2,`退款,`退款,`收入,`12.34,`912.34,`,`,`o_1";

    #[test]
    fn the_published_sample_is_read_and_found_to_be_cut() {
        let (lines, warnings) = read(PUBLISHED).unwrap();
        let [line] = lines.as_slice() else { panic!("{lines:?}") };
        assert_eq!((line.number, line.at.to_china().as_str()), (2, "2018-02-01 04:21:23"));
        assert_eq!((line.direction, line.amount.fen()), (Direction::Out, 2));
        assert_eq!(line.ids[0], "REF4200000068201801293084726067");
        assert_eq!(line.business.as_deref(), Some("退款"));
        assert_eq!(warnings.len(), 5, "{warnings:?}");
        assert_eq!(
            warnings[4],
            "line 4: the bill says 支出金额 0.18, its lines come to 0.02; it may be cut or edited"
        );
    }

    #[test]
    fn a_bill_whose_summary_agrees_has_no_warning() {
        let bill = bill(&[PAID, BACK], "`2.0,`1.0,`12.34,`1.0,`100.00");
        for text in [bill.clone(), format!("\u{feff}{bill}"), bill.replace('`', "")] {
            let (lines, warnings) = read(&text).unwrap();
            assert_eq!(warnings, Vec::<String>::new());
            assert_eq!(lines.len(), 2);
            assert_eq!(lines[1].amount, Money::from_fen(1234));
        }
        let (lines, _) = read(&bill).unwrap();
        assert_eq!(lines[0].ids, ["o_1", "4200", "F1"], "the remark has a comma");
        assert_eq!(lines[0].id.as_deref(), Some("F1"));
        assert_eq!(lines[0].business.as_deref(), Some("交易/红包"));
    }

    #[test]
    fn bills_may_follow_each_other() {
        let first = bill(&[PAID], "`1,`0,`0.00,`1,`100.00");
        let second = bill(&[BACK], "`1,`1,`12.34,`0,`0");
        let (lines, warnings) = read(&format!("{first}\n\u{feff}{second}")).unwrap();
        assert_eq!((lines.len(), warnings.len()), (2, 0));
        let cut = first.lines().take(2).chain([""]).collect::<Vec<_>>().join("\n");
        let (lines, warnings) = read(&format!("{cut}{second}")).unwrap();
        assert_eq!(lines.len(), 2);
        assert_eq!(warnings, ["the bill that ends at line 2 has no summary; it may be cut"]);
    }

    #[test]
    fn a_bill_without_lines_is_doubtful() {
        let (lines, warnings) = read(&bill(&[], "`0,`0,`0.00,`0,`0.00")).unwrap();
        assert_eq!(lines.len(), 0);
        assert_eq!(
            warnings,
            ["no line is about money that came or went; check the file and its format"]
        );
    }

    #[test]
    fn what_is_no_fund_flow_bill_is_told() {
        let error = |text: &str| read(text).unwrap_err().to_string();
        assert!(error("交易时间,公众账号ID\n").contains("download the 资金账单"));
        assert!(error("a,b\n1,2\n").starts_with("no line at its start names the columns 记账时间"));
        let twice = bill(&[PAID], "`1,`0,`0.00,`1,`100.00") + BACK;
        assert!(error(&twice).starts_with("line 5: a summary goes before it"), "{}", error(&twice));
        for (good, bad, told) in [
            ("2026-01-31 08:00:00", "2026/1/31 8:00", "no time like 2026-01-31 08:00:00"),
            ("支出", "其他", "neither 收入 nor 支出"),
            ("100.00", "-1.00", "no amount in yuan like 8.88"),
            ("100.00", "1.001", "no amount in yuan like 8.88"),
        ] {
            let told = format!("{bad:?} is {told}");
            let error = error(&bill(&[&PAID.replace(good, bad)], "`1"));
            assert!(error.starts_with("line 2: ") && error.ends_with(&told), "{error}");
        }
    }
}
