use serde::Deserialize;

use crate::{Grade, Name, Text};

/// Something that a request carries.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Name on the wire.
    pub name: Name,
    /// What it is in the client, and how it is sent.
    #[serde(rename = "type")]
    pub kind: ParameterType,
    /// Whether it must be sent.
    #[serde(default)]
    pub required: bool,
    /// Whether a required one is sent as null when the caller gives nothing.
    #[serde(default)]
    pub nullable: bool,
    /// Whether it must never be shown.
    #[serde(default)]
    pub secret: bool,
    /// A second name that the same value is sent under.
    pub also: Option<Name>,
    /// What a required one is until it is set; it is no argument of `new` then.
    pub default: Option<Value>,
    /// What the samples are asked with; required where `new` takes the parameter.
    pub example: Option<Value>,
    /// Most items of a list.
    pub max_items: Option<u32>,
    /// How well it is attested, where that differs from the endpoint's page.
    pub grade: Option<Grade>,
    /// What it says. The documentation puts the name before it.
    pub doc: Text,
    /// Where sources disagree, and what the client does about it.
    pub note: Option<Text>,
}

/// What a parameter is in the client, and how it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterType {
    /// Text.
    Text,
    /// A number that is never negative.
    Count,
    /// Such a number, sent as JSON text: `"1"`.
    CountText,
    /// A number of rows before the page.
    Offset,
    /// A whole number.
    Integer,
    /// An instant, sent in milliseconds since 1970.
    EpochMs,
    /// An instant, sent as `yyyy-MM-dd HH:mm:ss` in UTC+8.
    ChinaTime,
    /// Several texts.
    TextList,
}

/// A value in a spec.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Integer(i64),
    /// Text.
    Text(String),
    /// Several texts.
    List(Vec<String>),
}

impl ParameterType {
    /// Whether a parameter of this type can be given as that value in a spec: instants as they are
    /// sent.
    pub fn takes(self, value: &Value) -> bool {
        match self {
            Self::Text | Self::ChinaTime => matches!(value, Value::Text(_)),
            Self::Count | Self::CountText => {
                matches!(value, Value::Integer(number) if u32::try_from(*number).is_ok())
            }
            Self::Offset => matches!(value, Value::Integer(number) if *number >= 0),
            Self::Integer | Self::EpochMs => matches!(value, Value::Integer(_)),
            Self::TextList => matches!(value, Value::List(_)),
        }
    }
}
