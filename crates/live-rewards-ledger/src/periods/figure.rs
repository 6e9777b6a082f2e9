use std::{collections::BTreeMap, fmt};

use rusqlite::{
    Connection,
    types::{FromSqlError, FromSqlResult},
};

use crate::{AccountId, ColumnType, Label, LedgerError, tables::IS_HANDED_OUT};

/// A figure of a month. What counts is when it happened, in Beijing: a refund counts in the month in which it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Figure {
    /// Red packets that were sent.
    RedPackets,
    /// What was issued in them, in fen.
    Issued,
    /// The vendor's fee on them, in fen, where the vendor says what is left of an amount.
    Fee,
    /// Claims.
    Claims,
    /// What was claimed, in fen.
    Claimed,
    /// Refunds whose time the vendor says.
    Refunds,
    /// What went back, in fen.
    Refunded,
    /// Gifts.
    Gifts,
    /// What was charged for gifts, in fen.
    GiftMoney,
    /// What was charged for gifts, in points.
    GiftPoints,
    /// Payments for gifts.
    GiftPayments,
    /// What was paid for gifts, in fen: the money of gifts once more.
    GiftsPaid,
    /// Wins of prizes whose time the vendor says, without those that were not handed out.
    Prizes,
    /// What they are worth, in fen.
    PrizeMoney,
    /// What they are worth, in points.
    PrizePoints,
    /// Entries of the points log.
    PointsEntries,
}

/// The figures of the accounts. Those that are zero need not be there.
pub(super) type Figures = BTreeMap<(AccountId, Figure), i64>;

impl Figure {
    /// All figures.
    pub const ALL: &[Self] = &[
        Self::RedPackets,
        Self::Issued,
        Self::Fee,
        Self::Claims,
        Self::Claimed,
        Self::Refunds,
        Self::Refunded,
        Self::Gifts,
        Self::GiftMoney,
        Self::GiftPoints,
        Self::GiftPayments,
        Self::GiftsPaid,
        Self::Prizes,
        Self::PrizeMoney,
        Self::PrizePoints,
        Self::PointsEntries,
    ];

