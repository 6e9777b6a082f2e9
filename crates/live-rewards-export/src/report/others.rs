use askama::Template;
use live_rewards_core::{Money, Points};
use live_rewards_ledger::{GiftSums, PrizeSums};

use super::{
    numbers::{count, points, yuan},
    text::Text,
};

/// Gifts and prizes, in money and in points, which are never added together.
#[derive(Debug, Template)]
#[template(path = "report/others.html", whitespace = "minimize")]
pub(super) struct Others {
    t: &'static Text,
    rows: Vec<Row>,
    has_unstated: bool,
}

#[derive(Debug)]
struct Row {
    label: &'static str,
    number: String,
    money: String,
    points: String,
    unstated: String,
}

impl Others {
    /// Nothing if there are neither gifts nor prizes.
    pub(super) fn new(t: &'static Text, gifts: &GiftSums, prizes: &PrizeSums) -> Option<Self> {
        let mut rows = Vec::new();
        if gifts.gifts > 0 {
            let number = gifts.gifts;
            let (charged, listed) = (gifts.charged_money, gifts.list_money);
            rows.push(row(t.gifts_charged, number, charged, gifts.charged_points, gifts.unstated));
            rows.push(row(t.gifts_listed, number, listed, gifts.list_points, gifts.unstated));
        }
        if prizes.prizes > 0 {
            let PrizeSums { prizes: number, money, points, unstated, .. } = *prizes;
            rows.push(row(t.prizes, number, money, points, unstated));
        }
        let has_unstated = gifts.unstated > 0 || prizes.unstated > 0;
        (!rows.is_empty()).then_some(Self { t, rows, has_unstated })
    }
}

fn row(label: &'static str, number: u64, money: Money, of_points: Points, unstated: u64) -> Row {
    Row {
        label,
        number: count(number),
        money: yuan(money),
        points: points(of_points),
        unstated: count(unstated),
    }
}
