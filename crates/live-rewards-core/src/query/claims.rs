use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters},
};
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

    paging_setters!("claims");
}

impl Query for ClaimQuery {
    fn operation(&self) -> Operation {
        Operation::Claims
    }

    fn digest(&self) -> u64 {
        Digest::new().part(&self.room.id).part(self.room.kind).part(&self.red_packet).finish()
    }

    paging!();
}
