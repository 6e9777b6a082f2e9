use std::{borrow::Cow, fmt};

use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// Parameters of a request, decoded and in order. Nothing is dropped: which of them a vendor leaves out is that vendor's rule.
///
/// `Debug` shows names only.
#[derive(Clone, Default)]
pub struct Parameters(Vec<(Cow<'static, str>, ParameterValue)>);

/// The value of a parameter. There is no fractional one.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterValue {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A list of texts.
    List(Vec<String>),
    /// Present without a value: JSON `null`.
    Null,
}

impl Parameters {
    /// No parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a parameter.
    pub fn push(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<ParameterValue>) {
        self.0.push((name.into(), value.into()));
    }

    /// Adds a parameter if it has a value.
    pub fn push_some(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: Option<impl Into<ParameterValue>>,
    ) {
        if let Some(value) = value {
            self.push(name, value);
        }
    }

    /// Adds a parameter that is sent as `null` if it has no value.
    pub fn push_nullable(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: Option<impl Into<ParameterValue>>,
    ) {
        self.push(name, value.map_or(ParameterValue::Null, Into::into));
    }

    /// Adds a secret.
    pub fn push_secret(&mut self, name: impl Into<Cow<'static, str>>, secret: &SecretString) {
        self.push(name, secret.expose_secret());
    }

    /// Keeps only the parameters for which the rule holds.
    pub fn retain(&mut self, mut rule: impl FnMut(&str, &ParameterValue) -> bool) {
        self.0.retain(|(name, value)| rule(name, value));
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ParameterValue)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The parameters as they are written in a query or form.
    pub(crate) fn encode(&self) -> String {
        let mut encoded = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.iter() {
            encoded.append_pair(name, &value.text());
        }
        encoded.finish()
    }
}

impl ParameterValue {
    /// The value as decoded text, as it is signed and as it stands in a query before encoding. A list is joined
    /// by commas.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::List(texts) => Cow::Owned(texts.join(",")),
            Self::Null => Cow::Borrowed(""),
        }
    }
}

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

impl fmt::Debug for ParameterValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ParameterValue(..)")
    }
}

impl Serialize for Parameters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl Serialize for ParameterValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::List(texts) => texts.serialize(serializer),
            Self::Null => serializer.serialize_unit(),
        }
    }
}

impl From<String> for ParameterValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for ParameterValue {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&str> for ParameterValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for ParameterValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for ParameterValue {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<u64> for ParameterValue {
    /// Beyond `i64` it is written as text, whose digits are the same.
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or_else(|_| Self::Text(number.to_string()), Self::Integer)
    }
}

impl From<&[String]> for ParameterValue {
    fn from(texts: &[String]) -> Self {
        Self::List(texts.to_vec())
    }
}

impl From<&Vec<String>> for ParameterValue {
    fn from(texts: &Vec<String>) -> Self {
        Self::List(texts.clone())
    }
}
