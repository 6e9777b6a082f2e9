//! What rewards add up to. Days and months are Beijing's, and every sum is exact: one that doesn't fit is
//! [`Overflow`](crate::LedgerError::Overflow).

mod ageing;
mod calendar;
mod claim_amounts;
mod claimants;
mod days;
mod gifts;
mod months;
mod packet_figures;
mod packets;
mod prizes;
mod rooms;
#[cfg(test)]
mod tests;

pub use ageing::Ageing;
pub use calendar::Day;
pub use claim_amounts::{AmountBucket, ClaimAmounts};
pub use claimants::{ClaimantMonth, ClaimantOrder};
pub use days::DaySums;
pub use gifts::{GiftSums, GiftTop};
pub use months::MonthSums;
pub use packet_figures::PacketFigures;
pub use packets::PacketSums;
pub use prizes::PrizeSums;
pub use rooms::{RoomDay, RoomSums};
