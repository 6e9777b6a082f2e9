use std::{borrow::Cow, error::Error, fmt};

use super::Reply;

/// Why a request is not taken as a vendor's callback.
///
/// No form of it shows anything that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackError {
    kind: CallbackErrorKind,
    message: Cow<'static, str>,
}

/// Kinds of refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallbackErrorKind {
    /// Query and body are larger than is taken.
    TooLarge,
    /// It isn't written as the vendor's callbacks are.
    Unreadable,
    /// A parameter is missing.
    Missing,
    /// The signature is not the one that the secret gives. Either the secret is wrong, or it is not the vendor who sends.
    Signature,
    /// Its time is too far from now. Either a clock is wrong, or it was recorded and sent again.
    Outdated,
    /// It can't be decrypted. The key is likely to be wrong.
    Undecryptable,
    /// It is meant for another application.
    Foreign,
}

impl CallbackErrorKind {
    /// Name in messages and replies, as `too large`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooLarge => "too large",
            Self::Unreadable => "unreadable",
            Self::Missing => "missing parameter",
            Self::Signature => "signature",
            Self::Outdated => "outdated",
            Self::Undecryptable => "undecryptable",
            Self::Foreign => "foreign",
        }
    }
}

impl fmt::Display for CallbackErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl CallbackError {
    /// A refusal. The message must not show anything that came in.
    pub fn new(kind: CallbackErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The refusal of what isn't written as callbacks are.
    pub fn unreadable(what: &'static str) -> Self {
        Self::new(CallbackErrorKind::Unreadable, what)
    }

    /// The refusal of what lacks a parameter, or a member, of this name.
    pub fn missing(name: &'static str) -> Self {
        Self::new(CallbackErrorKind::Missing, name)
    }

    /// What kind it is.
    pub fn kind(&self) -> CallbackErrorKind {
        self.kind
    }

    /// What to answer: status 413 for what is too large, 403 for what is not the vendor's or not for this application, 400 for the rest, and
    /// the kind as text. That is chosen: the vendors publish no replies for it.
    pub fn reply(&self) -> Reply {
        let status = match self.kind {
            CallbackErrorKind::TooLarge => 413,
            CallbackErrorKind::Signature
            | CallbackErrorKind::Outdated
            | CallbackErrorKind::Foreign => 403,
            CallbackErrorKind::Unreadable
            | CallbackErrorKind::Missing
            | CallbackErrorKind::Undecryptable => 400,
        };
        Reply::text(status, self.kind.as_str())
    }
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "callback refused: {}: {}", self.kind, self.message)
    }
}

impl Error for CallbackError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_one_line_and_its_reply_says_less() {
        let error = CallbackError::new(CallbackErrorKind::Outdated, "its time is off");
        insta::assert_snapshot!(error, @"callback refused: outdated: its time is off");
        let reply = error.reply();
        assert_eq!((reply.status, reply.body.as_slice()), (403, b"outdated".as_slice()));
    }
}
