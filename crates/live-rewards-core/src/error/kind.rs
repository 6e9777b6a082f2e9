use std::fmt;

/// Kinds of errors, by what the caller can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request is wrong as it stands. Correct it.
    InvalidInput,
    /// The client is set up wrongly (base URL, credentials missing). Correct the configuration.
    Config,
    /// The vendor's public API can't do this. Look at [`Capabilities`](crate::Capabilities).
    Unsupported,
    /// The vendor doesn't accept the credentials or the signature. Check key and secret.
    Unauthenticated,
    /// The account may not do this. Ask for the permission set, or list the caller's IP address.
    PermissionDenied,
    /// The room, session or packet doesn't exist for this account.
    NotFound,
    /// Too many requests. Wait; [`Error::retry_after`](crate::Error::retry_after) says how long where the vendor does.
    RateLimited,
    /// The vendor has shut out the calling address for a while. Send nothing until it ends.
    Blocked,
    /// The vendor finds the request's timestamp too far from its own clock. Set the clock.
    ClockSkew,
    /// No answer in time. See [`Error::delivery`](crate::Error::delivery) for whether the request may have taken effect.
    Timeout,
    /// The connection failed. See [`Error::delivery`](crate::Error::delivery).
    Transport,
    /// The answer can't be read as what the vendor documents.
    Decode,
    /// One row of a page can't be read. The others can, and a stream goes on after it.
    RejectedRow,
    /// The vendor reports a fault of its own, or a code that has no other kind.
    Vendor,
}

impl ErrorKind {
    /// Name in messages, as `permission denied`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid input",
            Self::Config => "configuration",
            Self::Unsupported => "unsupported",
            Self::Unauthenticated => "not authenticated",
            Self::PermissionDenied => "permission denied",
            Self::NotFound => "not found",
            Self::RateLimited => "rate limited",
            Self::Blocked => "blocked",
            Self::ClockSkew => "clock skew",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Decode => "decode",
            Self::RejectedRow => "rejected row",
            Self::Vendor => "vendor error",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Whether a failed request may have taken effect at the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// It never left.
    NotSent,
    /// The vendor answered that it did not do it.
    Refused,
    /// It may have been done.
    Unknown,
}
