//! Heads of columns for people.

use live_rewards_ledger::{Column, ColumnType, Label, Language};

const YUAN: Label = Label { en: "¥", zh: "元" };
const POINTS: Label = Label { en: "points", zh: "积分" };
const BEIJING: Label = Label { en: "Beijing time", zh: "北京时间" };

/// The label of a column with the unit of its values.
pub(crate) fn head(column: &Column, language: Language) -> String {
    let unit = match column.kind {
        ColumnType::Fen => Some(YUAN),
        ColumnType::Points => Some(POINTS),
        ColumnType::Time => Some(BEIJING),
        _ => None,
    };
    with_unit(column.label, unit, language)
}

/// A label with the unit of money.
#[cfg(feature = "xlsx")]
pub(crate) fn in_yuan(label: Label, language: Language) -> String {
    with_unit(label, Some(YUAN), language)
}

/// A label with the zone of instants.
#[cfg(feature = "xlsx")]
pub(crate) fn in_beijing_time(label: Label, language: Language) -> String {
    with_unit(label, Some(BEIJING), language)
}

fn with_unit(label: Label, unit: Option<Label>, language: Language) -> String {
    let label = label.in_language(language);
    let Some(unit) = unit.map(|unit| unit.in_language(language)) else {
        return label.to_owned();
    };
    if label.to_lowercase().contains(unit) {
        return label.to_owned();
    }
    let (open, close, comma) = match language {
        Language::Chinese => ("（", "）", "，"),
        _ => (" (", ")", ", "),
    };
    match label.strip_suffix(close) {
        Some(inside) => format!("{inside}{comma}{unit}{close}"),
        None => format!("{label}{open}{unit}{close}"),
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_ledger::{CLAIMS, GIFTS, POINTS_ACCOUNTS, Table};

    use super::*;

    fn heads(table: &Table, name: &str) -> [String; 2] {
        let column = table.columns.iter().find(|column| column.name == name).unwrap();
        [Language::English, Language::Chinese].map(|language| head(column, language))
    }

    #[test]
    fn units_are_said_once() {
        assert_eq!(heads(&CLAIMS, "amount_fen"), ["Amount (¥)", "领取金额（元）"]);
        assert_eq!(
            heads(&CLAIMS, "claimed_at"),
            ["Claimed at (Beijing time)", "领取时间（北京时间）"]
        );
        assert_eq!(heads(&CLAIMS, "user_id"), ["Claimant", "领取人 ID"]);
        assert_eq!(heads(&GIFTS, "charged_fen")[1], "实扣（平台口径，金额，元）");
        assert_eq!(
            heads(&GIFTS, "unit_price_points"),
            ["List price of one, points", "单价（积分）"]
        );
        assert_eq!(heads(&POINTS_ACCOUNTS, "frozen"), ["Frozen (points)", "冻结积分"]);
    }
}
