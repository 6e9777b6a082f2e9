use std::path::{Path, PathBuf};

use vendor_specs::{Area, Problem, Scope, Shared, Specs, Vendor};

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

/// Everything that follows from these specs. Reads only samples, and the files of which a part is
/// generated.
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
    let samples = tables.join("samples");
    let modules = emulator::sample_module(specs).map(|text| (samples.join("mod.rs"), text));
    sources.extend(modules);
    let shown = specs.vendors.iter().filter_map(|vendor| {
        let file = samples.join(format!("{}.rs", vendor.spec.id));
        emulator::samples(root, vendor).map(|text| (file, text))
    });
    let mut planned = Vec::new();
    for (path, source) in sources {
        planned.push(formatted(root, path, &source, false)?);
    }
    for (path, source) in shown {
        planned.push(formatted(root, path, &source, true)?);
    }
    planned.extend(openapi::plan(root, specs));
    planned.extend(readme::plan(root, specs)?);
    Ok(planned)
}

fn formatted(
    root: &Path,
    path: PathBuf,
    source: &str,
    shows_samples: bool,
) -> Result<Planned, Problem> {
    let text = rustfmt::format(root, &path, source)?;
    Ok(Planned { path, text, shows_samples })
}

fn plan_vendor(vendor: &Vendor, sources: &mut Vec<(PathBuf, String)>) {
    let home = Path::new("crates").join(vendor.spec.crate_name.as_str());
    let generated = home.join("src/generated");
    sources.push((generated.join("mod.rs"), modules::vendor(vendor)));
    sources.push((generated.join("codes.rs"), codes::codes(vendor)));
    plan_shared(vendor.shared_file(), &generated, sources);
    for area in &vendor.areas {
        plan_area(vendor, area, &generated.join(&area.name), sources);
    }
    if let Some(tests) = samples::tests(vendor) {
        sources.push((home.join("tests/it/samples.rs"), tests));
    }
}

fn plan_area(vendor: &Vendor, area: &Area, folder: &Path, sources: &mut Vec<(PathBuf, String)>) {
    sources.push((folder.join("mod.rs"), modules::area(vendor, area)));
    plan_shared(vendor.shared_file_of(area), folder, sources);
    for endpoint in &area.endpoints {
        let file = folder.join(format!("{}.rs", endpoint.name));
        sources.push((file, endpoint::endpoint(vendor, area, endpoint)));
    }
}

fn plan_shared(
    shared: Option<(&Shared, Scope<'_>)>,
    folder: &Path,
    sources: &mut Vec<(PathBuf, String)>,
) {
    if let Some((shared, scope)) = shared.filter(|(shared, _)| shared.spec.has_types()) {
        sources.push((folder.join("shared.rs"), endpoint::shared(shared, scope)));
    }
}
