use std::fmt;

use live_rewards_core::{Cursor, Timestamp};

/// Where a reading goes on, as text in its listing's row: `CURSOR`, or `START@CURSOR` where a range is read in parts, the part's start
/// in milliseconds. Without a cursor, as `@` or `START@`, it goes on at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) part: Option<Timestamp>,
    pub(super) cursor: Option<Cursor>,
}

impl Place {
    /// Reads the text; `None` if it is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let Some((part, cursor)) = text.split_once('@') else {
            return Some(Self { part: None, cursor: Some(text.parse().ok()?) });
        };
        let part = match part {
            "" => None,
            part => Some(Timestamp::from_epoch_ms(part.parse().ok()?)?),
        };
        let cursor = match cursor {
            "" => None,
            cursor => Some(cursor.parse().ok()?),
        };
        Some(Self { part, cursor })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.part, &self.cursor) {
            (None, None) => f.write_str("@"),
            (None, Some(cursor)) => cursor.fmt(f),
            (Some(part), None) => write!(f, "{}@", part.epoch_ms()),
            (Some(part), Some(cursor)) => write!(f, "{}@{cursor}", part.epoch_ms()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURSOR: &str = "1.polyv.red_packets.2e4cdc857adba905.p3.100";

    #[test]
    fn text_round_trips() {
        for text in [CURSOR, "@", "1767225600000@", &format!("1767225600000@{CURSOR}")] {
            assert_eq!(Place::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_text_is_no_place() {
        for text in ["", "x@", "@p3.100", "1767225600000@p3.100", "p3.100"] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
    }
}
