use live_rewards_core::{OpenEnum, RedPacketState, RoomRef, Split};
use rusqlite::{
    Connection, Row,
    types::{FromSqlError, FromSqlResult},
};

use super::{
    collector::room,
    finding::{Evidence, utc},
};
use crate::{AccountId, LedgerError, sqlite::Columns};

/// One row a red packet; the same text for all engines.
const SQL: &str = include_str!("reconcile.sql");

/// A red packet and its claims, as `reconcile.sql` gives them. Instants are milliseconds since 1970.
#[derive(Clone, Debug)]
pub(super) struct Packet {
    pub(super) account: AccountId,
    pub(super) id: String,
    pub(super) room_kind: String,
    pub(super) room_id: String,
    pub(super) split: Option<Split>,
    pub(super) state: Option<RedPacketState>,
    /// Whether the vendor says that the rest went back. Otherwise there is neither amount nor time of a refund.
    pub(super) is_refunded: bool,
    pub(super) created_at: i64,
    pub(super) refunded_at: Option<i64>,
    pub(super) issued: i64,
    /// Where a net amount is reported.
    pub(super) fee: Option<i64>,
    /// What can be claimed.
    pub(super) net: i64,
    pub(super) refund: Option<i64>,
    pub(super) remaining: Option<i64>,
    pub(super) shares: Option<i64>,
    /// As the vendor counts.
    pub(super) claimed_count: Option<i64>,
    pub(super) claims: i64,
    pub(super) claimants: i64,
    pub(super) claimed: i64,
    pub(super) smallest: i64,
    pub(super) largest: i64,
    /// First and last, if there are claims.
    pub(super) claimed_at: Option<(i64, i64)>,
    /// Nothing where no claim says whether it is one.
    pub(super) best_lucks: Option<i64>,
    /// The largest of them.
    pub(super) best_luck: i64,
    /// What is neither claimed nor refunded with an amount.
    pub(super) rest: i64,
    pub(super) difference: i64,
    pub(super) verdict: Verdict,
}

/// How a red packet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Balanced,
    FeeInRefund,
    Residue,
    Open,
    Refunded,
    Difference,
}

/// A claim as far as checks need it.
#[derive(Clone, Debug)]
pub(super) struct ClaimRow {
    pub(super) user: String,
    pub(super) at: i64,
    pub(super) ordinal: i64,
    pub(super) amount: i64,
    pub(super) best_luck: Option<i64>,
}

