//! Names in specs that the generated code can't have.

use std::collections::BTreeMap;

use vendor_specs::{EndpointSpec, Name, Problem, RowType, SpecFile, Specs};

use super::names::{is_keyword, plain};

/// What is wrong with the names in these specs.
pub(crate) fn problems(specs: &Specs) -> Vec<Problem> {
    let mut problems = Vec::new();
    for vendor in &specs.vendors {
        for area in &vendor.areas {
            if is_reserved(&area.name) {
                let message = format!("a module can't be called `{0}`: rename `{0}/`", area.name);
                problems.push(Problem::of(&vendor.file.path, message));
            }
            if let Some(shared) = &area.shared {
                check_types(&shared.file, &shared.spec.types, &mut problems);
            }
            for endpoint in &area.endpoints {
                let (file, spec) = (&endpoint.file, &endpoint.spec);
                if is_reserved(&endpoint.name) {
                    let message =
                        format!("a module can't be called `{0}`: rename `{0}.toml`", endpoint.name);
                    problems.push(file.problem(&spec.id, message));
                }
                check_types(file, &spec.types, &mut problems);
                check_parameters(file, spec, &mut problems);
            }
        }
    }
    problems
}

/// Whether a module of this name would be another one, or none.
fn is_reserved(module: &str) -> bool {
    ["codes", "shared", "mod"].contains(&module) || !is_name(module) || is_keyword(module)
}

fn check_types(file: &SpecFile, types: &[RowType], problems: &mut Vec<Problem>) {
    for row in types {
        check_names(file, row.fields.iter().map(|field| &field.name), problems);
    }
}

/// Methods that a request has by itself.
const METHODS: &[&str] = &["new", "parameters", "at", "start"];

fn check_parameters(file: &SpecFile, spec: &EndpointSpec, problems: &mut Vec<Problem>) {
    check_names(file, spec.parameters.iter().map(|it| &it.name), problems);
    let arguments: Vec<&str> = spec.arguments().map(|it| it.name.as_str()).collect();
    for parameter in &spec.parameters {
        let (wire, method) = (parameter.name.as_str(), plain(&parameter.name));
        if METHODS.contains(&method.as_str()) && !arguments.contains(&wire) {
            let message =
                format!("a setter can't be called `{method}`: requests have a `{method}`");
            problems.push(file.problem(&parameter.name, message));
        }
    }
}

/// Finds names that are none in Rust, or that are the same there.
fn check_names<'a>(
    file: &SpecFile,
    names: impl Iterator<Item = &'a Name>,
    problems: &mut Vec<Problem>,
) {
    let mut seen = BTreeMap::new();
    for name in names {
        let rust = plain(name);
        if !is_name(&rust) {
            problems.push(file.problem(name, format!("`{name}` gives no name in Rust")));
        }
        if let Some(other) = seen.insert(rust.clone(), name) {
            let message = format!("`{other}` and `{name}` are both `{rust}` in Rust");
            problems.push(file.problem(name, message));
        }
    }
}

/// Whether Rust takes this as a name, if need be as a raw one.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
        && !["self", "super", "crate"].contains(&text)
}
