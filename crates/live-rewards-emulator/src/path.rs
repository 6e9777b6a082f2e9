//! Paths with parameters in them.

/// The parameters of a path that has the form of a template, decoded; `None` if it hasn't.
pub(crate) fn captured(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    if template == path {
        return Some(Vec::new());
    }
    if !template.contains('{') {
        return None;
    }
    let mut given = path.split('/');
    let mut found = Vec::new();
    for expected in template.split('/') {
        let segment = given.next()?;
        match expected.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) if !segment.is_empty() => found.push((name.to_owned(), decoded(segment))),
            None if segment == expected => {}
            _ => return None,
        }
    }
    given.next().is_none().then_some(found)
}

/// The text of a segment; a `%` that begins no byte stands for itself.
fn decoded(segment: &str) -> String {
    let mut rest = segment.as_bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let [first, after @ ..] = rest {
        match after {
            [high, low, tail @ ..] if *first == b'%' && byte(*high, *low).is_some() => {
                bytes.extend(byte(*high, *low));
                rest = tail;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn byte(high: u8, low: u8) -> Option<u8> {
    let digit = |letter: u8| char::from(letter).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const INCOME: &str = "/live/v2/user/{userId}/get-income-detail";

    fn pairs(template: &str, path: &str) -> Option<Vec<String>> {
        let found = captured(template, path)?;
        Some(found.into_iter().map(|(name, value)| format!("{name}={value}")).collect())
    }

    #[test]
    fn what_stands_in_braces_is_captured() {
        let given = |id: &str| pairs(INCOME, &INCOME.replace("{userId}", id));
        assert_eq!(given("475b6884a7").unwrap(), ["userId=475b6884a7"]);
        assert_eq!(given("%E7%BA%A2%2F+%").unwrap(), ["userId=红/+%"]);
        assert_eq!(given("%zz%4").unwrap(), ["userId=%zz%4"]);
        assert_eq!(pairs("/{a}/{b}", "/1/2").unwrap(), ["a=1", "b=2"]);
    }

    #[test]
    fn another_form_is_no_match() {
        for path in [
            "/live/v2/user//get-income-detail",
            "/live/v2/user/1/2/get-income-detail",
            "/live/v2/user/1/get-income-detail/",
            "/live/v2/user/1",
            "/live/v2/user/1/get-income",
        ] {
            assert_eq!(pairs(INCOME, path), None, "{path}");
        }
        assert_eq!(pairs("/token", "/token"), Some(Vec::new()));
        assert_eq!(pairs("/token", "/other"), None);
    }
}
