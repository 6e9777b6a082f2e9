use std::collections::BTreeSet;

use live_rewards::{Timestamp, Vendor};
use live_rewards_emulator::Truth;
use live_rewards_ledger::{CheckCode, Finding, Ledger, Reconciliation};

use super::ground_truth::of;
use crate::{failure::Failure, language::say};

/// Vendor, check and id of what is wrong.
type Wrong = (&'static str, &'static str, String);

/// Fails unless the checks found what is planted, and nothing else. Says how much that is.
pub(super) fn all_found(
    ledger: &Ledger,
    result: &Reconciliation,
    truth: &Truth,
) -> Result<usize, Failure> {
    let accounts = ledger.accounts()?;
    let vendor = |finding: &Finding| {
        accounts
            .iter()
            .find(|account| account.id == finding.account)
            .map_or("", |account| account.identity.vendor.as_str())
    };
    let found: BTreeSet<Wrong> = result
        .findings
        .iter()
        .map(|finding| (vendor(finding), finding.code.as_str(), id(finding)))
        .collect();
    let defects = || Vendor::ALL.iter().flat_map(|&vendor| &of(truth, vendor).defects);
    let planted: BTreeSet<Wrong> =
        defects().map(|defect| (defect.vendor, defect.code, defect.id.clone())).collect();
    let also: BTreeSet<Wrong> = defects()
        .flat_map(|defect| defect.also.iter().map(|&code| (defect.vendor, code, defect.id.clone())))
        .collect();
    let missed = planted.difference(&found).map(|wrong| ("missed", wrong));
    let extra = found.difference(&planted).filter(|wrong| !also.contains(*wrong));
    let differences: Vec<String> = missed
        .chain(extra.map(|wrong| ("unexpected", wrong)))
        .map(|(what, (vendor, code, id))| format!("{what}: {vendor} {code} {id}"))
        .collect();
    if differences.is_empty() {
        return Ok(planted.len());
    }
    let differences = differences.join("; ");
    Err(Failure::different(say!(
        "the checks found something else than what is planted: {differences}",
        "检查结果与预设缺陷不符：{differences}"
    )))
}

/// What a finding is about, as the ground truth names it: a donation, which has no id, by its time.
fn id(finding: &Finding) -> String {
    let mut given = finding.evidence.iter().flat_map(|row| &row.values);
    let at = given.find(|(name, _)| finding.code == CheckCode::E1 && name == "given_at");
    match at.and_then(|(_, at)| at.parse::<Timestamp>().ok()) {
        Some(at) => at.epoch_ms().to_string(),
        None => finding.subject.id.clone(),
    }
}
