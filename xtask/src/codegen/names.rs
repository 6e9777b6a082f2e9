//! Names in Rust for names on the wire.

use heck::ToSnakeCase;
use vendor_specs::Field;

/// Name of a field, parameter or method for a name on the wire.
pub(crate) fn ident(wire: &str) -> String {
    let name = plain(wire);
    if is_keyword(&name) { format!("r#{name}") } else { name }
}

/// Whether Rust keeps this word for itself.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static",
    "struct", "trait", "true", "try", "type", "unsafe", "use", "where", "while", "yield",
];

/// How the names of a type's fields come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Renaming {
    /// They are those on the wire.
    None,
    /// All on the wire are theirs in camel case.
    CamelCase,
    /// Some have to say theirs.
    Each,
}

/// How the names of these fields come about.
pub(crate) fn renaming(fields: &[&Field]) -> Renaming {
    if fields.iter().all(|field| plain(&field.name) == field.name.as_str()) {
        Renaming::None
    } else if fields.iter().all(|field| camel(&plain(&field.name)) == field.name.as_str()) {
        Renaming::CamelCase
    } else {
        Renaming::Each
    }
}

/// The name that serde knows a field by.
pub(crate) fn plain(wire: &str) -> String {
    wire.to_snake_case()
}

/// A name in camel case, as serde makes it.
fn camel(snake: &str) -> String {
    let mut name = String::new();
    let mut upper = false;
    for letter in snake.chars() {
        if letter == '_' {
            upper = true;
        } else {
            name.push(if upper { letter.to_ascii_uppercase() } else { letter });
            upper = false;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_they_are_on_the_wire() {
        for wire in ["redPackId", "pid", "avatar"] {
            assert_eq!(camel(&plain(wire)), wire);
        }
        assert_eq!(plain("wx_avatar"), "wx_avatar");
        assert_ne!(camel(&plain("sessionID")), "sessionID");
    }

    #[test]
    fn keywords_are_written_raw() {
        assert_eq!(ident("type"), "r#type");
        assert_eq!(ident("redPackType"), "red_pack_type");
    }
}
