use live_rewards_core::{Capabilities, Operation, RoomRef, Timestamp};

use super::{
    SyncOptions,
    account::{Unit, Units, units},
    plan::{Action, Plan},
    window::Bounds,
};
use crate::{AccountId, KnownRoom, Ledger, LedgerError};

/// A listing as a sync would read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedListing {
    /// What is read.
    pub operation: Operation,
    /// Of what: see [`ListingKey::scope`](crate::ListingKey::scope).
    pub scope: String,
    /// From when on; everything unless said.
    pub since: Option<Timestamp>,
    /// Up to when.
    pub until: Option<Timestamp>,
    /// Whether an interrupted reading of these times goes on, before the listing is read in the usual way.
    pub is_resumed: bool,
    /// Whether it is final, and not read.
    pub is_final: bool,
}

/// What a sync would read, without asking the vendor: of an account in a ledger, if it is there yet, and of rooms besides those that
/// the ledger knows. Rooms that only the vendor knows are missing, and so are the claims of each red packet and the prizes of each
/// activity.
pub fn plan(
    known: Option<(&Ledger, AccountId)>,
    rooms: &[RoomRef],
    capabilities: &Capabilities,
    options: &SyncOptions,
    now: Timestamp,
) -> Result<Vec<PlannedListing>, LedgerError> {
    let mut planned = Vec::new();
    for unit in all(known, rooms, capabilities, options)? {
        for subject in unit.subjects(capabilities) {
            let (wanted, stored) = match known {
                Some((ledger, account)) => {
                    let mut wanted = subject.wanted(ledger, account, unit.known(), options, now)?;
                    wanted.ask_for_rejected(ledger, options, now)?;
                    let stored = ledger.listing(&wanted.key)?;
                    (wanted, stored)
                }
                None => (subject.unknown(NOBODY, unit.room()), None),
            };
            let Plan { action, bounds, .. } = wanted.plan(stored.as_ref(), options, now);
            let is_resumed = action == Action::Resume;
            let own = stored.as_ref().filter(|_| is_resumed).map(Bounds::of);
            let Bounds { since, until } = own.unwrap_or(bounds);
            if action != Action::Nothing {
                planned.push(PlannedListing {
                    operation: wanted.key.operation,
                    scope: wanted.key.scope,
                    since,
                    until,
                    is_resumed,
                    is_final: action == Action::Rest,
                });
            }
        }
    }
    Ok(planned)
}

/// Stands for an account that no ledger has.
const NOBODY: AccountId = AccountId(0);

/// All units in their order. A room that the ledger doesn't know yet comes before those that were read.
fn all(
    known: Option<(&Ledger, AccountId)>,
    rooms: &[RoomRef],
    capabilities: &Capabilities,
    options: &SyncOptions,
) -> Result<Vec<Unit>, LedgerError> {
    let room = |room: &RoomRef| KnownRoom { room: room.clone(), title: None, ended_at: None };
    let Some((ledger, account)) = known else {
        return Ok(units(rooms.iter().map(room).collect()).collect());
    };
    let mut known = Units::of(ledger, account, capabilities)?;
    if options.max_requests.is_none() {
        known.rooms_first();
    }
    let is_new = |room: &&RoomRef| known.rest.iter().all(|unit| unit.room() != Some(*room));
    let new: Vec<_> = rooms.iter().filter(is_new).map(room).map(Unit::Room).collect();
    Ok(known.first.into_iter().chain(new).chain(known.rest).collect())
}
