use serde_json::value::RawValue;

use super::json::{Finding, Json};
use super::values;
use crate::{Field, FieldType, Scope};

/// Goes through a payload beside the types that it should have.
pub(super) struct Walk<'a> {
    pub(super) text: &'a str,
    pub(super) scope: Scope<'a>,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Walk<'a> {
    /// An object of this type.
    pub(super) fn object(&mut self, raw: &'a RawValue, type_name: &str, path: &str) {
        let Some(members) = self.members(raw, path) else {
            return;
        };
        let Some(row) = self.scope.row_type(type_name) else {
            return;
        };
        for field in &row.fields {
            let path = join(path, &field.name);
            match members.get(field.name.as_str()).copied() {
                Some(value) => self.field(value, field, &path),
                None if field.must_be_there() => self.push(raw, format!("`{path}` is missing")),
                None => {}
            }
        }
        for (name, value) in &members {
            if !row.fields.iter().any(|field| field.name.as_str() == name) {
                let path = join(path, name);
                self.push(value, format!("`{path}` is no field that the spec's `{type_name}` has"));
            }
        }
    }

    /// The payload that is an object of this type. Where a table calls it an array it may stand in
    /// a list alone, and be nothing if the spec says so.
    pub(super) fn payload(&mut self, raw: &'a RawValue, type_name: &str, may_be_empty: bool) {
        if may_be_empty && is_nothing(raw) {
            return;
        }
        let only = match Json::read(raw) {
            Ok(Json::List(items)) => <[&RawValue; 1]>::try_from(items).ok(),
            _ => None,
        };
        self.object(only.map_or(raw, |[object]| object), type_name, "");
    }

    /// The rows of a page; null, an empty object and empty text are none.
    pub(super) fn rows(&mut self, raw: &'a RawValue, type_name: &str, path: &str) {
        let none = match Json::read(raw) {
            Ok(Json::Object(members)) => members.is_empty(),
            Ok(Json::Text(text)) => text.is_empty(),
            _ => false,
        };
        if !none {
            self.list(raw, type_name, path);
        }
    }

    /// A list of objects of this type; null is an empty one.
    fn list(&mut self, raw: &'a RawValue, type_name: &str, path: &str) {
        match Json::read(raw) {
            Ok(Json::Null) => {}
            Ok(Json::List(items)) => {
                for (index, item) in items.into_iter().enumerate() {
                    self.object(item, type_name, &format!("{path}[{index}]"));
                }
            }
            Ok(other) => self.push(raw, format!("{} is {}, not a list", named(path), other.what())),
            Err(error) => self.push(raw, error),
        }
    }

    fn field(&mut self, raw: &'a RawValue, field: &Field, path: &str) {
        match &field.kind {
            FieldType::Rows(name) => self.rows(raw, name, path),
            FieldType::List(name) => self.list(raw, name, path),
            FieldType::Object(_) if !field.required && is_nothing(raw) => {}
            FieldType::Object(name) => self.object(raw, name, path),
            FieldType::Label(name) => self.label(raw, field, name, path),
            kind => {
                let unreadable = match Json::read(raw) {
                    Ok(value) => values::unreadable(kind, &value, field.required, field.secret),
                    Err(error) => Some(error),
                };
                if let Some(reason) = unreadable {
                    self.push(raw, format!("`{path}` {reason}"));
                }
            }
        }
    }

    fn label(&mut self, raw: &'a RawValue, field: &Field, set: &str, path: &str) {
        let value = match Json::read(raw) {
            Ok(value) => value,
            Err(error) => return self.push(raw, error),
        };
        let none = matches!(value, Json::Null) || value.characters() == Some("");
        match value.characters() {
            _ if none && !field.required => {}
            Some(label) => {
                let set_of = self.scope.label_set(set);
                if !set_of.is_some_and(|it| it.values.iter().any(|it| it.label.as_str() == label)) {
                    self.push(
                        raw,
                        format!("`{path}` has the label `{label}`, which `{set}` hasn't"),
                    );
                }
            }
            None => self.push(raw, format!("`{path}` is {}, not a label", value.what())),
        }
    }

    fn members(
        &mut self,
        raw: &'a RawValue,
        path: &str,
    ) -> Option<std::collections::BTreeMap<String, &'a RawValue>> {
        let wrong = match Json::read(raw) {
            Ok(Json::Object(members)) => return Some(members),
            Ok(other) => format!("{} is {}, not an object", named(path), other.what()),
            Err(error) => error,
        };
        self.push(raw, wrong);
        None
    }

    fn push(&mut self, raw: &RawValue, message: String) {
        self.findings.push(Finding::at(self.text, raw, message));
    }
}

/// What back ends send for an object that isn't there.
fn is_nothing(raw: &RawValue) -> bool {
    match Json::read(raw) {
        Ok(Json::Null) => true,
        Ok(Json::List(items)) => items.is_empty(),
        Ok(Json::Text(text)) => text.is_empty(),
        _ => false,
    }
}

/// A place in a payload, for a message.
fn named(path: &str) -> String {
    if path.is_empty() { "the payload".to_owned() } else { format!("`{path}`") }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
