//! Gifts that people give in the rooms.

use crate::people;
use crate::seed::{Draws, Purpose};
use crate::world::defects::{self, Kind, Planted};
use crate::world::plan::Plan;
use crate::world::timeline::Timeline;

/// All gifts of a vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gifts {
    pub(crate) timeline: Timeline,
    audience: i64,
    /// Whether some rows report no charge.
    quirks: bool,
    planted: &'static [Planted],
}

/// One kind of gift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Number of the kind.
    pub(crate) number: i64,
    pub(crate) name: &'static str,
    /// Price of one, in points.
    pub(crate) unit_points: i64,
}

/// One giving. Points are whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gift {
    pub(crate) item: Item,
    pub(crate) quantity: i64,
    /// Points reported as charged: price times quantity, or 0 for some rows.
    pub(crate) charged: i64,
    pub(crate) giver: i64,
    pub(crate) receiver: i64,
    pub(crate) at: i64,
}

impl Gifts {
    pub(crate) fn new(draws: Draws, plan: &Plan, start: i64, defects: &'static [Planted]) -> Self {
        Self {
            timeline: Timeline::of_gifts(draws, plan, start),
            audience: plan.audience,
            quirks: plan.quirks,
            planted: plan.planted(defects),
        }
    }

    /// The gift at an index of a room.
    pub(crate) fn get(&self, room: i64, index: i64) -> Gift {
        let mut draw = self.timeline.draws.of(Purpose::Gift).at(room).at(index);
        // The first row of a room is the expensive one of the vendor's example.
        let item = item(if index == 0 { 0 } else { draw.below(KINDS) });
        let quantity = if draw.below(10) == 0 { 99 } else { 1 + draw.below(5) };
        let giver =
            if draw.below(4) == 0 { people::REGULAR } else { 1 + draw.below(self.audience) };
        let receiver = if draw.below(8) == 0 { people::REGULAR } else { people::host(room) };
        let is_uncharged = self.quirks && index % 7 == 0;
        let mut gift = Gift {
            item,
            quantity,
            charged: if is_uncharged { 0 } else { item.unit_points * quantity },
            giver,
            receiver,
            at: self.timeline.schedule(room).time(index),
        };
        if !self.planted.is_empty() {
            defects::spoil_gift(self.planted, (room, index), self.price_changes(), &mut gift);
        }
        gift
    }

    /// The defects that are planted, each with its room, index and gift.
    pub(crate) fn defects(&self) -> impl Iterator<Item = (&Planted, Gift)> {
        self.planted.iter().map(|planted| (planted, self.get(planted.room, planted.index)))
    }

    /// When the price of a kind changes: with the gift where that is planted.
    fn price_changes(&self) -> i64 {
        self.planted
            .iter()
            .find(|planted| planted.kind == Kind::PriceChanges)
            .map_or(i64::MAX, |planted| self.timeline.schedule(planted.room).time(planted.index))
    }
}

impl Gift {
    /// Price times quantity.
    pub(crate) fn listed(&self) -> i64 {
        self.item.unit_points * self.quantity
    }
}

/// The kind whose price changes where that is planted.
pub(super) const REPRICED: Item = item(4);

/// Number of kinds of gifts.
const KINDS: i64 = 6;

const fn item(number: i64) -> Item {
    let (name, unit_points) = match number {
        0 => ("火箭", 500),
        1 => ("游艇", 300),
        2 => ("糖果", 15),
        3 => ("鲜花", 1),
        4 => ("\"666\"", 66),
        _ => ("跑车,限量版🏎", 1888),
    };
    Item { number, name, unit_points }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn gifts(scenario: Scenario) -> Gifts {
        let plan = Plan::of(scenario, 100);
        Gifts::new(Draws::new(2), &plan, 1_790_000_000, &[])
    }

    #[test]
    fn some_rows_report_no_charge_and_the_others_the_list_price() {
        let gifts = gifts(Scenario::Small);
        for index in 0..30 {
            let gift = gifts.get(0, index);
            let expected = if index % 7 == 0 { 0 } else { gift.listed() };
            assert_eq!(gift.charged, expected);
            assert!(gift.listed() > 0);
        }
        assert_eq!(gifts.get(0, 0).item.name, "火箭");
    }

    #[test]
    fn without_quirks_every_row_reports_its_charge() {
        for scenario in [Scenario::Live, Scenario::Campaign, Scenario::Defects] {
            let gifts = gifts(scenario);
            assert!((0..40).all(|index| {
                let gift = gifts.get(0, index);
                gift.charged == gift.listed()
            }));
        }
    }
}
