//! E1 and E2: gifts that are money against the payments for them.

use std::collections::BTreeMap;

use live_rewards_core::{Money, Operation};
use rusqlite::{Connection, Row};

use super::{each_row, states::instant};
use crate::{
    AccountId, Label, LedgerError,
    reconcile::{
        CheckCode, Evidence, FindingSubject, ReconcileOptions, Words,
        collector::{Collector, Draft, room},
        finding::utc,
        readings::{Readings, scope},
        words::words,
    },
};

const CODES: [CheckCode; 2] = [CheckCode::E1, CheckCode::E2];

/// Gifts that are money, and what may be payments for them. Payments for gifts of a catalogue are not: their gifts have amounts without
/// unit.
const ROWS: &str = "SELECT account_id, room_id, given_at AS at, room_kind, 0 AS is_payment,
        gift_key AS row_key, giver_nickname AS name, charged_fen AS fen
    FROM gifts WHERE charged_fen > 0 AND room_id IS NOT NULL AND room_kind IS NOT NULL
    UNION ALL
    SELECT account_id, room_id, paid_at, room_kind, 1, order_id, payer_name, amount_fen
    FROM gift_payments WHERE kind IS NULL OR kind <> 'gift'
    ORDER BY account_id, room_id, at, room_kind, is_payment, row_key";

/// Such payments of an account.
const PAYMENTS: &str =
    "SELECT 1 FROM gift_payments WHERE account_id = ?1 AND (kind IS NULL OR kind <> 'gift')";

/// Where and when there are both.
const MEETINGS: &str = "SELECT room_id, given_at AS at, room_kind FROM gifts
    WHERE account_id = ?1 AND charged_fen > 0
    INTERSECT
    SELECT room_id, paid_at, room_kind FROM gift_payments
    WHERE account_id = ?1 AND (kind IS NULL OR kind <> 'gift')
    ORDER BY room_id, at, room_kind";

const NEVER_READ: Label = Label {
    en: "payments for gifts were never read: that needs the live account (live_account)",
    zh: "从未读取打赏收入：需要配置直播账号（live_account）",
};

const APART: Label = Label {
    en: "no payment has the time of a gift, so they can't be told to belong together",
    zh: "没有付款与打赏时间相同，无法对应",
};

const UNREAD: Label = Label {
    en: "the payments for the gifts are not read completely",
    zh: "打赏收入尚未读全",
};

/// What happened in a room at one instant.
struct Moment {
    place: Place,
    gifts: Vec<Item>,
    payments: Vec<Item>,
}

#[derive(PartialEq, Eq)]
struct Place {
    account: AccountId,
    room_kind: String,
    room_id: String,
    at: i64,
}

/// A gift or a payment.
#[derive(PartialEq, Eq)]
struct Item {
    key: String,
    name: Option<String>,
    fen: i64,
}

pub(super) fn check(
    connection: &Connection,
    readings: &Readings,
    options: &ReconcileOptions,
    found: &mut Collector,
) -> Result<(), LedgerError> {
    let accounts: Vec<AccountId> = found.accounts().map(|account| account.id).collect();
    let mut comparable = Vec::new();
    for account in accounts {
        let why = if !readings.has(account, Operation::GiftPayments) {
            NEVER_READ
        } else if never_meet(connection, account)? {
            APART
        } else {
            comparable.push(account);
            continue;
        };
        for code in CODES {
            found.not_run(account, code, why);
        }
    }
    if comparable.is_empty() {
        return Ok(());
    }
    let mut tied: BTreeMap<AccountId, u64> = BTreeMap::new();
    each_moment(connection, |moment| {
        let account = moment.place.account;
        if !comparable.contains(&account) {
            return;
        }
        if moment.is_read(readings) {
            *tied.entry(account).or_default() +=
                moment.judge(readings, options.tolerance(account), found);
        } else {
            moment.leave(found);
            for code in CODES {
                found.not_run(account, code, UNREAD);
            }
        }
    })?;
    for (account, gifts) in tied {
        if gifts > 0 {
            let note = words!(
                "{gifts} gifts may have one payment or another of the same time and are not judged",
                "{gifts} 条打赏在同一时间有多种对应可能，未判断"
            );
            found.note(account, CheckCode::E2, note);
        }
    }
    Ok(())
}

/// Whether an account has payments, and none has the time of a gift.
fn never_meet(connection: &Connection, account: AccountId) -> Result<bool, LedgerError> {
    let exists = |sql: &str| -> rusqlite::Result<bool> {
        connection.prepare_cached(sql)?.exists([account.0])
    };
    Ok(exists(PAYMENTS)? && !exists(MEETINGS)?)
}

fn each_moment(connection: &Connection, mut take: impl FnMut(Moment)) -> Result<(), LedgerError> {
    let mut under_way: Option<Moment> = None;
    each_row(connection, ROWS, |row| {
        let place = Place::read(row)?;
        if under_way.as_ref().is_some_and(|moment| moment.place != place) {
            under_way.take().into_iter().for_each(&mut take);
        }
        let moment = under_way.get_or_insert_with(|| Moment {
            place,
            gifts: Vec::new(),
            payments: Vec::new(),
        });
        let is_payment: bool = row.get(4)?;
        let items = if is_payment { &mut moment.payments } else { &mut moment.gifts };
        items.push(Item { key: row.get(5)?, name: row.get(6)?, fen: row.get(7)? });
        Ok(())
    })?;
    under_way.into_iter().for_each(take);
    Ok(())
}

