//! Typed access to the tables of the ledger's own.

mod account_runs;
mod accounts;
mod changes;
mod listings;
mod names;
mod red_packets;
mod rejected;
mod rooms;
mod runs;
mod status;
mod vanished;

pub use account_runs::AccountRun;
pub use accounts::{Account, AccountId, AccountIdentity};
pub use changes::Change;
pub use listings::{Listing, ListingKey};
pub use red_packets::StoredRedPacket;
pub use rejected::RejectedEntry;
pub use rooms::{KnownRoom, RoomEntry, RoomNote};
pub use runs::{Run, RunId, Totals};
pub use status::AccountStatus;
pub use vanished::VanishedRow;