    /// Name with its unit, as `issued_fen`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RedPackets => "red_packets",
            Self::Issued => "issued_fen",
            Self::Fee => "fee_fen",
            Self::Claims => "claims",
            Self::Claimed => "claimed_fen",
            Self::Refunds => "refunds",
            Self::Refunded => "refunded_fen",
            Self::Gifts => "gifts",
            Self::GiftMoney => "gift_fen",
            Self::GiftPoints => "gift_points",
            Self::GiftPayments => "gift_payments",
            Self::GiftsPaid => "gift_paid_fen",
            Self::Prizes => "prizes",
            Self::PrizeMoney => "prize_fen",
            Self::PrizePoints => "prize_points",
            Self::PointsEntries => "points_entries",
        }
    }

    /// The table whose rows it adds up.
    pub(crate) fn table(self) -> &'static str {
        SUMS.into_iter().find(|sum| sum.figures.contains(&self)).map_or("", |sum| sum.table)
    }

    /// For people.
    pub const fn label(self) -> Label {
        let (en, zh) = match self {
            Self::RedPackets => ("Red packets", "红包个数"),
            Self::Issued => ("Issued", "发放金额"),
            Self::Fee => ("Fee", "手续费"),
            Self::Claims => ("Claims", "领取笔数"),
            Self::Claimed => ("Claimed", "领取金额"),
            Self::Refunds => ("Refunds", "退款笔数"),
            Self::Refunded => ("Refunded", "退款金额"),
            Self::Gifts => ("Gifts", "礼物笔数"),
            Self::GiftMoney => ("Gifts, money", "礼物金额"),
            Self::GiftPoints => ("Gifts, points", "礼物积分"),
            Self::GiftPayments => ("Payments for gifts", "打赏收入笔数"),
            Self::GiftsPaid => ("Paid for gifts", "打赏收入金额"),
            Self::Prizes => ("Prizes", "奖品个数"),
            Self::PrizeMoney => ("Prizes, money", "奖品金额"),
            Self::PrizePoints => ("Prizes, points", "奖品积分"),
            Self::PointsEntries => ("Entries of the points log", "积分流水笔数"),
        };
        Label { en, zh }
    }

    /// Whether it is money, points or a number.
    pub const fn unit(self) -> ColumnType {
        match self {
            Self::Issued
            | Self::Fee
            | Self::Claimed
            | Self::Refunded
            | Self::GiftMoney
            | Self::GiftsPaid
            | Self::PrizeMoney => ColumnType::Fen,
            Self::GiftPoints | Self::PrizePoints => ColumnType::Points,
            _ => ColumnType::Integer,
        }
    }

    pub(super) fn parse(name: &str) -> FromSqlResult<Self> {
        let known = Self::ALL.iter().find(|figure| figure.as_str() == name);
        known.copied().ok_or_else(|| FromSqlError::Other(format!("unknown figure {name:?}").into()))
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What is added up of the rows of a table.
struct Sum {
    table: &'static str,
    sums: &'static str,
    figures: &'static [Figure],
    time: &'static str,
    condition: &'static str,
}

const SUMS: [Sum; 7] = [
    Sum {
        table: "red_packets",
        sums: "COUNT(*), SUM(issued_fen), SUM(issued_fen - net_fen)",
        figures: &[Figure::RedPackets, Figure::Issued, Figure::Fee],
        time: "created_at",
        condition: "1 = 1",
    },
    Sum {
        table: "claims",
        sums: "COUNT(*), SUM(amount_fen)",
        figures: &[Figure::Claims, Figure::Claimed],
        time: "claimed_at",
        condition: "1 = 1",
    },
    Sum {
        table: "red_packets",
        sums: "COUNT(*), SUM(refund_fen)",
        figures: &[Figure::Refunds, Figure::Refunded],
        time: "refunded_at",
        condition: "refund = 'done'",
    },
    Sum {
        table: "gifts",
        sums: "COUNT(*), SUM(charged_fen), SUM(charged_points)",
        figures: &[Figure::Gifts, Figure::GiftMoney, Figure::GiftPoints],
        time: "given_at",
        condition: "1 = 1",
    },
    Sum {
        table: "gift_payments",
        sums: "COUNT(*), SUM(amount_fen)",
        figures: &[Figure::GiftPayments, Figure::GiftsPaid],
        time: "paid_at",
        condition: "1 = 1",
    },
    Sum {
        table: "prizes",
        sums: "COUNT(*), SUM(value_fen), SUM(value_points)",
        figures: &[Figure::Prizes, Figure::PrizeMoney, Figure::PrizePoints],
        time: "won_at",
        condition: IS_HANDED_OUT,
    },
    Sum {
        table: "points_entries",
        sums: "COUNT(*)",
        figures: &[Figure::PointsEntries],
        time: "entered_at",
        condition: "1 = 1",
    },
];

/// Adds up what happened between two instants, in milliseconds, as the ledger holds it now.
pub(super) fn figures(
    connection: &Connection,
    [from, until]: [i64; 2],
) -> Result<Figures, LedgerError> {
    let mut found = Figures::new();
    for Sum { table, sums, figures, time, condition } in SUMS {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT account_id, {sums} FROM {table}
             WHERE {time} >= ?1 AND {time} < ?2 AND {condition} GROUP BY account_id"
        ))?;
        let mut rows = statement.query([from, until])?;
        while let Some(row) = rows.next()? {
            let account = AccountId(row.get(0)?);
            for (index, figure) in (1..).zip(figures) {
                let value: Option<i64> = row.get(index)?;
                if let Some(value) = value.filter(|value| *value != 0) {
                    found.insert((account, *figure), value);
                }
            }
        }
    }
    Ok(found)
}
