use askama::Template;
use live_rewards_core::Money;
use live_rewards_ledger::{Ageing, PacketSums};

use super::{
    numbers::{count, share, yuan},
    svg::{Bars, Item},
    text::Text,
};

/// How long money has been in red packets.
#[derive(Debug, Template)]
#[template(path = "report/ageing.html", whitespace = "minimize")]
pub(super) struct AgeingBars {
    t: &'static Text,
    lede: String,
    /// Nothing where no money is open.
    bars: Option<Bars>,
    description: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    age: String,
    packets: String,
    money: String,
    share: String,
}

impl AgeingBars {
    /// Nothing if there are no red packets.
    pub(super) fn new(
        t: &'static Text,
        sums: &PacketSums,
        ages: &[Ageing],
        as_of: &str,
    ) -> Option<Self> {
        if sums.packets == 0 {
            return None;
        }
        let total = ages.iter().fold(0_i64, |sum, age| sum.saturating_add(age.money.fen()));
        let names: Vec<String> =
            ages.iter().map(|age| t.hours(age.from_hours, age.to_hours)).collect();
        let rows: Vec<Row> = ages
            .iter()
            .zip(&names)
            .map(|(age, name)| Row {
                age: name.clone(),
                packets: count(age.packets),
                money: yuan(age.money),
                share: share(age.money.fen(), total).unwrap_or_default(),
            })
            .collect();
        let told: Vec<(String, String)> =
            names.iter().zip(ages).map(|(name, age)| (name.clone(), yuan(age.money))).collect();
        let is_open = ages.iter().any(|age| age.packets > 0 || age.money != Money::ZERO);
        let items = names.into_iter().zip(ages).map(|(label, age)| Item {
            label,
            amount: yuan(age.money),
            class: "open",
            from: 0,
            to: age.money.fen(),
        });
        Some(Self {
            t,
            lede: t.ageing_lede(as_of),
            bars: is_open.then(|| Bars::of(items.collect())),
            description: t.list_of(&told),
            rows,
        })
    }
}
