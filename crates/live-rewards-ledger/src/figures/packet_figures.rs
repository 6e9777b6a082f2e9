use std::collections::{BTreeMap, HashMap};

use live_rewards_core::{Money, RoomKind, RoomRef, Timestamp};
use rusqlite::{Row, types::FromSqlError};

use super::{Day, PacketSums};
use crate::{AccountId, Ledger, LedgerError, Selection, sqlite::Columns};

/// One row a red packet.
const PACKETS: &str = include_str!("../reconcile/reconcile.sql");

/// What became of red packets, by room and day: read once, which takes a pass over all claims, and added up in several ways.
///
/// Memory grows with the days on which rooms had red packets, and with the red packets that have money open.
#[derive(Clone, Debug, Default)]
pub struct PacketFigures {
    /// By account, kind and id.
    pub(super) rooms: Vec<OfRoom>,
    /// When red packets were sent that have money open, and how much.
    pub(super) open: Vec<(Timestamp, Money)>,
}

#[derive(Clone, Debug)]
pub(super) struct OfRoom {
    pub(super) account: AccountId,
    pub(super) room: RoomRef,
    pub(super) title: Option<String>,
    pub(super) days: BTreeMap<Day, PacketSums>,
    /// The differences of its red packets, without their sign.
    pub(super) differences: Money,
}

impl Ledger {
    /// Reads what became of the red packets that were sent in a time.
    pub fn packet_figures(&self, selection: &Selection) -> Result<PacketFigures, LedgerError> {
        let condition = selection.condition(Some("created_at"));
        let sql = format!(
            "SELECT account_id, room_kind, room_id, created_at, issued_fen, fee_fen, refund,
                 refund_fen, claims, claimed_fen, difference_fen, verdict
             FROM ({PACKETS}) AS t WHERE {}",
            condition.sql
        );
        let mut figures = PacketFigures::default();
        let mut places: HashMap<(AccountId, RoomRef), usize> = HashMap::new();
        condition.each(self.connection(), &sql, |row| -> Result<(), LedgerError> {
            let (account, room) = (AccountId(row.get(0)?), room(row)?);
            let place = *places.entry((account, room)).or_insert_with_key(|(account, room)| {
                figures.rooms.push(OfRoom::new(*account, room.clone()));
                figures.rooms.len() - 1
            });
            let (sent_at, sums) = (row.time(3)?, sums(row)?);
            if let Some(of_room) = figures.rooms.get_mut(place) {
                of_room.add(Day::of(sent_at), sums)?;
            }
            if sums.open != Money::ZERO {
                figures.open.push((sent_at, sums.open));
            }
            Ok(())
        })?;
        for entry in self.room_list(None)? {
            if let Some(place) = places.get(&(entry.account, entry.room))
                && let Some(of_room) = figures.rooms.get_mut(*place)
            {
                of_room.title = entry.title.or(entry.name);
            }
        }
        figures.rooms.sort_by_cached_key(|of| {
            (of.account, of.room.kind.to_string(), of.room.id.as_str().to_owned())
        });
        Ok(figures)
    }
}

impl PacketFigures {
    /// All of them together.
    pub fn total(&self) -> Result<PacketSums, LedgerError> {
        let mut total = PacketSums::default();
        for room in &self.rooms {
            total.add(room.total()?)?;
        }
        Ok(total)
    }
}

impl OfRoom {
    fn new(account: AccountId, room: RoomRef) -> Self {
        let differences = Money::ZERO;
        Self { account, room, title: None, days: BTreeMap::new(), differences }
    }

    fn add(&mut self, day: Day, sums: PacketSums) -> Result<(), LedgerError> {
        let size = sums.difference.fen().checked_abs().map(Money::from_fen);
        let differences = size.and_then(|size| self.differences.checked_add(size));
        self.differences = differences.ok_or(LedgerError::Overflow)?;
        self.days.entry(day).or_default().add(sums)
    }

    pub(super) fn total(&self) -> Result<PacketSums, LedgerError> {
        let mut total = PacketSums::default();
        for sums in self.days.values() {
            total.add(*sums)?;
        }
        Ok(total)
    }
}

fn room(row: &Row<'_>) -> rusqlite::Result<RoomRef> {
    let kind = row.named(1, |kind| kind.parse::<RoomKind>().map_err(FromSqlError::other))?;
    Ok(RoomRef::new(row.get::<_, String>(2)?, kind))
}

/// Those of one red packet. What is left of it belongs to one of three parts; the running balance of reconciliation shares it out alike.
fn sums(row: &Row<'_>) -> Result<PacketSums, LedgerError> {
    let money = |index: usize| -> rusqlite::Result<Money> {
        Ok(Money::from_fen(row.get::<_, Option<i64>>(index)?.unwrap_or_default()))
    };
    let (refund, verdict): (Option<String>, String) = (row.get(6)?, row.get(11)?);
    let issued = money(4)?;
    let fee = if verdict == "fee_in_refund" { Money::ZERO } else { money(5)? };
    let (refunded, claimed, difference) = (money(7)?, money(9)?, money(10)?);
    let left = [fee, refunded, claimed, difference]
        .into_iter()
        .try_fold(issued, Money::checked_sub)
        .ok_or(LedgerError::Overflow)?;
    let mut sums = PacketSums {
        packets: 1,
        issued,
        claimed,
        claims: row.count(8)?,
        refunded,
        fee,
        difference,
        differing: u64::from(verdict == "difference"),
        ..PacketSums::default()
    };
    let part = if verdict == "residue" {
        &mut sums.residue
    } else if refund.as_deref() == Some("done") {
        &mut sums.refunded_unreported
    } else {
        &mut sums.open
    };
    *part = left;
    Ok(sums)
}
