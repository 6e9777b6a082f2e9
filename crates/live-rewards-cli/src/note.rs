use crate::language::say;

/// Most characters of what a user writes beside something.
const MOST: usize = 1000;

/// Reads a note or title: a line of text that is not empty.
pub(crate) fn parse(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        Err(say!("say something: it is empty", "内容为空，请写点什么"))
    } else if text.chars().any(char::is_control) {
        Err(say!("give one line without control characters", "请只写一行，不含控制字符"))
    } else if text.chars().count() > MOST {
        Err(say!("give at most {MOST} characters", "最多 {MOST} 个字符"))
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
