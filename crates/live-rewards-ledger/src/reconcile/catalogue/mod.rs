//! What the checks are, and what each vendor's data can prove.

mod changes;
mod payments;
mod points;
mod red_packets;
mod sums;

use live_rewards_core::Vendor;

use super::{CheckCode, Severity};
use crate::Label;

/// All checks, in the order of their codes.
pub static CHECKS: &[Check] = &[
    red_packets::A1,
    red_packets::A2,
    red_packets::A3,
    red_packets::A4,
    red_packets::A5,
    red_packets::A6,
    red_packets::A7,
    red_packets::A8,
    red_packets::A9,
    red_packets::A10,
    sums::B1,
    sums::B2,
    sums::B3,
    points::C1,
    points::C2,
    points::C3,
    points::C4,
    changes::D1,
    changes::D2,
    changes::D3,
    changes::D4,
    payments::E1,
    payments::E2,
    changes::X1,
];

/// A check, as it is documented.
#[derive(Debug)]
#[non_exhaustive]
pub struct Check {
    /// Its code.
    pub code: CheckCode,
    /// How much its findings weigh.
    pub severity: Severity,
    /// Its name.
    pub title: Label,
    /// What has to hold, in the names of columns.
    pub formula: Label,
    /// What it means, and what it leaves out.
    pub meaning: Label,
    /// What the data of each vendor can prove.
    pub by_vendor: &'static [CheckSupport],
}

/// What the data of a vendor can prove.
#[derive(Debug)]
#[non_exhaustive]
pub struct CheckSupport {
    /// The vendor.
    pub vendor: Vendor,
    /// How much.
    pub strength: CheckStrength,
    /// Why.
    pub reason: Label,
}

/// How much a check proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CheckStrength {
    /// The vendor reports both sides.
    Proves,
    /// It rests on something that isn't published, or sees only a part.
    Weak,
    /// The vendor doesn't report what it needs.
    Impossible,
}

impl Check {
    /// What the data of a vendor can prove.
    pub fn support(&self, vendor: Vendor) -> Option<&'static CheckSupport> {
        self.by_vendor.iter().find(|support| support.vendor == vendor)
    }
}

const fn label(en: &'static str, zh: &'static str) -> Label {
    Label { en, zh }
}

const fn proves(vendor: Vendor, en: &'static str, zh: &'static str) -> CheckSupport {
    CheckSupport { vendor, strength: CheckStrength::Proves, reason: label(en, zh) }
}

const fn weak(vendor: Vendor, en: &'static str, zh: &'static str) -> CheckSupport {
    CheckSupport { vendor, strength: CheckStrength::Weak, reason: label(en, zh) }
}

const fn impossible(vendor: Vendor, en: &'static str, zh: &'static str) -> CheckSupport {
    CheckSupport { vendor, strength: CheckStrength::Impossible, reason: label(en, zh) }
}

/// YXT has none.
const NO_RED_PACKETS: CheckSupport = impossible(Vendor::Yxt, "has no red packets", "无红包数据");

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_check_is_there_once_and_says_what_each_vendor_can_prove() {
        let codes: Vec<CheckCode> = CHECKS.iter().map(|check| check.code).collect();
        assert_eq!(codes, CheckCode::ALL);
        for check in CHECKS {
            assert_eq!(check.severity, check.code.severity());
            let vendors: HashSet<Vendor> =
                check.by_vendor.iter().map(|support| support.vendor).collect();
            assert_eq!(vendors.len(), Vendor::ALL.len(), "{}", check.code);
            assert_eq!(check.by_vendor.len(), Vendor::ALL.len(), "{}", check.code);
        }
    }
}
