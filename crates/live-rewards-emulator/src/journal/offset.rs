//! How far the clocks of a client and a vendor are apart, in words.

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Why a timestamp is refused that lies so many milliseconds ahead of the vendor's clock, or behind
/// it if negative.
pub(crate) fn clock_offset(offset_ms: i64, allowed: &str) -> String {
    let direction = if offset_ms < 0 { "behind" } else { "ahead" };
    let span = span(offset_ms.unsigned_abs());
    format!("the client's clock is {span} {direction}; {allowed} are allowed")
}

/// From the largest unit that isn't 0 on.
fn span(ms: u64) -> String {
    let larger = [(ms / DAY, "d"), (ms % DAY / HOUR, "h"), (ms % HOUR / MINUTE, "min")];
    let larger = larger.iter().skip_while(|(count, _)| *count == 0);
    let mut parts: Vec<String> = larger.map(|(count, unit)| format!("{count} {unit}")).collect();
    let (seconds, rest) = (ms % MINUTE / SECOND, ms % SECOND);
    parts.push(if rest == 0 { format!("{seconds} s") } else { format!("{seconds}.{rest:03} s") });
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_has_a_size_and_a_direction() {
        assert_eq!(
            clock_offset(-3_603_000, "5 minutes"),
            "the client's clock is 1 h 0 min 3 s behind; 5 minutes are allowed"
        );
        assert!(clock_offset(180_001, "3 minutes").contains("3 min 0.001 s ahead"));
        assert!(clock_offset(i64::MIN, "3 minutes").contains(" behind"));
    }

    #[test]
    fn the_largest_unit_comes_first() {
        for (ms, text) in [
            (0, "0 s"),
            (59_000, "59 s"),
            (60_000, "1 min 0 s"),
            (86_400_000, "1 d 0 h 0 min 0 s"),
            (90_061_500, "1 d 1 h 1 min 1.500 s"),
        ] {
            assert_eq!(span(ms), text);
        }
    }
}
