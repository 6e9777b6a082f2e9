//! What the vendors' calls take and answer, for tools: the documents that stand in the vendors' crates, too.

pub(super) const POLYV: &str = include_str!("../generated/openapi/polyv.json");
pub(super) const XIAOE: &str = include_str!("../generated/openapi/xiaoe.json");
pub(super) const YXT: &str = include_str!("../generated/openapi/yxt.json");
