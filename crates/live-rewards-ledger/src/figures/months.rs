use std::collections::BTreeMap;

use live_rewards_core::Month;

use super::{GiftSums, PacketFigures, PacketSums, PrizeSums, gifts, prizes};
use crate::{AccountId, Ledger, LedgerError, Selection};

/// The rewards of an account in a month: red packets that were sent, gifts that were given, prizes that were won.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MonthSums {
    /// The account.
    pub account: AccountId,
    /// The month.
    pub month: Month,
    /// Red packets, with all claims and refunds of them, whenever those were.
    pub packets: PacketSums,
    /// Gifts.
    pub gifts: GiftSums,
    /// Prizes. Those without a time are in no month.
    pub prizes: PrizeSums,
}

impl Ledger {
    /// Rewards by account and month. A month without any isn't there.
    pub fn sums_by_month(&self, selection: &Selection) -> Result<Vec<MonthSums>, LedgerError> {
        self.packet_figures(selection)?.by_month(self, selection)
    }
}

impl PacketFigures {
    /// By account and month, with the gifts and prizes of the same selection, which are read for it.
    pub fn by_month(
        &self,
        ledger: &Ledger,
        selection: &Selection,
    ) -> Result<Vec<MonthSums>, LedgerError> {
        let mut months = Months::default();
        for room in &self.rooms {
            for (day, sums) in &room.days {
                months.of(room.account, day.month()).packets.add(*sums)?;
            }
        }
        let connection = ledger.connection();
        gifts::by_day(connection, selection, |account, day, sums| {
            months.of(account, day.month()).gifts.add(sums)
        })?;
        prizes::by_day(connection, selection, |account, day, sums| {
            months.of(account, day.month()).prizes.add(sums)
        })?;
        Ok(months.0.into_values().collect())
    }
}

#[derive(Default)]
struct Months(BTreeMap<(AccountId, Month), MonthSums>);

impl Months {
    fn of(&mut self, account: AccountId, month: Month) -> &mut MonthSums {
        self.0.entry((account, month)).or_insert_with(|| MonthSums {
            account,
            month,
            packets: PacketSums::default(),
            gifts: GiftSums::default(),
            prizes: PrizeSums::default(),
        })
    }
}
