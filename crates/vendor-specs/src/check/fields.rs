use std::collections::BTreeSet;

use super::Findings;
use crate::{Field, FieldSet, FieldType, RowType, Scope, UnitBy};

/// Checks the fields of an object.
pub(super) fn check_row<'a>(row: &'a RowType, scope: Scope<'a>, findings: &mut Findings<'_>) {
    check_names(row, scope, findings);
    let siblings = scope.fields(row);
    for field in &row.fields {
        check_field(field, &siblings, scope, findings);
    }
}

/// Checks fields that several objects have.
pub(super) fn check_set(set: &FieldSet, scope: Scope<'_>, findings: &mut Findings<'_>) {
    findings.unique("fields", set.fields.iter().flat_map(Field::names));
    let siblings: Vec<&Field> = set.fields.iter().collect();
    for field in &set.fields {
        check_field(field, &siblings, scope, findings);
    }
}

/// Checks that every name stands once. What is wrong with included fields is said where they are
/// included: their own file is another.
fn check_names(row: &RowType, scope: Scope<'_>, findings: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    for include in &row.includes {
        let Some(set) = scope.field_set(include) else {
            findings.push(include, format!("there is no set of fields `{include}`"));
            continue;
        };
        for name in set.fields.iter().flat_map(Field::names) {
            if !seen.insert(name.as_str()) {
                let message = format!("`{include}` has a `{name}`, which is there already");
                findings.push(include, message);
            }
        }
    }
    for name in row.fields.iter().flat_map(Field::names) {
        if !seen.insert(name.as_str()) {
            findings.push(name, format!("there are two fields `{name}`"));
        }
    }
}

fn check_field(field: &Field, siblings: &[&Field], scope: Scope<'_>, findings: &mut Findings<'_>) {
    let Field { name, kind, .. } = field;
    let known = match kind {
        FieldType::Label(set) => scope.label_set(set).is_some(),
        kind => kind.row_type().is_none_or(|row| scope.row_type(row).is_some()),
    };
    if !known {
        findings.push(name, format!("`{name}` has a type that isn't declared"));
    }
    if field.required {
        match kind {
            FieldType::Rows(_) => findings
                .push(name, "`rows<…>` are required without saying so: leave `required` out"),
            FieldType::List(_) | FieldType::Values(_) => {
                findings.push(name, "a list is never `required`: a missing one is empty");
            }
            FieldType::Row(_) => findings.push(name, "`row<…>` is never `required`"),
            FieldType::Embedded(_) => {
                findings.push(name, "`embedded<…>` is never `required`");
            }
            _ => {}
        }
    }
    if field.optional && !matches!(kind, FieldType::Rows(_) | FieldType::List(_)) {
        let message =
            "only `rows<…>` and `list<Name>` say `optional`: leave `required` out instead";
        findings.push(name, message);
    }
    if field.secret && !(*kind == FieldType::Text && field.required) {
        findings.push(name, "only a required `text` can be `secret`");
    }
    if let Some(unit_by) = &field.unit_by {
        if *kind != FieldType::Decimal {
            findings.push(name, "only a `decimal` has its unit by another field");
        }
        check_unit(unit_by, siblings, scope, findings);
    }
}

fn check_unit(
    UnitBy { field, units }: &UnitBy,
    siblings: &[&Field],
    scope: Scope<'_>,
    findings: &mut Findings<'_>,
) {
    let sibling = siblings.iter().find(|sibling| *sibling.name == **field);
    let set = sibling.and_then(|sibling| match &sibling.kind {
        FieldType::Label(set) => scope.label_set(set),
        _ => None,
    });
    let Some(set) = set else {
        return findings.push(field, format!("`{field}` is no `label<…>` of the same object"));
    };
    if units.is_empty() {
        findings.push(field, format!("no label of `{field}` has a unit"));
    }
    for label in units.keys().filter(|label| set.get(label).is_none()) {
        findings.push(field, format!("`{}` has no label `{label}`", set.name));
    }
}
