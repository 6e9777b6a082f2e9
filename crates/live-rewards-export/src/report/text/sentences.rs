use live_rewards_ledger::Language;

use super::Text;
use crate::report::numbers::count;

/// A sentence from two formats, which capture what they name.
macro_rules! say {
    ($text:expr, $en:literal, $zh:literal $(,)?) => {
        match $text.language {
            Language::Chinese => format!($zh),
            _ => format!($en),
        }
    };
}

/// A number of things: English for one, English for more, and Chinese.
macro_rules! counted {
    ($($name:ident: $one:literal, $more:literal, $zh:literal;)+) => {$(
        pub(crate) fn $name(&self, number: u64) -> String {
            let shown = count(number);
            match (self.language, number) {
                (Language::Chinese, _) => format!(concat!("{} ", $zh), shown),
                (_, 1) => format!(concat!("{} ", $one), shown),
                _ => format!(concat!("{} ", $more), shown),
            }
        }
    )+};
}

impl Text {
    counted! {
        packets_counted: "red packet", "red packets", "个红包";
        claims_counted: "claim", "claims", "笔领取";
        findings_counted: "open finding", "open findings", "个待处理差异项";
        accounts_counted: "account", "accounts", "个账号";
        rows_counted: "record", "records", "条记录";
    }

    /// The days of a period; either end may be missing.
    pub(crate) fn period_of(&self, first: Option<&str>, last: Option<&str>) -> String {
        match (first, last) {
            (None, None) => self.whole_ledger.to_owned(),
            (Some(first), None) => say!(self, "from {first}", "{first} 起"),
            (None, Some(last)) => say!(self, "up to {last}", "至 {last}"),
            (Some(first), Some(last)) if first == last => first.to_owned(),
            (Some(first), Some(last)) => say!(self, "{first} to {last}", "{first} 至 {last}"),
        }
    }

    pub(crate) fn and_more(&self, number: u64) -> String {
        let number = count(number);
        say!(self, "and {number} more", "等另外 {number} 项")
    }

    pub(crate) fn schema(&self, version: u32) -> String {
        say!(self, "schema {version}", "结构版本 {version}")
    }

    pub(crate) fn of_issued_is(&self, share: &str) -> String {
        say!(self, "{share} of issued", "占发放 {share}")
    }

    pub(crate) fn plus_unreported(&self, amount: &str) -> String {
        say!(self, "and {amount} whose amount is not told", "另有 {amount} 未报金额")
    }

    pub(crate) fn in_packets(&self, number: u64) -> String {
        let packets = self.packets_counted(number);
        say!(self, "in {packets}", "涉及 {packets}")
    }

    pub(crate) fn worst_is(&self, severity: &str) -> String {
        say!(self, "worst: {severity}", "最高级别：{severity}")
    }

    pub(crate) fn all_add_up(&self, packets: u64) -> String {
        let packets = self.packets_counted(packets);
        say!(self, "No difference in {packets}.", "{packets}均能勾稽，没有差额。")
    }

    pub(crate) fn not_proved(&self, amount: &str) -> String {
        say!(
            self,
            "{amount} of it is refunds whose amount the platforms don’t tell.",
            "其中 {amount} 为平台未报金额的退款，由差额推算。"
        )
    }

    pub(crate) fn unaccounted(&self, amount: &str, packets: u64) -> String {
        let packets = self.packets_counted(packets);
        say!(
            self,
            "{packets} with a difference; together {amount}.",
            "{packets}存在差额，合计 {amount}。"
        )
    }

    pub(crate) fn findings_are(&self, number: u64, severity: &str) -> String {
        let findings = self.findings_counted(number);
        say!(
            self,
            "{findings}, at worst of the kind “{severity}”.",
            "{findings}，最高级别：{severity}。"
        )
    }

    pub(crate) fn no_findings(&self, checks: u64) -> String {
        let checks = count(checks);
        if checks == "0" {
            return say!(self, "No check could be run.", "没有可执行的检查。");
        }
        say!(
            self,
            "No open findings; checks that could be run: {checks}.",
            "没有待处理的差异项；已执行检查 {checks} 项。"
        )
    }

    pub(crate) fn all_read(&self, until: &str) -> String {
        say!(
            self,
            "All accounts were read completely up to {until}.",
            "各账号均已完整读取至 {until}。"
        )
    }

    pub(crate) fn not_all_read(&self, names: &str) -> String {
        say!(
            self,
            "Not read completely, so figures may still change: {names}.",
            "以下账号未读取完整，金额可能变动：{names}。"
        )
    }

    /// An account of which no room is known.
    pub(crate) fn without_rooms(&self, account: &str) -> String {
        let why = self.no_rooms_named;
        say!(self, "{account} ({why})", "{account}（{why}）")
    }

    /// What a picture shows, told in one sentence.
    pub(crate) fn list_of(&self, parts: &[(String, String)]) -> String {
        let parts: Vec<String> =
            parts.iter().map(|(label, value)| format!("{label} {value}")).collect();
        match self.language {
            Language::Chinese => format!("{}。", parts.join("；")),
            _ => format!("{}.", parts.join("; ")),
        }
    }

