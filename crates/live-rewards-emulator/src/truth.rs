//! Exact totals of what is served.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::calendar;
use crate::flows::Flow;
use crate::world::defects::Kind;

/// Totals of everything that the emulator serves at one instant of its clock.
///
/// A client that has read every page must come to the same sums. Where a fault moved a vendor's clock,
/// what that vendor serves is what is served at its own time of that instant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Truth {
    /// Xiaoe-tech: red packets, points and users.
    pub xiaoe: VendorTruth,
    /// Polyv: red packets, donations, prizes, sessions and viewers.
    pub polyv: VendorTruth,
    /// YXT: gifts, sessions and attendees.
    pub yxt: VendorTruth,
}

/// Totals of one vendor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VendorTruth {
    /// Totals of each room, in the order of the ready line.
    pub rooms: Vec<RoomTruth>,
    /// Totals of all rooms by the day in Beijing (`yyyy-MM-dd`) on which a red packet was issued, a
    /// gift given, income paid, a lottery held, a lucky bag's prize won or a task reached. Claims and
    /// refunds count on the day of their red packet. Days without rows are left out.
    pub days: BTreeMap<String, Totals>,
    /// What went into the red packets of all rooms and out of them, by the day in Beijing on which it
    /// happened. Days without are left out, and YXT has none.
    pub flows: BTreeMap<String, Flow>,
    /// Totals of all rooms.
    pub total: Totals,
    /// Points accounts.
    pub points_accounts: u64,
    /// Points that can be spent, over all accounts.
    pub points_available: i64,
    /// Frozen points, over all accounts.
    pub points_frozen: i64,
    /// Entries of the points log, over all months.
    pub points_entries: u64,
    /// Sum of their `flow_count` by `flow_type`: 1 came in, 2 went out, 3 frozen. Types without an
    /// entry are left out.
    pub points_entry_change: BTreeMap<u8, i64>,
    /// The same by the day in Beijing on which the entries were made. Days without are left out.
    pub points_days: BTreeMap<String, PointsDay>,
    /// Sessions of all rooms.
    pub sessions: u64,
    /// Users that a listing of all users has; at YXT, which has none, everybody who attended.
    pub users: u64,
    /// Everything that a reconciliation has to find; empty unless the scenario is
    /// [`Scenario::Defects`](crate::Scenario::Defects).
    pub defects: Vec<Defect>,
}

impl VendorTruth {
    /// Tells how many sessions each room has, and adds them up; `None` if the sum leaves its range.
    pub(crate) fn add_sessions(&mut self, of_rooms: impl Iterator<Item = i64>) -> Option<()> {
        for (room, sessions) in self.rooms.iter_mut().zip(of_rooms) {
            room.sessions = sessions.unsigned_abs();
            self.sessions = self.sessions.checked_add(room.sessions)?;
        }
        Some(())
    }

    /// Tells the entries of the points log by the number of their day, and adds them up; `None` if a
    /// sum leaves its range.
    pub(crate) fn add_points(&mut self, days: BTreeMap<i64, PointsDay>) -> Option<()> {
        for (day, of_day) in days {
            self.points_entries = self.points_entries.checked_add(of_day.entries)?;
            for (kind, sum) in &of_day.change {
                let change = self.points_entry_change.entry(*kind).or_default();
                *change = change.checked_add(*sum)?;
            }
            self.points_days.insert(calendar::beijing_date(day), of_day);
        }
        Some(())
    }
}

/// Entries of the points log of one day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PointsDay {
    /// Number of entries.
    pub entries: u64,
    /// As [`VendorTruth::points_entry_change`].
    pub change: BTreeMap<u8, i64>,
}

impl PointsDay {
    /// Adds entries of a type and their sum; `None` if a sum leaves its range.
    pub(crate) fn add(&mut self, kind: u8, entries: i64, sum: i64) -> Option<()> {
        self.entries = self.entries.checked_add(entries.unsigned_abs())?;
        let change = self.change.entry(kind).or_default();
        *change = change.checked_add(sum)?;
        Some(())
    }
}

