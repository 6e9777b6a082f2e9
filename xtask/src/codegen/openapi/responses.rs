use std::collections::BTreeSet;

use vendor_specs::{Area, Endpoint, Outcome, OutputType, Vendor};

use super::json::{Json, Object};
use super::samples::Samples;
use super::{bullets, envelope, in_both, schema};
use crate::codegen::evidence::noted;
use crate::codegen::limit::limit;
use crate::codegen::text::continued;

const OK: u16 = 200;
const TOO_MANY_REQUESTS: u16 = 429;

/// Statuses that any server gives which tells refusals by their status.
const OF_HTTP: &[(u16, &str)] = &[
    (404, "There is no such path."),
    (405, "The path has no such method."),
    (TOO_MANY_REQUESTS, "Too many requests."),
    (500, "The server failed."),
];

/// What an endpoint answers.
pub(super) fn of(
    vendor: &Vendor,
    area: &Area,
    endpoint: &Endpoint,
    samples: &Samples<'_>,
) -> Object {
    let id = endpoint.spec.id.as_str();
    let success = envelope::success(vendor, payload(endpoint), samples);
    let examples = samples.examples(|shown| {
        *shown.endpoint.spec.id == *id
            && (shown.sample.outcome == Outcome::Ok || shown.sample.status == OK)
    });
    let tells = vendor.spec.envelope.success.as_ref().filter(|_| listed(vendor, OK).is_some());
    let (schema, or_refusal) = match tells {
        None => (success, String::new()),
        Some(tells) => {
            let either = Json::list([success, schema::reference(envelope::REFUSAL)]);
            let or_refusal = format!(" A refusal where `{}` isn't {}.", tells.member, tells.equals);
            (Object::new().with("oneOf", either), or_refusal)
        }
    };
    let scope = vendor.scope(area, endpoint);
    let row = endpoint.spec.output.kind.name().and_then(|name| scope.row_type(name));
    let doc = row.map(|row| row.doc.en.as_str()).unwrap_or_default();
    let doc = match endpoint.spec.output.kind {
        OutputType::Object(_) => doc.to_owned(),
        OutputType::Rows(_) => format!("A list, each item {}", continued(doc)),
        OutputType::Nothing => "Done.".to_owned(),
    };
    let description = format!("{doc}{or_refusal}");
    let mut responses = Object::new().with("200", response(&description, schema, examples));
    for status in statuses(vendor) {
        if status != TOO_MANY_REQUESTS || limit(vendor, endpoint).is_some() {
            let place = format!("#/components/responses/{}", name(status));
            responses.set(&status.to_string(), Object::new().with("$ref", place));
        }
    }
    responses
}

/// The refusals that endpoints refer to, by name.
pub(super) fn refusals(vendor: &Vendor, samples: &Samples<'_>) -> Object {
    let mut responses = Object::new();
    for status in statuses(vendor) {
        let of_http = OF_HTTP.iter().find(|(known, _)| *known == status);
        let description = match (listed(vendor, status), of_http) {
            (Some(known), _) => format!("Refused. Known:\n\n{known}"),
            (None, Some((_, meaning))) => format!(
                "{meaning} Of this status nothing is published: its meaning is HTTP's, the form of \
                 its body is assumed."
            ),
            (None, None) => "Refused.".to_owned(),
        };
        let examples = samples.examples(|shown| {
            shown.sample.outcome == Outcome::Refused && shown.sample.status == status
        });
        let schema = schema::reference(envelope::REFUSAL);
        responses.set(&name(status), response(&description, schema, examples));
    }
    responses
}

/// The errors that are known to come with a status, if there are any.
pub(super) fn listed(vendor: &Vendor, status: u16) -> Option<String> {
    let errors = vendor.spec.errors.iter().filter(|error| error.status == status);
    let lines: Vec<String> = errors
        .map(|error| {
            let sign = error.code.as_ref().or(error.message_contains.as_ref());
            let english = noted(error.meaning.en.clone(), error.note.as_deref(), None);
            let sign = sign.map(ToString::to_string).unwrap_or_default();
            format!("`{sign}`: {}", in_both(&english, &error.meaning.zh))
        })
        .collect();
    (!lines.is_empty()).then(|| bullets(lines.into_iter()))
}

/// The statuses of refusals; none where all come with 200.
fn statuses(vendor: &Vendor) -> BTreeSet<u16> {
    let mut statuses: BTreeSet<u16> = vendor.spec.errors.iter().map(|it| it.status).collect();
    if statuses.remove(&OK) && statuses.is_empty() {
        return statuses;
    }
    let of_http = OF_HTTP.iter().map(|(status, _)| *status);
    let is_limited = vendor
        .areas
        .iter()
        .flat_map(|area| &area.endpoints)
        .any(|endpoint| limit(vendor, endpoint).is_some());
    statuses.extend(of_http.filter(|status| *status != TOO_MANY_REQUESTS || is_limited));
    statuses
}

fn name(status: u16) -> String {
    format!("Refused{status}")
}

/// What an endpoint hands out, without its envelope.
fn payload(endpoint: &Endpoint) -> Object {
    let output = &endpoint.spec.output;
    match (&output.kind, &output.rows_in) {
        (OutputType::Rows(name), None) => schema::rows(Object::new(), name),
        (OutputType::Rows(name), Some(member)) => schema::rows_in(name, member),
        (OutputType::Object(name), _) if output.empty => {
            schema::object_or_nothing(Object::new(), name)
        }
        (OutputType::Object(name), _) => schema::reference(name),
        (OutputType::Nothing, _) => Object::new(),
    }
}

fn response(description: &str, schema: Object, examples: Option<Object>) -> Object {
    let media = Object::new().with("schema", schema).maybe("examples", examples);
    let content = Object::new().with("application/json", media);
    Object::new().with("description", description).with("content", content)
}
