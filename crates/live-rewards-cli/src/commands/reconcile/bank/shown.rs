//! What matching came to, for people or for machines.

use live_rewards_ledger::{
    Account, AccountId, BankClass, BankRow, Ledger, MatchedBy, SideTotals, Suspense,
};
use serde_json::{Map, Value, json};

use super::{
    Matched,
    words::{class_name, kind, matched_by, suspense, way},
};
use crate::{
    failure::Failure,
    language::say,
    output,
    sheet::{Cell, Sheet},
};

/// Rows of each class that people are shown.
const MOST_SHOWN: usize = 20;

/// Rows of the classes that are shown.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) sheet: Sheet,
    /// How many more there are of a class.
    more: Vec<(BankClass, usize)>,
}

impl Matched {
    /// The sums of each class, then the first rows of those that are shown.
    pub(crate) fn print(&self, ledger: &Ledger) -> Result<(), Failure> {
        let report = &self.report;
        output::text(&self.classes().table())?;
        output::text(&match (report.from, report.until) {
            (Some(from), Some(until)) => {
                let [from, until] = [from, until].map(output::beijing);
                say!(
                    "Matched from {from} up to {until} in Beijing",
                    "核对范围：北京时间 {from} 至 {until}（不含）"
                )
            }
            _ => say!(
                "Nothing was matched: the files have no lines",
                "没有可核对的内容：文件中没有收支行"
            ),
        })?;
        if report.left_out > 0 {
            output::text(&say!(
                "Lines left out (of another time or business, or without an amount): {}",
                "未核对的行数（时间或业务不符，或没有金额）：{}",
                report.left_out
            ))?;
        }
        let Rows { sheet, more } = self.rows(ledger, MOST_SHOWN)?;
        if !sheet.is_empty() {
            output::text(&sheet.table())?;
        }
        for (class, more) in more {
            let class = class_name(class);
            output::text(&say!(
                "{class}: {more} more; --format csv has all",
                "{class}：还有 {more} 行；--format csv 给出全部"
            ))?;
        }
        Ok(())
    }

    fn classes(&self) -> Sheet {
        let mut sheet = Sheet::new("classes")
            .for_people(say!("Bank side", "银行侧"))
            .for_people(say!("In ledger", "账本笔数"))
            .for_people(say!("Paid out ¥", "支出 ¥"))
            .for_people(say!("Came back ¥", "收入 ¥"))
            .for_people(say!("At bank", "银行笔数"))
            .for_people(say!("Paid out ¥", "支出 ¥"))
            .for_people(say!("Came back ¥", "收入 ¥"));
        for &class in BankClass::ALL {
            let totals = self.report.totals(class);
            let side = |side: SideTotals| -> [Cell; 3] {
                [side.count.into(), side.outgoing.into(), side.incoming.into()]
            };
            let sides = [totals.ledger, totals.bank].map(side).into_iter().flatten();
            sheet.row([Cell::from(class_name(class))].into_iter().chain(sides));
        }
        sheet
    }

    /// So many rows of each class that is shown.
    pub(crate) fn rows(&self, ledger: &Ledger, most: usize) -> Result<Rows, Failure> {
        let accounts = ledger.accounts()?;
        let mut sheet = Sheet::new("rows")
            .column("class", say!("Bank side", "银行侧"))
            .column("account", say!("Account", "账号"))
            .column("kind", say!("Movement", "类型"))
            .for_machines("key")
            .for_machines("room")
            .column("order", say!("Order", "订单号"))
            .column("direction", say!("Way", "方向"))
            .column("ledger_fen", say!("In ledger ¥", "账本 ¥"))
            .column("ledger_at", say!("At (Beijing)", "账本时间（北京时间）"))
            .column("file", say!("File", "文件"))
            .column("line", say!("Line", "行"))
            .column("bank_fen", say!("At bank ¥", "银行 ¥"))
            .column("bank_at", say!("Booked (Beijing)", "记账（北京时间）"))
            .for_machines("line_id")
            .for_machines("line_ids")
            .column("business", say!("Business", "业务"))
            .column("by", say!("Matched by", "匹配依据"))
            .column("why", say!("Undecided", "存疑原因"));
        let mut more = Vec::new();
        for &class in BankClass::ALL.iter().filter(|class| self.shows(**class)) {
            let mut count = 0_usize;
            self.report.each::<Failure>(ledger, class, |row| {
                count += 1;
                if count <= most {
                    sheet.row(self.cells(&row, &accounts));
                }
                Ok(())
            })?;
            if count > most {
                more.push((class, count - most));
            }
        }
        Ok(Rows { sheet, more })
    }

