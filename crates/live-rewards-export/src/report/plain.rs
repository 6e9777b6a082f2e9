use std::fmt;

use crate::text::plain;

/// Text that somebody else wrote, in one line and without what could disturb the text around it. It is escaped where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plain(String);

/// Characters of a name.
const NAME: usize = 60;

impl Plain {
    /// A name.
    pub(super) fn name(text: &str) -> Self {
        Self::new(text, NAME)
    }

    /// So many characters at most.
    pub(super) fn new(text: &str, most: usize) -> Self {
        let mut beginning: String = text.chars().take(most).collect();
        if text.chars().nth(most).is_some() {
            beginning.push('…');
        }
        Self(plain(&beginning).replace(['\n', '\t'], " ").trim().to_owned())
    }

    /// Its length in bytes.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_one_line_and_turn_nothing() {
        let plain = |text| Plain::name(text).to_string();
        assert_eq!(plain("小鱼\u{202e}gnp\u{0}\r\n🐟"), "小鱼\u{fffd}gnp\u{fffd} 🐟");
        assert_eq!(plain(" \ta\tb\n"), "a b");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(Plain::new("红包红包", 4).to_string(), "红包红包");
        assert_eq!(Plain::new("红包红包!", 4).to_string(), "红包红包…");
        assert_eq!(Plain::name("").to_string(), "");
    }
}
