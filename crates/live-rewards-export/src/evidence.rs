//! The evidence of findings as people read it: labels, words for codes, money in yuan, Beijing time.

use std::iter::repeat;

use live_rewards_core::{Money, Timestamp};
use live_rewards_ledger::{Column, ColumnType, Evidence, Label, Language, TABLES, Table};
use serde_json::Value;

use crate::lead::yes_or_no;

/// What the rows of a table are.
pub(crate) fn table_label(name: &str, language: Language) -> &str {
    let label = match name {
        "period_totals" => Some(Label { en: "Totals of closed months", zh: "结账汇总" }),
        "listings" => Some(Label { en: "Listings", zh: "列表读取" }),
        "rejected_rows" => Some(Label { en: "Rejected rows", zh: "无法解析的记录" }),
        name => of_name(name).map(|table| table.label),
    };
    label.map_or(name, |label| label.in_language(language))
}

/// The parts of a row's natural key. A key that can't be read stays.
pub(crate) fn key(evidence: &Evidence, language: Language) -> String {
    let Ok(parts) = serde_json::from_str::<Vec<Value>>(&evidence.key) else {
        return evidence.key.clone();
    };
    // The vendor, which is the first column, is no part of it.
    let columns = of_name(&evidence.table).into_iter().flat_map(|table| table.columns).skip(1);
    let columns = columns.filter(|column| column.key).map(Some).chain(repeat(None));
    let parts = parts.iter().zip(columns).map(|(part, column)| match (part, column) {
        (Value::String(text), column) => {
            let word = column.and_then(|column| column.word(text, language));
            word.unwrap_or(text).to_owned()
        }
        (Value::Number(number), Some(Column { kind: ColumnType::Time, .. })) => {
            beijing(&number.to_string())
        }
        (other, _) => other.to_string(),
    });
    parts.collect::<Vec<_>>().join(" / ")
}

/// The names and values of a row, with money as it is to be written.
pub(crate) fn values<'a>(
    evidence: &'a Evidence,
    language: Language,
    money: impl Fn(Money) -> String + 'a,
) -> impl Iterator<Item = (&'a str, String)> {
    let table = of_name(&evidence.table);
    let column = move |name: &str| table.and_then(|table| table.column(name));
    // Of a change both values are of the column that is named.
    let changed = evidence.values.iter().find(|(name, _)| name == "column");
    let changed = changed.and_then(|(_, name)| column(name));
    evidence.values.iter().map(move |(name, value)| {
        let own = column(name);
        let label = own.map_or_else(|| of_checks(name), |column| Some(column.label));
        let label = label.map_or(name.as_str(), |label| label.in_language(language));
        let value = match (name.as_str(), changed) {
            ("column", Some(changed)) => changed.label.in_language(language).to_owned(),
            ("old" | "new", Some(changed)) => shown(Some(changed), name, value, language, &money),
            _ => shown(own, name, value, language, &money),
        };
        (label, value)
    })
}

/// The names of the checks' own values.
fn of_checks(name: &str) -> Option<Label> {
    let (en, zh) = match name {
        "red_packets" => ("Red packets", "红包"),
        "gifts" => ("Gifts", "礼物"),
        "claims" => ("Claims", "领取笔数"),
        "claimed_fen" => ("Claimed", "领取"),
        "difference_fen" | "differences_fen" => ("Difference", "差额"),
        "difference_with_fee_in_refund_fen" => {
            ("Difference, fee in the refund", "差额（退款含手续费）")
        }
        "residue_fen" => ("Left over by equal shares", "等额余数"),
        "refunded_unreported_fen" => ("Refunded, amount not told", "已退款未报金额"),
        "still_open_fen" => ("Not claimed yet", "未领"),
        "closing_fen" => ("Closing balance", "期末余额"),
        "expected_balance_after" => ("Balance expected", "应有余额"),
        "total" => ("Total, as the vendor says", "平台总数"),
        "counted" => ("Rows read", "已读条数"),
        "completed_at" => ("Read to its end", "读完时间"),
        "old" => ("Before", "原值"),
        "new" => ("After", "新值"),
        "column" => ("Value", "字段"),
        "first" => ("First", "首次"),
        "last" => ("Last", "末次"),
        "at" | "changed_at" => ("At", "时间"),
        "noticed_at" => ("Noticed", "发现时间"),
        "first_seen_at" => ("First read", "首次读取"),
        "month" => ("Month", "月份"),
        "run" => ("Run", "同步批次"),
        "reason" => ("Reason", "原因"),
        _ => return None,
    };
    Some(Label { en, zh })
}

