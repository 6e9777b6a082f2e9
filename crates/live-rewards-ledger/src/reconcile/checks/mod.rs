//! The checks, each of them a file with those that are about the same.

mod amounts;
mod balance;
mod changes;
mod closed;
mod gifts;
mod look;
mod orphans;
mod payments;
mod points;
mod points_log;
mod rejected;
mod rooms;
mod row;
mod shares;
mod states;
mod times;
mod totals;
mod users;
mod vanished;

use rusqlite::Connection;

use self::{amounts::Amounts, balance::Balances, look::Look, orphans::Claims, rooms::Rooms};
use super::{
    Balance, CheckCode, ReconcileOptions,
    collector::Collector,
    packet,
    readings::{ClaimReadings, Readings},
};
use crate::{Ledger, LedgerError};

/// The checks of single red packets.
const OF_PACKETS: [CheckCode; 9] = [
    CheckCode::A1,
    CheckCode::A2,
    CheckCode::A3,
    CheckCode::A4,
    CheckCode::A5,
    CheckCode::A6,
    CheckCode::A7,
    CheckCode::A8,
    CheckCode::A9,
];

/// Makes all checks.
pub(super) fn all(
    ledger: &Ledger,
    options: &ReconcileOptions,
    readings: &Readings,
    collector: &mut Collector,
) -> Result<Vec<Balance>, LedgerError> {
    let connection = ledger.connection();
    let balances = red_packets(ledger, options, readings, collector)?;
    totals::check(connection, collector)?;
    gifts::check(connection, collector)?;
    points::check(connection, collector)?;
    points_log::check(connection, readings, collector)?;
    changes::check(connection, readings, collector)?;
    vanished::check(connection, collector)?;
    closed::check(ledger, collector)?;
    payments::check(connection, readings, options, collector)?;
    rejected::check(connection, readings, collector)?;
    Ok(balances)
}

/// Makes the checks of red packets and of their sums, in one pass over red packets and claims.
fn red_packets(
    ledger: &Ledger,
    options: &ReconcileOptions,
    readings: &Readings,
    collector: &mut Collector,
) -> Result<Vec<Balance>, LedgerError> {
    let connection = ledger.connection();
    let mut statement = ClaimReadings::prepare(connection)?;
    let mut claim_readings = ClaimReadings::new(&mut statement)?;
    let mut claims = Claims::default();
    let mut amounts = Amounts::default();
    let mut rooms = Rooms::default();
    let mut balances = Balances::default();
    packet::each(connection, |packet| {
        claims.add(packet);
        let read = claim_readings.of(packet.account, &packet.id)?;
        let Some(vendor) = collector.vendor(packet.account) else {
            return Ok(());
        };
        let seen = readings.seen(packet, vendor, read.as_ref(), options);
        balances.add(connection, packet)?;
        let look = Look { packet, seen, connection, options };
        if seen.has_vanished {
            collector.undecided(packet.account, &OF_PACKETS, &packet.id);
            return Ok(());
        }
        rooms.add(&look);
        amounts.check(&look, collector);
        shares::check(&look, collector)?;
        states::check(&look, collector);
        times::check(&look, collector)?;
        users::check(&look, collector)
    })?;
    amounts.finish(collector);
    claims.check(connection, collector)?;
    rooms.check(ledger, readings, options, collector)?;
    balances.finish(collector)
}

/// Hands on the rows of a query without parameters.
fn each_row(
    connection: &Connection,
    sql: &str,
    mut take: impl FnMut(&rusqlite::Row<'_>) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}
