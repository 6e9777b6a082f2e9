//! The evidence of a finding as text.

use live_rewards_ledger::{Evidence, Finding, Language};

use crate::evidence::{key, table_label, values};

/// The rows that show what was found: each with its table, its key and the values that matter.
pub(super) fn evidence(finding: &Finding, language: Language) -> String {
    let rows: Vec<_> = finding.evidence.iter().map(|evidence| row(evidence, language)).collect();
    rows.join(" | ")
}

fn row(evidence: &Evidence, language: Language) -> String {
    let yuan = |money| match language {
        Language::Chinese => format!("{money} 元"),
        _ => format!("{money} yuan"),
    };
    let values: Vec<_> =
        values(evidence, language, yuan).map(|(label, value)| format!("{label} {value}")).collect();
    let head = [table_label(&evidence.table, language), &key(evidence, language)].join(" ");
    let (head, values) = (head.trim_end(), values.join(", "));
    if values.is_empty() { head.to_owned() } else { format!("{head}: {values}") }
}
