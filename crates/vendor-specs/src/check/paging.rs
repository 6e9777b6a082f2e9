use super::Findings;
use crate::{
    EndpointSpec, FieldType, Name, OutputType, Paging, PagingStyle, Parameter, ParameterType, Scope,
};

pub(super) fn check(
    spec: &EndpointSpec,
    paging: &Paging,
    scope: Scope<'_>,
    findings: &mut Findings<'_>,
) {
    check_parameters(spec, paging, findings);
    check_sizes(paging, findings);
    check_rows(spec, paging, scope, findings);
    for place in [&paging.total_items, &paging.total_pages].into_iter().flatten() {
        let fields = scope.place(&spec.output.kind, place);
        let last = fields.as_ref().and_then(|fields| fields.last());
        if fields.as_ref().is_none_or(|fields| fields.len() > 2)
            || last.is_none_or(|field| field.kind != FieldType::Count)
        {
            let message = format!("`{place}` is no count of the output, nor of an object in it");
            findings.push(place, message);
        }
    }
    if paging.style == PagingStyle::PageWithTotal
        && paging.total_items.is_none()
        && paging.total_pages.is_none()
    {
        let message = "a style with a total needs `total_items` or `total_pages`";
        findings.push(&paging.position, message);
    }
}

fn check_parameters(spec: &EndpointSpec, paging: &Paging, findings: &mut Findings<'_>) {
    let counts: &[_] = &[ParameterType::Count, ParameterType::CountText];
    let positions: &[_] = match paging.style {
        PagingStyle::PageWithTotal | PagingStyle::Page => counts,
        PagingStyle::Offset => &[ParameterType::Offset],
    };
    for (name, kinds) in [(&paging.position, positions), (&paging.size, counts)] {
        if parameter(spec, name).is_none_or(|it| !kinds.contains(&it.kind) || it.nullable) {
            let message = format!("`{name}` is no parameter that this style of paging can set");
            findings.push(name, message);
        }
    }
}

fn check_sizes(paging: &Paging, findings: &mut Findings<'_>) {
    if paging.ask_size == 0 || paging.max_size.is_some_and(|max| paging.ask_size > max) {
        findings.push(&paging.size, "`ask_size` must be from 1 to `max_size`");
    }
}

fn check_rows(spec: &EndpointSpec, paging: &Paging, scope: Scope<'_>, findings: &mut Findings<'_>) {
    match (&spec.output.kind, &paging.rows) {
        (OutputType::Rows(_), None) => {}
        (OutputType::Rows(_), Some(rows)) => {
            findings.push(rows, "the output is the rows: leave `rows` out");
        }
        (OutputType::Object(_), None) => {
            findings.push(&paging.position, "`rows` must say which field holds the rows");
        }
        (OutputType::Object(_), Some(rows)) => {
            let fields = scope.place(&spec.output.kind, rows);
            match fields.as_deref() {
                Some([field]) if matches!(field.kind, FieldType::Rows(_)) => {
                    if field.optional {
                        findings.push(rows, "the rows of a page can't be `optional`");
                    }
                }
                _ => {
                    let message = format!("`{rows}` is no field of the output with type `rows<…>`");
                    findings.push(rows, message);
                }
            }
        }
    }
}

fn parameter<'a>(spec: &'a EndpointSpec, name: &Name) -> Option<&'a Parameter> {
    spec.parameters.iter().find(|parameter| parameter.name.as_str() == name.as_str())
}
