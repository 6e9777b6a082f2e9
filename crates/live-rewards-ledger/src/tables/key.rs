use std::fmt::{self, Display, Write};

/// Text of a natural key: its parts with `|` between them; a `|` or `\` in a part has a `\` before it.
pub(super) struct KeyText(String);

impl KeyText {
    /// Begins with the form of the key, as `record`.
    pub(super) fn new(form: &str) -> Self {
        let mut text = String::with_capacity(64);
        text.push_str(form);
        Self(text)
    }

    pub(super) fn part(mut self, part: impl Display) -> Self {
        self.0.push('|');
        // Writing to a string can't fail.
        let _ = write!(Escaped(&mut self.0), "{part}");
        self
    }

    /// A part that need not be there: then it is empty.
    pub(super) fn optional(self, part: Option<impl Display>) -> Self {
        match part {
            Some(part) => self.part(part),
            None => self.part(""),
        }
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

struct Escaped<'a>(&'a mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            if matches!(character, '|' | '\\') {
                self.0.push('\\');
            }
            self.0.push(character);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stay_apart() {
        let key = |session: &str, record: &str| {
            KeyText::new("record").part(session).part(record).finish()
        };
        assert_eq!(key("s", "7"), "record|s|7");
        assert_eq!(key("a|b\\", "c"), "record|a\\|b\\\\|c");
        assert_ne!(key("a|b", "c"), key("a", "b|c"));
        assert_eq!(KeyText::new("facts").optional(None::<u32>).part(3).finish(), "facts||3");
    }
}
