use vendor_specs::Vendor;

use super::language::Language;
use super::{cells, markdown};
use crate::codegen::evidence::cited;
use crate::codegen::text::unstopped;

/// What a vendor has and its crate doesn't offer.
pub(super) fn table(vendor: &Vendor) -> String {
    let titles = ["What", "Call", "What is missing, or why not", "Known from"];
    let rows = vendor.spec.not_offered.iter().map(|it| {
        let call = it.call.as_ref().map(|call| format!("`{call}`"));
        let grade = cells::grade(it.grade, Language::English);
        [
            format!("{} ({})", unstopped(&it.what.en), it.what.zh),
            call.unwrap_or_else(|| "–".to_owned()),
            unstopped(&it.reason).to_owned(),
            format!("{}; {grade}", cited(&it.source)),
        ]
    });
    markdown(titles, rows)
}
