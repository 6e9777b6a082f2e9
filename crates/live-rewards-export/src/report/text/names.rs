use live_rewards_core::{Operation, Vendor};
use live_rewards_ledger::{Label, ROOMS, Severity, Words};

use super::Text;

impl Text {
    pub(crate) fn label(&self, label: Label) -> &'static str {
        label.in_language(self.language)
    }

    /// A text that is there in both languages.
    pub(crate) fn words<'a>(&self, words: &'a Words) -> &'a str {
        words.in_language(self.language)
    }

    fn either(&self, en: &'static str, zh: &'static str) -> &'static str {
        self.label(Label { en, zh })
    }

    pub(crate) fn vendor(&self, vendor: Vendor) -> &'static str {
        let column = ROOMS.column("vendor");
        let word = column.and_then(|column| column.word(vendor.as_str(), self.language));
        word.unwrap_or_else(|| vendor.as_str())
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
}

#[cfg(test)]
mod tests {
    use live_rewards_ledger::Language;

    use super::super::of;
    use super::*;

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
