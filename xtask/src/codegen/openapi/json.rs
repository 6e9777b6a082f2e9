use super::layout;

/// The text of a JSON value. Members stay in the order in which they are set.
#[derive(Clone, Debug)]
pub(super) struct Json(String);

impl Json {
    /// A value that is JSON already: its numbers keep their characters.
    pub(super) fn raw(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(super) fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<String> = items.into_iter().map(|item| item.into().0).collect();
        Self(format!("[{}]", items.join(",")))
    }

    /// The text of a file.
    pub(super) fn into_file(self) -> String {
        layout::lines(&self.0)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        let mut quoted = String::from('"');
        for letter in text.chars() {
            match letter {
                '"' | '\\' => quoted.extend(['\\', letter]),
                '\n' => quoted.push_str("\\n"),
                letter if letter.is_control() => quoted.push(' '),
                _ => quoted.push(letter),
            }
        }
        quoted.push('"');
        Self(quoted)
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Self(flag.to_string())
    }
}

/// The members of a JSON object.
#[derive(Clone, Debug, Default)]
pub(super) struct Object(Vec<String>);

impl Object {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn set(&mut self, name: &str, value: impl Into<Json>) {
        self.0.push(format!("{}:{}", Json::from(name).0, value.into().0));
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.set(name, value);
        self
    }

    /// With a member if there is a value for it.
    pub(super) fn maybe<T: Into<Json>>(self, name: &str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self(format!("{{{}}}", object.0.join(",")))
    }
}
