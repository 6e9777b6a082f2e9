//! What decoding of one payload carries along besides the values. It runs on one thread from start to end, so the
//! thread holds it: serde's derives have no other place.

use std::{cell::RefCell, mem::discriminant};

use super::PayloadMembers;

thread_local! {
    static CARE: RefCell<Care> = const { RefCell::new(Care::Plain) };
    static NOTICED: RefCell<Noticed> = RefCell::default();
}

/// How rows are decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Care {
    /// In place; a bad row fails the payload.
    Plain,
    /// Each apart; a bad row is rejected. Unknown members are noted `within` the payload's member that holds the row, if they are
    /// looked for.
    RowByRow { within: Option<PayloadMembers> },
}

/// What was noticed while a payload was decoded.
#[derive(Debug, Default)]
pub(crate) struct Noticed {
    pub(crate) observations: Vec<Observation>,
    pub(crate) rejected: usize,
}

/// Something that was read although the spec doesn't know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Observation {
    UnknownField(String),
    UnknownLabel { of: &'static str, label: String },
    InexactYuan(String),
}

impl Observation {
    /// Whether both tell the same: of inexact amounts one example is enough.
    fn repeats(&self, other: &Self) -> bool {
        self == other
            || (matches!(self, Self::InexactYuan(_)) && discriminant(self) == discriminant(other))
    }
}

/// Decodes, and gives what was noticed meanwhile.
pub(crate) fn observe<T>(care: Care, decode: impl FnOnce() -> T) -> (T, Noticed) {
    /// Decoding outside of this function is plain, also after a panic inside.
    struct BackToPlain;

    impl Drop for BackToPlain {
        fn drop(&mut self) {
            CARE.set(Care::Plain);
        }
    }

    let _back = BackToPlain;
    CARE.set(care);
    NOTICED.take();
    let result = decode();
    (result, NOTICED.take())
}

/// Observations kept of one payload.
const MOST: usize = 64;

/// Characters kept of a vendor's text.
const MOST_CHARACTERS: usize = 80;

/// Notes an observation.
pub(crate) fn note(mut observation: Observation) {
    let (Observation::UnknownField(text)
    | Observation::UnknownLabel { label: text, .. }
    | Observation::InexactYuan(text)) = &mut observation;
    if let Some((end, _)) = text.char_indices().nth(MOST_CHARACTERS) {
        text.truncate(end);
        text.shrink_to_fit();
    }
    NOTICED.with_borrow_mut(|Noticed { observations, .. }| {
        let known = observations.iter().any(|known| known.repeats(&observation));
        if observations.len() < MOST && !known {
            observations.push(observation);
        }
    });
}

/// Counts a rejected row.
pub(crate) fn reject() {
    NOTICED.with_borrow_mut(|noticed| noticed.rejected += 1);
}

pub(crate) fn care() -> Care {
    CARE.with_borrow(Care::clone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_label_of_any_length_a_line_is_kept() {
        let label = "蛙".repeat(1_000_000);
        let ((), noticed) = observe(Care::Plain, || {
            note(Observation::UnknownLabel { of: "State", label });
        });
        let [Observation::UnknownLabel { label, .. }] = &noticed.observations[..] else {
            panic!("{noticed:?}");
        };
        assert_eq!(label.chars().count(), MOST_CHARACTERS);
        assert!(label.capacity() < 1000);
    }
}
