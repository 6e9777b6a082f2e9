//! What came of a callback.

use serde::Serialize;

/// A callback that was sent, taken or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sent {
    /// Xiaoe's id of the message, the same in every try.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The tries, in their order. Only the last can have been taken.
    pub tries: Vec<CallbackTry>,
}

/// One try.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CallbackTry {
    /// Counts from 0.
    pub retry_times: u32,
    /// HTTP status of the answer; `None` if none came.
    pub status: Option<u16>,
    /// Body of the answer, its first 64 KiB.
    pub body: String,
    /// Why no answer came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Sent {
    pub(super) fn new(message_id: Option<String>) -> Self {
        Self { message_id, tries: Vec::new() }
    }

    /// Adds a try; whether it was taken.
    pub(super) fn add(&mut self, retry_times: u32, answer: Result<(u16, String), String>) -> bool {
        let mut one = CallbackTry { retry_times, ..CallbackTry::default() };
        match answer {
            Ok((status, body)) => (one.status, one.body) = (Some(status), body),
            Err(error) => one.error = Some(error),
        }
        let is_taken = one.status.is_some_and(|status| (200..300).contains(&status));
        self.tries.push(one);
        is_taken
    }
}
