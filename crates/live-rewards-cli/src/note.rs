/// Most characters of what a user writes beside something.
const MOST: usize = 1000;

/// Reads a note or title: a line of text that is not empty.
pub(crate) fn parse(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        Err("say something: it is empty".to_owned())
    } else if text.chars().any(char::is_control) {
        Err("give one line without control characters".to_owned())
    } else if text.chars().count() > MOST {
        Err(format!("give at most {MOST} characters"))
    } else {
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_a_line_that_says_something() {
        assert_eq!(parse(" 已与平台核实 ").as_deref(), Ok("已与平台核实"));
        for text in ["", "  ", "a\nb", "\u{1b}[2J", &"字".repeat(MOST + 1)] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }
}
