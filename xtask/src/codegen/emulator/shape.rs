//! Where an answer has its rows.

use vendor_specs::{Endpoint, Field, FieldType, OutputType, RowType, Scope, Vendor};

/// Names of members of an answer; as places, they are the last parts of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shape<'a> {
    /// The list of rows.
    pub(crate) rows: &'a str,
    /// A member, and behind it one with a label.
    pub(crate) label: Option<(&'a str, &'a str)>,
    /// The number of all rows.
    pub(crate) total: Option<&'a str>,
    /// A member of a row that can't be read without it.
    pub(crate) required: Option<&'a str>,
}

/// The shape of what an endpoint answers; none where there are no rows.
pub(crate) fn shape<'a>(
    vendor: &'a Vendor,
    endpoint: &'a Endpoint,
    scope: Scope<'a>,
) -> Option<Shape<'a>> {
    let output = &endpoint.spec.output;
    let payload = match &output.kind {
        OutputType::Object(name) => scope.row_type(name).map(|row| scope.fields(row)),
        OutputType::Rows(_) | OutputType::Nothing => None,
    };
    let members = payload.unwrap_or_default();
    let paging = endpoint.spec.paging.as_ref();
    let (rows, row) = if let OutputType::Rows(name) = &output.kind {
        let whole = vendor.spec.envelope.payload.as_deref();
        (output.rows_in.as_deref().or(whole.map(last))?, scope.row_type(name))
    } else {
        let paged = paging.and_then(|paging| paging.rows.as_deref());
        members.iter().find_map(|field| match &field.kind {
            FieldType::Rows(name) if paged.is_none_or(|paged| paged == &*field.name) => {
                Some((field.name.as_str(), scope.row_type(name)))
            }
            _ => None,
        })?
    };
    let label = labelled(row, scope).map(|label| (rows, label));
    let beside = members.iter().find_map(|field| match &field.kind {
        FieldType::Object(name) | FieldType::Row(name) => {
            Some((&*field.name, labelled(scope.row_type(name), scope)?))
        }
        _ => None,
    });
    let total = paging.and_then(|paging| paging.total_items.as_deref()).map(last);
    Some(Shape { rows, label: label.or(beside), total, required: required(row, scope) })
}

/// The first field of an object that it can't be read without, and that can't be an object itself. One with a second name is none:
/// there is no telling which one is used.
fn required<'a>(row: Option<&'a RowType>, scope: Scope<'a>) -> Option<&'a str> {
    let is_single = |field: &&Field| {
        let is_object = matches!(field.kind, FieldType::Object(_) | FieldType::Json);
        field.required && field.also.is_none() && !is_object
    };
    scope.fields(row?).into_iter().find(is_single).map(|field| field.name.as_str())
}

/// The first field of an object that is a label.
fn labelled<'a>(row: Option<&'a RowType>, scope: Scope<'a>) -> Option<&'a str> {
    let is_label = |field: &&Field| matches!(field.kind, FieldType::Label(_));
    scope.fields(row?).into_iter().find(is_label).map(|field| field.name.as_str())
}

/// The last part of a place.
fn last(place: &str) -> &str {
    place.rsplit('.').next().unwrap_or(place)
}
