//! The parameters of a request, the same wherever they came from.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

/// Parameters by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parameters(Vec<(String, Value)>);

/// What was given for a parameter. Numbers and booleans are kept as their text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Text(String),
    List(Vec<String>),
    /// JSON text of an object, or of a list of anything but plain values.
    Nested(String),
}

impl Parameters {
    /// Parameters of a decoded query or form.
    pub(crate) fn from_pairs(pairs: &[(String, String)]) -> Self {
        let values = pairs.iter().map(|(name, value)| (name.clone(), Value::Text(value.clone())));
        Self(values.collect())
    }

    /// Members of a JSON object; an empty body has none. `None` if the body is anything else.
    pub(crate) fn from_json(body: &[u8]) -> Option<Self> {
        if body.trim_ascii().is_empty() {
            return Some(Self::default());
        }
        let members: Map<String, Json> = serde_json::from_slice(body).ok()?;
        let values = members.into_iter().map(|(name, value)| (name, Value::from(value)));
        Some(Self(values.collect()))
    }

    /// These parameters and then the others: of one name given twice, these count.
    pub(crate) fn and(mut self, others: Self) -> Self {
        if self.0.is_empty() {
            return others;
        }
        self.0.extend(others.0);
        self
    }

    /// Gives a parameter another value than the client did.
    pub(crate) fn set(&mut self, name: &str, value: i64) {
        self.0.retain(|(given, _)| given != name);
        self.0.push((name.to_owned(), Value::Text(value.to_string())));
    }

    /// Names and values for people to read.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.to_text()))
    }

    /// What was given, if anything was.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.0.iter().find_map(|(given, value)| (given == name).then_some(value))
    }

    /// Text that isn't empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.value(name)? {
            Value::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// An integer, given as a number or as its digits.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// JSON text of an object.
    pub(crate) fn nested(&self, name: &str) -> Option<&str> {
        match self.value(name)? {
            Value::Nested(text) => Some(text),
            _ => None,
        }
    }

    /// Items of a list, or of text with commas between them.
    pub(crate) fn items(&self, name: &str) -> Vec<&str> {
        match self.value(name) {
            Some(Value::List(items)) => items.iter().map(String::as_str).collect(),
            Some(Value::Text(text)) if !text.is_empty() => text.split(',').collect(),
            _ => Vec::new(),
        }
    }

    /// A list; `None` where none was given.
    pub(crate) fn list(&self, name: &str) -> Option<&[String]> {
        match self.value(name)? {
            Value::List(items) => Some(items),
            _ => None,
        }
    }
}

impl Value {
    /// The value for people to read; `…` where it has parts within parts.
    fn to_text(&self) -> Cow<'_, str> {
        match self {
            Self::Null => Cow::Borrowed("null"),
            Self::Text(text) => Cow::Borrowed(text),
            Self::List(items) => Cow::Owned(items.join(",")),
            Self::Nested(_) => Cow::Borrowed("…"),
        }
    }

    /// Whether it says nothing: null or empty text. An empty list does say something.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(_) | Self::Nested(_) => false,
        }
    }
}

impl From<Json> for Value {
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Array(items) if items.iter().all(is_plain) => {
                let texts = items.into_iter().filter_map(|item| match Self::from(item) {
                    Self::Text(text) => Some(text),
                    _ => None,
                });
                Self::List(texts.collect())
            }
            Json::Array(_) | Json::Object(_) => Self::Nested(json.to_string()),
            Json::String(text) => Self::Text(text),
            Json::Number(number) => Self::Text(number.to_string()),
            Json::Bool(truth) => Self::Text(truth.to_string()),
        }
    }
}

/// Whether it is text, a number or a boolean.
fn is_plain(json: &Json) -> bool {
    matches!(json, Json::String(_) | Json::Number(_) | Json::Bool(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_values_are_read_loosely() {
        let body = br#"{"id":12,"name":"a","none":null,"empty":"","list":["x",1],"deep":[[]]}"#;
        let parameters = Parameters::from_json(body).unwrap();
        assert_eq!(parameters.integer("id"), Some(12));
        assert_eq!(parameters.text("name"), Some("a"));
        assert_eq!(parameters.text("empty"), None);
        assert_eq!(parameters.value("none"), Some(&Value::Null));
        assert_eq!(parameters.list("list").unwrap(), ["x", "1"]);
        assert_eq!(parameters.nested("deep"), Some("[[]]"));
        assert_eq!(parameters.nested("list"), None);
        assert_eq!(parameters.value("other"), None);
    }

    #[test]
    fn items_come_as_a_list_or_between_commas() {
        let parameters = Parameters::from_json(br#"{"list":["x",1],"text":"a,b","none":""}"#);
        let parameters = parameters.unwrap();
        assert_eq!(parameters.items("list"), ["x", "1"]);
        assert_eq!(parameters.items("text"), ["a", "b"]);
        assert!(parameters.items("none").is_empty() && parameters.items("other").is_empty());
    }

    #[test]
    fn only_an_object_is_a_body() {
        assert!(Parameters::from_json(b" ").is_some());
        assert!(Parameters::from_json(b"[]").is_none());
        assert!(Parameters::from_json(b"{").is_none());
    }

    #[test]
    fn the_first_of_two_counts() {
        let pair = |value: &str| [("a".to_owned(), value.to_owned())];
        let both = Parameters::from_pairs(&pair("1")).and(Parameters::from_pairs(&pair("2")));
        assert_eq!(both.integer("a"), Some(1));
    }
}
