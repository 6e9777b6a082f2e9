//! Xiaoe's pages, of which little is published: from 1, ten rows unless asked otherwise.

use crate::vendor::Call;
use crate::vendor::xiaoe::Endpoint;

/// Chosen where the tables give no default.
const DEFAULT_SIZE: i64 = 10;
/// Chosen where the tables give no maximum; larger sizes are cut without a word.
const MAX_SIZE: i64 = 100;

/// Number and size of the page asked for. Page 0 is page 1.
pub(super) fn asked_for(call: &Call<'_, Endpoint>) -> (i64, i64) {
    let Some(rules) = &call.route.paging else {
        return (1, DEFAULT_SIZE);
    };
    let number = call.parameters.integer(rules.position).unwrap_or(1);
    let default_size = rules.default_size.map_or(DEFAULT_SIZE, i64::from);
    let max_size = rules.max_size.map_or(MAX_SIZE, i64::from);
    let size = match call.parameters.integer(rules.size) {
        Some(size) if size > 0 => size.min(max_size),
        _ => default_size,
    };
    (number.max(1), size)
}
