//! Texts in two languages.

use crate::{Label, Language};

/// A text in English and Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: String,
    /// 简体中文.
    pub zh: String,
}

/// [`Words`] from two formats, which capture what they name.
macro_rules! words {
    ($en:literal, $zh:literal $(,)?) => {
        $crate::words::Words { en: format!($en), zh: format!($zh) }
    };
}

pub(crate) use words;

impl Words {
    /// The text in a language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Chinese => &self.zh,
        }
    }

    /// The text, and what goes on after it.
    pub(crate) fn then(mut self, more: impl Into<Option<Self>>) -> Self {
        if let Some(more) = more.into() {
            self.en += &more.en;
            self.zh += &more.zh;
        }
        self
    }
}

impl Label {
    /// The name in a language.
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::Chinese => self.zh,
        }
    }
}
