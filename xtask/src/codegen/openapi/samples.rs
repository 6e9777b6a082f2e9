use std::fs;
use std::path::Path;

use serde_json::Value;
use vendor_specs::{Endpoint, Outcome, Sample, SampleGrade, Vendor};

use super::json::{Json, Object};

/// The samples of a vendor.
#[derive(Debug)]
pub(super) struct Samples<'a>(Vec<Shown<'a>>);

/// A sample as it is shown.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) sample: &'a Sample,
    text: String,
    value: Value,
}

impl<'a> Samples<'a> {
    /// Reads the samples; those that can't be read are left out.
    pub(super) fn read(root: &Path, vendor: &'a Vendor) -> Self {
        let mut samples = Vec::new();
        for area in &vendor.areas {
            let folder = root.join(vendor.file.path.with_file_name(&area.name));
            for endpoint in &area.endpoints {
                samples.extend(endpoint.spec.samples.iter().filter_map(|sample| {
                    let text = fs::read_to_string(folder.join(sample.file.as_str())).ok()?;
                    let value = serde_json::from_str(&text).ok()?;
                    Some(Shown { endpoint, sample, text, value })
                }));
            }
        }
        Self(samples)
    }

    /// Some of the samples, as the examples of an answer.
    pub(super) fn examples(&self, which: impl Fn(&Shown<'_>) -> bool) -> Option<Object> {
        let mut examples = Object::new();
        for shown in self.0.iter().filter(|shown| which(shown)) {
            let name = format!("{}.{}", shown.endpoint.spec.id, shown.sample.name);
            examples.set(&name, shown.example());
        }
        (!examples.is_empty()).then_some(examples)
    }

    /// The types that the samples of an outcome have at a place, if any has something there.
    pub(super) fn types(&self, outcome: Outcome, place: &str) -> Option<Json> {
        let samples = self.0.iter().filter(|shown| shown.sample.outcome == outcome);
        let mut types: Vec<&str> =
            samples.filter_map(|shown| at(&shown.value, place)).map(type_name).collect();
        types.sort_unstable();
        types.dedup();
        match types.as_slice() {
            [] => None,
            [only] => Some((*only).into()),
            _ => Some(Json::list(types)),
        }
    }
}

impl Shown<'_> {
    fn example(&self) -> Object {
        let evidence = match self.sample.grade {
            Some(SampleGrade::Published) => Some("As a page prints it."),
            Some(SampleGrade::Altered) => Some("As a page prints it, with secrets replaced."),
            Some(SampleGrade::Transcribed) => {
                Some("As somebody else's copy of the page prints it.")
            }
            Some(SampleGrade::Completed) => {
                Some("A page prints the beginning; the rest follows its table.")
            }
            Some(SampleGrade::Constructed) => Some("No page prints it: it follows a table."),
            None => None,
        };
        let source = format!("Source: {}.", self.sample.source);
        let note = self.sample.note.as_deref();
        let description: Vec<&str> = note.into_iter().chain([source.as_str()]).collect();
        Object::new()
            .maybe("summary", evidence)
            .with("description", description.join(" "))
            .with("value", Json::raw(&self.text))
    }
}

/// The value at a place: member names joined by dots.
fn at<'v>(value: &'v Value, place: &str) -> Option<&'v Value> {
    place.split('.').try_fold(value, |value, name| value.get(name))
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
