//! The samples that the emulator answers with.

use std::fs;
use std::path::Path;

use vendor_specs::{Endpoint, Outcome, Sample, Specs, Vendor};

use super::constant;
use crate::codegen::code::Code;
use crate::codegen::json::compact;
use crate::codegen::text::raw_literal;

/// The module of the vendors' samples, if there are any.
pub(crate) fn module(specs: &Specs) -> Option<String> {
    let mut code = Code::file("specs");
    let vendors: Vec<&Vendor> = specs.vendors.iter().filter(|it| has_samples(it)).collect();
    for vendor in &vendors {
        code.line(&format!("pub(super) mod {};", vendor.spec.id));
    }
    (!vendors.is_empty()).then(|| code.into_text())
}

/// The first answer of each endpoint that has one; those that can't be read are left out.
pub(crate) fn samples(root: &Path, vendor: &Vendor) -> Option<String> {
    let mut code = Code::file(&format!("specs/{}", vendor.spec.id));
    for (area, endpoint) in vendor.endpoints() {
        let Some(sample) = answer(endpoint) else { continue };
        let folder = vendor.file.path.with_file_name(&area.name);
        let Ok(text) = fs::read_to_string(root.join(folder).join(sample.file.as_str())) else {
            continue;
        };
        let (name, text) = (constant(endpoint), raw_literal(&compact(&text)));
        code.line(&format!("pub(crate) const {name}: &str = {text};"));
        code.blank();
    }
    has_samples(vendor).then(|| code.into_text())
}

/// The first sample that is an answer.
pub(super) fn answer(endpoint: &Endpoint) -> Option<&Sample> {
    endpoint.spec.samples.iter().find(|sample| sample.outcome == Outcome::Ok)
}

pub(super) fn has_samples(vendor: &Vendor) -> bool {
    vendor.endpoints().any(|(_, endpoint)| answer(endpoint).is_some())
}
