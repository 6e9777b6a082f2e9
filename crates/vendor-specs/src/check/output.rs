use super::Findings;
use crate::{EndpointSpec, OutputType, Scope};

/// Checks the type of an answer.
pub(super) fn check(spec: &EndpointSpec, scope: Scope<'_>, findings: &mut Findings<'_>) {
    let output = &spec.output;
    if let Some(rows_in) = &output.rows_in
        && !matches!(output.kind, OutputType::Rows(_))
    {
        findings.push(rows_in, "only an output that is `rows<…>` has them in a member");
    }
    match output.kind.name() {
        Some(name) if scope.row_type(name).is_none() => {
            findings.push(&spec.id, format!("the output's type `{name}` isn't declared"));
        }
        _ if output.empty => check_empty(&output.kind, spec, scope, findings),
        _ => {}
    }
}

/// Checks that an output can be made out of nothing: it is an object of this file that needs no
/// value.
fn check_empty(
    output: &OutputType,
    spec: &EndpointSpec,
    scope: Scope<'_>,
    findings: &mut Findings<'_>,
) {
    let OutputType::Object(name) = output else {
        let message = "only an object can be `empty`: rows are by themselves";
        return findings.push(&spec.id, message);
    };
    let Some(row) = scope.types.iter().find(|row| row.name.as_str() == name) else {
        let message = "an output that can be `empty` has its type in the same file";
        return findings.push(&spec.id, message);
    };
    let included = row.includes.iter().filter_map(|name| Some((name, scope.field_set(name)?)));
    let included = included.flat_map(|(at, set)| set.fields.iter().map(move |it| (at, it)));
    let own = row.fields.iter().map(|field| (&field.name, field));
    for (at, field) in included.chain(own).filter(|(_, field)| field.required) {
        let message = format!("`{}` is required, so the output can't be `empty`", field.name);
        findings.push(at, message);
    }
}
