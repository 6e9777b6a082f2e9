use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{CallbackError, Fields};

/// What callbacks need of an HTTP request, whichever server received it.
///
/// `Debug` shows sizes, not what came in.
#[derive(Clone, Copy)]
pub struct Incoming<'a> {
    /// The method, as `POST`.
    pub method: &'a str,
    /// The URL's query as it came, without the question mark.
    pub query: &'a str,
    /// The header `Content-Type`.
    pub content_type: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyFormat {
    /// There is none.
    Empty,
    /// As a form.
    Form,
    /// As JSON.
    Json,
    /// As XML.
    Xml,
    /// In another way.
    Other,
}

impl Incoming<'_> {
    /// How the body is written: as its content type says, or else as its first byte does.
    pub fn format(&self) -> BodyFormat {
        let Some(first) = self.body.trim_ascii_start().first() else {
            return BodyFormat::Empty;
        };
        let content_type = self.content_type.unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        let media_type = media_type.to_ascii_lowercase();
        let is = |name| media_type.rsplit(['/', '+']).next() == Some(name);
        match first {
            _ if media_type == "application/x-www-form-urlencoded" => BodyFormat::Form,
            _ if is("json") => BodyFormat::Json,
            _ if is("xml") => BodyFormat::Xml,
            b'{' => BodyFormat::Json,
            b'<' => BodyFormat::Xml,
            _ if media_type.is_empty() => BodyFormat::Form,
            _ => BodyFormat::Other,
        }
    }

    /// The fields of the query.
    pub fn query_fields(&self) -> Result<Fields, CallbackError> {
        decode(self.query.as_bytes())
    }

    /// The fields of a body that is a form.
    pub fn form_fields(&self) -> Result<Fields, CallbackError> {
        decode(self.body)
    }

    /// The fields of a body that is a JSON object: texts, flags, and numbers by their characters. `null` and what has members of its own
    /// are passed over.
    pub fn json_fields(&self) -> Result<Fields, CallbackError> {
        let JsonFields(fields) = serde_json::from_slice(self.body).map_err(|_| {
            CallbackError::unreadable("the body is not a JSON object, or has a member twice")
        })?;
        Ok(fields)
    }
}

fn decode(form: &[u8]) -> Result<Fields, CallbackError> {
    let mut fields = Fields::new();
    for (name, value) in form_urlencoded::parse(form) {
        fields.add(name, value)?;
    }
    Ok(fields)
}

impl fmt::Debug for Incoming<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("method", &self.method)
            .field("query_bytes", &self.query.len())
            .field("format", &self.format())
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

struct JsonFields(Fields);

impl<'de> Deserialize<'de> for JsonFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(JsonFieldsVisitor)
    }
}

struct JsonFieldsVisitor;

impl<'de> Visitor<'de> for JsonFieldsVisitor {
    type Value = JsonFields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Fields::new();
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            let raw = value.get();
            let value = match raw.as_bytes().first() {
                Some(b'"') => serde_json::from_str(raw).map_err(A::Error::custom)?,
                Some(b'n' | b'{' | b'[') | None => continue,
                Some(_) => raw.to_owned(),
            };
            fields.add(name, value).map_err(A::Error::custom)?;
        }
        Ok(JsonFields(fields))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::callback::CallbackErrorKind;

    const NONE: Incoming<'static> =
        Incoming { method: "POST", query: "", content_type: None, body: b"" };

    fn shown(fields: Result<Fields, CallbackError>) -> Vec<(String, String)> {
        let fields = fields.unwrap();
        fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
    }

    #[test]
    fn query_and_form_are_decoded_once() {
        let text = "goodName=%E9%B2%9C%E8%8A%B1&goodPrice=10.00&sessionId=&a=%2525+b";
        let expected = pairs([
            ("a", "%25 b"),
            ("goodName", "鲜花"),
            ("goodPrice", "10.00"),
            ("sessionId", ""),
        ]);
        assert_eq!(shown(Incoming { query: text, ..NONE }.query_fields()), expected);
        assert_eq!(shown(Incoming { body: text.as_bytes(), ..NONE }.form_fields()), expected);
    }

    #[test]
    fn of_json_the_single_values_are_taken_by_their_characters() {
        let body = r#" {"timestamp":1718334336, "nonce":"\u0031\"", "price":10.00, "shown":true,
            "none":null, "more":{"a":[1]}, "list":["b"]}"#;
        let fields = Incoming { body: body.as_bytes(), ..NONE }.json_fields();
        let expected = pairs([
            ("nonce", "1\""),
            ("price", "10.00"),
            ("shown", "true"),
            ("timestamp", "1718334336"),
        ]);
        assert_eq!(shown(fields), expected);
        for body in ["", "[]", "\"a\"", "{\"a\":1", r#"{"a":1,"a":2}"#, r#"{"a":"\ud800"}"#] {
            let error = Incoming { body: body.as_bytes(), ..NONE }.json_fields().unwrap_err();
            assert_eq!(error.kind(), CallbackErrorKind::Unreadable, "{body}");
        }
    }

    #[test]
    fn the_content_type_says_how_a_body_is_written_and_else_its_first_byte() {
        let format = |content_type, body: &'static str| {
            Incoming { content_type, body: body.as_bytes(), ..NONE }.format()
        };
        for (content_type, body, expected) in [
            (Some("application/json"), " \r\n", BodyFormat::Empty),
            (Some("Application/JSON; charset=utf-8"), "a=1", BodyFormat::Json),
            (Some("application/problem+json"), "a", BodyFormat::Json),
            (Some("text/xml"), "a", BodyFormat::Xml),
            (Some("application/x-www-form-urlencoded"), "{", BodyFormat::Form),
            (Some("text/plain"), "\n<xml/>", BodyFormat::Xml),
            (Some("text/plain"), "{}", BodyFormat::Json),
            (Some("text/plain"), "a=1", BodyFormat::Other),
            (None, "a=1", BodyFormat::Form),
        ] {
            assert_eq!(format(content_type, body), expected, "{content_type:?} {body}");
        }
    }

    #[test]
    fn debug_shows_sizes() {
        let incoming = Incoming { query: "sign=C0FFEE", body: b"{\"a\":1}", ..NONE };
        insta::assert_debug_snapshot!(incoming, @r#"
        Incoming {
            method: "POST",
            query_bytes: 11,
            format: Json,
            body_bytes: 7,
        }
        "#);
    }

    proptest! {
        #[test]
        fn foreign_bytes_are_read_without_panic(body in any::<Vec<u8>>(), query in ".{0,40}") {
            let incoming = Incoming { query: &query, body: &body, ..NONE };
            let _ = (incoming.format(), incoming.query_fields());
            let _ = (incoming.form_fields(), incoming.json_fields());
        }

        #[test]
        fn what_is_written_as_a_form_is_read_back(
            fields in proptest::collection::btree_map(".{1,8}", ".{0,8}", 0..8),
        ) {
            let form = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&fields)
                .finish();
            let read = shown(Incoming { query: &form, ..NONE }.query_fields());
            prop_assert_eq!(read, fields.into_iter().collect::<Vec<_>>());
        }
    }
}
