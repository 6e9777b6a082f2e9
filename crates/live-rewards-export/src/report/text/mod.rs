//! All words of a report, in both languages.

mod names;
mod sentences;
mod words;

pub(super) use words::{Text, of};