/// One planted defect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Defect {
    /// Its kind, as the README lists them: `balance_short`, `refund_overdue`. A vendor has each once.
    pub kind: &'static str,
    /// The check that finds it. Of a red packet: `A1` the sum of its parts, `A2` the fee, `A3` the
    /// number of claims, `A4` single amounts, `A5` the best luck, `A6` state and numbers, `A7` the
    /// time of the refund, `A8` the times of claims, `A9` a user twice. Of points: `C1` what a gift
    /// is charged, `C2` the sum of an account, `C3` the price of a gift, `C4` the balances of the
    /// points log. Between two readings: `D1` a changed amount, `D2` a row that vanished. Between
    /// donations and income: `E1` a missing row, `E2` another amount.
    pub code: &'static str,
    /// Other checks that can't but find it as well.
    pub also: &'static [&'static str],
    /// `xiaoe`, `polyv` or `yxt`.
    pub vendor: &'static str,
    /// Id of the room as the ready line gives it; `None` for what belongs to no single room.
    pub room: Option<String>,
    /// Id of the red packet or gift; of the user for `C2`, of the kind of gift for `C3`, of the entry
    /// for `C4`. Of a donation, which has none: its `timestamp` for `E1`, the `outTradeNo` of its
    /// income row for `E2`.
    pub id: String,
    /// What is wrong.
    pub note: &'static str,
    /// Fen that nothing accounts for, below 0 where more is accounted for than was paid; for `D1`
    /// what is added. `None` where no sum is affected.
    pub difference_fen: Option<i64>,
    /// The same in points.
    pub difference_points: Option<i64>,
}

impl Defect {
    pub(crate) fn new(vendor: &'static str, kind: Kind) -> Self {
        Self {
            kind: kind.name(),
            code: kind.code(),
            also: kind.also(),
            vendor,
            room: None,
            id: String::new(),
            note: kind.note(),
            difference_fen: None,
            difference_points: kind.difference_points(),
        }
    }
}

/// Adds up rooms and days.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    rooms: Vec<RoomTruth>,
    days: BTreeMap<i64, Totals>,
    total: Totals,
}

impl Sums {
    /// Adds a room with the instants and totals of its rows; `None` if a sum leaves its range.
    pub(crate) fn add_room(
        &mut self,
        room: String,
        rows: impl Iterator<Item = (i64, Totals)>,
    ) -> Option<()> {
        let mut totals = Totals::default();
        let mut today = Totals::default();
        let mut day = i64::MIN;
        // Rows ascend: most are of the same day as the one before.
        for (at, row) in rows {
            let of_row = calendar::beijing_day(at);
            if of_row != day {
                totals = totals.checked_add(today)?;
                self.add_day(day, std::mem::take(&mut today))?;
                day = of_row;
            }
            today = today.checked_add(row)?;
        }
        totals = totals.checked_add(today)?;
        self.add_day(day, today)?;
        self.total = self.total.checked_add(totals)?;
        self.rooms.push(RoomTruth { room, totals, ..RoomTruth::default() });
        Some(())
    }

    /// The sums of what was added.
    pub(crate) fn finish(self) -> VendorTruth {
        let days = self.days.into_iter();
        VendorTruth {
            rooms: self.rooms,
            days: days.map(|(day, totals)| (calendar::beijing_date(day), totals)).collect(),
            total: self.total,
            ..VendorTruth::default()
        }
    }

    fn add_day(&mut self, day: i64, totals: Totals) -> Option<()> {
        if totals != Totals::default() {
            let sum = self.days.entry(day).or_default();
            *sum = sum.checked_add(totals)?;
        }
        Some(())
    }
}

/// Totals of one room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RoomTruth {
    /// Id of the room as the ready line gives it.
    pub room: String,
    /// Its totals.
    pub totals: Totals,
    /// Its sessions.
    pub sessions: u64,
}

/// Counts and sums. Money is in fen.
///
/// For every red packet and every sum of them, `issued_fen` is the sum of `claimed_fen`, `left_fen`,
/// `refunded_fen` and `fee_fen`, unless there are [defects](Defect): these are the sums of what is
/// served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Totals {
    /// Red packets.
    pub red_packets: u64,
    /// Claims in them.
    pub claims: u64,
    /// Gifts; at Polyv donations.
    pub gifts: u64,
    /// Paid in by the senders: Xiaoe `money`, Polyv `amount`.
    pub issued_fen: i64,
    /// Sum of the claims.
    pub claimed_fen: i64,
    /// Not claimed and not reported as refunded. Polyv: `balance`, which stays when the state says
    /// refunded. Xiaoe: `after_deduction_money` − claims − `refund_money`.
    pub left_fen: i64,
    /// Xiaoe `refund_money`. Polyv reports no amount.
    pub refunded_fen: i64,
    /// Xiaoe: `money` − `after_deduction_money`.
    pub fee_fen: i64,
    /// Points as the gift rows charge them: `totalPoint`.
    pub gift_points_charged: i64,
    /// Points by list price: `unitPoint` × `quantity`.
    pub gift_points_listed: i64,
    /// Fen of the donations that are money, Polyv's of type 2.
    pub donations_cash_fen: i64,
    /// Donations whose amount has no published unit, Polyv's of type 1.
    pub donations_unstated: u64,
    /// Rows of the income: what viewers paid for gifts, as cash, and for entry.
    pub income: u64,
    /// Fen of these rows.
    pub income_fen: i64,
    /// Prizes won: winners of lotteries and lucky bags, and tasks reached.
    pub prizes: u64,
    /// Fen of the prizes that are money and issued.
    pub prize_cash_fen: i64,
}

