use std::collections::BTreeSet;

use vendor_specs::{Outcome, Vendor};

use super::json::{Json, Object};
use super::responses::listed;
use super::samples::Samples;

/// Name of the schema of refusals. In lower case, so that it is no type of a spec.
pub(super) const REFUSAL: &str = "refusal";

/// A success: the payload, and the members around it that samples show.
pub(super) fn success(vendor: &Vendor, payload: Object, samples: &Samples<'_>) -> Object {
    let envelope = &vendor.spec.envelope;
    let Some(place) = &envelope.payload else {
        return payload;
    };
    let success = envelope.success.as_ref();
    let mut members = Vec::new();
    for member in &envelope.members {
        let schema = Object::new();
        let schema = match success.filter(|success| success.member == *member) {
            Some(success) => Some(schema.with("const", success.equals)),
            None => samples.types(Outcome::Ok, member).map(|types| schema.with("type", types)),
        };
        members.extend(schema.map(|schema| (member.as_str(), schema)));
    }
    members.push((place.as_str(), payload));
    let required =
        success.map(|success| success.member.as_str()).into_iter().chain([place.as_str()]);
    object(Object::new(), &members, required)
}

/// A refusal: what tells it, and the members that samples show beside.
pub(super) fn refusal(vendor: &Vendor, samples: &Samples<'_>) -> Object {
    let envelope = &vendor.spec.envelope;
    let success = envelope.success.as_ref();
    let mut members = Vec::new();
    for member in &envelope.members {
        let tells = success.filter(|success| success.member == *member);
        let unseen = if tells.is_some() || envelope.error_code.contains(member) {
            Some(Json::list(["integer", "string"]))
        } else if envelope.error_message.contains(member) {
            Some(Json::list(["string", "null"]))
        } else {
            None
        };
        let Some(types) = samples.types(Outcome::Refused, member).or(unseen) else {
            continue;
        };
        let other = tells.map(|success| Object::new().with("const", success.equals));
        let schema = Object::new().with("type", types).maybe("not", other);
        members.push((member.as_str(), schema));
    }
    let tells = success.map(|success| success.member.as_str());
    let required = tells.or_else(|| envelope.error_code.first().map(String::as_str));
    let known = listed(vendor, 200);
    let description = known
        .map_or_else(|| "A refusal.".to_owned(), |known| format!("A refusal. Known:\n\n{known}"));
    object(Object::new().with("description", description), &members, required)
}

/// An object whose members have these places, of which some must be there.
fn object<'a>(
    schema: Object,
    members: &[(&str, Object)],
    required: impl IntoIterator<Item = &'a str>,
) -> Object {
    let required: Vec<&str> = required.into_iter().map(|place| split(place).0).collect();
    schema
        .with("type", "object")
        .maybe("required", (!required.is_empty()).then(|| Json::list(required)))
        .with("properties", properties(members))
        .with("additionalProperties", true)
}

fn properties(members: &[(&str, Object)]) -> Object {
    let (mut properties, mut seen) = (Object::new(), BTreeSet::new());
    for (place, schema) in members {
        let (name, _) = split(place);
        if !seen.insert(name) {
            continue;
        }
        let below = members.iter().filter_map(|(place, schema)| match split(place) {
            (outer, Some(inner)) if outer == name => Some((inner, schema.clone())),
            _ => None,
        });
        let below: Vec<(&str, Object)> = below.collect();
        if below.is_empty() {
            properties.set(name, schema.clone());
        } else {
            let inner = Object::new().with("type", "object");
            properties.set(name, inner.with("properties", self::properties(&below)));
        }
    }
    properties
}

/// The first name of a place, and the place below it.
fn split(place: &str) -> (&str, Option<&str>) {
    place.split_once('.').map_or((place, None), |(outer, inner)| (outer, Some(inner)))
}
