use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Name;

/// How the unit of a number follows from another member.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitBy {
    /// The member that says which unit it is: a label of the same object.
    pub field: Name,
    /// The unit for a label; for others it is not published.
    pub units: BTreeMap<String, Unit>,
}

/// A unit of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 元.
    Yuan,
    /// 分.
    Fen,
}
