use serde::Deserialize;

use crate::{Grade, Name, Text};

/// What an endpoint answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Type of the payload.
    #[serde(rename = "type")]
    pub kind: OutputType,
    /// Whether the vendor may send `[]`, null or `""` for an object without anything in it.
    #[serde(default)]
    pub empty: bool,
}

/// Type of a payload.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum OutputType {
    /// An object: `RedPackStatisticsPage`.
    Object(String),
    /// An array of rows: `rows<RedPacketRow>`.
    Rows(String),
}

impl OutputType {
    /// Name of the object, or of a row.
    pub fn name(&self) -> &str {
        match self {
            Self::Object(name) | Self::Rows(name) => name,
        }
    }
}

impl TryFrom<String> for OutputType {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match inside("rows", &text) {
            Some(row) => Ok(Self::Rows(row)),
            None if is_type_name(&text) => Ok(Self::Object(text)),
            None => Err(format!("`{text}` is no type of an output: write `Name` or `rows<Name>`")),
        }
    }
}

/// An object in an answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowType {
    /// Name of the type.
    pub name: Name,
    /// What it is.
    pub doc: Text,
    /// What it has.
    pub fields: Vec<Field>,
}

/// A member of an object in an answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name on the wire.
    pub name: Name,
    /// What it is in the client, and how it is read.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether an object without it can't be read.
    #[serde(default)]
    pub required: bool,
    /// Whether an object without these `rows<…>` can be read; no other type needs to say so.
    #[serde(default)]
    pub optional: bool,
    /// Whether it must never be shown.
    #[serde(default)]
    pub secret: bool,
    /// How well it is attested, where that differs from the endpoint's page.
    pub grade: Option<Grade>,
    /// What it says.
    pub doc: Text,
    /// Where sources disagree.
    pub note: Option<Text>,
}

impl Field {
    /// Whether an object without it can't be read. Rows that aren't there are no empty listing, so
    /// they must be there unless they are said to be optional.
    pub fn must_be_there(&self) -> bool {
        match self.kind {
            FieldType::Rows(_) => !self.optional,
            _ => self.required,
        }
    }
}

/// What a member is in the client, and how it is read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum FieldType {
    /// Text.
    Text,
    /// An id: text, or a number that is kept as text.
    Id,
    /// A whole number.
    Integer,
    /// A number that is never negative.
    Count,
    /// Yes or no.
    Flag,
    /// Money in 元.
    Yuan,
    /// Money in 分.
    Fen,
    /// Points.
    Points,
    /// A number whose unit is not published, kept as its characters.
    Decimal,
    /// An instant in milliseconds since 1970.
    EpochMs,
    /// An instant as `yyyy-MM-dd HH:mm:ss` in UTC+8.
    ChinaTime,
    /// One of a set of labels.
    Label(String),
    /// Objects of which one that can't be read doesn't spoil the others.
    Rows(String),
    /// Objects.
    List(String),
    /// An object.
    Object(String),
}

impl FieldType {
    /// Name of the object type that a member of this type refers to.
    pub fn row_type(&self) -> Option<&str> {
        match self {
            Self::Rows(name) | Self::List(name) | Self::Object(name) => Some(name),
            _ => None,
        }
    }
}

impl TryFrom<String> for FieldType {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let plain = match text.as_str() {
            "text" => Self::Text,
            "id" => Self::Id,
            "integer" => Self::Integer,
            "count" => Self::Count,
            "flag" => Self::Flag,
            "yuan" => Self::Yuan,
            "fen" => Self::Fen,
            "points" => Self::Points,
            "decimal" => Self::Decimal,
            "epoch_ms" => Self::EpochMs,
            "china_time" => Self::ChinaTime,
            _ => {
                return inside("label", &text)
                    .map(Self::Label)
                    .or_else(|| inside("rows", &text).map(Self::Rows))
                    .or_else(|| inside("list", &text).map(Self::List))
                    .or_else(|| inside("object", &text).map(Self::Object))
                    .ok_or_else(|| format!("`{text}` is no type of a field"));
            }
        };
        Ok(plain)
    }
}

/// `Name` of `outer<Name>`.
fn inside(outer: &str, text: &str) -> Option<String> {
    let name = text.strip_prefix(outer)?.strip_prefix('<')?.strip_suffix('>')?;
    is_type_name(name).then(|| name.to_owned())
}

/// Whether this can be the name of a Rust type, in the usual form.
pub(crate) fn is_type_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric())
        && text != "Self"
}

/// A set of labels that a field is one of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelSet {
    /// Name of the type.
    pub name: Name,
    /// What it says.
    pub doc: Text,
    /// Where sources disagree.
    pub note: Option<Text>,
    /// The labels that are known.
    pub values: Vec<Label>,
}

/// One label.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// As it is on the wire; a number as its text.
    pub label: Name,
    /// Name of the variant.
    pub name: Name,
    /// What it says.
    pub doc: Text,
}
