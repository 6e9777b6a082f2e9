use std::path::{Path, PathBuf};

use vendor_specs::{Area, Problem, Specs, Vendor};

use super::{codes, emulator, endpoint, modules, openapi, readme, rustfmt, samples};

/// A file as it should be.
#[derive(Debug)]
pub(crate) struct Planned {
    /// From the root of the workspace.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// Whether samples are in it: as long as one of them is wrong, it isn't compared.
    pub(crate) shows_samples: bool,
}

/// Everything that follows from these specs. Reads only the files of which a part is generated.
pub(crate) fn plan(root: &Path, specs: &Specs) -> Result<Vec<Planned>, Problem> {
    let mut sources = Vec::new();
    for vendor in &specs.vendors {
        plan_vendor(vendor, &mut sources);
    }
    let tables = Path::new("crates/live-rewards-emulator/src/generated");
    sources.push((tables.join("mod.rs"), emulator::module(specs)));
    for vendor in &specs.vendors {
        let file = tables.join(format!("{}.rs", vendor.spec.id));
        sources.push((file, emulator::tables(vendor)));
    }
    let mut planned = Vec::new();
    for (path, source) in sources {
        let text = rustfmt::format(root, &path, &source)?;
        planned.push(Planned { path, text, shows_samples: false });
    }
    planned.extend(openapi::plan(root, specs));
    planned.extend(readme::plan(root, specs)?);
    Ok(planned)
}

fn plan_vendor(vendor: &Vendor, sources: &mut Vec<(PathBuf, String)>) {
    let home = Path::new("crates").join(vendor.spec.crate_name.as_str());
    let generated = home.join("src/generated");
    sources.push((generated.join("mod.rs"), modules::vendor(vendor)));
    sources.push((generated.join("codes.rs"), codes::codes(vendor)));
    for area in &vendor.areas {
        plan_area(vendor, area, &generated.join(&area.name), sources);
    }
    if let Some(tests) = samples::tests(vendor) {
        sources.push((home.join("tests/it/samples.rs"), tests));
    }
}

fn plan_area(vendor: &Vendor, area: &Area, folder: &Path, sources: &mut Vec<(PathBuf, String)>) {
    sources.push((folder.join("mod.rs"), modules::area(vendor, area)));
    if let Some(shared) = &area.shared {
        sources.push((folder.join("shared.rs"), endpoint::shared(shared)));
    }
    for endpoint in &area.endpoints {
        let file = folder.join(format!("{}.rs", endpoint.name));
        sources.push((file, endpoint::endpoint(vendor, area, endpoint)));
    }
}
