use live_rewards_core::{Operation, Vendor};
use live_rewards_ledger::{Column, Label, Severity, TABLES, Table, Words};

use super::Text;
use crate::lead::{in_language, words_in};

impl Text {
    pub(crate) fn label(&self, label: Label) -> &'static str {
        in_language(label, self.language)
    }

    /// A text that is there in both languages.
    pub(crate) fn words<'a>(&self, words: &'a Words) -> &'a str {
        words_in(words, self.language)
    }

    fn either(&self, en: &'static str, zh: &'static str) -> &'static str {
        self.label(Label { en, zh })
    }

    pub(crate) fn vendor(&self, vendor: Vendor) -> &'static str {
        match vendor {
            Vendor::Xiaoe => self.either("Xiaoe-tech", "小鹅通"),
            Vendor::Polyv => self.either("Polyv", "保利威"),
            Vendor::Yxt => self.either("YXT", "云学堂"),
            other => other.as_str(),
        }
    }

    pub(crate) fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Information => self.information,
            Severity::Warning => self.warning,
            Severity::Error => self.error,
            other => other.as_str(),
        }
    }

    pub(crate) fn operation(&self, operation: Operation) -> &'static str {
        match operation {
            Operation::Rooms => self.either("rooms", "直播间"),
            Operation::Sessions => self.either("sessions", "场次"),
            Operation::RedPackets => self.either("red packets", "红包"),
            Operation::Claims => self.either("claims", "领取记录"),
            Operation::RedPacketSummary => self.either("sums of red packets", "红包汇总"),
            Operation::Gifts => self.either("gifts", "礼物"),
            Operation::GiftPayments => self.either("payments for gifts", "打赏收入"),
            Operation::PrizeActivities => self.either("prize activities", "抽奖与任务活动"),
            Operation::Prizes => self.either("prizes", "奖品"),
            Operation::PointsAccounts => self.either("points accounts", "积分账户"),
            Operation::PointsEntries => self.either("points entries", "积分流水"),
            Operation::Users => self.either("users", "用户"),
            other => other.as_str(),
        }
    }

    /// What a table's rows are.
    pub(crate) fn table<'a>(&self, name: &'a str) -> &'a str {
        let known = TABLES.iter().find(|table| table.name == name);
        known.map_or(name, |table| self.label(table.label))
    }

    /// The name of a value of evidence: that of the table's column, or of any table's of this name, or one of the checks' own.
    pub(crate) fn value<'a>(&self, table: &str, name: &'a str) -> &'a str {
        if let Some(column) = column(table, name) {
            return self.label(column.label);
        }
        match name {
            "red_packets" | "gifts" => self.table(name),
            "claims" => self.claims,
            "claimed_fen" => self.claimed,
            "difference_fen" | "differences_fen" => self.difference,
            "difference_with_fee_in_refund_fen" => {
                self.either("Difference, fee in the refund", "差异（退款含手续费）")
            }
            "residue_fen" => self.residue,
            "refunded_unreported_fen" => self.unreported,
            "still_open_fen" => self.open,
            "closing_fen" => self.either("Closing balance", "期末余额"),
            "expected_balance_after" => self.either("Balance expected", "应有余额"),
            "old" => self.either("Before", "原值"),
            "new" => self.either("After", "新值"),
            "column" => self.either("Value", "字段"),
            "first" => self.either("First", "首次"),
            "last" => self.either("Last", "末次"),
            "at" | "changed_at" | "entered_at" => self.either("At", "时间"),
            "noticed_at" => self.either("Noticed", "发现时间"),
            "first_seen_at" => self.either("First read", "首次读取"),
            "month" => self.month,
            "run" => self.either("Run", "同步批次"),
            "reason" => self.reason,
            _ => name,
        }
    }
}

fn column(table: &str, name: &str) -> Option<&'static Column> {
    let of = |table: &'static Table| table.columns.iter().find(|column| column.name == name);
    let own = TABLES.iter().copied().find(|known| known.name == table).and_then(of);
    own.or_else(|| TABLES.iter().copied().find_map(of))
}

#[cfg(test)]
mod tests {
    use live_rewards_ledger::Language;

    use super::super::of;
    use super::*;

    #[test]
    fn values_have_the_names_of_their_columns() {
        let (english, chinese) = (of(Language::English), of(Language::Chinese));
        assert_eq!(english.value("red_packets", "issued_fen"), "Issued");
        assert_eq!(chinese.value("red_packets", "issued_fen"), "发放金额");
        // A check's own.
        assert_eq!(chinese.value("claims", "claimed_fen"), "领取");
        assert_eq!(english.value("claims", "unheard_of"), "unheard_of");
        assert_eq!(chinese.table("red_packets"), "红包");
        assert_eq!(english.table("rejected_rows"), "rejected_rows");
    }

    #[test]
    fn every_operation_and_vendor_has_a_name_in_chinese() {
        let chinese = of(Language::Chinese);
        for operation in Operation::ALL {
            assert_ne!(chinese.operation(*operation), operation.as_str());
        }
        for vendor in Vendor::ALL {
            assert_ne!(chinese.vendor(*vendor), vendor.as_str());
        }
    }
}