impl Totals {
    /// Sum of the two, field by field; `None` if one leaves the range of its type.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            red_packets: self.red_packets.checked_add(other.red_packets)?,
            claims: self.claims.checked_add(other.claims)?,
            gifts: self.gifts.checked_add(other.gifts)?,
            issued_fen: self.issued_fen.checked_add(other.issued_fen)?,
            claimed_fen: self.claimed_fen.checked_add(other.claimed_fen)?,
            left_fen: self.left_fen.checked_add(other.left_fen)?,
            refunded_fen: self.refunded_fen.checked_add(other.refunded_fen)?,
            fee_fen: self.fee_fen.checked_add(other.fee_fen)?,
            gift_points_charged: self.gift_points_charged.checked_add(other.gift_points_charged)?,
            gift_points_listed: self.gift_points_listed.checked_add(other.gift_points_listed)?,
            donations_cash_fen: self.donations_cash_fen.checked_add(other.donations_cash_fen)?,
            donations_unstated: self.donations_unstated.checked_add(other.donations_unstated)?,
            income: self.income.checked_add(other.income)?,
            income_fen: self.income_fen.checked_add(other.income_fen)?,
            prizes: self.prizes.checked_add(other.prizes)?,
            prize_cash_fen: self.prize_cash_fen.checked_add(other.prize_cash_fen)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_checked() {
        let one = Totals { red_packets: 1, issued_fen: 5, ..Totals::default() };
        let two = one.checked_add(one).unwrap();
        assert_eq!((two.red_packets, two.issued_fen), (2, 10));
        let full = Totals { fee_fen: i64::MAX, ..Totals::default() };
        assert_eq!(full.checked_add(full), None);
    }

    #[test]
    fn days_of_the_points_log_are_added_up() {
        let mut days: BTreeMap<i64, PointsDay> = BTreeMap::new();
        let noon = 1_648_872_000;
        for (at, kind, sum) in [(noon, 1, 5), (noon + 1, 2, 3), (noon + 86_400, 1, 7)] {
            days.entry(calendar::beijing_day(at)).or_default().add(kind, 1, sum).unwrap();
        }
        let mut truth = VendorTruth::default();
        truth.add_points(days).unwrap();
        assert_eq!(truth.points_entries, 3);
        assert_eq!(truth.points_entry_change, BTreeMap::from([(1, 12), (2, 3)]));
        let first = &truth.points_days["2022-04-02"];
        assert_eq!((first.entries, &first.change), (2, &BTreeMap::from([(1, 5), (2, 3)])));
        assert_eq!(truth.points_days["2022-04-03"].entries, 1);
        let mut full = PointsDay::default();
        assert_eq!((full.add(1, 1, i64::MAX), full.add(1, 1, 1)), (Some(()), None));
    }

    #[test]
    fn rows_are_added_to_their_room_and_their_day() {
        let row = Totals { gifts: 1, ..Totals::default() };
        let (noon, day) = (1_648_872_000, 86_400);
        let mut sums = Sums::default();
        sums.add_room("a".to_owned(), [(noon, row), (noon + day, row)].into_iter()).unwrap();
        sums.add_room("b".to_owned(), [(noon, row), (noon + 1, row)].into_iter()).unwrap();
        sums.add_room("c".to_owned(), std::iter::empty()).unwrap();
        let truth = sums.finish();
        let rooms: Vec<u64> = truth.rooms.iter().map(|room| room.totals.gifts).collect();
        assert_eq!((rooms.as_slice(), truth.total.gifts), (&[2, 2, 0][..], 4));
        let days: Vec<(&str, u64)> =
            truth.days.iter().map(|(day, totals)| (day.as_str(), totals.gifts)).collect();
        assert_eq!(days, [("2022-04-02", 3), ("2022-04-03", 1)]);
    }
}
