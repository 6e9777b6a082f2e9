use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::{EndpointSpec, Name, Problem, Scope, SharedSpec, VendorSpec, check, sample};

/// Where the specs lie, from the root of the workspace.
pub const SPECS: &str = "crates/vendor-specs/specs";

/// All specs of a workspace.
#[derive(Clone, Debug)]
pub struct Specs {
    /// The vendors, by id.
    pub vendors: Vec<Vendor>,
    root: PathBuf,
}

impl Specs {
    /// Reads all specs below the root of a workspace, and checks them.
    ///
    /// Problems come back together. What types can't say is only looked at once every file can be
    /// read.
    pub fn load(root: &Path) -> Result<Self, Vec<Problem>> {
        let mut loader = Loader { root, problems: Vec::new() };
        let vendors = loader.vendors();
        let specs = Self { vendors, root: root.to_owned() };
        let mut problems = loader.problems;
        if problems.is_empty() {
            problems = check::specs(&specs);
        }
        if problems.is_empty() {
            return Ok(specs);
        }
        problems.sort();
        Err(problems)
    }

    /// Reads every sample against its spec: what can't be decoded, what no spec knows, and what
    /// isn't there.
    pub fn sample_problems(&self) -> Vec<Problem> {
        let mut problems = sample::check(self, &self.root);
        problems.sort();
        problems
    }
}

/// The specs of one vendor.
#[derive(Clone, Debug)]
pub struct Vendor {
    /// Its `vendor.toml`.
    pub file: SpecFile,
    /// What that says.
    pub spec: VendorSpec,
    /// What its areas have in common.
    pub shared: Option<Shared>,
    /// The areas, by name.
    pub areas: Vec<Area>,
}

impl Vendor {
    /// What an endpoint of this area may name.
    pub fn scope<'a>(&'a self, area: &'a Area, endpoint: &'a Endpoint) -> Scope<'a> {
        Scope {
            types: &endpoint.spec.types,
            labels: &endpoint.spec.labels,
            field_sets: &[],
            area: area.shared.as_ref().map(|shared| &shared.spec),
            vendor: self.shared_spec(),
        }
    }

    /// The file of what the areas have in common, with what it may name.
    pub fn shared_file(&self) -> Option<(&Shared, Scope<'_>)> {
        let shared = self.shared.as_ref()?;
        Some((shared, Scope::of_shared(&shared.spec, None)))
    }

    /// The file of what the endpoints of an area have in common, with what it may name.
    pub fn shared_file_of<'a>(&'a self, area: &'a Area) -> Option<(&'a Shared, Scope<'a>)> {
        let shared = area.shared.as_ref()?;
        Some((shared, Scope::of_shared(&shared.spec, self.shared_spec())))
    }

    /// All these files.
    pub fn shared_files(&self) -> impl Iterator<Item = (&Shared, Scope<'_>)> {
        let of_areas = self.areas.iter().filter_map(move |area| self.shared_file_of(area));
        self.shared_file().into_iter().chain(of_areas)
    }

    /// The endpoints, each with its area.
    pub fn endpoints(&self) -> impl Iterator<Item = (&Area, &Endpoint)> {
        self.areas.iter().flat_map(|area| area.endpoints.iter().map(move |it| (area, it)))
    }

    fn shared_spec(&self) -> Option<&SharedSpec> {
        self.shared.as_ref().map(|shared| &shared.spec)
    }
}

/// The endpoints of one area.
#[derive(Clone, Debug)]
pub struct Area {
    /// Name of the folder, and of the module.
    pub name: String,
    /// What its endpoints have in common.
    pub shared: Option<Shared>,
    /// The endpoints, by name.
    pub endpoints: Vec<Endpoint>,
    /// Files under `samples/`, from the area on.
    pub sample_files: Vec<String>,
}

/// What several files have in common.
#[derive(Clone, Debug)]
pub struct Shared {
    /// Its `shared.toml`.
    pub file: SpecFile,
    /// What that says.
    pub spec: SharedSpec,
}

/// One endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Name of the file, and of the module.
    pub name: String,
    /// The file.
    pub file: SpecFile,
    /// What it says.
    pub spec: EndpointSpec,
}

