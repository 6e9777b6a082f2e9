//! Names in specs that the generated code can't have.

use std::collections::BTreeMap;

use vendor_specs::{EndpointSpec, Name, Problem, RowType, Scope, SpecFile, Specs};

use super::names::{is_keyword, plain};

/// What is wrong with the names in these specs.
pub(crate) fn problems(specs: &Specs) -> Vec<Problem> {
    let mut problems = Vec::new();
    for vendor in &specs.vendors {
        for area in vendor.areas.iter().filter(|area| is_reserved(&area.name)) {
            let message = format!("a module can't be called `{0}`: rename `{0}/`", area.name);
            problems.push(Problem::of(&vendor.file.path, message));
        }
        for (shared, scope) in vendor.shared_files() {
            for set in scope.field_sets {
                check_names(&shared.file, set.fields.iter().map(|it| &it.name), &mut problems);
            }
            check_types(&shared.file, scope, &mut problems);
        }
        for (area, endpoint) in vendor.endpoints() {
            let (file, spec) = (&endpoint.file, &endpoint.spec);
            if is_reserved(&endpoint.name) {
                let message =
                    format!("a module can't be called `{0}`: rename `{0}.toml`", endpoint.name);
                problems.push(file.problem(&spec.id, message));
            }
            check_types(file, vendor.scope(area, endpoint), &mut problems);
            check_parameters(file, spec, &mut problems);
        }
    }
    problems
}

/// Whether a module of this name would be another one, or none.
fn is_reserved(module: &str) -> bool {
    ["codes", "shared", "mod"].contains(&module) || !is_name(module) || is_keyword(module)
}

fn check_types(file: &SpecFile, scope: Scope<'_>, problems: &mut Vec<Problem>) {
    for row in scope.types {
        check_names(file, row.fields.iter().map(|field| &field.name), problems);
        check_included(file, row, scope, problems);
    }
}

/// Finds included names that are the same in Rust as others of the object. Those are at fault that
/// the object has of its own, or else what it includes: their file is at hand.
fn check_included(file: &SpecFile, row: &RowType, scope: Scope<'_>, problems: &mut Vec<Problem>) {
    let mut seen = BTreeMap::new();
    let included = row.includes.iter().filter_map(|at| Some((at, scope.field_set(at)?)));
    let included = included.flat_map(|(at, set)| set.fields.iter().map(move |it| (at, &it.name)));
    for (at, name) in included {
        if let Some(other) = seen.insert(plain(name), name) {
            problems.push(file.problem(at, same(other, name)));
        }
    }
    for field in &row.fields {
        if let Some(other) = seen.get(&plain(&field.name)) {
            problems.push(file.problem(&field.name, same(other, &field.name)));
        }
    }
}

/// Methods that a request has by itself.
const METHODS: &[&str] = &["new", "parameters", "path", "empty", "at", "start"];

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
        if let Some(other) = seen.insert(rust, name) {
            problems.push(file.problem(name, same(other, name)));
        }
    }
}

fn same(one: &Name, other: &Name) -> String {
    format!("`{one}` and `{other}` are both `{}` in Rust", plain(other))
}

/// Whether Rust takes this as a name, if need be as a raw one.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
        && !["self", "super", "crate"].contains(&text)
}
