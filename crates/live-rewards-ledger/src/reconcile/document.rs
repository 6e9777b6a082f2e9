use std::fmt::Write;

use live_rewards_core::Vendor;

use super::{CHECKS, Check, CheckStrength, Severity};
use crate::Label;

/// A language that texts are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// English.
    English,
    /// 简体中文.
    Chinese,
}

/// The checks as a page of Markdown: what each vendor's data can prove, and what each check means.
pub fn checks_as_markdown(language: Language) -> String {
    let mut page = String::new();
    // Writing to a string can't fail.
    let _ = write_page(&mut page, language);
    page
}

fn write_page(page: &mut String, language: Language) -> std::fmt::Result {
    let of = |label: &Label| match language {
        Language::English => label.en,
        Language::Chinese => label.zh,
    };
    writeln!(page, "# {}\n\n{}\n", of(&TITLE), of(&INTRODUCTION))?;
    writeln!(page, "| {} |", HEADS.each_ref().map(of).join(" | "))?;
    writeln!(page, "|---|---|---|---|---|---|")?;
    for check in CHECKS {
        let Check { code, title, .. } = check;
        write!(page, "| {code} | {} | {} |", of(title), of(&severity(check.severity)))?;
        for vendor in Vendor::ALL {
            let strength = check.support(*vendor).map(|support| strength(support.strength));
            write!(page, " {} |", strength.as_ref().map_or("", of))?;
        }
        writeln!(page)?;
    }
    for check in CHECKS {
        let Check { code, title, formula, meaning, .. } = check;
        writeln!(page, "\n## {code} {}\n\n`{}`\n\n{}\n", of(title), of(formula), of(meaning))?;
        for support in check.by_vendor {
            let (vendor, strength) = (vendor(support.vendor), strength(support.strength));
            let (vendor, strength, reason) = (of(&vendor), of(&strength), of(&support.reason));
            match language {
                Language::English => writeln!(page, "- {vendor}: {strength} ({reason})")?,
                Language::Chinese => writeln!(page, "- {vendor}：{strength}（{reason}）")?,
            }
        }
    }
    Ok(())
}

const TITLE: Label = Label { en: "Checks", zh: "对账检查" };

const INTRODUCTION: Label = Label {
    en: "What `live-rewards reconcile` checks. Of each check it is told what a vendor's data can prove: it **proves** the formula, is \
         **weak** evidence for it, or it is **impossible** to check. A check that is impossible is shown as not run, never as \
         passed. Money is in fen and is compared exactly; for A1, B1 and E2 a tolerance may be configured. Points and money have \
         columns of their own and are never mixed. Days are those of UTC+8. The bank's side is matched apart, by `--bank`.",
    zh: "`live-rewards reconcile` 的检查项。每项注明各平台数据能证明到什么程度：**可证明**、**较弱**或**无法检查**。\
         无法检查的显示为未执行，不会显示为通过。金额以分为单位，逐分比较；A1、B1、E2 可配置容差。积分与金额分列，不会混算。\
         日期按北京时间。银行侧另用 `--bank` 核对。",
};

const HEADS: [Label; 6] = [
    Label { en: "Check", zh: "编号" },
    Label { en: "About", zh: "内容" },
    Label { en: "Severity", zh: "级别" },
    vendor(Vendor::Xiaoe),
    vendor(Vendor::Polyv),
    vendor(Vendor::Yxt),
];

const fn vendor(vendor: Vendor) -> Label {
    match vendor {
        Vendor::Xiaoe => Label { en: "Xiaoe", zh: "小鹅通" },
        Vendor::Polyv => Label { en: "Polyv", zh: "保利威" },
        Vendor::Yxt => Label { en: "YXT", zh: "云学堂" },
        _ => Label { en: "", zh: "" },
    }
}

const fn severity(severity: Severity) -> Label {
    match severity {
        Severity::Information => Label { en: "information", zh: "提示" },
        Severity::Warning => Label { en: "warning", zh: "警告" },
        Severity::Error => Label { en: "error", zh: "错误" },
    }
}

const fn strength(strength: CheckStrength) -> Label {
    match strength {
        CheckStrength::Proves => Label { en: "proves", zh: "可证明" },
        CheckStrength::Weak => Label { en: "weak", zh: "较弱" },
        CheckStrength::Impossible => Label { en: "impossible", zh: "无法检查" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_are_these() {
        let english = include_str!("../../docs/checks.md");
        assert_eq!(checks_as_markdown(Language::English), english);
        let chinese = include_str!("../../docs/checks.zh-CN.md");
        assert_eq!(checks_as_markdown(Language::Chinese), chinese);
    }
}
