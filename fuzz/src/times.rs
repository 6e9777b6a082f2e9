use live_rewards_core::Timestamp;
use live_rewards_http::wire;

use crate::json::{is_bare, is_canonical, quoted, read, whole};

/// An instant is the same again when what it was read from is written and read once more.
pub fn times(text: &str) {
    china(text);
    epoch(text);
    if let Ok(instant) = text.parse::<Timestamp>() {
        round_trips(instant);
    }
}

fn china(text: &str) {
    let instant = Timestamp::parse_china(text);
    if let Some(instant) = instant {
        let seconds = text.get(..19).unwrap_or_default();
        // A leap second is read as the second before it.
        let written = match seconds.strip_suffix(":60") {
            Some(minute) => format!("{minute}:59"),
            None => seconds.to_owned(),
        };
        assert_eq!(instant.to_china(), written);
        round_trips(instant);
    }
    let quoted = quoted(text);
    assert_eq!(read(&quoted, |json| wire::china_time(json)), instant, "{quoted}");
    let none = text.is_empty() || text.starts_with("0000-00-00");
    let expected = if none { Some(None) } else { instant.map(Some) };
    assert_eq!(read(&quoted, |json| wire::optional::china_time(json)), expected, "{quoted}");
}

fn epoch(text: &str) {
    let number = whole(text);
    let instant = number.and_then(Timestamp::from_epoch_ms);
    if let (Some(instant), Some(milliseconds)) = (instant, number) {
        assert_eq!(instant.epoch_ms(), milliseconds);
        round_trips(instant);
        let china = instant.to_china();
        if !china.starts_with('-') {
            let seconds = Timestamp::from_epoch_ms(milliseconds.div_euclid(1000) * 1000);
            assert_eq!(Timestamp::parse_china(&china), seconds, "{china}");
        }
    }
    let quoted = quoted(text);
    assert_eq!(read(&quoted, |json| wire::epoch_ms(json)), instant, "{quoted}");
    let none = text.is_empty() || number == Some(0);
    let expected = if none { Some(None) } else { instant.map(Some) };
    assert_eq!(read(&quoted, |json| wire::optional::epoch_ms(json)), expected, "{quoted}");
    if is_bare(text) {
        let instant = instant.filter(|instant| is_canonical(instant.epoch_ms(), text));
        assert_eq!(read(text, |json| wire::epoch_ms(json)), instant, "{text}");
    }
}

fn round_trips(instant: Timestamp) {
    assert_eq!(instant.to_string().parse::<Timestamp>(), Ok(instant));
}
