use std::collections::{BTreeMap, BTreeSet};

use live_rewards_core::{Month, Timestamp};
use rusqlite::Connection;

use super::{
    Figure, PeriodError,
    figure::figures,
    period::{bounds, closed},
    seen::Seen,
    watched::query,
};
use crate::{AccountId, Ledger, sqlite::Columns};

/// Something in a closed month that is no longer what it was when the month was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Adjustment {
    /// When it was seen; of a figure, when the last of its rows was. Where no row was, it is when the newest run ended.
    pub at: Timestamp,
    /// The account.
    pub account: AccountId,
    /// What it is.
    pub what: Adjusted,
}

/// What is no longer what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Adjusted {
    /// A row.
    Row {
        /// Its table.
        table: String,
        /// Its natural key as a JSON array, as in [`Change`](crate::Change).
        row_key: String,
        /// When it happened.
        time: Option<Timestamp>,
        /// What became of it.
        change: RowChange,
    },
    /// A figure of the account.
    Figure {
        /// Which one.
        figure: Figure,
        /// What it was.
        then: i64,
        /// What it is.
        now: i64,
    },
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowChange {
    /// It came late.
    New,
    /// One of its values became another one.
    Changed {
        /// The column.
        column: String,
        /// What was known before; nothing if nothing was.
        old: Option<String>,
        /// What is known now.
        new: Option<String>,
    },
    /// Its vendor no longer lists it. It still counts.
    Vanished,
    /// Its vendor, who no longer listed it, does so again.
    Returned,
}

impl Ledger {
    /// What changed in a closed month since it was closed: rows in the order in which they were seen, then the figures that differ.
    pub fn adjustments(&self, month: Month) -> Result<Vec<Adjustment>, PeriodError> {
        let mut adjustments = Vec::new();
        self.each_adjustment(month, |adjustment| {
            adjustments.push(adjustment);
            Ok::<_, PeriodError>(())
        })?;
        Ok(adjustments)
    }

    /// Gives what [`adjustments`](Self::adjustments) collects one by one: there may be many.
    pub fn each_adjustment<E: From<PeriodError>>(
        &self,
        month: Month,
        mut on: impl FnMut(Adjustment) -> Result<(), E>,
    ) -> Result<(), E> {
        let connection = self.connection();
        let closed = closed(connection, month)
            .map_err(PeriodError::from)?
            .ok_or(PeriodError::NotClosed { month })?;
        let [from, until] = bounds(month);
        let closed_at = closed.at.epoch_ms();
        let seen = Seen { connection, month: [from, until], closed_at };
        let mut last: BTreeMap<(AccountId, String), Timestamp> = BTreeMap::new();
        let mut statement = connection.prepare(&query()).map_err(PeriodError::from)?;
        let mut rows = statement.query([from, until, closed_at]).map_err(PeriodError::from)?;
        while let Some(row) = rows.next().map_err(PeriodError::from)? {
            let Some(adjustment) = seen.read(row).map_err(PeriodError::from)? else {
                continue;
            };
            if let Adjusted::Row { table, .. } = &adjustment.what {
                last.insert((adjustment.account, table.clone()), adjustment.at);
            }
            on(adjustment)?;
        }
        let then = closed.totals(connection).map_err(PeriodError::from)?;
        let now = figures(connection, [from, until]).map_err(PeriodError::from)?;
        let noticed = newest_end(connection).map_err(PeriodError::from)?;
        let noticed = noticed.map_or(closed.at, |ended| ended.max(closed.at));
        let keys: BTreeSet<_> = then.keys().chain(now.keys()).collect();
        for key in keys {
            let [then, now] = [&then, &now].map(|figures| figures.get(key).copied().unwrap_or(0));
            if then != now {
                let (account, figure) = *key;
                let of_rows = last.get(&(account, figure.table().to_owned()));
                let at = of_rows.copied().unwrap_or(noticed);
                on(Adjustment { at, account, what: Adjusted::Figure { figure, then, now } })?;
            }
        }
        Ok(())
    }
}

