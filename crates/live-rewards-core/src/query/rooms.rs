use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters},
};
use crate::Operation;

/// Asks for the rooms of the account.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RoomQuery {
    /// Rooms a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

impl RoomQuery {
    /// All rooms.
    pub const fn new() -> Self {
        Self { page_size: None, read_ahead: 1 }
    }

    paging_setters!("rooms");
}

impl Default for RoomQuery {
    fn default() -> Self {
        Self::new()
    }
}

impl Query for RoomQuery {
    fn operation(&self) -> Operation {
        Operation::Rooms
    }

    fn digest(&self) -> u64 {
        Digest::new().finish()
    }

    paging!();
}
