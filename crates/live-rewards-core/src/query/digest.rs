use std::fmt::{self, Write};

/// FNV-1a, 64 bits: stable for all versions and machines, which the standard hashers are not.
pub(super) struct Digest(u64);

impl Digest {
    pub(super) const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Feeds one part, set off from the next.
    pub(super) fn part(mut self, part: impl fmt::Display) -> Self {
        // Writing to this hasher can't fail, and the parts' own Display doesn't.
        let _ = write!(self, "{part}\u{1f}");
        self
    }

    /// Feeds a part that may be absent; absent differs from empty.
    pub(super) fn optional(self, part: Option<impl fmt::Display>) -> Self {
        match part {
            Some(part) => self.part(part),
            None => self.part('\u{0}'),
        }
    }

    pub(super) const fn finish(&self) -> u64 {
        self.0
    }
}

impl Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Ok(())
    }
}
