//! C1 and C3: what gifts cost.

use std::collections::BTreeMap;

use live_rewards_core::Money;
use rusqlite::{Connection, Row};

use super::each_row;
use crate::{
    AccountId, LedgerError,
    reconcile::{
        CheckCode, Evidence, FindingSubject, Words,
        collector::{Collector, Draft, room},
        finding::utc,
        words::words,
    },
};

/// Neither what was charged, nor that and the product line's points, is the list value. 0 is not filled in.
const DIFFERS: &str = "((charged_points <> 0 AND charged_points <> list_value_points
        AND charged_points + COALESCE(line_points, 0) <> list_value_points)
    OR (charged_fen <> 0 AND charged_fen <> list_value_fen))";

pub(super) fn check(connection: &Connection, found: &mut Collector) -> Result<(), LedgerError> {
    charges(connection, found)?;
    prices(connection, found)
}

fn charges(connection: &Connection, found: &mut Collector) -> Result<(), LedgerError> {
    let mut differ = 0;
    let counts = format!(
        "SELECT account_id,
             SUM(CASE WHEN charged_points * list_value_points <> 0 THEN 1
                      WHEN charged_fen * list_value_fen <> 0 THEN 1 ELSE 0 END),
             SUM(CASE WHEN charged_points = 0 AND list_value_points <> 0 THEN 1
                      WHEN charged_fen = 0 AND list_value_fen <> 0 THEN 1 ELSE 0 END),
             SUM(CASE WHEN {DIFFERS} THEN 1 ELSE 0 END)
         FROM gifts GROUP BY account_id"
    );
    each_row(connection, &counts, |row| {
        let account = AccountId(row.get(0)?);
        let (checked, unfilled, wrong): (i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        found.examined(account, CheckCode::C1, checked.unsigned_abs());
        if unfilled > 0 {
            found.note(
                account,
                CheckCode::C1,
                words!("{unfilled} gifts tell no charge", "{unfilled} 条礼物记录未填写实扣"),
            );
        }
        differ += wrong;
        Ok(())
    })?;
    if differ == 0 {
        return Ok(());
    }
    let rows = format!(
        "SELECT account_id, gift_key, room_kind, room_id, session_id, record_id, item_name, quantity,
             list_value_points, charged_points, line_points, list_value_fen, charged_fen, given_at
         FROM gifts WHERE {DIFFERS} ORDER BY account_id, gift_key"
    );
    each_row(connection, &rows, |row| {
        found.find(charge(row)?);
        Ok(())
    })
}

fn charge(row: &Row<'_>) -> rusqlite::Result<Draft> {
    let key: String = row.get(1)?;
    let (kind, room_id): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
    let record: Option<String> = row.get(5)?;
    let (listed, charged): (Option<i64>, Option<i64>) = (row.get(8)?, row.get(9)?);
    let (listed_fen, charged_fen): (Option<i64>, Option<i64>) = (row.get(11)?, row.get(12)?);
    let text = match (listed, charged, listed_fen, charged_fen) {
        (Some(listed), Some(charged), _, _) => words!(
            "charged {charged} points, price times quantity is {listed}",
            "实扣 {charged} 积分，单价乘数量为 {listed}"
        ),
        (_, _, listed, charged) => {
            let yuan = |fen: Option<i64>| Money::from_fen(fen.unwrap_or_default());
            let (listed, charged) = (yuan(listed), yuan(charged));
            words!(
                "charged {charged} yuan, price times quantity is {listed}",
                "实扣 {charged} 元，单价乘数量为 {listed} 元"
            )
        }
    };
    let off = |listed: Option<i64>, charged: Option<i64>| {
        listed.zip(charged).and_then(|(listed, charged)| listed.checked_sub(charged))
    };
    let evidence = Evidence::new("gifts", [key.as_str().into()])
        .with_known("session_id", row.get::<_, Option<String>>(4)?)
        .with_known("record_id", record.as_ref())
        .with_known("item_name", row.get::<_, Option<String>>(6)?)
        .with_known("quantity", row.get::<_, Option<i64>>(7)?)
        .with_known("list_value_points", listed)
        .with_known("charged_points", charged)
        .with_known("line_points", row.get::<_, Option<i64>>(10)?)
        .with_known("list_value_fen", listed_fen)
        .with_known("charged_fen", charged_fen)
        .with("given_at", utc(row.get(13)?));
    Ok(Draft {
        code: CheckCode::C1,
        account: AccountId(row.get(0)?),
        room: kind.zip(room_id).and_then(|(kind, id)| room(&kind, &id)),
        subject: FindingSubject::new(
            "gifts",
            [key.as_str().into()],
            record.as_ref().unwrap_or(&key),
        ),
        amount_fen: off(listed_fen, charged_fen),
        points: off(listed, charged),
        mark: String::new(),
        text,
        evidence: vec![evidence],
    })
}

/// A price of a kind of gift: in points, in fen.
type Price = (Option<i64>, Option<i64>);

/// A kind of gift of an account.
type Kind = (AccountId, String);

/// When a price was first and last asked, and how often.
struct Asked {
    first: i64,
    last: i64,
    gifts: u64,
}

fn prices(connection: &Connection, found: &mut Collector) -> Result<(), LedgerError> {
    let mut kinds: BTreeMap<Kind, Vec<(Price, Option<Asked>)>> = BTreeMap::new();
    let distinct =
        "SELECT DISTINCT account_id, item_id, unit_price_points, unit_price_fen FROM gifts
        WHERE item_id IS NOT NULL AND COALESCE(unit_price_points, unit_price_fen) IS NOT NULL";
    each_row(connection, distinct, |row| {
        let prices = kinds.entry((AccountId(row.get(0)?), row.get(1)?)).or_default();
        prices.push(((row.get(2)?, row.get(3)?), None));
        Ok(())
    })?;
    for (account, _) in kinds.keys() {
        found.examined(*account, CheckCode::C3, 1);
    }
    kinds.retain(|_, prices| prices.len() > 1);
    if kinds.is_empty() {
        return Ok(());
    }
    let gifts = "SELECT account_id, item_id, unit_price_points, unit_price_fen, given_at FROM gifts
        WHERE item_id IS NOT NULL";
    each_row(connection, gifts, |row| {
        let (price, at): (Price, i64) = ((row.get(2)?, row.get(3)?), row.get(4)?);
        let Some(prices) = kinds.get_mut(&(AccountId(row.get(0)?), row.get(1)?)) else {
            return Ok(());
        };
        if let Some((_, asked)) = prices.iter_mut().find(|(known, _)| *known == price) {
            let asked = asked.get_or_insert(Asked { first: at, last: at, gifts: 0 });
            asked.first = asked.first.min(at);
            asked.last = asked.last.max(at);
            asked.gifts += 1;
        }
        Ok(())
    })?;
    for ((account, item), prices) in kinds {
        let mut prices: Vec<(Price, Asked)> =
            prices.into_iter().filter_map(|(price, asked)| Some((price, asked?))).collect();
        prices.sort_unstable_by_key(|(price, asked)| (asked.first, *price));
        found.find(price_change(account, &item, &prices));
    }
    Ok(())
}

fn price_change(account: AccountId, item: &str, prices: &[(Price, Asked)]) -> Draft {
    let names: Vec<Words> = prices.iter().map(|(price, _)| in_words(*price)).collect();
    let joined = |pick: fn(&Words) -> &str| names.iter().map(pick).collect::<Vec<_>>().join(" → ");
    let (en, zh) = (joined(|words| &words.en), joined(|words| &words.zh));
    let evidence = prices.iter().map(|((points, fen), asked)| {
        Evidence::new("gifts", [])
            .with("item_id", item)
            .with_known("unit_price_points", *points)
            .with_known("unit_price_fen", *fen)
            .with("first", utc(asked.first))
            .with("last", utc(asked.last))
            .with("gifts", asked.gifts)
    });
    Draft {
        code: CheckCode::C3,
        account,
        room: None,
        subject: FindingSubject::new("gifts", [item.into()], item),
        amount_fen: None,
        points: None,
        mark: en.clone(),
        text: words!("the price changed: {en}", "单价变动：{zh}"),
        evidence: evidence.collect(),
    }
}

fn in_words((points, fen): Price) -> Words {
    match (points, fen) {
        (Some(points), _) => words!("{points} points", "{points} 积分"),
        (None, fen) => {
            let yuan = Money::from_fen(fen.unwrap_or_default());
            words!("{yuan} yuan", "{yuan} 元")
        }
    }
}
