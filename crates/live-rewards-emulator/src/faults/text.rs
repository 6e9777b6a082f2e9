//! Places in a JSON text that was written without white space.

use std::ops::Range;

/// Place of the value that begins at `start`; `None` if none does.
pub(super) fn value_at(text: &str, start: usize) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    let (mut quoted, mut escaped) = (false, false);
    for (offset, byte) in text.get(start..)?.bytes().enumerate() {
        let position = start + offset;
        let ended = if quoted {
            let closes = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            quoted = !closes;
            closes && depth == 0
        } else {
            match byte {
                b'"' => quoted = true,
                b'{' | b'[' => depth += 1,
                // A number or a word ends with whatever follows it.
                b'}' | b']' | b',' if depth == 0 => {
                    return (position > start).then_some(start..position);
                }
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            depth == 0 && matches!(byte, b'}' | b']')
        };
        if ended {
            return Some(start..position + 1);
        }
    }
    None
}

/// Place of the value of the first member of this name from `from` on.
///
/// A quote inside of text is written with a backslash, so no text can look like a member.
pub(crate) fn member(text: &str, from: usize, name: &str) -> Option<Range<usize>> {
    let key = format!("\"{name}\":");
    let found = text.get(from..)?.find(&key)?;
    value_at(text, from + found + key.len())
}

/// Places of the elements of the list at `list`.
pub(super) fn elements(text: &str, list: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = list.start + 1;
    while start < list.end
        && let Some(element) = value_at(text, start)
    {
        // Over the comma, or out of the list.
        start = element.end + 1;
        found.push(element);
    }
    found
}

/// Places of the values of the object at `object`.
pub(super) fn values(text: &str, object: &Range<usize>) -> Vec<Range<usize>> {
    members(text, object).into_iter().map(|(_, value)| value).collect()
}

/// Place of the value of the member of this name that the object at `object` has itself.
pub(super) fn member_of(text: &str, object: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let key = format!("\"{name}\"");
    let mut members = members(text, object).into_iter();
    members.find(|(at, _)| text.get(at.clone()) == Some(key.as_str())).map(|(_, value)| value)
}

/// Places of the names of the object at `object`, in their quotes, and of its values.
fn members(text: &str, object: &Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = object.start + 1;
    while start < object.end
        && let Some(name) = value_at(text, start)
        && let Some(value) = value_at(text, name.end + 1)
    {
        start = value.end + 1;
        found.push((name, value));
    }
    found
}

/// The text with each of the places, which are in rising order, replaced.
pub(crate) fn replace(text: &str, replacements: &[(Range<usize>, String)]) -> String {
    let mut replaced = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for (place, with) in replacements {
        replaced.push_str(text.get(done..place.start).unwrap_or_default());
        replaced.push_str(with);
        done = place.end;
    }
    replaced.push_str(text.get(done..).unwrap_or_default());
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        r#"{"code":0,"data":[{"a":1,"b":"x\"]}","c":[{},"]"],"d":"\\"},{"a":-2.50}]}"#;

    fn at(places: &[Range<usize>]) -> Vec<&'static str> {
        places.iter().map(|place| &TEXT[place.clone()]).collect()
    }

    #[test]
    fn rows_and_their_values_are_found() {
        let data = member(TEXT, 0, "data").unwrap();
        let rows = elements(TEXT, &data);
        assert_eq!(at(&rows), [r#"{"a":1,"b":"x\"]}","c":[{},"]"],"d":"\\"}"#, r#"{"a":-2.50}"#]);
        assert_eq!(at(&values(TEXT, &rows[0])), ["1", r#""x\"]}""#, r#"[{},"]"]"#, r#""\\""#]);
        assert_eq!(at(&[member(TEXT, rows[1].start, "a").unwrap()]), ["-2.50"]);
        assert_eq!(member(TEXT, 0, "x"), None);
        assert_eq!(at(&[member_of(TEXT, &rows[0], "d").unwrap()]), [r#""\\""#]);
        assert_eq!(member_of(TEXT, &(0..TEXT.len()), "a"), None);
    }

    #[test]
    fn nothing_has_no_parts() {
        assert!(elements("[]", &(0..2)).is_empty());
        assert!(values("{}", &(0..2)).is_empty());
        assert_eq!(value_at("[", 0), None);
        assert_eq!(value_at("7", 9), None);
    }

    #[test]
    fn places_are_replaced() {
        let replacements = [(1..2, "x".to_owned()), (3..3, "y".to_owned())];
        assert_eq!(replace("abcd", &replacements), "axcyd");
    }
}
