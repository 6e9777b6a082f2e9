use live_rewards_core::{
    Capabilities, ListingCapability, Operation, PrizeKind, RoomRef, Timestamp,
};

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
    GiftPayments(ListingCapability),
    Activities(PrizeKind, ListingCapability),
    PointsAccounts(ListingCapability),
    PointsEntries(ListingCapability),
}

impl Subject {
    /// What a vendor has of a room, in the order in which it is read.
    pub(super) fn of_room(capabilities: &Capabilities) -> Vec<Self> {
        let activities = capabilities.prize_activities.iter();
        [
            capabilities.sessions.map(|sessions| Self::Sessions(sessions.listing)),
            capabilities.red_packets.map(Self::RedPackets),
            capabilities.red_packet_summary.then_some(Self::Summary),
            capabilities.gifts.map(Self::Gifts),
            capabilities.gift_payments.map(Self::GiftPayments),
        ]
        .into_iter()
        .flatten()
        .chain(activities.map(|activities| Self::Activities(activities.kind, activities.listing)))
        .collect()
    }

    pub(super) fn key(self, account: AccountId, room: Option<&RoomRef>) -> ListingKey {
        let mut scope = room.map(|room| format!("{}:{}", room.kind, room.id)).unwrap_or_default();
        if let Self::Activities(kind, _) = self {
            scope = format!("{scope}/{kind}");
        }
        ListingKey { account, operation: self.operation(), scope }
    }

    /// How it is read where nothing is known of it.
    pub(super) fn unknown(self, account: AccountId, room: Option<&RoomRef>) -> Wanted {
        let mut wanted = Wanted::whole(self.key(account, room));
        wanted.way = self.way();
        wanted.is_timed = !matches!(self, Self::Rooms(_) | Self::Summary | Self::PointsAccounts(_));
        // A summary is not listed.
        if self != Self::Summary {
            let kind = match self {
                Self::Activities(kind, _) => Some(kind),
                _ => None,
            };
            wanted.rows = Some(SeenScope { room: room.cloned(), kind, ..SeenScope::default() });
        }
        wanted
    }

    /// How it is read by what the ledger holds.
    pub(super) fn wanted(
        self,
        ledger: &Ledger,
        account: AccountId,
        known: Option<&KnownRoom>,
        options: &SyncOptions,
        now: Timestamp,
    ) -> Result<Wanted, LedgerError> {
        let mut wanted = self.unknown(account, known.map(|known| &known.room));
        let Some(known) = known else {
            return Ok(wanted);
        };
        let is_whole = wanted.way == Way::Whole;
        let Life { ended_at, open_since } = life(ledger, account, known)?;
        let oldest = days_before(now, options.settle_days);
        wanted.open_since = match self {
            Self::Sessions(_) => open_since.filter(|since| *since >= oldest),
            Self::RedPackets(_) if !is_whole => {
                ledger.unsettled_since(account, &known.room, oldest)?
            }
            _ => None,
        };
        let over = ended_at.map(|ended| days_after(ended, options.lookback_days));
        wanted.final_from = match self {
            // The sums change as long as the red packets do.
            Self::Summary => {
                let packets = ListingKey { operation: Operation::RedPackets, ..wanted.key.clone() };
                let packets = ledger.listing(&packets)?;
                over.filter(|_| packets.is_some_and(|packets| packets.is_final))
            }
            Self::Sessions(_) => None,
            _ => over.filter(|_| is_whole),
        };
        Ok(wanted)
    }

    const fn operation(self) -> Operation {
        match self {
            Self::Rooms(_) => Operation::Rooms,
            Self::Sessions(_) => Operation::Sessions,
            Self::RedPackets(_) => Operation::RedPackets,
            Self::Summary => Operation::RedPacketSummary,
            Self::Gifts(_) => Operation::Gifts,
            Self::GiftPayments(_) => Operation::GiftPayments,
            Self::Activities(..) => Operation::PrizeActivities,
            Self::PointsAccounts(_) => Operation::PointsAccounts,
            Self::PointsEntries(_) => Operation::PointsEntries,
        }
    }

    const fn way(self) -> Way {
        match self {
            Self::Sessions(listing)
            | Self::RedPackets(listing)
            | Self::Gifts(listing)
            | Self::GiftPayments(listing)
            | Self::Activities(_, listing) => Way::of(&listing),
            // Accounts can be narrowed to those that are new; balances of old ones change, too.
            Self::Rooms(_) | Self::Summary | Self::PointsAccounts(_) => Way::Whole,
            Self::PointsEntries(_) => Way::ByMonth,
        }
    }
}
