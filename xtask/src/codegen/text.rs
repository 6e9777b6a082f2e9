//! Prose in generated files.

/// Columns of a line.
pub(crate) const WIDTH: usize = 100;

/// Breaks prose into lines of so many columns at most; code in backticks stays in one piece.
///
/// What is wider than a line alone, such as an address, gets a line of its own.
pub(crate) fn wrap(prose: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(prose) {
        if !line.is_empty() && columns_of(&line) + 1 + columns_of(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// The pieces between spaces, of which those inside backticks don't count.
fn words(prose: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut in_code = false;
    for (at, letter) in prose.char_indices() {
        match letter {
            '`' => in_code = !in_code,
            ' ' if !in_code => {
                words.push(&prose[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(&prose[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// How many columns a text takes: CJK characters are two wide.
fn columns_of(text: &str) -> usize {
    text.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum()
}

fn is_wide(letter: char) -> bool {
    matches!(
        letter,
        '\u{1100}'..='\u{115f}'
            | '\u{2e80}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe6f}'
            | '\u{ff00}'..='\u{ff60}'
            | '\u{ffe0}'..='\u{ffe6}'
            | '\u{20000}'..='\u{3fffd}'
    )
}

/// A sentence without its full stop.
pub(crate) fn unstopped(sentence: &str) -> &str {
    let sentence = sentence.trim();
    sentence.strip_suffix('.').unwrap_or(sentence)
}

/// A sentence as it goes on after a colon: its first word in lower case, unless that is a name.
pub(crate) fn continued(sentence: &str) -> String {
    let sentence = sentence.trim();
    let mut letters = sentence.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let word = letters.as_str().split(' ').next().unwrap_or_default();
    if word.contains(char::is_uppercase) {
        return sentence.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

/// A Rust string literal.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// A raw string literal, which shows quotes as they are.
pub(crate) fn raw_literal(text: &str) -> String {
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

/// A Rust option of an expression.
pub(crate) fn optional(expression: Option<String>) -> String {
    expression.map_or_else(|| "None".to_owned(), |expression| format!("Some({expression})"))
}

/// A Rust number, its digits in groups of three.
pub(crate) fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() > 4 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    if value < 0 { format!("-{grouped}") } else { grouped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_wrapped_between_words_but_not_inside_code() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one `two three` four", 7), ["one", "`two three`", "four"]);
        assert_eq!(wrap("红包雨 one", 6), ["红包雨", "one"]);
        assert_eq!(wrap("", 7), [""]);
    }

    #[test]
    fn a_sentence_goes_on_in_lower_case_unless_it_starts_with_a_name() {
        assert_eq!(continued("Page, from 1."), "page, from 1.");
        assert_eq!(continued("A page."), "a page.");
        assert_eq!(continued("WeChat nickname."), "WeChat nickname.");
        assert_eq!(continued("`0` is none."), "`0` is none.");
    }

    #[test]
    fn raw_text_is_quoted_with_hashes_enough() {
        assert_eq!(raw_literal(r#"{"a":1}"#), r##"r#"{"a":1}"#"##);
        assert_eq!(raw_literal(r##"{"a":"#fff"}"##), r###"r##"{"a":"#fff"}"##"###);
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(number(1000), "1000");
        assert_eq!(number(10_000), "10_000");
        assert_eq!(number(-1_648_867_234_000), "-1_648_867_234_000");
    }
}
