use askama::Template;
use live_rewards_core::Money;
use live_rewards_ledger::PacketSums;

use super::{
    numbers::{share, yuan},
    svg::{Bars, Item},
    text::Text,
};

/// What became of the money that was issued: each part goes on where the one before ended.
#[derive(Debug, Template)]
#[template(path = "report/waterfall.html", whitespace = "minimize")]
pub(super) struct Waterfall {
    t: &'static Text,
    bars: Bars,
    description: String,
    rows: Vec<Row>,
}

/// A row of the table under it.
#[derive(Debug)]
struct Row {
    label: &'static str,
    amount: String,
    share: String,
    class: &'static str,
}

struct Part {
    label: &'static str,
    class: &'static str,
    money: Money,
    /// Where there is none, there is no need to show it.
    may_miss: bool,
}

impl Waterfall {
    /// Nothing if there are no red packets.
    pub(super) fn new(t: &'static Text, sums: &PacketSums) -> Option<Self> {
        if sums.packets == 0 {
            return None;
        }
        let parts: Vec<Part> = parts(t, sums)
            .into_iter()
            .filter(|part| !part.may_miss || part.money != Money::ZERO)
            .collect();
        let told: Vec<(String, String)> =
            parts.iter().map(|part| (part.label.to_owned(), yuan(part.money))).collect();
        let rows = parts
            .iter()
            .map(|part| Row {
                label: part.label,
                amount: yuan(part.money),
                share: share(part.money.fen(), sums.issued.fen()).unwrap_or_default(),
                class: part.class,
            })
            .collect();
        Some(Self { t, bars: Bars::joined(steps(&parts)), description: t.list_of(&told), rows })
    }
}

fn parts(t: &'static Text, sums: &PacketSums) -> [Part; 8] {
    let part = |label, class, money, may_miss| Part { label, class, money, may_miss };
    [
        part(t.issued, "issued", sums.issued, false),
        part(t.claimed, "claimed", sums.claimed, false),
        part(t.refunded, "refunded", sums.refunded, false),
        part(t.fee, "fee", sums.fee, false),
        part(t.open, "open", sums.open, false),
        part(t.unreported, "unreported", sums.refunded_unreported, true),
        part(t.residue, "residue", sums.residue, true),
        part(t.difference, "difference", sums.difference, false),
    ]
}

/// The first part from nothing up, the last from nothing, the others down from what is left.
fn steps(parts: &[Part]) -> Vec<Item> {
    let mut left = 0_i64;
    let last = parts.len().saturating_sub(1);
    let mut items = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let money = part.money.fen();
        let (from, to) =
            if at == 0 || at == last { (0, money) } else { (left, left.saturating_sub(money)) };
        left = to;
        items.push(Item {
            label: part.label.to_owned(),
            amount: yuan(part.money),
            class: part.class,
            from,
            to,
        });
    }
    items
}

#[cfg(test)]
mod tests {
    use live_rewards_ledger::Language;

    use super::*;
    use crate::report::text::of;

    fn sums(fen: [i64; 8]) -> PacketSums {
        let [issued, claimed, refunded, fee, open, unreported, residue, difference] =
            fen.map(Money::from_fen);
        let mut sums = PacketSums::default();
        sums.packets = 1;
        sums.issued = issued;
        sums.claimed = claimed;
        sums.refunded = refunded;
        sums.fee = fee;
        sums.open = open;
        sums.refunded_unreported = unreported;
        sums.residue = residue;
        sums.difference = difference;
        sums
    }

    fn spans(fen: [i64; 8]) -> Vec<(i64, i64)> {
        let steps = steps(&parts(of(Language::English), &sums(fen)));
        steps.iter().map(|step| (step.from, step.to)).collect()
    }

    #[test]
    fn what_is_left_at_the_end_is_the_difference() {
        assert_eq!(
            spans([100, 50, 20, 5, 10, 8, 2, 5]),
            [(0, 100), (100, 50), (50, 30), (30, 25), (25, 15), (15, 7), (7, 5), (0, 5)]
        );
        // More came out than went in.
        assert_eq!(spans([100, 120, 0, 0, 0, 0, 0, -20])[1..3], [(100, -20), (-20, -20)]);
    }

    #[test]
    fn parts_that_hardly_ever_are_stay_away() {
        let t = of(Language::English);
        let labels = |fen| -> Vec<&str> {
            let waterfall = Waterfall::new(t, &sums(fen)).unwrap();
            assert_eq!(waterfall.bars.bars.len(), waterfall.rows.len());
            waterfall.rows.iter().map(|row| row.label).collect()
        };
        assert_eq!(labels([1, 1, 0, 0, 0, 0, 0, 0]).len(), 6);
        assert_eq!(labels([2, 1, 0, 0, 0, 1, 0, 0])[5], t.unreported);
        assert!(Waterfall::new(t, &PacketSums::default()).is_none());
    }
}
