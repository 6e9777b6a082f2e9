//! Gifts that people give in the rooms.

use crate::people;
use crate::seed::Purpose;
use crate::world::timeline::Timeline;

/// All gifts of a vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gifts {
    pub(crate) timeline: Timeline,
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
    /// The gift at an index of a room.
    pub(crate) fn get(&self, room: i64, index: i64) -> Gift {
        let mut draw = self.timeline.draws.of(Purpose::Gift).at(room).at(index);
        // The first row of a room is the expensive one that reports no charge.
        let item = item(if index == 0 { 0 } else { draw.below(KINDS) });
        let quantity = if draw.below(10) == 0 {
            99
        } else {
            1 + draw.below(5)
        };
        let giver = if draw.below(4) == 0 {
            people::REGULAR
        } else {
            1 + draw.below(people::AUDIENCE)
        };
        let receiver = if draw.below(8) == 0 {
            people::REGULAR
        } else {
            people::host(room)
        };
        Gift {
            item,
            quantity,
            charged: if index % 7 == 0 {
                0
            } else {
                item.unit_points * quantity
            },
            giver,
            receiver,
            at: self.timeline.schedule(room).time(index),
        }
    }
}

impl Gift {
    /// Price times quantity.
    pub(crate) fn listed(&self) -> i64 {
        self.item.unit_points * self.quantity
    }
}

/// Number of kinds of gifts.
const KINDS: i64 = 6;

fn item(number: i64) -> Item {
    let (name, unit_points) = match number {
        0 => ("火箭", 500),
        1 => ("游艇", 300),
        2 => ("糖果", 15),
        3 => ("鲜花", 1),
        4 => ("\"666\"", 66),
        _ => ("跑车,限量版🏎", 1888),
    };
    Item {
        number,
        name,
        unit_points,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Draws;

    #[test]
    fn some_rows_report_no_charge_and_the_others_the_list_price() {
        let gifts = Gifts {
            timeline: Timeline {
                draws: Draws::new(2),
                start: 1_790_000_000,
                days: 4,
                sessions: 2,
                counts: &[30],
            },
        };
        for index in 0..30 {
            let gift = gifts.get(0, index);
            let expected = if index % 7 == 0 { 0 } else { gift.listed() };
            assert_eq!(gift.charged, expected);
            assert!(gift.listed() > 0);
        }
        assert_eq!(gifts.get(0, 0).item.name, "火箭");
    }
}
