use bytes::Bytes;

/// What stands for bytes that are no Unicode: an escape that JSON may hold, but that can't be read as text.
pub(crate) const NO_TEXT: &str = r"\ud800\ud800";

/// Places that are mended at most, so that a body that is no JSON at all doesn't grow.
const MOST: usize = 1000;

/// A body's JSON with such escapes for what is no Unicode, as a name that was cut in the middle of a character. So it costs the row that
/// it stands in, not the page.
pub fn as_unicode(json: &Bytes) -> Bytes {
    if str::from_utf8(json).is_ok() {
        return json.clone();
    }
    let bad = json.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty());
    let bad = bad.take(MOST + 1).count();
    if bad > MOST {
        return json.clone();
    }
    let mut mended = Vec::with_capacity(json.len() + bad * NO_TEXT.len());
    for chunk in json.utf8_chunks() {
        mended.extend_from_slice(chunk.valid().as_bytes());
        if !chunk.invalid().is_empty() {
            mended.extend_from_slice(NO_TEXT.as_bytes());
        }
    }
    mended.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_unicode_spoil_the_text_that_they_stand_in_alone() {
        for bad in [&b"\xe8\x9b"[..], b"\xff", b"\xc0\x80", b"\\\xff", b"a\xed\xa0\x80b"] {
            let json = [&b"[\"a\",\""[..], bad, b"\",\"b\"]"].concat();
            let mended = as_unicode(&json.into());
            let [a, spoilt, b] = serde_json::from_slice(&mended)
                .map(|parts| {
                    let parts: [&serde_json::value::RawValue; 3] = parts;
                    parts.map(|part| serde_json::from_str::<String>(part.get()).ok())
                })
                .unwrap();
            assert_eq!(
                (a.as_deref(), spoilt, b.as_deref()),
                (Some("a"), None, Some("b")),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn text_and_what_is_nothing_like_it_are_left_as_they_are() {
        for body in ["神经蛙".into(), Bytes::from(vec![0xff; 5000])] {
            assert_eq!(as_unicode(&body), body);
        }
    }
}