/// A file of the specs.
#[derive(Clone, Debug)]
pub struct SpecFile {
    /// From the root of the workspace.
    pub path: PathBuf,
    text: String,
}

impl SpecFile {
    /// Its place as documentation names it, with slashes: `specs/polyv/vendor.toml`.
    pub fn short(&self) -> String {
        let below = self.path.strip_prefix(SPECS).unwrap_or(&self.path);
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        format!("specs/{}", parts.join("/"))
    }

    /// A problem with something in this file.
    pub fn problem(&self, at: &Name, message: impl Into<String>) -> Problem {
        Problem::of(&self.path, message).at_line(line(&self.text, at.offset()))
    }
}

/// The line, from 1, that a byte is in.
pub(crate) fn line(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).map(|byte| usize::from(byte == b'\n')).sum::<usize>() + 1
}

struct Loader<'a> {
    root: &'a Path,
    problems: Vec<Problem>,
}

impl Loader<'_> {
    fn vendors(&mut self) -> Vec<Vendor> {
        let folder = Path::new(SPECS);
        let mut vendors = Vec::new();
        for entry in self.entries(folder) {
            if entry.is_folder {
                vendors.extend(self.vendor(&folder.join(&entry.name)));
            }
        }
        vendors
    }

    fn vendor(&mut self, folder: &Path) -> Option<Vendor> {
        let (mut areas, mut shared) = (Vec::new(), None);
        for entry in self.entries(folder) {
            let path = folder.join(&entry.name);
            if entry.is_folder {
                areas.push(self.area(&path, entry.name));
            } else if entry.name == "shared.toml" {
                shared = self.file(path).map(|(file, spec)| Shared { file, spec });
            } else if entry.name != "vendor.toml" {
                let message = "is no spec: beside `vendor.toml` stand `shared.toml` and areas";
                self.problems.push(Problem::of(path, message));
            }
        }
        let (file, spec) = self.file(folder.join("vendor.toml"))?;
        Some(Vendor { file, spec, shared, areas })
    }

    fn area(&mut self, folder: &Path, name: String) -> Area {
        let mut area = Area { name, shared: None, endpoints: Vec::new(), sample_files: Vec::new() };
        for entry in self.entries(folder) {
            let path = folder.join(&entry.name);
            if entry.is_folder {
                let samples = self.entries(&path).into_iter();
                area.sample_files.extend(samples.map(|it| format!("{}/{}", entry.name, it.name)));
            } else if entry.name == "shared.toml" {
                area.shared = self.file(path).map(|(file, spec)| Shared { file, spec });
            } else if let Some(name) = entry.name.strip_suffix(".toml") {
                let endpoint = self.file(path);
                area.endpoints.extend(endpoint.map(|(file, spec)| Endpoint {
                    name: name.to_owned(),
                    file,
                    spec,
                }));
            } else {
                let message = "is no spec: specs end in `.toml`, samples lie under `samples/`";
                self.problems.push(Problem::of(path, message));
            }
        }
        area
    }

    fn file<T: DeserializeOwned>(&mut self, path: PathBuf) -> Option<(SpecFile, T)> {
        let text = match fs::read_to_string(self.root.join(&path)) {
            Ok(text) => text,
            Err(error) => {
                self.problems.push(Problem::of(path, format!("can't be read: {error}")));
                return None;
            }
        };
        match toml::from_str(&text) {
            Ok(spec) => Some((SpecFile { path, text }, spec)),
            Err(error) => {
                let problem = Problem::of(path, error.message().replace('\n', "; "));
                self.problems.push(match error.span() {
                    Some(span) => problem.at_line(line(&text, span.start)),
                    None => problem,
                });
                None
            }
        }
    }

    /// What is in a folder, by name.
    fn entries(&mut self, folder: &Path) -> Vec<Entry> {
        match entries(&self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) => {
                self.problems.push(Problem::of(folder, format!("can't be read: {error}")));
                Vec::new()
            }
        }
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    name: String,
    is_folder: bool,
}

fn entries(folder: &Path) -> std::io::Result<Vec<Entry>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        found.push(Entry { name, is_folder: entry.file_type()?.is_dir() });
    }
    found.sort();
    Ok(found)
}
