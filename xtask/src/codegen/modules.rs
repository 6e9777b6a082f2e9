use vendor_specs::{Area, Vendor};

use super::code::Code;
use super::text::unstopped;

/// The module of a vendor's areas.
pub(crate) fn vendor(vendor: &Vendor) -> String {
    let mut code = Code::file(&format!("specs/{}", vendor.spec.id));
    code.module_doc(&format!("The endpoints of {}.", vendor.spec.title.en));
    code.blank();
    code.line("mod codes;");
    for area in &vendor.areas {
        code.line(&format!("pub mod {};", area.name));
    }
    code.blank();
    code.line("pub(crate) use codes::CODES;");
    code.into_text()
}

/// The module of an area's endpoints.
pub(crate) fn area(vendor: &Vendor, area: &Area) -> String {
    let mut code = Code::file(&format!("specs/{}/{}", vendor.spec.id, area.name));
    if let Some(title) = vendor.spec.areas.get(&area.name) {
        code.module_doc(&format!("{} ({}).", unstopped(&title.en), title.zh));
        code.blank();
    }
    let endpoints = area.endpoints.iter().map(|endpoint| endpoint.name.as_str());
    let mut modules: Vec<&str> = endpoints
        .chain(area.shared.as_ref().map(|_| "shared"))
        .collect();
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
