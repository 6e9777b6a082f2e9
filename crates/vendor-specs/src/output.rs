use serde::Deserialize;

use crate::form::{angled, inside, is_type_name};
use crate::{Grade, Name, Text, UnitBy};

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
    /// The member that holds the rows where the vendor answers with an object around them; one
    /// edition of its page has the list itself.
    pub rows_in: Option<Name>,
}

/// Type of a payload.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum OutputType {
    /// An object: `RedPackStatisticsPage`.
    Object(String),
    /// An array of rows: `rows<RedPacketRow>`.
    Rows(String),
    /// Nothing that tells more than the success itself: `nothing`.
    Nothing,
}

impl OutputType {
    /// Name of the object, or of a row.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Object(name) | Self::Rows(name) => Some(name),
            Self::Nothing => None,
        }
    }
}

impl TryFrom<String> for OutputType {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match inside("rows", &text) {
            Some(row) => Ok(Self::Rows(row)),
            None if text == "nothing" => Ok(Self::Nothing),
            None if is_type_name(&text) => Ok(Self::Object(text)),
            None => Err(format!(
                "`{text}` is no type of an output: write `Name`, `rows<Name>` or `nothing`"
            )),
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
    /// The sets of fields that it has before its own.
    #[serde(default)]
    pub includes: Vec<Name>,
    /// What it has of its own.
    #[serde(default)]
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
    /// Whether an object without these `rows<…>` can be read, or whether a `list<Name>` that isn't there is none rather
    /// than empty; no other type needs to say so.
    #[serde(default)]
    pub optional: bool,
    /// Whether it must never be shown.
    #[serde(default)]
    pub secret: bool,
    /// Its name in another edition of the vendor's page.
    pub also: Option<Name>,
    /// How the unit of a `decimal` follows from another member.
    pub unit_by: Option<UnitBy>,
    /// How well it is attested, where that differs from the endpoint's page.
    pub grade: Option<Grade>,
    /// What it says.
    pub doc: Text,
    /// Where sources disagree.
    pub note: Option<String>,
}

impl Field {
    /// The names that it has on the wire.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        [Some(&self.name), self.also.as_ref()].into_iter().flatten()
    }

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
    /// A number that has no unit, kept as its characters.
    Number,
    /// Whatever it is, kept as the text of its JSON.
    Json,
    /// An instant in milliseconds since 1970.
    EpochMs,
    /// An instant as `yyyy-MM-dd HH:mm:ss` in UTC+8.
    ChinaTime,
    /// One of a set of labels.
    Label(String),
    /// Objects of which one that can't be read doesn't spoil the others.
    Rows(String),
    /// An object that doesn't spoil what stands beside it if it can't be read.
    Row(String),
    /// Objects.
    List(String),
    /// Single values: `list<yuan>`.
    Values(Box<Self>),
    /// An object.
    Object(String),
    /// An object as JSON inside text, or in place.
    Embedded(String),
}

impl FieldType {
    /// Name of the object type that a member of this type refers to.
    pub fn row_type(&self) -> Option<&str> {
        match self {
            Self::Rows(name)
            | Self::Row(name)
            | Self::List(name)
            | Self::Object(name)
            | Self::Embedded(name) => Some(name),
            _ => None,
        }
    }

    /// The type of the values that a list can be of.
    fn listed(text: &str) -> Option<Self> {
        match angled("list", text)? {
            "text" => Some(Self::Text),
            "id" => Some(Self::Id),
            "yuan" => Some(Self::Yuan),
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
            "number" => Self::Number,
            "json" => Self::Json,
            "epoch_ms" => Self::EpochMs,
            "china_time" => Self::ChinaTime,
            _ => {
                return inside("label", &text)
                    .map(Self::Label)
                    .or_else(|| inside("rows", &text).map(Self::Rows))
                    .or_else(|| inside("row", &text).map(Self::Row))
                    .or_else(|| inside("list", &text).map(Self::List))
                    .or_else(|| Self::listed(&text).map(|of| Self::Values(Box::new(of))))
                    .or_else(|| inside("object", &text).map(Self::Object))
                    .or_else(|| inside("embedded", &text).map(Self::Embedded))
                    .ok_or_else(|| format!("`{text}` is no type of a field"));
            }
        };
        Ok(plain)
    }
}

/// A set of labels that a field or a parameter is one of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelSet {
    /// Name of the type.
    pub name: Name,
    /// What it says.
    pub doc: Text,
    /// Where sources disagree.
    pub note: Option<String>,
    /// The labels that are known.
    pub values: Vec<Label>,
}

impl LabelSet {
    /// A label that is known.
    pub fn get(&self, label: &str) -> Option<&Label> {
        self.values.iter().find(|value| value.label.as_str() == label)
    }
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
