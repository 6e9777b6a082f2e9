//! Forms that several kinds of text in specs have.

/// `Name` of `outer<Name>`.
pub(crate) fn inside(outer: &str, text: &str) -> Option<String> {
    angled(outer, text).filter(|name| is_type_name(name)).map(str::to_owned)
}

/// What stands in the angle brackets of `outer<…>`.
pub(crate) fn angled<'a>(outer: &str, text: &'a str) -> Option<&'a str> {
    text.strip_prefix(outer)?.strip_prefix('<')?.strip_suffix('>')
}

/// Whether this can be the name of a Rust type, in the usual form.
pub(crate) fn is_type_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric())
        && text != "Self"
}

/// Whether this can be an id or the name of a module.
pub(crate) fn is_snake(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
}

/// Whether this is a day, `yyyy-MM-dd`.
pub(crate) fn is_day(text: &str) -> bool {
    fits(text, "0000-00-00")
}

/// Whether this is a month, `yyyy_MM`.
pub(crate) fn is_month(text: &str) -> bool {
    fits(text, "0000_00")
}

/// Whether a text has digits where the form has them, and is the same elsewhere.
fn fits(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            _ => byte == form,
        })
}
