use std::{borrow::Cow, fmt};

use secrecy::{ExposeSecret, SecretString};
use serde::{
    Serialize, Serializer,
    ser::{Error, SerializeMap},
};
use serde_json::value::RawValue;

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
    /// A value that a vendor gave before, as its JSON text. It is sent back as it is.
    Json(String),
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

    /// Adds a label of an enum whose labels are whole numbers on the wire.
    ///
    /// One that is none (a label of the vendor's that the spec doesn't know) is sent as text.
    pub fn push_number_label(&mut self, name: impl Into<Cow<'static, str>>, label: &str) {
        // `parse` also reads `+1` and `01`, which are other labels.
        let number = label.parse::<i64>().ok().filter(|number| number.to_string() == label);
        self.push(name, number.map_or_else(|| label.into(), ParameterValue::Integer));
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
            Self::Text(text) | Self::Json(text) => Cow::Borrowed(text),
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
            Self::Json(text) => {
                // The text may come from a cursor, which is anybody's; the error shows nothing of it.
                let value: &RawValue = serde_json::from_str(text)
                    .map_err(|_| S::Error::custom("a value is no JSON"))?;
                value.serialize(serializer)
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn json(parameters: &Parameters) -> Result<String, serde_json::Error> {
        serde_json::to_string(parameters)
    }

    #[test]
    fn labels_of_digits_are_numbers_on_the_wire() {
        let mut parameters = Parameters::new();
        for (name, label) in
            [("a", "1"), ("b", "-1"), ("c", "01"), ("d", "+1"), ("e", "new"), ("f", "")]
        {
            parameters.push_number_label(name, label);
        }
        assert_eq!(
            json(&parameters).unwrap(),
            r#"{"a":1,"b":-1,"c":"01","d":"+1","e":"new","f":""}"#
        );
        assert_eq!(parameters.encode(), "a=1&b=-1&c=01&d=%2B1&e=new&f=");
    }

    #[test]
    fn a_vendors_value_goes_back_as_it_came() {
        let mut parameters = Parameters::new();
        let skip = r#"{"id":"u_1","user_created_at":1556615192000.0}"#;
        parameters.push("es_skip", ParameterValue::Json(skip.to_owned()));
        assert_eq!(json(&parameters).unwrap(), format!(r#"{{"es_skip":{skip}}}"#));
        let value = parameters.iter().next().unwrap().1;
        assert_eq!(value.text(), skip);
    }

    #[test]
    fn what_is_no_json_is_neither_sent_nor_shown() {
        for text in ["", "{", r#"{"id":"hunter2"} 7"#, "hunter2"] {
            let mut parameters = Parameters::new();
            parameters.push("es_skip", ParameterValue::Json(text.to_owned()));
            let error = json(&parameters).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        }
    }
}
