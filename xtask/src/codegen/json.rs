//! JSON as text.

/// JSON without white space between its parts; texts and numbers keep their characters.
pub(crate) fn compact(json: &str) -> String {
    let (mut text, mut quoted, mut escaped) = (String::with_capacity(json.len()), false, false);
    for letter in json.chars() {
        if quoted || !letter.is_ascii_whitespace() {
            text.push(letter);
        }
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_but_from_texts() {
        let json = "{\r\n\t\"a b\" : [ 1.0E7 ,\"x , \\\" y\\\\\" ],\n \"c\": 0.50 }\n";
        assert_eq!(compact(json), r#"{"a b":[1.0E7,"x , \" y\\"],"c":0.50}"#);
    }
}
