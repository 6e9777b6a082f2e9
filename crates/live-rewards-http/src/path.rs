use std::fmt::Write;

/// A value as one segment of a path. Generated code puts it in place of `{name}` in a spec's path.
///
/// Everything but letters, digits, `-`, `.`, `_` and `~` is percent-encoded, so that no value makes two segments. There is no way to
/// write an empty value, `.` or `..`, which every URL library takes for something else; a request with one is not sent.
pub fn path_segment(value: &str) -> String {
    let mut segment = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            segment.push(byte.into());
        } else {
            let _ = write!(segment, "%{byte:02X}");
        }
    }
    segment
}

/// Whether each segment of a path arrives as it stands.
pub(crate) fn is_fit(path: &str) -> bool {
    let segments = path.strip_prefix('/').map(|path| path.split('/'));
    segments.is_some_and(|mut segments| !segments.any(|it| matches!(it, "" | "." | "..")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    #[test]
    fn it_is_written_by_rfc_3986() {
        assert_eq!(path_segment("475b6884a7"), "475b6884a7");
        assert_eq!(path_segment("a b/c?d#e%2F+-._~"), "a%20b%2Fc%3Fd%23e%252F%2B-._~");
        assert_eq!(path_segment("红"), "%E7%BA%A2");
    }

    #[test]
    fn what_would_name_another_path_is_found() {
        for value in ["", ".", ".."] {
            assert!(!is_fit(&format!("/user/{}/detail", path_segment(value))), "{value}");
            assert!(!is_fit(&format!("/user/{}", path_segment(value))), "{value}");
        }
        for value in ["...", "/", "\u{0}", "%2e"] {
            assert!(is_fit(&format!("/user/{}/detail", path_segment(value))), "{value}");
        }
        assert!(!is_fit("user"));
    }

    proptest! {
        #[test]
        fn any_value_is_one_segment_and_comes_back(value in ".{0,20}|[./%\\\\?#a]{0,4}") {
            let path = format!("/user/{}/detail", path_segment(&value));
            prop_assume!(is_fit(&path));
            let url = Url::parse(&format!("https://api.example.com{path}")).unwrap();
            prop_assert_eq!(url.path(), path);
            let segments: Vec<_> = url.path_segments().unwrap().collect();
            prop_assert_eq!(segments.len(), 3);
            let mut decoded = form_urlencoded::parse(segments[1].as_bytes());
            prop_assert_eq!(decoded.next().map(|(name, _)| name.into_owned()), Some(value));
        }
    }
}
