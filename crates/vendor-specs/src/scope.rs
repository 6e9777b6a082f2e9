use crate::{Field, FieldSet, FieldType, LabelSet, Name, OutputType, RowType, SharedSpec};

/// What a file may name: its own, what its area shares, and what the vendor's areas share.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// Objects of the file itself.
    pub types: &'a [RowType],
    /// Labels of the file itself.
    pub labels: &'a [LabelSet],
    /// Sets of fields of the file itself.
    pub field_sets: &'a [FieldSet],
    /// What the area shares; nothing for a shared file itself.
    pub area: Option<&'a SharedSpec>,
    /// What the areas share; nothing for the vendor's shared file itself.
    pub vendor: Option<&'a SharedSpec>,
}

/// Where a type is declared, seen from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// In the file itself.
    Own,
    /// Among what the area shares.
    Area,
    /// Among what the areas share.
    Vendor,
}

impl<'a> Scope<'a> {
    /// What a shared file may name: its own, and what the areas share if it is an area's.
    pub fn of_shared(own: &'a SharedSpec, vendor: Option<&'a SharedSpec>) -> Self {
        let SharedSpec { types, labels, field_sets, .. } = own;
        Self { types, labels, field_sets, area: None, vendor }
    }

    /// The object type of this name.
    pub fn row_type(&self, name: &str) -> Option<&'a RowType> {
        let mut types = self.types.iter().chain(self.shared().flat_map(|it| &it.types));
        types.find(|row| row.name.as_str() == name)
    }

    /// The label set of this name.
    pub fn label_set(&self, name: &str) -> Option<&'a LabelSet> {
        let mut labels = self.labels.iter().chain(self.shared().flat_map(|it| &it.labels));
        labels.find(|set| set.name.as_str() == name)
    }

    /// The set of fields of this name.
    pub fn field_set(&self, name: &str) -> Option<&'a FieldSet> {
        let mut sets = self.field_sets.iter().chain(self.shared().flat_map(|it| &it.field_sets));
        sets.find(|set| set.name.as_str() == name)
    }

    /// Where the type or label set of this name is declared.
    pub fn home(&self, name: &str) -> Home {
        let declares = |shared: Option<&SharedSpec>| {
            shared.is_some_and(|shared| {
                shared.types.iter().any(|row| row.name.as_str() == name)
                    || shared.labels.iter().any(|set| set.name.as_str() == name)
            })
        };
        if declares(self.area) {
            Home::Area
        } else if declares(self.vendor) {
            Home::Vendor
        } else {
            Home::Own
        }
    }

    /// The fields of an object: those that it includes, then its own.
    pub fn fields(&self, row: &'a RowType) -> Vec<&'a Field> {
        let sets = row.includes.iter().filter_map(|name| self.field_set(name));
        sets.flat_map(|set| &set.fields).chain(&row.fields).collect()
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
            let field = self.fields(row?).into_iter().find(|field| field.name.as_str() == part)?;
            row = match &field.kind {
                FieldType::Object(name) | FieldType::Row(name) => self.row_type(name),
                _ => None,
            };
            fields.push(field);
        }
        Some(fields)
    }

    /// The type of the rows that an output holds in this place, or is.
    pub fn rows_at(&self, output: &OutputType, rows: Option<&Name>) -> Option<&'a RowType> {
        match (output, rows) {
            (OutputType::Rows(name), _) => self.row_type(name),
            (output, Some(rows)) => match &self.place(output, rows)?.last()?.kind {
                FieldType::Rows(name) => self.row_type(name),
                _ => None,
            },
            _ => None,
        }
    }

    fn shared(&self) -> impl Iterator<Item = &'a SharedSpec> + use<'a> {
        [self.area, self.vendor].into_iter().flatten()
    }
}
