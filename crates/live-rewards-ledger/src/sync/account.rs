use live_rewards_core::{Capabilities, LiveRewards, RoomRef, Timestamp};

use super::{outcome::Halt, points, rooms, subject::Subject, work::Work};
use crate::{AccountId, KnownRoom, Ledger, LedgerError, Listing};

/// What is read of an account, in its order.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// The list of rooms, while it has never been read completely: without it the rooms aren't known.
    pub(super) first: Option<Unit>,
    /// All else: what was never begun, then what was begun longest ago. So a sync that may make few calls gets everywhere in time.
    pub(super) rest: Vec<Unit>,
}

/// A part of an account that is read together.
#[derive(Debug)]
pub(super) enum Unit {
    Rooms,
    Room(KnownRoom),
    PointsAccounts,
    PointsEntries,
}

/// Reads all that a vendor has of an account.
pub(super) async fn read(work: &mut Work<'_>) -> Result<(), Halt> {
    work.go_on()?;
    work.forget_seen()?;
    let capabilities = work.rewards.capabilities();
    let account = work.stamp.account;
    let mut units = Units::of(work.ledger, account, &capabilities)?;
    if work.options.max_requests.is_none() {
        units.rooms_first();
    }
    if let Some(first) = units.first {
        read_unit(work, &first, &capabilities).await?;
        units = Units::of(work.ledger, account, &capabilities)?;
        units.rest.retain(|unit| !matches!(unit, Unit::Rooms));
    }
    for unit in units.rest {
        work.go_on()?;
        read_unit(work, &unit, &capabilities).await?;
    }
    work.outcome.has_no_rooms = !Subject::of_room(&capabilities).is_empty()
        && work.ledger.rooms_to_read(account)?.is_empty();
    Ok(())
}

async fn read_unit(
    work: &mut Work<'_>,
    unit: &Unit,
    capabilities: &Capabilities,
) -> Result<(), Halt> {
    if let Unit::Room(known) = unit {
        return rooms::read_room(work, known, capabilities).await;
    }
    for subject in unit.subjects(capabilities) {
        let wanted = subject.unknown(work.stamp.account, None);
        match subject {
            Subject::Rooms(listing) => rooms::list(work, wanted, &listing).await?,
            Subject::PointsAccounts(listing) => points::accounts(work, wanted, &listing).await?,
            Subject::PointsEntries(listing) => points::entries(work, wanted, &listing).await?,
            _ => {}
        }
    }
    Ok(())
}

impl Units {
    /// Those of an account.
    pub(super) fn of(
        ledger: &Ledger,
        account: AccountId,
        capabilities: &Capabilities,
    ) -> Result<Self, LedgerError> {
        let mut first = None;
        let mut rest: Vec<((Option<Timestamp>, bool), Unit)> = Vec::new();
        for unit in units(ledger.rooms_to_read(account)?) {
            let listings = unit.listings(ledger, account, capabilities)?;
            if listings.is_empty() {
                continue;
            }
            let is_read = listings.iter().flatten().any(|read| read.complete_until.is_some());
            if matches!(unit, Unit::Rooms) && !is_read {
                first = Some(unit);
            } else {
                // Of those that were begun together, what wasn't reached comes first.
                rest.push(((begun(&listings), !listings.contains(&None)), unit));
            }
        }
        rest.sort_by_key(|(turn, _)| *turn);
        Ok(Self { first, rest: rest.into_iter().map(|(_, unit)| unit).collect() })
    }

    /// Puts the list of rooms first, so that new ones are read at once.
    pub(super) fn rooms_first(&mut self) {
        if let Some(at) = self.rest.iter().position(|unit| matches!(unit, Unit::Rooms)) {
            self.first = Some(self.rest.remove(at));
        }
    }
}

/// All that an account can have.
pub(super) fn units(rooms: Vec<KnownRoom>) -> impl Iterator<Item = Unit> {
    [Unit::Rooms]
        .into_iter()
        .chain(rooms.into_iter().map(Unit::Room))
        .chain([Unit::PointsAccounts, Unit::PointsEntries])
}

/// When what is to be read again was last begun: the oldest of it, or nothing if none ever was. What few calls a run didn't get to yet
/// waits for its turn like the rest.
fn begun(listings: &[Option<Listing>]) -> Option<Timestamp> {
    let again = listings.iter().flatten().filter(|listing| !listing.is_final);
    again.map(|listing| listing.began_at).min()
}

impl Unit {
    pub(super) fn known(&self) -> Option<&KnownRoom> {
        match self {
            Self::Room(known) => Some(known),
            Self::Rooms | Self::PointsAccounts | Self::PointsEntries => None,
        }
    }

    pub(super) fn room(&self) -> Option<&RoomRef> {
        self.known().map(|known| &known.room)
    }

    /// What the vendor has of it, in the order in which it is read.
    pub(super) fn subjects(&self, capabilities: &Capabilities) -> Vec<Subject> {
        let one = match self {
            Self::Room(_) => return Subject::of_room(capabilities),
            Self::Rooms => capabilities.rooms.map(Subject::Rooms),
            Self::PointsAccounts => capabilities.points_accounts.map(Subject::PointsAccounts),
            Self::PointsEntries => capabilities.points_entries.map(Subject::PointsEntries),
        };
        one.into_iter().collect()
    }

    fn listings(
        &self,
        ledger: &Ledger,
        account: AccountId,
        capabilities: &Capabilities,
    ) -> Result<Vec<Option<Listing>>, LedgerError> {
        let subjects = self.subjects(capabilities).into_iter();
        subjects.map(|subject| ledger.listing(&subject.key(account, self.room()))).collect()
    }
}
