use std::collections::BTreeSet;

use super::{Findings, fields};
use crate::form::{is_snake, is_type_name};
use crate::{Field, FieldType, LabelSet, Name, Problem, RowType, Scope, SpecFile, Vendor};

/// Checks the objects, labels and sets of fields of a vendor.
pub(super) fn check(vendor: &Vendor, problems: &mut Vec<Problem>) {
    for (shared, scope) in vendor.shared_files() {
        check_file(&shared.file, scope, problems);
        Findings { file: &shared.file, problems }.source(&shared.spec.source);
    }
    for (area, endpoint) in vendor.endpoints() {
        check_file(&endpoint.file, vendor.scope(area, endpoint), problems);
    }
    check_names(vendor, problems);
    check_used(vendor, problems);
}

fn check_file(file: &SpecFile, scope: Scope<'_>, problems: &mut Vec<Problem>) {
    let mut findings = Findings { file, problems };
    for set in scope.field_sets {
        fields::check_set(set, scope, &mut findings);
    }
    for row in scope.types {
        fields::check_row(row, scope, &mut findings);
    }
    for set in scope.labels {
        check_labels(set, &mut findings);
    }
}

fn check_labels(set: &LabelSet, findings: &mut Findings<'_>) {
    findings.unique("labels", set.values.iter().map(|value| &value.label));
    findings.unique("variants", set.values.iter().map(|value| &value.name));
    for value in &set.values {
        if !is_type_name(&value.name) || value.name.as_str() == "Unknown" {
            findings.push(&value.name, format!("a variant can't be called `{}`", value.name));
        }
    }
}

/// Checks that every name of a type stands once: the vendor's crate has them all side by side.
fn check_names(vendor: &Vendor, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    let mut declare = |file: &SpecFile, name: &Name, type_name: &str| {
        if !seen.insert(type_name.to_owned()) {
            let message = format!("another type of the vendor is called `{type_name}`, too");
            problems.push(file.problem(name, message));
        }
        if !is_type_name(type_name) {
            problems.push(file.problem(name, format!("`{type_name}` is no name of a type")));
        }
    };
    for (file, types, labels) in declared(vendor) {
        for name in names(types, labels) {
            declare(file, name, name);
        }
    }
    for (_, endpoint) in vendor.endpoints() {
        declare(&endpoint.file, &endpoint.spec.id, &endpoint.spec.type_name());
    }
    let mut sets = BTreeSet::new();
    for (shared, scope) in vendor.shared_files() {
        for set in scope.field_sets {
            if !sets.insert(set.name.as_str()) {
                let message = format!("another set of fields is called `{}`, too", set.name);
                problems.push(shared.file.problem(&set.name, message));
            }
            if !is_snake(&set.name) {
                let message =
                    format!("a set of fields is called in `snake_case`, not `{}`", set.name);
                problems.push(shared.file.problem(&set.name, message));
            }
        }
    }
}

/// The files of a vendor with the types and labels that each declares.
fn declared(vendor: &Vendor) -> impl Iterator<Item = (&SpecFile, &[RowType], &[LabelSet])> {
    let shared = vendor.shared_files();
    let shared = shared.map(|(it, _)| (&it.file, &it.spec.types[..], &it.spec.labels[..]));
    let own = vendor.endpoints();
    shared.chain(own.map(|(_, it)| (&it.file, &it.spec.types[..], &it.spec.labels[..])))
}

fn names<'a>(types: &'a [RowType], labels: &'a [LabelSet]) -> impl Iterator<Item = &'a Name> {
    types.iter().map(|row| &row.name).chain(labels.iter().map(|set| &set.name))
}

/// Checks that every type is somewhere in a call, and every set of fields in a type.
fn check_used(vendor: &Vendor, problems: &mut Vec<Problem>) {
    let sets = || vendor.shared_files().flat_map(|(shared, _)| &shared.spec.field_sets);
    let rows = || declared(vendor).flat_map(|(_, types, _)| types);
    let fields = rows().flat_map(|row| &row.fields).chain(sets().flat_map(|set| &set.fields));
    let calls = || vendor.endpoints().map(|(_, endpoint)| &endpoint.spec);
    let outputs = calls().filter_map(|spec| spec.output.kind.name());
    let labels = calls().flat_map(|spec| &spec.parameters).filter_map(|it| it.kind.label_set());
    let used: BTreeSet<&str> = fields.filter_map(named).chain(outputs).chain(labels).collect();
    for (file, types, labels) in declared(vendor) {
        for name in names(types, labels).filter(|name| !used.contains(name.as_str())) {
            problems.push(file.problem(name, format!("no call has a `{name}`")));
        }
    }
    let included: BTreeSet<&str> = rows().flat_map(|row| &row.includes).map(Name::as_str).collect();
    for (shared, _) in vendor.shared_files() {
        for set in &shared.spec.field_sets {
            if !included.contains(set.name.as_str()) {
                let message = format!("no type includes `{}`", set.name);
                problems.push(shared.file.problem(&set.name, message));
            }
        }
    }
}

fn named(field: &Field) -> Option<&str> {
    match &field.kind {
        FieldType::Label(name) => Some(name),
        kind => kind.row_type(),
    }
}
