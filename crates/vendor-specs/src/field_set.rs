use serde::Deserialize;

use crate::{Field, Name, Text};

/// Members that several objects have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSet {
    /// What objects include it by.
    pub name: Name,
    /// What it is.
    pub doc: Text,
    /// The members.
    pub fields: Vec<Field>,
}
