use serde::Deserialize;

use crate::form::{inside, is_day, is_month};
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
    /// Where it goes, if not where the endpoint's others go.
    #[serde(rename = "in")]
    pub place: Option<ParameterPlace>,
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
    /// Least that a required number may be.
    pub least: Option<u32>,
    /// Most items of a list.
    pub max_items: Option<u32>,
    /// How well it is attested, where that differs from the endpoint's page.
    pub grade: Option<Grade>,
    /// What it says. The documentation puts the name before it.
    pub doc: Text,
    /// Where sources disagree, and what the client does about it.
    pub note: Option<String>,
}

impl Parameter {
    /// Whether it is a part of the path.
    pub fn is_in_path(&self) -> bool {
        self.place == Some(ParameterPlace::Path)
    }
}

/// Where a parameter goes that goes elsewhere than the others of its endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterPlace {
    /// Into the path, which has its name in braces.
    Path,
}

/// What a parameter is in the client, and how it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
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
    /// An instant, sent as its day in UTC+8, `yyyy-MM-dd`.
    ChinaDate,
    /// A calendar month, sent as `yyyy_MM`.
    ChinaMonth,
    /// Several texts.
    TextList,
    /// What an answer gave to go on from, as the text of its JSON.
    Cursor,
    /// One of a set of labels, sent as text.
    Label(String),
    /// One of a set of labels, sent as a number.
    NumberLabel(String),
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
    /// The set of labels that it is one of.
    pub fn label_set(&self) -> Option<&str> {
        match self {
            Self::Label(set) | Self::NumberLabel(set) => Some(set),
            _ => None,
        }
    }

    /// Whether it says when.
    pub fn is_time(&self) -> bool {
        matches!(self, Self::EpochMs | Self::ChinaTime | Self::ChinaDate | Self::ChinaMonth)
    }

    /// Whether a parameter of this type can be given as that value in a spec: instants as they are
    /// sent, labels as their text.
    pub fn takes(&self, value: &Value) -> bool {
        match self {
            Self::Text | Self::ChinaTime | Self::Cursor | Self::Label(_) | Self::NumberLabel(_) => {
                matches!(value, Value::Text(_))
            }
            Self::ChinaDate => matches!(value, Value::Text(day) if is_day(day)),
            Self::ChinaMonth => matches!(value, Value::Text(month) if is_month(month)),
            Self::Count | Self::CountText => {
                matches!(value, Value::Integer(number) if u32::try_from(*number).is_ok())
            }
            Self::Offset => matches!(value, Value::Integer(number) if *number >= 0),
            Self::Integer | Self::EpochMs => matches!(value, Value::Integer(_)),
            Self::TextList => matches!(value, Value::List(_)),
        }
    }
}

impl TryFrom<String> for ParameterType {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let plain = match text.as_str() {
            "text" => Self::Text,
            "count" => Self::Count,
            "count_text" => Self::CountText,
            "offset" => Self::Offset,
            "integer" => Self::Integer,
            "epoch_ms" => Self::EpochMs,
            "china_time" => Self::ChinaTime,
            "china_date" => Self::ChinaDate,
            "china_month" => Self::ChinaMonth,
            "text_list" => Self::TextList,
            "cursor" => Self::Cursor,
            _ => {
                return inside("label", &text)
                    .map(Self::Label)
                    .or_else(|| inside("number_label", &text).map(Self::NumberLabel))
                    .ok_or_else(|| format!("`{text}` is no type of a parameter"));
            }
        };
        Ok(plain)
    }
}
