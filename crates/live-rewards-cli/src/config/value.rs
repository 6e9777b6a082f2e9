//! Values that are checked as they are read.

use std::collections::BTreeMap;

use live_rewards::Vendor;
use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected},
};

use crate::language::say;

/// Most hours for which a red packet can be claimed, or its rest may take to go back: a year's.
pub(super) const MOST_HOURS: u16 = 366 * 24;

/// Reads a number from `LEAST` to `MOST`.
pub(super) fn within<'de, D: Deserializer<'de>, const LEAST: u16, const MOST: u16>(
    deserializer: D,
) -> Result<Option<u16>, D::Error> {
    checked(i64::deserialize(deserializer)?, LEAST, MOST).map(Some)
}

/// Reads hours by the name of a vendor.
pub(super) fn hours_by_vendor<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<Vendor, u32>, D::Error> {
    let by_name = BTreeMap::<String, i64>::deserialize(deserializer)?.into_iter();
    let of_vendor = |(name, hours): (String, i64)| {
        let hours = checked::<D::Error>(hours, 1, MOST_HOURS)?;
        Ok((named(&name)?, u32::from(hours)))
    };
    by_name.map(of_vendor).collect()
}

/// Reads the name of a vendor.
pub(super) fn vendor<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vendor, D::Error> {
    named(&String::deserialize(deserializer)?)
}

fn checked<E: Error>(number: i64, least: u16, most: u16) -> Result<u16, E> {
    let within = u16::try_from(number).ok().filter(|number| (least..=most).contains(number));
    within.ok_or_else(|| {
        let expected = say!("a number from {least} to {most}", " {least} 到 {most} 的数");
        E::invalid_value(Unexpected::Signed(number), &expected.as_str())
    })
}

fn named<E: Error>(name: &str) -> Result<Vendor, E> {
    name.parse().map_err(|_| {
        let names: Vec<_> = Vendor::ALL.iter().map(|vendor| vendor.as_str()).collect();
        E::custom(say!(
            "no vendor is called {name}; there are {}",
            "没有叫 {name} 的平台；有的是 {}",
            names.join(", ")
        ))
    })
}
