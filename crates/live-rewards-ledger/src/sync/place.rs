use std::fmt;

use live_rewards_core::{Cursor, Timestamp};

/// Where a reading goes on, as text in its listing's row: `CURSOR`, or `START@CURSOR` where a range is read in parts, the part's start
/// in milliseconds. Without a cursor it goes on at the start of the part.
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
        let part = Timestamp::from_epoch_ms(part.parse().ok()?)?;
        let cursor = if cursor.is_empty() { None } else { Some(cursor.parse().ok()?) };
        Some(Self { part: Some(part), cursor })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(part) = self.part {
            write!(f, "{}@", part.epoch_ms())?;
        }
        self.cursor.as_ref().map_or(Ok(()), |cursor| cursor.fmt(f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURSOR: &str = "1.polyv.red_packets.2e4cdc857adba905.p3.100";

    #[test]
    fn text_round_trips() {
        for text in [CURSOR, "1767225600000@", &format!("1767225600000@{CURSOR}")] {
            assert_eq!(Place::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_text_is_no_place() {
        for text in ["", "@", "x@", &format!("@{CURSOR}"), "1767225600000@p3.100", "p3.100"] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
    }
}
