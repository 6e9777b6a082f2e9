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
    check_month(spec, paging, findings);
    check_cursor(spec, paging, scope, findings);
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
    if paging.style.has_total() && paging.total_items.is_none() && paging.total_pages.is_none() {
        let message = "a style with a total needs `total_items` or `total_pages`";
        findings.push(&paging.position, message);
    }
}

fn check_parameters(spec: &EndpointSpec, paging: &Paging, findings: &mut Findings<'_>) {
    let is_count =
        |it: &Parameter| matches!(it.kind, ParameterType::Count | ParameterType::CountText);
    let is_position = |it: &Parameter| match paging.style {
        PagingStyle::PageWithTotal | PagingStyle::Page | PagingStyle::CalendarMonth => is_count(it),
        PagingStyle::Offset | PagingStyle::OffsetWithTotal => it.kind == ParameterType::Offset,
        PagingStyle::Cursor => it.kind == ParameterType::Cursor && !it.required,
    };
    let position = parameter(spec, &paging.position).is_some_and(is_position);
    let size = parameter(spec, &paging.size).is_some_and(is_count);
    for (name, fits) in [(&paging.position, position), (&paging.size, size)] {
        if !fits || parameter(spec, name).is_some_and(|it| it.nullable) {
            let message = format!("`{name}` is no parameter that this style of paging can set");
            findings.push(name, message);
        }
    }
}

fn check_month(spec: &EndpointSpec, paging: &Paging, findings: &mut Findings<'_>) {
    match (&paging.month, paging.style == PagingStyle::CalendarMonth) {
        (None, true) => {
            findings.push(&paging.position, "paging by calendar month needs `month`");
        }
        (Some(month), true) => {
            let is_month = |it: &Parameter| it.kind == ParameterType::ChinaMonth && !it.required;
            if !parameter(spec, month).is_some_and(is_month) {
                findings.push(month, format!("`{month}` is no optional `china_month`"));
            }
        }
        (Some(month), false) => {
            findings.push(month, "only paging by calendar month has a `month`");
        }
        (None, false) => {}
    }
}

fn check_cursor(
    spec: &EndpointSpec,
    paging: &Paging,
    scope: Scope<'_>,
    findings: &mut Findings<'_>,
) {
    match (&paging.cursor, paging.style == PagingStyle::Cursor) {
        (None, true) => findings.push(&paging.position, "paging by cursor needs `cursor`"),
        (Some(cursor), true) => {
            let row = scope.rows_at(&spec.output.kind, paging.rows.as_ref());
            let mut fields = row.into_iter().flat_map(|row| scope.fields(row));
            if !fields.any(|it| *it.name == **cursor && it.kind == FieldType::Json) {
                findings.push(cursor, format!("`{cursor}` is no `json` of a row"));
            }
        }
        (Some(cursor), false) => {
            findings.push(cursor, "only paging by cursor has a `cursor`");
        }
        (None, false) => {}
    }
}

fn check_sizes(paging: &Paging, findings: &mut Findings<'_>) {
    if paging.ask_size == 0 || paging.max_size.is_some_and(|max| paging.ask_size > max) {
        findings.push(&paging.size, "`ask_size` must be from 1 to `max_size`");
    }
    let is_numbered = !paging.style.is_by_offset() && paging.style != PagingStyle::Cursor;
    if paging.last_page.is_some_and(|last| last == 0 || !is_numbered) {
        findings.push(&paging.position, "only numbered pages have a `last_page`, from 1 on");
    }
}

fn check_rows(spec: &EndpointSpec, paging: &Paging, scope: Scope<'_>, findings: &mut Findings<'_>) {
    match (&spec.output.kind, &paging.rows) {
        (OutputType::Nothing, _) => {
            findings.push(&paging.position, "an output that is `nothing` has no pages");
        }
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