/// When the newest run that has an end ended.
fn newest_end(connection: &Connection) -> rusqlite::Result<Option<Timestamp>> {
    connection.query_row("SELECT max(ended_at) FROM runs", [], |row| row.optional_time(0))
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{
        Claim, Prize, PrizeKind, PrizeState, RedPacket, Refund, UserIdKind, UserRef,
    };

    use super::*;
    use crate::{
        Record, SeenScope, Stamp,
        test_util::{at, claim, fen, room, synced},
    };

    const DAY: i64 = 86_400;

    fn month() -> Month {
        "2023-11".parse().unwrap()
    }

    fn write<R: Record>(ledger: &mut Ledger, stamp: &Stamp, days: i64, rows: &[R]) {
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&Stamp { now: at(days * DAY), ..*stamp }, rows).unwrap();
        writing.commit().unwrap();
    }

    fn read(ledger: &mut Ledger, stamp: &Stamp, days: i64, seen: &[Claim]) {
        let stamp = Stamp { now: at(days * DAY), ..*stamp };
        let mut writing = ledger.begin().unwrap();
        writing.mark_seen(&stamp, seen).unwrap();
        writing.note_vanished::<Claim>(&stamp, &SeenScope::default()).unwrap();
        writing.commit().unwrap();
    }

    fn packet() -> RedPacket {
        RedPacket::new("p".into(), room(), fen(1000), at(DAY))
    }

    /// As `day table key what`, or `day figure then now`.
    fn shown(ledger: &Ledger) -> Vec<String> {
        let adjustments = ledger.adjustments(month()).unwrap();
        let lines = adjustments.into_iter().map(|adjustment| {
            let day = adjustment.at.to_china_date();
            match adjustment.what {
                Adjusted::Row { table, row_key, change, .. } => {
                    let change = match change {
                        RowChange::Changed { column, old, new } => {
                            format!("{column} {old:?} {new:?}")
                        }
                        other => format!("{other:?}"),
                    };
                    format!("{day} {table} {row_key} {change}")
                }
                Adjusted::Figure { figure, then, now } => format!("{day} {figure} {then} {now}"),
            }
        });
        lines.collect()
    }

    #[test]
    fn what_comes_late_or_changes_is_told_with_its_day() {
        let (_folder, mut ledger, stamp) = synced();
        write(&mut ledger, &stamp, 1, &[packet()]);
        write(&mut ledger, &stamp, 1, &[claim("p", "u", DAY, 30)]);
        ledger.close_period(month(), None, at(20 * DAY)).unwrap();
        assert_eq!(shown(&ledger), Vec::<String>::new());
        write(
            &mut ledger,
            &stamp,
            21,
            &[claim("p", "late", DAY, 5), claim("p", "next", 18 * DAY, 6)],
        );
        let mut claim = claim("p", "u", DAY, 31);
        claim.user.nickname = Some("renamed".to_owned());
        write(&mut ledger, &stamp, 22, &[claim]);
        let mut more = packet();
        more.net = Some(fen(990));
        write(&mut ledger, &stamp, 22, &[more]);
        let [late, u] = ["[\"p\",\"late\",1700086400000,0]", "[\"p\",\"u\",1700086400000,0]"];
        assert_eq!(
            shown(&ledger),
            [
                format!("2023-12-06 claims {late} New"),
                format!("2023-12-07 claims {u} amount_fen Some(\"30\") Some(\"31\")"),
                "2023-12-07 red_packets [\"p\"] net_fen None Some(\"990\")".to_owned(),
                "2023-12-07 fee_fen 0 10".to_owned(),
                "2023-12-07 claims 1 2".to_owned(),
                "2023-12-07 claimed_fen 30 36".to_owned(),
            ]
        );
        ledger.reopen_period(month(), at(23 * DAY)).unwrap();
        let error = ledger.adjustments(month()).unwrap_err();
        assert!(matches!(error, PeriodError::NotClosed { .. }), "{error}");
        ledger.close_period(month(), None, at(24 * DAY)).unwrap();
        assert_eq!(shown(&ledger), Vec::<String>::new());
    }

    #[test]
    fn a_refund_counts_in_its_own_month() {
        let (_folder, mut ledger, stamp) = synced();
        write(&mut ledger, &stamp, 1, &[packet()]);
        ledger.close_period(month(), None, at(20 * DAY)).unwrap();
        let mut refunded = packet();
        refunded.remaining = Some(fen(0));
        refunded.refund = Refund::Done { amount: Some(fen(7)), at: Some(at(20 * DAY)) };
        write(&mut ledger, &stamp, 21, &[refunded.clone()]);
        assert_eq!(shown(&ledger), Vec::<String>::new());
        // Its time is corrected: now it was in the month that is closed.
        refunded.refund = Refund::Done { amount: Some(fen(7)), at: Some(at(2 * DAY)) };
        write(&mut ledger, &stamp, 22, &[refunded.clone()]);
        let [earlier, later] = [at(2 * DAY), at(20 * DAY)].map(|at| at.epoch_ms().to_string());
        let found = shown(&ledger);
        assert!(
            found.contains(&format!(
                "2023-12-07 red_packets [\"p\"] refunded_at Some({later:?}) Some({earlier:?})"
            )),
            "{found:?}"
        );
        assert!(found.contains(&"2023-12-07 refunded_fen 0 7".to_owned()), "{found:?}");
        // And out of it again.
        refunded.refund = Refund::Done { amount: Some(fen(7)), at: Some(at(20 * DAY)) };
        write(&mut ledger, &stamp, 23, &[refunded]);
        let found = shown(&ledger);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().all(|line| line.contains("refunded_at")), "{found:?}");
    }

    #[test]
    fn a_prize_that_is_no_longer_handed_out_is_told_with_its_day() {
        let (_folder, mut ledger, stamp) = synced();
        let user = UserRef::new("u", UserIdKind::Viewer);
        let mut prize = Prize::new("a".into(), PrizeKind::Lottery, user);
        prize.at = Some(at(DAY));
        write(&mut ledger, &stamp, 1, std::slice::from_ref(&prize));
        ledger.close_period(month(), None, at(20 * DAY)).unwrap();
        prize.state = Some(PrizeState::Issued);
        write(&mut ledger, &stamp, 21, std::slice::from_ref(&prize));
        assert_eq!(shown(&ledger), Vec::<String>::new());
        prize.state = Some(PrizeState::Failed);
        write(&mut ledger, &stamp, 22, &[prize]);
        let found = shown(&ledger);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("2023-12-07 prizes "), "{found:?}");
        assert!(found[0].contains("state Some("), "{found:?}");
        assert_eq!(found[1], "2023-12-07 prizes 1 0");
    }

    #[test]
    fn a_figure_that_differs_without_a_row_is_of_the_newest_run() {
        let (_folder, mut ledger, stamp) = synced();
        write(&mut ledger, &stamp, 1, &[claim("p", "u", DAY, 30)]);
        ledger.close_period(month(), None, at(20 * DAY)).unwrap();
        ledger.connection().execute("DELETE FROM claims", []).unwrap();
        ledger
            .connection()
            .execute("UPDATE runs SET ended_at = ?1", [at(22 * DAY).epoch_ms()])
            .unwrap();
        assert_eq!(shown(&ledger), ["2023-12-07 claims 1 0", "2023-12-07 claimed_fen 30 0"]);
    }

    #[test]
    fn what_vanishes_and_returns_is_told() {
        let (_folder, mut ledger, stamp) = synced();
        let claims = [claim("p", "u", DAY, 30), claim("p", "v", DAY, 30)];
        write(&mut ledger, &stamp, 1, &claims);
        read(&mut ledger, &stamp, 19, &claims[1..]);
        ledger.close_period(month(), None, at(20 * DAY)).unwrap();
        read(&mut ledger, &stamp, 21, &claims[..1]);
        let [u, v] = ["u", "v"].map(|user| format!("[\"p\",\"{user}\",1700086400000,0]"));
        assert_eq!(
            shown(&ledger),
            [format!("2023-12-06 claims {u} Returned"), format!("2023-12-06 claims {v} Vanished")]
        );
    }
}
