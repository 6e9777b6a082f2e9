use vendor_specs::{Endpoint, SampleGrade, Specs};

use super::markdown;

/// What the emulator serves, with the number of samples of each grade.
pub(super) fn table(specs: &Specs) -> String {
    let titles =
        ["Vendor", "Call", "Published", "Altered", "Transcribed", "Completed", "Constructed"];
    let rows = specs.vendors.iter().flat_map(|vendor| {
        vendor.endpoints().map(move |(_, endpoint)| {
            let spec = &endpoint.spec;
            [
                vendor.spec.id.to_string(),
                format!("`{} {}`", spec.method.as_str(), spec.path),
                samples(endpoint, SampleGrade::Published),
                samples(endpoint, SampleGrade::Altered),
                samples(endpoint, SampleGrade::Transcribed),
                samples(endpoint, SampleGrade::Completed),
                samples(endpoint, SampleGrade::Constructed),
            ]
        })
    });
    markdown(titles, rows)
}

fn samples(endpoint: &Endpoint, grade: SampleGrade) -> String {
    let samples = endpoint.spec.samples.iter();
    match samples.filter(|sample| sample.grade == Some(grade)).count() {
        0 => "–".to_owned(),
        count => count.to_string(),
    }
}
