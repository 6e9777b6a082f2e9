use vendor_specs::{Effect, Vendor};

use super::language::Language;
use super::{cells, markdown};
use crate::codegen::text::unstopped;

/// The calls of a vendor's crate.
pub(super) fn table(vendor: &Vendor) -> String {
    let titles = ["Request", "Call", "What it does", "Effect", "Page", "Rate limit", "Evidence"];
    let rows = vendor.endpoints().map(|(area, endpoint)| {
        let spec = &endpoint.spec;
        let effect = match spec.effect {
            Effect::Read => "read",
            Effect::Write => "write",
        };
        [
            format!("`{}::{}`", area.name, spec.type_name()),
            cells::call(endpoint),
            unstopped(&spec.title.en).to_owned(),
            effect.to_owned(),
            cells::page(endpoint, true, Language::English),
            cells::rate(vendor, endpoint, Language::English),
            cells::evidence(endpoint, Language::English),
        ]
    });
    markdown(titles, rows)
}