impl Place {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            account: AccountId(row.get(0)?),
            room_id: row.get(1)?,
            at: row.get(2)?,
            room_kind: row.get(3)?,
        })
    }
}

impl Moment {
    /// Whether all payments of it are there.
    fn is_read(&self, readings: &Readings) -> bool {
        let Place { account, room_kind, room_id, at } = &self.place;
        let scope = scope(room_kind, room_id);
        let operation = Operation::GiftPayments;
        let reading = readings.of(*account, operation, &scope).filter(|reading| reading.is_whole);
        reading.and_then(|reading| reading.complete_until).is_some_and(|until| *at < until)
            && !readings.has_rejected(*account, operation, &scope)
    }

    /// Nothing can be said of what is left of it.
    fn leave(&self, found: &mut Collector) {
        for item in self.gifts.iter().chain(&self.payments) {
            found.undecided(self.place.account, &CODES, &item.key);
        }
    }

    /// Looks for the payment of each gift. Says how many could have one or another.
    fn judge(mut self, readings: &Readings, tolerance: u64, found: &mut Collector) -> u64 {
        let account = self.place.account;
        self.gifts.retain(|gift| {
            let is_gone = readings.is_gift_gone(account, &gift.key);
            if is_gone {
                found.undecided(account, &[CheckCode::E1], &gift.key);
            }
            !is_gone
        });
        let gifts = self.gifts.len();
        self.pair();
        let paid = gifts - self.gifts.len();
        let (mut unpaid, mut tied) = (0, 0);
        for gift in &self.gifts {
            let mut payments = self.payments.iter().filter(|payment| payment.may_pay(gift));
            match (payments.next(), payments.next()) {
                (None, _) => {
                    unpaid += 1;
                    found.find(self.place.missing(gift));
                }
                (Some(payment), None) if !self.has_other(gift, payment) => {
                    if gift.fen.abs_diff(payment.fen) > tolerance {
                        found.find(self.place.differing(gift, payment));
                    }
                }
                _ => tied += 1,
            }
        }
        if tied > 0 {
            self.leave(found);
        }
        let count = |gifts: usize| u64::try_from(gifts).unwrap_or(u64::MAX);
        let differing = self.gifts.len() - unpaid - tied;
        found.examined(account, CheckCode::E1, count(gifts - tied));
        found.examined(account, CheckCode::E2, count(paid + differing));
        count(tied)
    }

    /// Takes away gifts with their payments: by name and amount, then by amount alone, as people change their names.
    fn pair(&mut self) {
        let Self { gifts, payments, .. } = self;
        for is_by_name in [true, false] {
            gifts.retain(|gift| {
                let paid = payments.iter().position(|payment| {
                    gift.fen == payment.fen && (!is_by_name || gift.name == payment.name)
                });
                if let Some(paid) = paid {
                    payments.swap_remove(paid);
                }
                paid.is_none()
            });
        }
    }

    /// Whether a payment may be for another gift than this one.
    fn has_other(&self, gift: &Item, payment: &Item) -> bool {
        self.gifts.iter().any(|other| other != gift && payment.may_pay(other))
    }
}

impl Item {
    /// Whether it may be the payment of a gift of another amount.
    fn may_pay(&self, gift: &Self) -> bool {
        self.name.is_none() || gift.name.is_none() || self.name == gift.name
    }
}

impl Place {
    fn missing(&self, gift: &Item) -> Draft {
        let (yuan, at) = (Money::from_fen(gift.fen), instant(self.at));
        let subject = FindingSubject::new("gifts", [gift.key.as_str().into()], &gift.key);
        let text = words!(
            "{yuan} yuan were given at {at}, and there is no payment of them",
            "{at} 打赏 {yuan} 元，没有对应的付款"
        );
        self.draft(CheckCode::E1, subject, gift.fen, text, vec![self.given(gift)])
    }

    fn differing(&self, gift: &Item, payment: &Item) -> Draft {
        let (given, paid) = (Money::from_fen(gift.fen), Money::from_fen(payment.fen));
        let order = &payment.key;
        let subject = FindingSubject::new("gift_payments", [order.as_str().into()], order);
        let text = words!(
            "{given} yuan were given, and {paid} yuan paid",
            "打赏 {given} 元，付款 {paid} 元"
        );
        let paid = Evidence::new("gift_payments", [order.as_str().into()])
            .with_known("payer_name", payment.name.as_ref())
            .with("amount_fen", payment.fen)
            .with("paid_at", utc(self.at));
        let missing = gift.fen.saturating_sub(payment.fen);
        self.draft(CheckCode::E2, subject, missing, text, vec![self.given(gift), paid])
    }

    fn given(&self, gift: &Item) -> Evidence {
        Evidence::new("gifts", [gift.key.as_str().into()])
            .with_known("giver_nickname", gift.name.as_ref())
            .with("charged_fen", gift.fen)
            .with("given_at", utc(self.at))
    }

    fn draft(
        &self,
        code: CheckCode,
        subject: FindingSubject,
        missing: i64,
        text: Words,
        evidence: Vec<Evidence>,
    ) -> Draft {
        Draft {
            code,
            account: self.account,
            room: room(&self.room_kind, &self.room_id),
            subject,
            amount_fen: Some(missing),
            points: None,
            mark: String::new(),
            text,
            evidence,
        }
    }
}
