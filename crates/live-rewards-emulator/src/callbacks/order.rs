//! A callback as it is ordered.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use serde::Deserialize;

/// Most tries.
const MOST_TRIES: u32 = 10;
/// Longest pause between two of them, in milliseconds.
const LONGEST_PAUSE_MS: u64 = 5000;
/// The last state of a live.
const ENDED: u8 = 2;

/// A callback ordered from the emulator.
///
/// It goes to a URL of this machine, with HTTP and without a proxy, and comes again until it is
/// answered with a status from 200 to 299: three times unless set, 100 milliseconds apart.
///
/// As JSON, with what isn't given left out:
///
/// ```json
/// {"url": "http://127.0.0.1:8080/push", "kind": {"points_change": {"entry": 0}}, "form": "json", "tries": 3, "every_ms": 100}
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    pub(super) url: String,
    pub(super) kind: CallbackKind,
    pub(super) form: Option<CallbackForm>,
    #[serde(default = "tries")]
    pub(super) tries: u32,
    #[serde(default = "every_ms")]
    every_ms: u64,
}

/// What a callback tells. Numbers count from 0.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum CallbackKind {
    /// Xiaoe: points of a user changed.
    PointsChange {
        /// Place in the points log, newest first.
        entry: u64,
    },
    /// Xiaoe: a live has another state.
    LiveChange {
        /// Place among the lives of the ready line.
        live: u64,
        /// State before: 0 not started, 1 live, 2 ended.
        from: u8,
        /// State now.
        to: u8,
    },
    /// Polyv: asks how many points a viewer has.
    PointsBalance {
        /// Place among the channels of the ready line.
        channel: u64,
        /// Number of a viewer.
        viewer: u64,
    },
    /// Polyv: takes points of a viewer for gifts.
    PointsSpend {
        /// Place among the channels of the ready line.
        channel: u64,
        /// Number of a viewer.
        viewer: u64,
        /// Place among the gifts that are offered, 0 to 3.
        good: u64,
        /// How many of them.
        number: u32,
    },
}

/// Where Xiaoe's four values are. What the vendor does is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CallbackForm {
    /// In the query of the URL.
    Query,
    /// In a JSON object.
    #[default]
    Json,
    /// In a form.
    Form,
    /// In an XML document.
    Xml,
}

impl Callback {
    /// A callback to a URL of this machine, with HTTP.
    pub fn new(url: impl Into<String>, kind: CallbackKind) -> Self {
        Self { url: url.into(), kind, form: None, tries: tries(), every_ms: every_ms() }
    }

    /// Sets where Xiaoe's values are, in JSON unless set. Polyv's places are published.
    pub fn form(mut self, form: CallbackForm) -> Self {
        self.form = Some(form);
        self
    }

    /// Sets how often it is sent at most, 3 unless set and at most 10.
    pub fn tries(mut self, tries: u32) -> Self {
        self.tries = tries;
        self
    }

    /// Sets the pause between two tries, by the machine's clock: 100 milliseconds unless set and at
    /// most 5 seconds.
    pub fn every(mut self, pause: Duration) -> Self {
        self.every_ms = pause.as_millis().try_into().unwrap_or(u64::MAX);
        self
    }

    pub(super) fn pause(&self) -> Duration {
        Duration::from_millis(self.every_ms)
    }

    /// Refuses what can't be.
    pub(super) fn check(&self) -> Result<(), CallbackError> {
        let is_polyv = matches!(
            self.kind,
            CallbackKind::PointsBalance { .. } | CallbackKind::PointsSpend { .. }
        );
        let is_no_state = match self.kind {
            CallbackKind::LiveChange { from, to, .. } => from > ENDED || to > ENDED,
            _ => false,
        };
        let flaw = if !(1..=MOST_TRIES).contains(&self.tries) {
            format!("tries: from 1 to {MOST_TRIES}")
        } else if self.every_ms > LONGEST_PAUSE_MS {
            format!("every_ms: at most {LONGEST_PAUSE_MS}")
        } else if is_no_state {
            "from, to: 0 not started, 1 live, 2 ended".to_owned()
        } else if is_polyv && self.form.is_some() {
            "form: where Polyv's parameters are is published".to_owned()
        } else {
            return Ok(());
        };
        Err(CallbackError::new(flaw))
    }
}

const fn tries() -> u32 {
    3
}

const fn every_ms() -> u64 {
    100
}

/// A callback that can't be sent; says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackError(String);

impl CallbackError {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for CallbackError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Error for CallbackError {}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "http://127.0.0.1:1/push";

    #[test]
    fn what_is_not_given_has_a_usual_value() {
        let text = format!(r#"{{"url":"{URL}","kind":{{"points_change":{{"entry":7}}}}}}"#);
        let expected = Callback::new(URL, CallbackKind::PointsChange { entry: 7 });
        assert_eq!(serde_json::from_str::<Callback>(&text).unwrap(), expected);
        for text in [
            format!(r#"{{"url":"{URL}","kind":"points_change"}}"#),
            format!(r#"{{"url":"{URL}","kind":{{"points_change":{{"entry":7,"more":1}}}}}}"#),
            format!(r#"{{"url":"{URL}","kind":{{"points_change":{{"entry":7}}}},"more":1}}"#),
        ] {
            assert!(serde_json::from_str::<Callback>(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let callback = Callback::new(URL, CallbackKind::PointsBalance { channel: 0, viewer: 1 });
        assert_eq!(callback.check(), Ok(()));
        for wrong in [
            callback.clone().tries(0),
            callback.clone().tries(11),
            callback.clone().every(Duration::from_secs(6)),
            callback.clone().form(CallbackForm::Json),
        ] {
            assert!(wrong.check().is_err(), "{wrong:?}");
        }
        let push = Callback::new(URL, CallbackKind::LiveChange { live: 0, from: 0, to: 1 });
        assert_eq!(push.form(CallbackForm::Xml).check(), Ok(()));
        for (from, to, is_known) in [(0, 2, true), (3, 1, false), (1, 3, false)] {
            let push = Callback::new(URL, CallbackKind::LiveChange { live: 0, from, to });
            assert_eq!(push.check().is_ok(), is_known, "{from} {to}");
        }
    }
}
