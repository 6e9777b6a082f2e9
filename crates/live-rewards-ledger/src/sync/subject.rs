use live_rewards_core::{Capabilities, ListingCapability, Operation, PrizeKind, Timestamp};

use super::{
    SyncOptions,
    plan::Wanted,
    settled::{Life, life},
    way::Way,
    window::{days_after, days_before},
};
use crate::{AccountId, KnownRoom, Ledger, LedgerError, ListingKey, SeenScope};

/// A listing that is read for itself, and not for a row of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Rooms(ListingCapability),
    Sessions(ListingCapability),
    RedPackets(ListingCapability),
    /// The vendor's own sums of a room's red packets.
    Summary,
    Gifts(ListingCapability),
    Activities(PrizeKind, ListingCapability),
    PointsAccounts(ListingCapability),
    PointsEntries(ListingCapability),
}

impl Subject {
    /// What a vendor has of a room, in the order in which it is read.
    pub(super) fn of_rooms(capabilities: &Capabilities) -> Vec<Self> {
        let activities = capabilities.prize_activities.iter();
        [
            capabilities.sessions.map(|sessions| Self::Sessions(sessions.listing)),
            capabilities.red_packets.map(Self::RedPackets),
            capabilities.red_packet_summary.then_some(Self::Summary),
            capabilities.gifts.map(Self::Gifts),
        ]
        .into_iter()
        .flatten()
        .chain(activities.map(|activities| Self::Activities(activities.kind, activities.listing)))
        .collect()
    }

    pub(super) const fn operation(self) -> Operation {
        match self {
            Self::Rooms(_) => Operation::Rooms,
            Self::Sessions(_) => Operation::Sessions,
            Self::RedPackets(_) => Operation::RedPackets,
            Self::Summary => Operation::RedPacketSummary,
            Self::Gifts(_) => Operation::Gifts,
            Self::Activities(..) => Operation::PrizeActivities,
            Self::PointsAccounts(_) => Operation::PointsAccounts,
            Self::PointsEntries(_) => Operation::PointsEntries,
        }
    }

    pub(super) fn key(self, account: AccountId, known: Option<&KnownRoom>) -> ListingKey {
        let room = known.map(|known| format!("{}:{}", known.room.kind, known.room.id));
        let mut scope = room.unwrap_or_default();
        if let Self::Activities(kind, _) = self {
            scope = format!("{scope}/{kind}");
        }
        ListingKey { account, operation: self.operation(), scope }
    }

    /// How it is to be read, by what the ledger holds.
    pub(super) fn wanted(
        self,
        ledger: &Ledger,
        account: AccountId,
        known: Option<&KnownRoom>,
        options: &SyncOptions,
        now: Timestamp,
    ) -> Result<Wanted, LedgerError> {
        let mut wanted = Wanted::whole(self.key(account, known));
        wanted.way = self.way();
        wanted.is_timed = !matches!(self, Self::Rooms(_) | Self::Summary | Self::PointsAccounts(_));
        // Rows of other kinds stand beside those of one kind, and a summary is no row of a listing.
        if !matches!(self, Self::Activities(..) | Self::Summary) {
            let room = known.map(|known| known.room.clone());
            wanted.rows = Some(SeenScope { room, ..SeenScope::default() });
        }
        let Some(known) = known else {
            return Ok(wanted);
        };
        let Life { ended_at, open_since } = life(ledger, account, known)?;
        let oldest = days_before(now, options.settle_days);
        wanted.open_since = match self {
            Self::Sessions(_) => open_since.filter(|since| *since >= oldest),
            Self::RedPackets(_) if wanted.way != Way::Whole => {
                ledger.unsettled_since(account, &known.room, oldest)?
            }
            _ => None,
        };
        let is_over = ended_at.map(|ended| days_after(ended, options.lookback_days));
        wanted.final_from = match self {
            Self::Sessions(_) => None,
            // The sums change as long as the red packets do.
            Self::Summary => {
                let packets = ListingKey { operation: Operation::RedPackets, ..wanted.key.clone() };
                let packets = ledger.listing(&packets)?;
                is_over.filter(|_| packets.is_some_and(|packets| packets.is_final))
            }
            _ if wanted.way == Way::Whole => is_over,
            _ => None,
        };
        Ok(wanted)
    }

    const fn way(self) -> Way {
        match self {
            Self::Sessions(listing)
            | Self::RedPackets(listing)
            | Self::Gifts(listing)
            | Self::Activities(_, listing) => Way::of(&listing),
            // Accounts can be narrowed to those that are new; balances of old ones change, too.
            Self::Rooms(_) | Self::Summary | Self::PointsAccounts(_) => Way::Whole,
            Self::PointsEntries(_) => Way::ByMonth,
        }
    }
}
