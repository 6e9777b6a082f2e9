/// What a JSON error says, without the value that it stumbled over, which may be somebody's name.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // "invalid type: string \"…\", expected a number at line 1 column 5"
    match (text.find(": "), text.rfind(", expected ")) {
        (Some(colon), Some(expected)) if colon < expected => {
            [text.get(..colon), text.get(expected..)].into_iter().flatten().collect()
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_is_left_out() {
        let error = serde_json::from_str::<u32>("\"神经蛙: x, expected y\"").unwrap_err();
        insta::assert_snapshot!(reason(&error), @"invalid type, expected u32 at line 1 column 26");
        let cut = serde_json::from_str::<Vec<u32>>("[1,").unwrap_err();
        insta::assert_snapshot!(reason(&cut), @"EOF while parsing a value at line 1 column 3");
    }
}
