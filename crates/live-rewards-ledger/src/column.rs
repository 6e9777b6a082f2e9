use crate::Language;

/// A table: its name and columns.
#[derive(Debug)]
#[non_exhaustive]
pub struct Table {
    /// Name, as `red_packets`.
    pub name: &'static str,
    /// What its rows are.
    pub label: Label,
    /// The column that says when a row's event happened, if it is one.
    pub time: Option<&'static str>,
    /// Its columns, in order. The first one is `vendor`.
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
    /// The value that it is a form of, as `charged` of `charged_fen`: at most one of such columns has a value.
    pub form_of: Option<&'static str>,
    /// Whether its values stay as they were first known: money, points, who gave or got them, and when. A change is told, and is an
    /// adjustment of a closed month. Balances, states, names and what was claimed so far move.
    pub watched: bool,
    /// What its values say of a person, if they do. An export can leave that out.
    pub person: Option<Person>,
    /// What its values are called, where they are codes. A code that has no words stands for itself.
    pub words: &'static [(&'static str, Label)],
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

/// What a text says of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Person {
    /// It is the id of a user.
    Id,
    /// It is ids of users, with blanks between them.
    Ids,
    /// It is a nickname.
    Nickname,
    /// It is a key that may have the id of a user in it.
    Key,
    /// It may name a person, or lead to one.
    Text,
}

/// A name in English and Chinese.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// English.
    pub en: &'static str,
    /// 简体中文.
    pub zh: &'static str,
}

/// A code and what people call it.
pub(crate) type Coded = (&'static str, Label);

/// A column that came with the first version, may be empty and is no part of the key.
pub(crate) const fn column(
    name: &'static str,
    kind: ColumnType,
    en: &'static str,
    zh: &'static str,
) -> Column {
    Column {
        name,
        kind,
        key: false,
        required: false,
        form_of: None,
        watched: false,
        person: None,
        words: &[],
        since: 1,
        label: Label { en, zh },
    }
}

impl Table {
    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The columns of the natural key within an account.
    pub(crate) fn key(&self) -> impl Iterator<Item = &'static Column> + use<> {
        self.stored().filter(|column| column.key)
    }

    /// The columns that a ledger keeps: all but the vendor, which the account says.
    pub(crate) fn stored(&self) -> impl Iterator<Item = &'static Column> + use<> {
        self.columns.iter().skip(1)
    }

    /// The columns whose values stay.
    pub(crate) fn watched(&self) -> impl Iterator<Item = &'static Column> + use<> {
        self.columns.iter().filter(|column| column.watched)
    }
}

impl Column {
    /// What people call a code among its values; nothing for a code without words.
    pub fn word(&self, code: &str, language: Language) -> Option<&'static str> {
        let (_, label) = self.words.iter().find(|(known, _)| *known == code)?;
        Some(label.in_language(language))
    }

    /// A part of the natural key, which every row has.
    pub(crate) const fn key(mut self) -> Self {
        self.key = true;
        self.required = true;
        self
    }

    /// Always has a value.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// One form of a value.
    pub(crate) const fn form_of(mut self, value: &'static str) -> Self {
        self.form_of = Some(value);
        self
    }

    /// Its values are codes with these words.
    pub(crate) const fn coded(mut self, words: &'static [Coded]) -> Self {
        self.words = words;
        self
    }

    /// Its values are about people.
    pub(crate) const fn person(mut self, person: Person) -> Self {
        self.person = Some(person);
        self
    }

    /// Its values stay.
    pub(crate) const fn watched(mut self) -> Self {
        self.watched = true;
        self
    }
}
