use vendor_specs::{Area, Endpoint, Vendor};

use super::json::{Json, Object};
use super::samples::Samples;
use super::{bullets, input, responses};
use crate::codegen::about;
use crate::codegen::text::unstopped;

/// The paths of a vendor, each with its calls.
pub(super) fn paths(vendor: &Vendor, samples: &Samples<'_>) -> Object {
    let mut items: Vec<(&str, Object)> = Vec::new();
    for area in &vendor.areas {
        for endpoint in &area.endpoints {
            let (path, method) = (endpoint.spec.path.as_str(), endpoint.spec.method.as_str());
            let operation = operation(vendor, area, endpoint, samples);
            let method = method.to_ascii_lowercase();
            match items.iter_mut().find(|(known, _)| *known == path) {
                Some((_, item)) => item.set(&method, operation),
                None => items.push((path, Object::new().with(&method, operation))),
            }
        }
    }
    let mut paths = Object::new();
    for (path, item) in items {
        paths.set(path, item);
    }
    paths
}

fn operation(vendor: &Vendor, area: &Area, endpoint: &Endpoint, samples: &Samples<'_>) -> Object {
    let spec = &endpoint.spec;
    let page = Object::new()
        .with("description", spec.title.zh.as_str())
        .with("url", spec.source.page.as_str());
    let input = input::of(vendor, area, endpoint);
    Object::new()
        .with("operationId", spec.id.as_str())
        .with("tags", Json::list([area.name.as_str()]))
        .with("summary", unstopped(&spec.title.en))
        .with("description", description(vendor, endpoint))
        .with("externalDocs", page)
        .maybe("parameters", input.parameters)
        .maybe("requestBody", input.body)
        .with("responses", responses::of(vendor, area, endpoint, samples))
}

fn description(vendor: &Vendor, endpoint: &Endpoint) -> String {
    let mut paragraphs = vec![endpoint.spec.title.zh.clone(), about::facts(vendor, endpoint)];
    let notes = about::notes(vendor, endpoint);
    if !notes.is_empty() {
        paragraphs.push(bullets(notes.into_iter().map(str::to_owned)));
    }
    paragraphs.push(about::sources(vendor, endpoint));
    paragraphs.join("\n\n")
}
