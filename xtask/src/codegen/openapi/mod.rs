//! What the specs say, as an OpenAPI document a vendor: for any other tool.

mod envelope;
mod input;
mod json;
mod layout;
mod operation;
mod responses;
mod samples;
mod schema;

use std::path::Path;

use vendor_specs::{Authorisation, Specs, Vendor};

use self::json::{Json, Object};
use self::samples::Samples;
use super::evidence;
use super::plan::Planned;

/// What every document has near its start, as it is laid out.
pub(crate) const MARK: &str = "\"x-generated-by\": \"cargo xtask codegen\"";

/// Name of the file, in the vendor's crate.
pub(crate) const FILE: &str = "openapi.json";

/// Where the emulator has the documents that it serves; a crate that is published alone can't reach into another's folder.
const SERVED: &str = "crates/live-rewards-emulator/src/generated/openapi";

/// A document a vendor, with the samples that can be read as examples: in the vendor's crate and for the emulator.
pub(crate) fn plan(root: &Path, specs: &Specs) -> Vec<Planned> {
    let documents = specs.vendors.iter().flat_map(|vendor| {
        let text = document(vendor, &Samples::read(root, vendor)).into_file();
        let home = Path::new("crates").join(vendor.spec.crate_name.as_str()).join(FILE);
        let served = Path::new(SERVED).join(format!("{}.json", vendor.spec.id));
        [home, served].map(|path| Planned { path, text: text.clone(), shows_samples: true })
    });
    documents.collect()
}

fn document(vendor: &Vendor, samples: &Samples<'_>) -> Json {
    let servers = [Object::new().with("url", vendor.spec.base_url.as_str())];
    let tags = vendor.areas.iter().map(|area| {
        let title = vendor.spec.areas.get(&area.name);
        let description = title.map(|title| in_both(&title.en, &title.zh));
        Object::new().with("name", area.name.as_str()).maybe("description", description)
    });
    let schemas = schema::all(vendor).with(envelope::REFUSAL, envelope::refusal(vendor, samples));
    let refusals = responses::refusals(vendor, samples);
    let components = Object::new()
        .with("schemas", schemas)
        .maybe("responses", (!refusals.is_empty()).then_some(refusals));
    let document = Object::new()
        .with("openapi", "3.1.0")
        .with("x-generated-by", "cargo xtask codegen")
        .with("info", info(vendor))
        .with("servers", Json::list(servers))
        .with("tags", Json::list(tags))
        .with("paths", operation::paths(vendor, samples))
        .with("components", components);
    document.into()
}

fn info(vendor: &Vendor) -> Object {
    let spec = &vendor.spec;
    let mut paragraphs = vec![
        "Unofficial: written from the vendor's public pages, not made, checked or endorsed by the \
         vendor, which has more calls than are described here. Each call names its page and the \
         day on which it was read; its notes say what the page leaves open, where it contradicts \
         itself, and what is assumed."
            .to_owned(),
        format!(
            "Answers may have members that are not described: ignore them. Types are as wide as \
             `{}`, the client made from the same specs, reads them: ids, counts and amounts come \
             as numbers or as text. Refusals other than those listed exist.",
            spec.crate_name
        ),
    ];
    paragraphs.extend(authorisation(&spec.authorisation));
    Object::new()
        .with("title", format!("{}: live rewards", spec.title.en))
        .with("version", env!("CARGO_PKG_VERSION"))
        .with("description", paragraphs.join("\n\n"))
}

/// What is known of how requests are authorised.
fn authorisation(authorisation: &Authorisation) -> Vec<String> {
    let mut paragraphs = Vec::new();
    if !authorisation.notes.is_empty() {
        paragraphs.push("How requests are authorised:".to_owned());
        paragraphs.push(bullets(authorisation.notes.iter().cloned()));
    }
    paragraphs.extend(authorisation.source.as_ref().map(evidence::source));
    paragraphs
}

/// A list in Markdown.
fn bullets(items: impl Iterator<Item = String>) -> String {
    items.map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")
}

/// What is said in English, and then the vendor's own words.
fn in_both(english: &str, chinese: &str) -> String {
    format!("{english} {chinese}")
}