/// Hands on every red packet, in the order of accounts and ids.
pub(super) fn each(
    connection: &Connection,
    mut take: impl FnMut(&Packet) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let mut statement = connection.prepare(&format!("{SQL} ORDER BY account_id, red_packet_id"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(&Packet::read(row)?)?;
    }
    Ok(())
}

impl Packet {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let label = |index: usize| row.get::<_, Option<String>>(index);
        let first: Option<i64> = row.get(21)?;
        let last: Option<i64> = row.get(22)?;
        Ok(Self {
            account: AccountId(row.get(0)?),
            id: row.get(1)?,
            room_kind: row.get(2)?,
            room_id: row.get(3)?,
            split: label(4)?.as_deref().map(Split::from_label),
            state: label(5)?.as_deref().map(RedPacketState::from_label),
            is_refunded: label(6)?.as_deref() == Some("done"),
            created_at: row.get(7)?,
            refunded_at: row.get(8)?,
            issued: row.get(9)?,
            fee: row.get(10)?,
            net: row.get(11)?,
            refund: row.get(12)?,
            remaining: row.get(13)?,
            shares: row.get(14)?,
            claimed_count: row.get(15)?,
            claims: row.get(16)?,
            claimants: row.get(17)?,
            claimed: row.get(18)?,
            smallest: row.get(19)?,
            largest: row.get(20)?,
            claimed_at: first.zip(last),
            best_lucks: row.get(23)?,
            best_luck: row.get(24)?,
            rest: row.get(25)?,
            difference: row.get(26)?,
            verdict: row.named(27, Verdict::parse)?,
        })
    }

    /// Its room.
    pub(super) fn room(&self) -> Option<RoomRef> {
        room(&self.room_kind, &self.room_id)
    }

    /// Whether the vendor says that it never opened or went wrong.
    pub(super) fn is_odd(&self) -> bool {
        matches!(self.state, Some(RedPacketState::Created | RedPacketState::Abnormal))
    }

    /// Hands on its claims, in the order of users and times.
    pub(super) fn each_claim(
        &self,
        connection: &Connection,
        mut take: impl FnMut(ClaimRow),
    ) -> Result<(), LedgerError> {
        let mut statement = connection.prepare_cached(
            "SELECT user_id, claimed_at, ordinal, amount_fen, best_luck FROM claims
             WHERE account_id = ?1 AND red_packet_id = ?2 ORDER BY user_id, claimed_at, ordinal",
        )?;
        let mut rows = statement.query((self.account.0, &self.id))?;
        while let Some(row) = rows.next()? {
            take(ClaimRow {
                user: row.get(0)?,
                at: row.get(1)?,
                ordinal: row.get(2)?,
                amount: row.get(3)?,
                best_luck: row.get(4)?,
            });
        }
        Ok(())
    }

    /// Those of its claims that show something.
    pub(super) fn claims_that(
        &self,
        connection: &Connection,
        show: impl Fn(&ClaimRow) -> bool,
    ) -> Result<Vec<Evidence>, LedgerError> {
        let mut evidence = Vec::new();
        self.each_claim(connection, |claim| {
            if evidence.len() < super::finding::MOST_EVIDENCE && show(&claim) {
                evidence.push(self.claim_evidence(&claim));
            }
        })?;
        Ok(evidence)
    }

    /// The row of the red packet.
    pub(super) fn evidence(&self) -> Evidence {
        Evidence::new("red_packets", [self.id.as_str().into()])
            .with_known("state", self.state.as_ref().map(OpenEnum::label))
            .with_known("split", self.split.as_ref().map(OpenEnum::label))
            .with("issued_fen", self.issued)
            .with_known("net_fen", self.fee.map(|_| self.net))
            .with_known("refund_fen", self.refund)
            .with_known("remaining_fen", self.remaining)
            .with_known("share_count", self.shares)
            .with_known("claimed_count", self.claimed_count)
            .with("created_at", utc(self.created_at))
            .with_known("refunded_at", self.refunded_at.map(utc))
    }

    /// Number and sum of its claims.
    pub(super) fn claims_evidence(&self) -> Evidence {
        Evidence::new("claims", [self.id.as_str().into()])
            .with("claims", self.claims)
            .with("claimed_fen", self.claimed)
    }

    fn claim_evidence(&self, claim: &ClaimRow) -> Evidence {
        let ClaimRow { user, at, ordinal, .. } = claim;
        let key = [self.id.as_str().into(), user.as_str().into(), (*at).into(), (*ordinal).into()];
        Evidence::new("claims", key)
            .with("claimed_at", utc(claim.at))
            .with("amount_fen", claim.amount)
            .with_known("best_luck", claim.best_luck)
    }
}

impl Verdict {
    fn parse(name: &str) -> FromSqlResult<Self> {
        Ok(match name {
            "balanced" => Self::Balanced,
            "fee_in_refund" => Self::FeeInRefund,
            "residue" => Self::Residue,
            "open" => Self::Open,
            "refunded" => Self::Refunded,
            "difference" => Self::Difference,
            _ => return Err(FromSqlError::Other(format!("unknown verdict {name:?}").into())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_util::ledger;

    #[test]
    fn columns_are_where_they_are_read() {
        let (_folder, ledger) = ledger();
        let statement = ledger.connection().prepare(SQL).unwrap();
        assert_eq!(
            statement.column_names().collect::<Vec<_>>(),
            [
                "account_id",
                "red_packet_id",
                "room_kind",
                "room_id",
                "split",
                "state",
                "refund",
                "created_at",
                "refunded_at",
                "issued_fen",
                "fee_fen",
                "net_fen",
                "refund_fen",
                "remaining_fen",
                "share_count",
                "claimed_count",
                "claims",
                "claimants",
                "claimed_fen",
                "smallest_fen",
                "largest_fen",
                "first_claim_at",
                "last_claim_at",
                "best_lucks",
                "best_luck_fen",
                "rest_fen",
                "difference_fen",
                "verdict",
            ]
        );
    }
}
