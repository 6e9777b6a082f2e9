//! A10: claims without a red packet.

use live_rewards_core::Money;
use rusqlite::Connection;

use super::each_row;
use crate::{
    AccountId, LedgerError,
    reconcile::{
        CheckCode, Evidence, FindingSubject,
        collector::{Collector, Draft, room},
        packet::Packet,
        words::words,
    },
};

/// One row a red packet that isn't there; the same text for all engines.
const SQL: &str = include_str!("../orphans.sql");

/// Counts the claims of the red packets that are there.
#[derive(Debug, Default)]
pub(super) struct Claims {
    claims: i64,
}

impl Claims {
    pub(super) fn add(&mut self, packet: &Packet) {
        self.claims += packet.claims;
    }

    /// Looks for the others, if there are any.
    pub(super) fn check(
        &self,
        connection: &Connection,
        found: &mut Collector,
    ) -> Result<(), LedgerError> {
        let all: i64 = connection.query_row("SELECT COUNT(*) FROM claims", [], |row| row.get(0))?;
        if all == self.claims {
            return Ok(());
        }
        let ordered = format!("{SQL} ORDER BY c.account_id, c.red_packet_id");
        each_row(connection, &ordered, |row| {
            let (packet, kind, id): (String, String, String) =
                (row.get(1)?, row.get(2)?, row.get(3)?);
            let (claims, claimed): (i64, i64) = (row.get(4)?, row.get(5)?);
            let yuan = Money::from_fen(claimed);
            found.find(Draft {
                code: CheckCode::A10,
                account: AccountId(row.get(0)?),
                room: room(&kind, &id),
                subject: FindingSubject::new("claims", [packet.as_str().into()], &packet),
                amount_fen: Some(-claimed),
                points: None,
                mark: String::new(),
                text: words!(
                    "{claims} claims of {yuan} yuan, and no red packet",
                    "领取记录 {claims} 条共 {yuan} 元，没有对应红包"
                ),
                evidence: vec![
                    Evidence::new("claims", [packet.as_str().into()])
                        .with("claims", claims)
                        .with("claimed_fen", claimed),
                ],
            });
            Ok(())
        })
    }
}