    pub(crate) fn days_caption(&self, first: &str, last: &str, by: &str) -> String {
        say!(self, "{first} to {last}, {by}", "{first} 至 {last}，{by}")
    }

    pub(crate) fn days_table(&self, by: &str) -> String {
        say!(self, "Red packets {by}, in yuan", "红包{by}（元）")
    }

    pub(crate) fn heat_caption(&self, rooms: u64, by: &str, largest: &str) -> String {
        let shown = count(rooms);
        say!(
            self,
            "Rooms with the largest differences: {shown}, {by}. The strongest cell is {largest}; at the right is what each room comes to.",
            "差额最大的 {shown} 个直播间，{by}。颜色最强的格子为 {largest}，右侧为各直播间合计。"
        )
    }

    pub(crate) fn more_cells(&self, number: u64) -> String {
        let number = count(number);
        say!(self, "{number} smaller ones are not listed.", "另有 {number} 项较小差额未列出。")
    }

    /// Hours, from and to; without an end they are more.
    pub(crate) fn hours(&self, from: u32, to: Option<u32>) -> String {
        let days = |hours: u32| hours.is_multiple_of(24).then_some(hours / 24);
        match (to, days(from), to.and_then(days)) {
            (None, Some(days), _) => say!(self, "more than {days} days", "{days} 天以上"),
            (None, None, _) => say!(self, "more than {from} hours", "{from} 小时以上"),
            (Some(_), Some(first), Some(last)) if last > 1 => {
                say!(self, "{first} to {last} days", "{first} 至 {last} 天")
            }
            (Some(to), ..) => say!(self, "{from} to {to} hours", "{from} 至 {to} 小时"),
        }
    }

    pub(crate) fn ageing_lede(&self, as_of: &str) -> String {
        say!(
            self,
            "By the age of its red packet as of {as_of}. When a red packet expires is not published by the platforms; old money should have gone back.",
            "按截至 {as_of} 红包已发放的时长。红包过期时间平台未公布；时间较久的应已退回。"
        )
    }

    /// From a smallest to a largest amount.
    pub(crate) fn between(&self, from: &str, to: Option<&str>) -> String {
        match to {
            Some(to) if to == from => from.to_owned(),
            Some(to) => format!("{from} – {to}"),
            None => say!(self, "{from} and more", "{from} 及以上"),
        }
    }

    pub(crate) fn with_median(&self, range: &str) -> String {
        say!(self, "{range} · median", "{range} · 中位数所在")
    }

    pub(crate) fn amounts_lede(&self, median: &str) -> String {
        say!(self, "Half of the claims are {median} or less.", "半数领取不超过 {median}。")
    }

    pub(crate) fn found_in(&self, number: u64) -> String {
        let number = count(number);
        say!(self, "{number} found", "发现 {number} 项")
    }

    pub(crate) fn more_findings(&self, number: u64) -> String {
        let number = count(number);
        say!(
            self,
            "{number} more are open. All of them are in the workbook’s sheet of findings, and in “live-rewards reconcile”.",
            "另有 {number} 项待处理。全部见工作簿“差异”表，或运行“live-rewards reconcile”。"
        )
    }

    pub(crate) fn more_evidence(&self, number: u64) -> String {
        let rows = self.rows_counted(number);
        say!(self, "and {rows} more", "另有 {rows}")
    }

    pub(crate) fn points_of(&self, number: &str) -> String {
        say!(self, "{number} points", "{number} 积分")
    }
}

#[cfg(test)]
mod tests {
    use super::super::of;
    use super::*;

    #[test]
    fn numbers_are_counted_in_both_languages() {
        let (english, chinese) = (of(Language::English), of(Language::Chinese));
        assert_eq!(english.packets_counted(1), "1 red packet");
        assert_eq!(english.packets_counted(1200), "1,200 red packets");
        assert_eq!(chinese.packets_counted(1), "1 个红包");
    }

    #[test]
    fn periods_are_told_by_the_ends_that_they_have() {
        let english = of(Language::English);
        let told = |first, last| english.period_of(first, last);
        assert_eq!(told(None, None), english.whole_ledger);
        assert_eq!(told(Some("2026-01-01"), None), "from 2026-01-01");
        assert_eq!(told(None, Some("2026-01-31")), "up to 2026-01-31");
        assert_eq!(told(Some("2026-01-01"), Some("2026-01-31")), "2026-01-01 to 2026-01-31");
        assert_eq!(told(Some("2026-01-01"), Some("2026-01-01")), "2026-01-01");
    }

    #[test]
    fn ages_are_hours_or_days() {
        let english = of(Language::English);
        assert_eq!(english.hours(0, Some(24)), "0 to 24 hours");
        assert_eq!(english.hours(24, Some(72)), "1 to 3 days");
        assert_eq!(english.hours(168, None), "more than 7 days");
        assert_eq!(of(Language::Chinese).hours(72, Some(168)), "3 至 7 天");
    }
}
