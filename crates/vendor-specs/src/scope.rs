use crate::{Field, FieldType, LabelSet, OutputType, RowType, SharedSpec};

/// The types that the fields of a file may name: its own, and those its area shares.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// Objects of the file itself.
    pub types: &'a [RowType],
    /// Labels of the file itself.
    pub labels: &'a [LabelSet],
    /// What the area shares; nothing for the shared file itself.
    pub shared: Option<&'a SharedSpec>,
}

impl<'a> Scope<'a> {
    /// The object type of this name.
    pub fn row_type(&self, name: &str) -> Option<&'a RowType> {
        let shared = self.shared.map(|shared| shared.types.as_slice()).unwrap_or_default();
        self.types.iter().chain(shared).find(|row| row.name.as_str() == name)
    }

    /// The label set of this name.
    pub fn label_set(&self, name: &str) -> Option<&'a LabelSet> {
        let shared = self.shared.map(|shared| shared.labels.as_slice()).unwrap_or_default();
        self.labels.iter().chain(shared).find(|set| set.name.as_str() == name)
    }

    /// Whether this type comes from what the area shares.
    pub fn is_shared(&self, name: &str) -> bool {
        self.shared.is_some_and(|shared| {
            shared.types.iter().any(|row| row.name.as_str() == name)
                || shared.labels.iter().any(|set| set.name.as_str() == name)
        })
    }

    /// The fields on the way to a place in an output: `send_info.receive_number` are two.
    ///
    /// `None` where there is no such place, or it lies inside a list.
    pub fn place(&self, output: &OutputType, place: &str) -> Option<Vec<&'a Field>> {
        let OutputType::Object(name) = output else {
            return None;
        };
        let mut row = self.row_type(name);
        let mut fields = Vec::new();
        for part in place.split('.') {
            let field = row?.fields.iter().find(|field| field.name.as_str() == part)?;
            row = match &field.kind {
                FieldType::Object(name) => self.row_type(name),
                _ => None,
            };
            fields.push(field);
        }
        Some(fields)
    }
}
