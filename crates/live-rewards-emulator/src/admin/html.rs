//! HTML in which everything but literals is escaped.

use std::fmt::{Display, Write};

/// A piece of a page.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// Adds markup. Only literals can be markup, so nothing that came over the wire can.
    pub(super) fn raw(mut self, markup: &'static str) -> Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text.
    pub(super) fn text(mut self, text: impl Display) -> Self {
        // Writing to a string doesn't fail.
        let _ = write!(Escaped(&mut self.0), "{text}");
        self
    }

    /// Adds a piece for each of the items.
    pub(super) fn each<T>(
        self,
        items: impl IntoIterator<Item = T>,
        piece: impl FnMut(Self, T) -> Self,
    ) -> Self {
        items.into_iter().fold(self, piece)
    }

    /// Adds a piece if there is an item.
    pub(super) fn some<T>(self, item: Option<T>, piece: impl FnOnce(Self, T) -> Self) -> Self {
        match item {
            None => self,
            Some(item) => piece(self, item),
        }
    }
}

/// Puts pieces in place of their names in double braces.
pub(super) fn fill(template: &'static str, pieces: &[(&str, Html)]) -> String {
    let mut page = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, (name, after))) =
        rest.split_once("{{").and_then(|(before, tail)| Some((before, tail.split_once("}}")?)))
    {
        page.push_str(before);
        if let Some((_, Html(piece))) = pieces.iter().find(|(known, _)| *known == name) {
            page.push_str(piece);
        }
        rest = after;
    }
    page.push_str(rest);
    page
}

struct Escaped<'a>(&'a mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // Signs that turn the direction of what follows would mix up the page.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => self.0.push('\u{fffd}'),
                _ => self.0.push(character),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup() {
        let html = Html::default().raw("<b title=\"").text("\"><script>'&").raw("\">");
        assert_eq!(html.0, "<b title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">");
        assert_eq!(Html::default().text("a\u{202e}b").0, "a\u{fffd}b");
    }

    #[test]
    fn pieces_are_not_filled_again() {
        let pieces = [("a", Html::default().text("{{b}}")), ("b", Html::default().text("secret"))];
        assert_eq!(fill("1 {{a}} {{c}}2{{", &pieces), "1 {{b}} 2{{");
    }
}
