use live_rewards::Timestamp;

use crate::language::say;

/// Reads an instant: `2026-01-31T08:00:00Z`, `2026-01-31 08:00:00` in Beijing, or `2026-01-31` for the midnight there at its start.
pub(crate) fn parse(text: &str) -> Result<Timestamp, String> {
    let midnight = || Timestamp::parse_china(&format!("{text} 00:00:00"));
    let in_beijing = || Timestamp::parse_china(text).or_else(midnight);
    text.parse().ok().or_else(in_beijing).ok_or_else(|| {
        say!(
            "give a day like 2026-01-31, a time in Beijing like 2026-01-31 08:00:00, or an instant like 2026-01-31T08:00:00Z",
            "请给出日期，如 2026-01-31；北京时间，如 2026-01-31 08:00:00；或时刻，如 2026-01-31T08:00:00Z"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_starts_at_midnight_in_beijing() {
        let instant = parse("2026-01-30T16:00:00Z").unwrap();
        for text in ["2026-01-31", "2026-01-31 00:00:00", "2026-01-31T00:00:00+08:00"] {
            assert_eq!(parse(text).unwrap(), instant, "{text}");
        }
        for text in ["", "2026", "2026-13-01", "yesterday", "2026-02-30", "2026-01-31 8:00"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
