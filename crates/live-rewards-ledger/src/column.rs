/// A table: its name and columns.
#[derive(Debug)]
#[non_exhaustive]
pub struct Table {
    /// Name, as `red_packets`.
    pub name: &'static str,
    /// What its rows are.
    pub label: Label,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

/// A column of a [`Table`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Column {
    /// Name, with its unit where it has one, as `issued_fen`.
    pub name: &'static str,
    /// What its values are.
    pub kind: ColumnType,
    /// Whether it is part of the row's natural key.
    pub key: bool,
    /// Whether every row has a value.
    pub required: bool,
    /// The schema version that it came with.
    pub since: u32,
    /// For people.
    pub label: Label,
}

/// What a column's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnType {
    /// Text.
    Text,
    /// A whole number without unit.
    Integer,
    /// Money in fen.
    Fen,
    /// Points.
    Points,
    /// True or false.
    Flag,
    /// An instant in UTC.
    Time,
}

/// A name in English and Chinese.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// English.
    pub en: &'static str,
    /// 简体中文.
    pub zh: &'static str,
}

/// A column that came with the first version, may be empty and is no part of the key.
pub(crate) const fn column(
    name: &'static str,
    kind: ColumnType,
    en: &'static str,
    zh: &'static str,
) -> Column {
    Column { name, kind, key: false, required: false, since: 1, label: Label { en, zh } }
}

impl Column {
    /// A part of the natural key.
    pub(crate) const fn key(mut self) -> Self {
        self.key = true;
        self
    }

    /// Always has a value.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}
