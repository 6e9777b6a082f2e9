//! What may be shown of a body that is not the expected JSON.

use http::header::CONTENT_TYPE;

use crate::Answer;

/// Says what an answer is that isn't a vendor's: media type, size, and of a page the title.
///
/// Nothing else is shown: JSON, and what a server writes besides, may hold persons' names. A title is a gateway's, but it may
/// repeat the address or an id; so words with digits, long words and values after `=` are masked, and only ASCII is shown.
pub(crate) fn description(answer: &Answer) -> String {
    let body = answer.body();
    let media_type = media_type(answer).unwrap_or("unknown type");
    match (body.len(), shown_title(body)) {
        (0, _) => "it is empty".to_owned(),
        (bytes, Some(title)) => format!("{media_type}, {bytes} bytes, \"{title}\""),
        (bytes, None) => format!("{media_type}, {bytes} bytes"),
    }
}

fn media_type(answer: &Answer) -> Option<&str> {
    let value = answer.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let media_type = value.split(';').next()?.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/+.-".contains(&byte);
    let fit = (1..=40).contains(&media_type.len()) && media_type.bytes().all(plain);
    fit.then_some(media_type)
}

fn shown_title(body: &[u8]) -> Option<String> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    let page = body.starts_with(b"<").then_some(body)?;
    Some(masked(title(page)?)).filter(|shown| !shown.is_empty())
}

/// How much of a page is searched for its title.
const HEAD: usize = 4096;

fn title(page: &[u8]) -> Option<&[u8]> {
    const TAG: &[u8] = b"<title";
    let head = page.get(..HEAD).unwrap_or(page);
    let tag = head.windows(TAG.len()).position(|part| part.eq_ignore_ascii_case(TAG))?;
    let text = head.get(tag..)?.splitn(2, |byte| *byte == b'>').nth(1)?;
    let text = text.split(|byte| *byte == b'<').next()?.trim_ascii();
    (!text.is_empty()).then_some(text)
}

/// Characters that are shown at most.
const MOST: usize = 80;

/// Letters of the longest word that is shown.
const LONGEST_WORD: usize = 20;

fn masked(text: &[u8]) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let (Some(first), true) = (rest.first(), shown.len() < MOST) {
        let length = rest.iter().take_while(|byte| in_word(**byte)).count();
        if length == 0 {
            match char::from(*first) {
                sign @ '!'..='~' => shown.push(sign),
                _ if !shown.is_empty() && !shown.ends_with(' ') => shown.push(' '),
                _ => {}
            }
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let (word, after) = rest.split_at(length);
        if is_plain(word) && !shown.ends_with('=') {
            shown.extend(word.iter().copied().map(char::from));
        } else {
            shown.push('*');
        }
        rest = after;
    }
    shown.truncate(MOST);
    shown.truncate(shown.trim_end().len());
    shown
}

fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-%+.".contains(&byte)
}

/// A word of letters, or a number as short as a status.
fn is_plain(word: &[u8]) -> bool {
    let status = word.len() <= 3 && word.iter().all(u8::is_ascii_digit);
    status || (word.len() <= LONGEST_WORD && !word.iter().any(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn shown(body: &str) -> String {
        shown_title(body.as_bytes()).unwrap_or_else(|| "nothing".to_owned())
    }

    #[test]
    fn of_a_page_the_title_is_shown() {
        let page =
            "\u{feff} <!DOCTYPE html>\n<html><head><TITLE class=\"x\">\n502 Bad Gateway</title>";
        assert_eq!(shown(page), "502 Bad Gateway");
        assert_eq!(shown("<title>拦截 Blocked</title>"), "Blocked");
        assert_eq!(shown(&format!("<title>{}", "<b ".repeat(100))), "nothing");
        assert_eq!(shown(&format!("<title>{}", "b ".repeat(100))), "b ".repeat(40).trim_end());
    }

    #[test]
    fn what_may_be_an_id_a_token_or_a_signature_is_masked() {
        let title = "not found: /live/v4/list?appId=frlr&sign=ABCDEF&user=0545CB7811874FB1 xe_4711";
        assert_eq!(
            shown(&format!("<title>{title}</title>")),
            "not found: /live/*/list?appId=*&sign=*&user=* *"
        );
        assert_eq!(shown("<title>13800138000 abcdefghijklmnopqrstu</title>"), "* *");
    }

    #[test]
    fn nothing_is_shown_of_what_may_name_a_person() {
        for body in [
            "",
            " ",
            "{\"nickName\":\"Davis\"}",
            "{\"nickName\":\"Dav",
            "\n[\"Davis\"",
            "\"Davis\"",
            "null",
            "-1",
            "no such user Davis",
            "<p>no such user Davis",
            "<title></title>no such user Davis",
            "<title>神经蛙</title>",
            "{\"a\":\"<title>Davis</title>\"}",
        ] {
            assert_eq!(shown(body), "nothing", "{body}");
        }
    }

    #[test]
    fn the_description_names_type_and_size() {
        let described = |content_type: &'static str, body: &'static str| {
            let mut answer = Answer::new(body.into());
            if !content_type.is_empty() {
                let value = HeaderValue::from_static(content_type);
                answer.headers_mut().insert(CONTENT_TYPE, value);
            }
            description(&answer)
        };
        assert_eq!(described("text/html; charset=gbk", "<p>"), "text/html, 3 bytes");
        assert_eq!(described("application/json", "{\"a\":"), "application/json, 5 bytes");
        assert_eq!(described("", "{"), "unknown type, 1 bytes");
        assert_eq!(described("te xt", "{"), "unknown type, 1 bytes");
        assert_eq!(described("text/html", ""), "it is empty");
    }
}
