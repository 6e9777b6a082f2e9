//! Reading rows, and which rows are meant.

mod read;
mod selection;
mod snapshot;

pub use read::{RowOrder, StoredRow};
pub(crate) use selection::Condition;
pub use selection::Selection;
pub use snapshot::Snapshot;
