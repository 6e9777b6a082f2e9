use std::{collections::BTreeMap, fmt, marker::PhantomData};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap,
};
use serde_json::value::{RawValue, to_raw_value};

use super::rewrite::compact;
use crate::CredentialNames;

/// One line of a cassette.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exchange {
    pub(super) request: Asked,
    pub(super) response: Answered,
}

/// What a request is recognised by.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    /// In the order of their names.
    pub(super) parameters: Members<Box<RawValue>>,
}

/// What is kept of an answer. The body is `json`, or `text` where it is none.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answered {
    pub(super) status: u16,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) json: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) text: String,
}

/// The parameters of a request, as JSON.
pub(super) type Sent = Vec<(String, Box<RawValue>)>;

impl Asked {
    /// A request without what authorises it.
    pub(super) fn of(request: &http::Request<Bytes>) -> Self {
        Self::with(request, parameters(request))
    }

    /// The same of a request whose parameters have been read.
    pub(super) fn with(request: &http::Request<Bytes>, mut members: Sent) -> Self {
        let credentials = CredentialNames::of(request);
        members.retain(|(name, _)| !credentials.contains(name));
        let parameters = Members(members).sorted();
        Self {
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            parameters,
        }
    }
}

/// The parameters of the query, of a form, and the members of a JSON body.
pub(super) fn parameters(request: &http::Request<Bytes>) -> Sent {
    let content_type = request.headers().get(CONTENT_TYPE).map(http::HeaderValue::as_bytes);
    let is = |media_type: &str| content_type == Some(media_type.as_bytes());
    let body: &[u8] = request.body();
    let form: &[u8] = if is("application/x-www-form-urlencoded") { body } else { &[] };
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let mut members = Vec::new();
    for (name, value) in [query, form].into_iter().flat_map(form_urlencoded::parse) {
        if let Ok(value) = to_raw_value(&value) {
            members.push((name.into_owned(), value));
        }
    }
    if is("application/json") {
        let json: Members<Box<RawValue>> = serde_json::from_slice(body).unwrap_or_default();
        members.extend(json.0);
    }
    members
}

/// The members of a JSON object, in their order and with those that come twice.
#[derive(Clone, Debug)]
pub(super) struct Members<V>(pub(super) Vec<(String, V)>);

impl Members<Box<RawValue>> {
    /// The same in the order of the names, and values in one form, so that equal ones are written equally.
    pub(super) fn sorted(self) -> Self {
        let one_form = |value: Box<RawValue>| compact(&value).unwrap_or(value);
        let members = self.0.into_iter().map(|(name, value)| (name, one_form(value)));
        let mut members: Vec<_> = members.collect();
        members.sort_by(|(name, value), (other, others)| {
            (name, value.get()).cmp(&(other, others.get()))
        });
        Self(members)
    }
}

impl<V> Default for Members<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V: Serialize> Serialize for Members<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Members<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(PhantomData))
    }
}

struct MembersVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for MembersVisitor<V> {
    type Value = Members<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