fn shown(
    column: Option<&Column>,
    name: &str,
    value: &str,
    language: Language,
    money: impl Fn(Money) -> String,
) -> String {
    if let Some(word) = column.and_then(|column| column.word(value, language)) {
        return word.to_owned();
    }
    match (column.map_or_else(|| kind_of_name(name), |column| column.kind), value) {
        (ColumnType::Fen, _) => {
            value.parse().map_or_else(|_| value.to_owned(), |fen| money(Money::from_fen(fen)))
        }
        (ColumnType::Time, _) => beijing(value),
        (ColumnType::Flag, "1" | "true") => yes_or_no(true, language).to_owned(),
        (ColumnType::Flag, "0" | "false") => yes_or_no(false, language).to_owned(),
        _ => value.to_owned(),
    }
}

/// What is no column says by its name what it is.
fn kind_of_name(name: &str) -> ColumnType {
    if name.ends_with("_fen") {
        ColumnType::Fen
    } else if name.ends_with("_at") || matches!(name, "at" | "first" | "last") {
        ColumnType::Time
    } else {
        ColumnType::Text
    }
}

/// An instant as people read it; what is none stays.
fn beijing(value: &str) -> String {
    let ms = || value.parse().ok().and_then(Timestamp::from_epoch_ms);
    value.parse().ok().or_else(ms).map_or_else(|| value.to_owned(), Timestamp::to_china)
}

fn of_name(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a value of no table's column, as the checks' own are.
    fn own(name: &str, value: &str) -> String {
        shown(None, name, value, Language::Chinese, |money| format!("{money} 元"))
    }

    fn of(table: &str, column: &str, value: &str, language: Language) -> String {
        let column = of_name(table).unwrap().column(column);
        shown(column, "", value, language, |money| format!("¥{money}"))
    }

    #[test]
    fn values_are_as_people_read_them() {
        let (en, zh) = (Language::English, Language::Chinese);
        assert_eq!(of("red_packets", "issued_fen", "-5", en), "¥-0.05");
        assert_eq!(of("red_packets", "issued_fen", "much", en), "much");
        assert_eq!(of("red_packets", "state", "expired", zh), "已过期");
        assert_eq!(of("red_packets", "state", "melted", zh), "melted");
        assert_eq!(of("red_packets", "share_count", "1", zh), "1");
        assert_eq!(of("claims", "best_luck", "1", en), "yes");
        assert_eq!(of("claims", "best_luck", "false", zh), "否");
        assert_eq!(own("difference_fen", "120"), "1.20 元");
        assert_eq!(own("noticed_at", "2026-01-31T00:00:05Z"), "2026-01-31 08:00:05");
        assert_eq!(own("at", "1769817605000"), "2026-01-31 08:00:05");
        assert_eq!(own("at", "soon"), "soon");
        assert_eq!(own("run", "7"), "7");
    }

    #[test]
    fn names_are_those_of_the_own_table_or_of_the_checks() {
        for name in ["claims", "claimed_fen", "noticed_at", "run", "old", "counted"] {
            assert!(of_checks(name).is_some(), "{name}");
        }
        assert_eq!(of_checks("amount_fen"), None);
        assert_eq!(table_label("red_packets", Language::Chinese), "红包");
        assert_eq!(table_label("rejected_rows", Language::English), "Rejected rows");
        assert_eq!(table_label("unheard_of", Language::English), "unheard_of");
    }
}
