//! What decoding of one payload carries along besides the values. It runs on one thread from start to end, so the
//! thread holds it: serde's derives have no other place.

use std::cell::{Cell, RefCell};

thread_local! {
    static CARE: Cell<Care> = const { Cell::new(Care::Plain) };
    static OBSERVED: RefCell<Vec<Observation>> = const { RefCell::new(Vec::new()) };
}

/// How rows are decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Care {
    /// In place; a bad row fails the payload.
    Plain,
    /// Each apart; a bad row is rejected.
    RowByRow,
}

/// Something that was read although the spec doesn't know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Observation {
    UnknownField(String),
    UnknownLabel { of: &'static str, label: String },
    InexactYuan(String),
}

/// Decodes, and gives what was observed meanwhile.
pub(crate) fn observe<T>(care: Care, decode: impl FnOnce() -> T) -> (T, Vec<Observation>) {
    CARE.set(care);
    OBSERVED.take();
    let result = decode();
    CARE.set(Care::Plain);
    (result, OBSERVED.take())
}

/// Observations kept of one payload; the same label in a thousand rows is one observation.
const MOST: usize = 64;

/// Notes an observation.
pub(crate) fn note(observation: Observation) {
    OBSERVED.with_borrow_mut(|observed| {
        if observed.len() < MOST && !observed.contains(&observation) {
            observed.push(observation);
        }
    });
}

pub(crate) fn careful() -> bool {
    CARE.get() == Care::RowByRow
}
