/// Characters of a list that may stay in one line.
const SHORT: usize = 80;

/// JSON with a line for each member and item; short lists of single values stay in one.
pub(super) fn lines(json: &str) -> String {
    let (mut text, mut depth) = (String::new(), 0_usize);
    for piece in pieces(json) {
        if matches!(piece.as_str(), "}" | "]") {
            depth = depth.saturating_sub(1);
            start_line(&mut text, depth);
        }
        text.push_str(&piece);
        match piece.as_str() {
            "{" | "[" => {
                depth += 1;
                start_line(&mut text, depth);
            }
            "," => start_line(&mut text, depth),
            ":" => text.push(' '),
            _ => {}
        }
    }
    text.push('\n');
    text
}

fn start_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}

/// The signs and values of JSON, in order. A list or object that gets no lines is one of them.
fn pieces(json: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = json.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => quoted_length(rest),
            '{' | '}' | '[' | ']' | ',' | ':' => 1,
            _ => rest.find([',', '}', ']', ' ', '\t', '\r', '\n']).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(length);
        pieces.push(piece.to_owned());
        if matches!(first, '}' | ']') {
            join_short(&mut pieces);
        }
        rest = after.trim_start();
    }
    pieces
}

/// Bytes of the text in quotes that this starts with.
fn quoted_length(json: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in json.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    json.len()
}

/// Joins what the last piece closes to one piece, if it is empty or a short list of single values.
fn join_short(pieces: &mut Vec<String>) {
    let Some((closer, before)) = pieces.split_last() else { return };
    let is_bracket = |piece: &String| matches!(piece.as_str(), "{" | "}" | "[" | "]");
    let Some(start) = before.iter().rposition(is_bracket) else { return };
    let inside: usize = before.iter().skip(start + 1).map(|piece| piece.chars().count()).sum();
    let joins = match (before[start].as_str(), closer.as_str()) {
        ("[", "]") => inside <= SHORT,
        ("{", "}") => inside == 0,
        _ => false,
    };
    if joins {
        let spaced = |piece: String| if piece == "," { ", ".to_owned() } else { piece };
        let joined = pieces.split_off(start).into_iter().map(spaced).collect();
        pieces.push(joined);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_items_get_lines() {
        let text = lines(r#"{"a":{"b":[1,2],"c":{}},"d":[{"e":null}],"f":[[],["{\"",0.50]]}"#);
        assert_eq!(
            text,
            r#"{
  "a": {
    "b": [1, 2],
    "c": {}
  },
  "d": [
    {
      "e": null
    }
  ],
  "f": [[], ["{\"", 0.50]]
}
"#
        );
    }

    #[test]
    fn a_long_list_gets_lines_too() {
        let item = format!("{:?}", "红".repeat(40));
        let text = lines(&format!("[{item}, {item}]"));
        assert_eq!(text, format!("[\n  {item},\n  {item}\n]\n"));
    }

    #[test]
    fn the_layout_of_what_comes_in_does_not_matter() {
        let text = "{\r\n\t\"a\" : [ 1.0E7 ,\"x , y\" ]\n}\n";
        assert_eq!(lines(text), "{\n  \"a\": [1.0E7, \"x , y\"]\n}\n");
    }
}
