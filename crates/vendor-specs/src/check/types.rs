use std::collections::BTreeSet;

use super::Findings;
use crate::output::is_type_name;
use crate::{
    Area, EndpointSpec, Field, FieldType, LabelSet, Name, OutputType, Problem, RowType, Scope,
    Shared, SpecFile, Vendor,
};

/// Checks the objects and labels of an area.
pub(super) fn check_area(area: &Area, problems: &mut Vec<Problem>) {
    if let Some(shared) = &area.shared {
        check_shared(shared, problems);
    }
    for endpoint in &area.endpoints {
        check_file(&endpoint.file, area.scope(endpoint), problems);
    }
    check_used(area, problems);
}

fn check_shared(shared: &Shared, problems: &mut Vec<Problem>) {
    check_file(&shared.file, shared.scope(), problems);
    let mut findings = Findings { file: &shared.file, problems };
    findings.source(&shared.spec.source);
}

fn check_file(file: &SpecFile, scope: Scope<'_>, problems: &mut Vec<Problem>) {
    let mut findings = Findings { file, problems };
    for row in scope.types {
        check_row(row, scope, &mut findings);
    }
    for set in scope.labels {
        check_labels(set, &mut findings);
    }
}

fn check_row(row: &RowType, scope: Scope<'_>, findings: &mut Findings<'_>) {
    findings.unique("fields", row.fields.iter().map(|field| &field.name));
    for field in &row.fields {
        let known = match &field.kind {
            FieldType::Label(name) => scope.label_set(name).is_some(),
            kind => kind.row_type().is_none_or(|name| scope.row_type(name).is_some()),
        };
        if !known {
            findings.push(&field.name, format!("`{}` has a type that isn't declared", field.name));
        }
        let is_rows = matches!(field.kind, FieldType::Rows(_));
        if field.required && is_rows {
            let message = "`rows<…>` are required without saying so: leave `required` out";
            findings.push(&field.name, message);
        }
        if field.required && matches!(field.kind, FieldType::List(_)) {
            findings.push(&field.name, "a list is never `required`: a missing one is empty");
        }
        if field.optional && !is_rows {
            let message = "only `rows<…>` say `optional`: leave `required` out instead";
            findings.push(&field.name, message);
        }
        if field.secret && !(field.kind == FieldType::Text && field.required) {
            findings.push(&field.name, "only a required `text` can be `secret`");
        }
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
pub(super) fn check_names(vendor: &Vendor, problems: &mut Vec<Problem>) {
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
    for area in &vendor.areas {
        for (file, types, labels) in declared(area) {
            for name in names(types, labels) {
                declare(file, name, name);
            }
        }
        for endpoint in &area.endpoints {
            declare(&endpoint.file, &endpoint.spec.id, &endpoint.spec.type_name());
        }
    }
}

/// The files of an area with the types and labels that each declares.
fn declared(area: &Area) -> impl Iterator<Item = (&SpecFile, &[RowType], &[LabelSet])> {
    let shared = area.shared.iter();
    let shared = shared.map(|it| (&it.file, &it.spec.types[..], &it.spec.labels[..]));
    let own = area.endpoints.iter();
    shared.chain(own.map(|it| (&it.file, &it.spec.types[..], &it.spec.labels[..])))
}

fn names<'a>(types: &'a [RowType], labels: &'a [LabelSet]) -> impl Iterator<Item = &'a Name> {
    types.iter().map(|row| &row.name).chain(labels.iter().map(|set| &set.name))
}

/// Every type is somewhere in an answer.
fn check_used(area: &Area, problems: &mut Vec<Problem>) {
    let fields = declared(area).flat_map(|(_, types, _)| types).flat_map(|row| &row.fields);
    let outputs = area.endpoints.iter().map(|it| it.spec.output.kind.name());
    let used: BTreeSet<&str> = fields.filter_map(named).chain(outputs).collect();
    for (file, types, labels) in declared(area) {
        for name in names(types, labels).filter(|name| !used.contains(name.as_str())) {
            problems.push(file.problem(name, format!("no answer has a `{name}`")));
        }
    }
}

fn named(field: &Field) -> Option<&str> {
    match &field.kind {
        FieldType::Label(name) => Some(name),
        kind => kind.row_type(),
    }
}

/// Checks the type of an answer.
pub(super) fn check_output(spec: &EndpointSpec, scope: Scope<'_>, findings: &mut Findings<'_>) {
    let output = &spec.output;
    let name = output.kind.name();
    if scope.row_type(name).is_none() {
        findings.push(&spec.id, format!("the output's type `{name}` isn't declared"));
    } else if output.empty {
        check_empty(&output.kind, spec, findings);
    }
}

/// Checks that an output can be made out of nothing: it is an object of this file that needs no
/// value.
fn check_empty(output: &OutputType, spec: &EndpointSpec, findings: &mut Findings<'_>) {
    let OutputType::Object(name) = output else {
        let message = "only an object can be `empty`: rows are by themselves";
        return findings.push(&spec.id, message);
    };
    let Some(row) = spec.types.iter().find(|row| row.name.as_str() == name) else {
        let message = "an output that can be `empty` has its type in the same file";
        return findings.push(&spec.id, message);
    };
    for field in row.fields.iter().filter(|field| field.required) {
        let message = format!("`{}` is required, so the output can't be `empty`", field.name);
        findings.push(&field.name, message);
    }
}
