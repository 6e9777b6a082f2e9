use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer};
use toml::Spanned;

/// Text that remembers where in its file it stands, so that what is wrong with it has a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    text: String,
    offset: usize,
}

impl Name {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where the text starts, in bytes from the start of its file.
    pub fn offset(&self) -> usize {
        self.offset
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<String>::deserialize(deserializer)?;
        let offset = spanned.span().start;
        Ok(Self { text: spanned.into_inner(), offset })
    }
}
