use live_rewards::Timestamp;

/// Reads an instant: `2026-01-31T08:00:00Z`, or `2026-01-31` for midnight in Beijing at its start.
pub(crate) fn parse(text: &str) -> Result<Timestamp, String> {
    let is_day = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let instant =
        if is_day { format!("{text}T00:00:00+08:00").parse() } else { text.parse::<Timestamp>() };
    instant.map_err(|_| {
        "give a day like 2026-01-31 or an instant like 2026-01-31T08:00:00Z".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_starts_at_midnight_in_beijing() {
        assert_eq!(parse("2026-01-31").unwrap(), parse("2026-01-30T16:00:00Z").unwrap());
        for text in ["", "2026", "2026-13-01", "yesterday", "2026-02-30"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
