use live_rewards_core::ErrorKind;

/// What a vendor's published error code or message means. Generated from the vendor's spec.
#[derive(Clone, Copy, Debug)]
pub struct VendorCode {
    /// The code, as text.
    pub code: Option<&'static str>,
    /// Words that the message contains, where the vendor tells errors apart by message.
    pub message: Option<&'static str>,
    /// What the caller can do.
    pub kind: ErrorKind,
    /// Whether another attempt can help.
    pub again: Again,
    /// What it means, in English.
    pub meaning: &'static str,
}

/// Whether and when another attempt can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Again {
    /// It can't.
    No,
    /// After a backoff.
    Backoff,
    /// After a window of the endpoint's rate limit.
    Window,
    /// With a new token, once.
    Credentials,
    /// With a corrected clock, once.
    Clock,
    /// Not before the vendor lifts its block.
    Blocked,
}

impl VendorCode {
    /// The first entry that fits a code or message.
    pub fn look_up<'a>(
        codes: &'a [Self],
        code: Option<&str>,
        message: Option<&str>,
    ) -> Option<&'a Self> {
        codes.iter().find(|known| {
            let by_code = known.code.is_some() && known.code == code;
            let by_message =
                known.message.zip(message).is_some_and(|(words, message)| message.contains(words));
            by_code || by_message
        })
    }
}
