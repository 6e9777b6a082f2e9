//! Text of vendors and their users, as a sheet can hold and show it.

use std::borrow::Cow;

/// The longest text of a cell, in UTF-16 units. Excel's limit.
const MOST: usize = 32_767;

/// What stands for the rest of a text that is longer.
const CUT: &str = "… [cut 已截断]";

/// A text without characters that control a screen or turn the text behind them. Line breaks become `\n` and stay.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return text.into();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace(is_harmful, "\u{fffd}").into()
}

/// As much of a text as a cell takes.
pub(crate) fn cut(text: Cow<'_, str>) -> Cow<'_, str> {
    // A text has no more units than bytes.
    if text.len() <= MOST || units(&text) <= MOST {
        return text;
    }
    format!("{}{CUT}", first_units(&text, MOST - units(CUT))).into()
}

/// Length in UTF-16 units, as Excel counts.
pub(crate) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The longest beginning of so many UTF-16 units.
pub(crate) fn first_units(text: &str, most: usize) -> &str {
    let mut count = 0;
    let end = text.char_indices().find(|(_, character)| {
        count += character.len_utf16();
        count > most
    });
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn is_harmful(character: char) -> bool {
    let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_no_character = matches!(character, '\u{fffe}' | '\u{ffff}');
    turns || is_no_character || character.is_control() && !matches!(character, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_controls_the_screen() {
        for (text, shown) in [
            ("春季发布会 🧧👩\u{200d}💻", "春季发布会 🧧👩\u{200d}💻"),
            ("a\tb\nc", "a\tb\nc"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("\0\u{1b}[2J\u{7f}", "\u{fffd}\u{fffd}[2J\u{fffd}"),
            ("\u{202e}fdp.exe", "\u{fffd}fdp.exe"),
        ] {
            assert_eq!(plain(text), shown);
        }
    }

    #[test]
    fn what_is_too_long_is_cut_with_a_mark() {
        let fits = "鱼".repeat(MOST);
        assert_eq!(cut(fits.as_str().into()), fits);
        let long = "🐟".repeat(MOST / 2 + 1);
        let shown = cut(long.as_str().into());
        // A fish is two units, and not halved.
        assert_eq!(units(&shown), MOST);
        assert!(shown.ends_with("🐟… [cut 已截断]"));
    }

    #[test]
    fn beginnings_are_counted_in_units() {
        assert_eq!(first_units("a🐟b", 2), "a");
        assert_eq!(first_units("a🐟b", 3), "a🐟");
        assert_eq!(first_units("a🐟b", 9), "a🐟b");
    }
}