    fn cells(&self, row: &BankRow, accounts: &[Account]) -> [Cell; 18] {
        let (movement, line) = (row.movement.as_ref(), row.line.as_ref());
        let direction =
            movement.map(|movement| movement.direction).or(line.map(|line| line.direction));
        [
            Cell::Word(row.class.as_str(), class_name(row.class)),
            movement.map(|movement| name(accounts, movement.account)).into(),
            movement.map(|movement| kind(movement.kind)).into(),
            movement.map(|movement| Cell::Json(key(&movement.row_key))).into(),
            movement
                .and_then(|movement| movement.room.as_ref())
                .map(|room| room.id.as_str())
                .into(),
            movement.and_then(|movement| movement.order.as_deref()).into(),
            direction.map(way).into(),
            movement.map(|movement| movement.amount).into(),
            movement.map(|movement| movement.at).into(),
            self.file(row).into(),
            line.map(|line| line.number).into(),
            line.map(|line| line.amount).into(),
            line.map(|line| line.at).into(),
            line.and_then(|line| line.id.as_deref()).into(),
            line.map(|line| Cell::Json(json!(line.ids))).into(),
            line.and_then(|line| line.business.as_deref()).into(),
            row.by.map(matched_by).into(),
            row.why.map(suspense).into(),
        ]
    }

    /// All of it, with the rows of the classes that are shown.
    pub(crate) fn json(&self, ledger: &Ledger) -> Result<Value, Failure> {
        let report = &self.report;
        let accounts = ledger.accounts()?;
        let mut classes = Map::new();
        for &class in BankClass::ALL {
            let totals = report.totals(class);
            let side = |side: SideTotals| json!({ "count": side.count, "out_fen": side.outgoing.fen(), "in_fen": side.incoming.fen() });
            let mut rows = Vec::new();
            if self.shows(class) {
                report.each::<Failure>(ledger, class, |row| {
                    rows.push(self.row_json(&row, &accounts));
                    Ok(())
                })?;
            }
            let value =
                json!({ "ledger": side(totals.ledger), "bank": side(totals.bank), "rows": rows });
            classes.insert(class.as_str().to_owned(), value);
        }
        let warnings = self.warnings.iter();
        let warnings: Vec<_> =
            warnings.map(|(file, text)| json!({ "file": file, "text": text })).collect();
        Ok(json!({
            "files": self.files,
            "from": report.from.map(|time| time.to_string()),
            "until": report.until.map(|time| time.to_string()),
            "left_out": report.left_out,
            "unknown_refunds": report.unknown_refunds,
            "at_edge": report.at_edge,
            "warnings": warnings,
            "classes": classes,
        }))
    }

    fn row_json(&self, row: &BankRow, accounts: &[Account]) -> Value {
        json!({
            "movement": row.movement.as_ref().map(|movement| json!({
                "account": name(accounts, movement.account),
                "kind": movement.kind.as_str(),
                "key": key(&movement.row_key),
                "room": movement.room.as_ref().map(|room| room.id.as_str()),
                "order": movement.order.as_deref(),
                "direction": movement.direction.as_str(),
                "amount_fen": movement.amount.fen(),
                "at": movement.at.to_string(),
            })),
            "line": row.line.as_ref().map(|line| json!({
                "file": self.file(row),
                "number": line.number,
                "id": line.id.as_deref(),
                "ids": line.ids,
                "business": line.business.as_deref(),
                "direction": line.direction.as_str(),
                "amount_fen": line.amount.fen(),
                "at": line.at.to_string(),
            })),
            "by": row.by.map(MatchedBy::as_str),
            "why": row.why.map(Suspense::as_str),
        })
    }

    fn shows(&self, class: BankClass) -> bool {
        self.all || class != BankClass::Matched
    }

    fn file(&self, row: &BankRow) -> Option<&str> {
        self.files.get(row.file?).map(String::as_str)
    }
}

fn name(accounts: &[Account], id: AccountId) -> &str {
    accounts.iter().find(|account| account.id == id).map_or("", |account| &account.name)
}

/// A natural key as the list that it is.
fn key(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
