use vendor_specs::{Area, Authorisation, Shared, Vendor};

use super::code::Code;
use super::evidence;
use super::text::unstopped;

/// The module of a vendor's areas.
pub(crate) fn vendor(vendor: &Vendor) -> String {
    let mut code = Code::file(&format!("specs/{}", vendor.spec.id));
    code.module_doc(&format!("The endpoints of {}.", vendor.spec.title.en));
    write_authorisation(&mut code, &vendor.spec.authorisation);
    code.blank();
    code.line("mod codes;");
    for area in &vendor.areas {
        code.line(&format!("pub mod {};", area.name));
    }
    if has_types(vendor.shared.as_ref()) {
        code.line("/// What several areas have in common.");
        code.line("pub mod shared;");
    }
    code.blank();
    code.line("pub(crate) use codes::CODES;");
    code.into_text()
}

/// What is known of how requests are authorised.
fn write_authorisation(code: &mut Code, authorisation: &Authorisation) {
    if !authorisation.notes.is_empty() {
        code.module_doc_blank();
        code.module_doc("How requests are authorised, which the client does by itself:");
        code.module_doc_blank();
    }
    for note in &authorisation.notes {
        code.module_doc_item(note);
    }
    if let Some(source) = &authorisation.source {
        code.module_doc_blank();
        code.module_doc(&evidence::source(source));
    }
}

/// The module of an area's endpoints.
pub(crate) fn area(vendor: &Vendor, area: &Area) -> String {
    let mut code = Code::file(&format!("specs/{}/{}", vendor.spec.id, area.name));
    if let Some(title) = vendor.spec.areas.get(&area.name) {
        code.module_doc(&format!("{} ({}).", unstopped(&title.en), title.zh));
        code.blank();
    }
    let endpoints = area.endpoints.iter().map(|endpoint| endpoint.name.as_str());
    let shared = has_types(area.shared.as_ref()).then_some("shared");
    let mut modules: Vec<&str> = endpoints.chain(shared).collect();
    modules.sort_unstable();
    for module in &modules {
        code.line(&format!("mod {module};"));
    }
    code.blank();
    for module in &modules {
        code.line(&format!("pub use {module}::*;"));
    }
    code.into_text()
}

/// Whether there are types that several files have in common: fields that they include are none.
fn has_types(shared: Option<&Shared>) -> bool {
    shared.is_some_and(|shared| shared.spec.has_types())
}
