/// Whether a name is what a pattern says, in which `*` stands for any text and `?` for one character.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let Some(first) = pattern.chars().next() else {
        return name.is_empty();
    };
    let rest = &pattern[first.len_utf8()..];
    let mut characters = name.chars();
    match first {
        '*' => {
            matches(rest, name)
                || characters.next().is_some() && matches(pattern, characters.as_str())
        }
        '?' => characters.next().is_some() && matches(rest, characters.as_str()),
        _ => characters.next() == Some(first) && matches(rest, characters.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, name, is_match) in [
            ("polyv-*", "polyv-main", true),
            ("polyv-*", "xiaoe-main", false),
            ("*", "", true),
            ("*店*", "一号店铺", true),
            ("?号店", "一号店", true),
            ("?", "", false),
            ("main", "main", true),
            ("main", "mainly", false),
        ] {
            assert_eq!(matches(pattern, name), is_match, "{pattern} {name}");
        }
    }
}
