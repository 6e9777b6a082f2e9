use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::json::{Finding, Json};
use super::values;
use crate::{Field, FieldType, Scope, Unit, UnitBy};

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
        let fields = self.scope.fields(row);
        for field in &fields {
            let path = join(path, &field.name);
            match given(&members, field) {
                Some(value) => {
                    self.field(value, field, &path);
                    if let Some(unit_by) = &field.unit_by {
                        self.unit(value, unit_by, &members, &path);
                    }
                }
                None if field.must_be_there() => self.push(raw, format!("`{path}` is missing")),
                None => {}
            }
        }
        for (name, value) in &members {
            if !fields.iter().flat_map(|field| field.names()).any(|it| it.as_str() == name) {
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

    /// The rows of a page that is the list itself, or an object with the list in this member.
    pub(super) fn rows_in(&mut self, raw: &'a RawValue, type_name: &str, member: &str) {
        let Ok(Json::Object(members)) = Json::read(raw) else {
            return self.rows(raw, type_name, "");
        };
        match members.get(member).copied() {
            Some(rows) => self.rows(rows, type_name, member),
            None => self.push(raw, format!("`{member}` is missing")),
        }
        for (name, value) in members.iter().filter(|(name, _)| *name != member) {
            let message = format!("`{name}` stands beside `{member}`, where the spec has nothing");
            self.push(value, message);
        }
    }

    /// A list of objects of this type; null is an empty one.
    fn list(&mut self, raw: &'a RawValue, type_name: &str, path: &str) {
        for (index, item) in self.items(raw, path).into_iter().enumerate() {
            self.object(item, type_name, &format!("{path}[{index}]"));
        }
    }

    /// A list of single values; null is an empty one.
    fn values(&mut self, raw: &'a RawValue, kind: &FieldType, path: &str) {
        for (index, item) in self.items(raw, path).into_iter().enumerate() {
            self.value(item, kind, true, false, &format!("{path}[{index}]"));
        }
    }

    fn items(&mut self, raw: &'a RawValue, path: &str) -> Vec<&'a RawValue> {
        let wrong = match Json::read(raw) {
            Ok(Json::Null) => return Vec::new(),
            Ok(Json::List(items)) => return items,
            Ok(other) => format!("{} is {}, not a list", named(path), other.what()),
            Err(error) => error,
        };
        self.push(raw, wrong);
        Vec::new()
    }

    fn field(&mut self, raw: &'a RawValue, field: &Field, path: &str) {
        match &field.kind {
            FieldType::Rows(name) => self.rows(raw, name, path),
            FieldType::List(name) => self.list(raw, name, path),
            FieldType::Values(kind) => self.values(raw, kind, path),
            FieldType::Object(_) | FieldType::Row(_) | FieldType::Embedded(_)
                if !field.required && is_nothing(raw) => {}
            FieldType::Object(name) | FieldType::Row(name) => self.object(raw, name, path),
            FieldType::Embedded(name) => self.embedded(raw, name, path),
            FieldType::Label(name) => self.label(raw, field, name, path),
            kind => self.value(raw, kind, field.required, field.secret, path),
        }
    }

    /// A single value.
    fn value(
        &mut self,
        raw: &RawValue,
        kind: &FieldType,
        required: bool,
        secret: bool,
        path: &str,
    ) {
        let unreadable = match Json::read(raw) {
            Ok(value) => values::unreadable(kind, &value, required, secret),
            Err(error) => Some(error),
        };
        if let Some(reason) = unreadable {
            self.push(raw, format!("`{path}` {reason}"));
        }
    }

    /// An object of this type as JSON inside text, or in place. What is wrong inside of text stands
    /// where the text does.
    fn embedded(&mut self, raw: &'a RawValue, type_name: &str, path: &str) {
        let Ok(Json::Text(text)) = Json::read(raw) else {
            return self.object(raw, type_name, path);
        };
        match serde_json::from_str(&text) {
            Ok(inside) => {
                let mut walk = Walk { text: &text, scope: self.scope, findings: Vec::new() };
                walk.object(inside, type_name, path);
                for finding in walk.findings {
                    self.push(raw, finding.message);
                }
            }
            Err(error) => self.push(raw, format!("`{path}` is text that is no JSON: {error}")),
        }
    }

    /// A number in the unit that another member gives it.
    fn unit(
        &mut self,
        raw: &RawValue,
        unit_by: &UnitBy,
        members: &BTreeMap<String, &RawValue>,
        path: &str,
    ) {
        let label = members.get(unit_by.field.as_str()).and_then(|raw| Json::read(raw).ok());
        let unit = label.and_then(|label| unit_by.units.get(label.characters()?).copied());
        let kind = match unit {
            Some(Unit::Yuan) => FieldType::Yuan,
            Some(Unit::Fen) => FieldType::Fen,
            None => return,
        };
        self.value(raw, &kind, false, false, path);
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
                let known = self.scope.label_set(set).and_then(|set| set.get(label));
                if known.is_none() {
                    self.push(
                        raw,
                        format!("`{path}` has the label `{label}`, which `{set}` hasn't"),
                    );
                }
            }
            None => self.push(raw, format!("`{path}` is {}, not a label", value.what())),
        }
    }

    fn members(&mut self, raw: &'a RawValue, path: &str) -> Option<BTreeMap<String, &'a RawValue>> {
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

/// What is given for a field, under either of its names.
fn given<'a>(members: &BTreeMap<String, &'a RawValue>, field: &Field) -> Option<&'a RawValue> {
    field.names().find_map(|name| members.get(name.as_str()).copied())
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
