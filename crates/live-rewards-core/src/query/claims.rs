use super::{Query, digest::Digest};
use crate::{Operation, RedPacketId, RoomRef};

/// Asks for the claims of one red packet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ClaimQuery {
    /// The room of the red packet.
    pub room: RoomRef,
    /// The red packet.
    pub red_packet: RedPacketId,
    /// Claims a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

impl ClaimQuery {
    /// All claims of a red packet.
    pub fn new(room: RoomRef, red_packet: impl Into<RedPacketId>) -> Self {
        Self { room, red_packet: red_packet.into(), page_size: None, read_ahead: 1 }
    }

    /// Asks for so many claims a page.
    pub fn page_size(mut self, size: u32) -> Self {
        self.page_size = Some(size);
        self
    }

    /// Lets a stream have up to so many calls under way at once. The rows and their order don't depend on it.
    pub fn read_ahead(mut self, calls: usize) -> Self {
        self.read_ahead = calls;
        self
    }
}

impl Query for ClaimQuery {
    fn operation(&self) -> Operation {
        Operation::Claims
    }

    fn digest(&self) -> u64 {
        Digest::new().part(&self.room.id).part(self.room.kind).part(&self.red_packet).finish()
    }

    fn page_size(&self) -> Option<u32> {
        self.page_size
    }

    fn read_ahead(&self) -> usize {
        self.read_ahead
    }
}
