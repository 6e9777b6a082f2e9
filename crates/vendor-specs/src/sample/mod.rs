//! Reads samples against their specs: every value must be readable as its type, and every member
//! known.

mod amounts;
mod envelope;
mod json;
mod values;
mod walk;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;

use crate::load::line;
use crate::{Area, Endpoint, Outcome, OutputType, Problem, Sample, Specs, Vendor};
use envelope::Body;
use json::Finding;
use walk::Walk;

/// What is wrong with the samples of these specs, which lie below this root.
pub(crate) fn check(specs: &Specs, root: &Path) -> Vec<Problem> {
    let mut problems = Vec::new();
    for vendor in &specs.vendors {
        for area in &vendor.areas {
            for endpoint in &area.endpoints {
                for sample in &endpoint.spec.samples {
                    check_file(root, vendor, area, endpoint, sample, &mut problems);
                }
            }
            problems.extend(unnamed(vendor, area));
        }
    }
    problems
}

fn check_file(
    root: &Path,
    vendor: &Vendor,
    area: &Area,
    endpoint: &Endpoint,
    sample: &Sample,
    problems: &mut Vec<Problem>,
) {
    let path = folder(vendor, area).join(sample.file.as_str());
    let text = match fs::read_to_string(root.join(&path)) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the sample `{}` can't be read: {error}", sample.file);
            problems.push(endpoint.file.problem(&sample.file, message));
            return;
        }
    };
    for finding in findings(vendor, area, endpoint, sample, &text) {
        problems.push(Problem::of(&path, finding.message).at_line(line(&text, finding.offset)));
    }
}

fn findings(
    vendor: &Vendor,
    area: &Area,
    endpoint: &Endpoint,
    sample: &Sample,
    text: &str,
) -> Vec<Finding> {
    let raw: &RawValue = match serde_json::from_str(text) {
        Ok(raw) => raw,
        Err(error) => return vec![Finding::at_line(text, error.line(), error.to_string())],
    };
    let body = Body { text, raw, envelope: &vendor.spec.envelope };
    match sample.outcome {
        Outcome::Refused => body.check_refused(sample.status, &vendor.spec.errors),
        Outcome::Ok => {
            let (payload, mut findings) = body.open();
            if let Some(payload) = payload {
                let scope = vendor.scope(area, endpoint);
                let mut walk = Walk { text, scope, findings: Vec::new() };
                let output = &endpoint.spec.output;
                match (&output.kind, &output.rows_in) {
                    (OutputType::Object(name), _) => walk.payload(payload, name, output.empty),
                    (OutputType::Rows(name), None) => walk.rows(payload, name, ""),
                    (OutputType::Rows(name), Some(member)) => walk.rows_in(payload, name, member),
                    (OutputType::Nothing, _) => {}
                }
                findings.append(&mut walk.findings);
            }
            findings
        }
    }
}

/// The files under `samples/` that no spec names.
fn unnamed(vendor: &Vendor, area: &Area) -> Vec<Problem> {
    let samples = area.endpoints.iter().flat_map(|endpoint| &endpoint.spec.samples);
    let named: BTreeSet<&str> = samples.map(|sample| sample.file.as_str()).collect();
    let files = area.sample_files.iter().filter(|file| !named.contains(file.as_str()));
    let message = "no spec names this sample: add it to its endpoint's `[[samples]]`, or remove it";
    files.map(|file| Problem::of(folder(vendor, area).join(file), message)).collect()
}

fn folder(vendor: &Vendor, area: &Area) -> PathBuf {
    vendor.file.path.with_file_name(&area.name)
}
