//! What must hold of foreign bytes. Each function panics where it does not; `fuzz_targets` calls them with what a fuzzer finds, the
//! tests of the workspace with what proptest makes up.

mod amounts;
mod callbacks;
mod cursors;
mod decimal;
mod envelope;
mod json;
mod rows;
mod stub;
mod times;

pub use amounts::amounts;
pub use callbacks::callbacks;
pub use cursors::cursors;
pub use envelope::envelope;
pub use rows::rows;
pub use times::times;
