use super::{Across, Scale};

/// Lying bars, one below the other, each with its label and amount above it.
#[derive(Debug)]
pub(crate) struct Bars {
    pub(crate) bars: Vec<Bar>,
    /// Where nothing is, unless that is at the left end.
    pub(crate) zero: Option<Across>,
    /// Height of each bar.
    pub(crate) thick: i64,
    pub(crate) height: i64,
}

/// A bar, where it is drawn.
#[derive(Debug)]
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) amount: String,
    pub(crate) class: &'static str,
    pub(crate) x: Across,
    pub(crate) width: Across,
    /// The baseline of its texts.
    pub(crate) text_y: i64,
    pub(crate) y: i64,
    /// Where it goes on from the bar above it, and where that is.
    pub(crate) joint: Option<Joint>,
}

/// A thin line between two bars.
#[derive(Debug)]
pub(crate) struct Joint {
    pub(crate) x: Across,
    pub(crate) from_y: i64,
    pub(crate) to_y: i64,
}

/// What a bar shows.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) label: String,
    pub(crate) amount: String,
    pub(crate) class: &'static str,
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// Height of a bar with its label.
const ROW: i64 = 46;
/// Above a label's baseline.
const LABEL: i64 = 16;
/// Above a bar.
const ABOVE: i64 = 23;
const THICK: i64 = 14;
/// Below that a bar would hardly be seen.
const LEAST: i64 = 40;

impl Bars {
    /// Each from nothing to its value.
    pub(crate) fn of(items: Vec<Item>) -> Self {
        Self::new(items, false)
    }

    /// Each from where the one before ended.
    pub(crate) fn joined(items: Vec<Item>) -> Self {
        Self::new(items, true)
    }

    fn new(items: Vec<Item>, is_joined: bool) -> Self {
        let scale = Scale::of(items.iter().flat_map(|item| [item.from, item.to]));
        let mut bars = Vec::with_capacity(items.len());
        let mut y = 0;
        let mut end = None;
        for item in items {
            let (x, width) = extent(scale, item.from, item.to);
            let joint = end.filter(|_| is_joined).map(|end: i64| Joint {
                x: scale.at(end.into()),
                from_y: y - ROW + ABOVE + THICK,
                to_y: y + ABOVE,
            });
            end = Some(item.to);
            bars.push(Bar {
                label: item.label,
                amount: item.amount,
                class: item.class,
                x,
                width,
                text_y: y + LABEL,
                y: y + ABOVE,
                joint,
            });
            y += ROW;
        }
        let zero = Some(scale.at(0)).filter(|zero| *zero > Across(0));
        Self { bars, zero, thick: THICK, height: y }
    }
}

/// Left end and length, with a length that can be seen unless there is none.
fn extent(scale: Scale, from: i64, to: i64) -> (Across, Across) {
    let (left, right) = (scale.at(from.min(to).into()), scale.at(from.max(to).into()));
    let width = left.to(right).0;
    if from == to || width >= LEAST {
        return (left, Across(width));
    }
    (Across(left.0.min(Across::ALL.0 - LEAST)), Across(LEAST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(from: i64, to: i64) -> Item {
        Item { label: String::new(), amount: String::new(), class: "", from, to }
    }

    fn extents(bars: &Bars) -> Vec<(i64, i64)> {
        bars.bars.iter().map(|bar| (bar.x.0, bar.width.0)).collect()
    }

    #[test]
    fn bars_go_on_where_the_one_before_ended() {
        let bars = Bars::joined(vec![item(0, 100), item(100, 40), item(40, -20), item(0, -20)]);
        assert_eq!(extents(&bars), [(1666, 8334), (5000, 5000), (0, 5000), (0, 1666)]);
        assert_eq!(bars.zero, Some(Across(1666)));
        assert_eq!(bars.height, 4 * ROW);
        let joints: Vec<_> =
            bars.bars.iter().map(|bar| bar.joint.as_ref().map(|joint| joint.x.0)).collect();
        assert_eq!(joints, [None, Some(10_000), Some(5000), Some(0)]);
    }

    #[test]
    fn what_is_tiny_can_be_seen_and_nothing_cannot() {
        let bars = Bars::of(vec![item(0, 1_000_000), item(0, 1), item(0, 0)]);
        assert_eq!(bars.zero, None);
        assert_eq!(extents(&bars), [(0, 10_000), (0, LEAST), (0, 0)]);
        let bars = Bars::joined(vec![item(0, 1_000_000), item(1_000_000, 999_999)]);
        assert_eq!(extents(&bars)[1], (10_000 - LEAST, LEAST));
    }

    #[test]
    fn nothing_at_all_takes_no_room() {
        let bars = Bars::of(Vec::new());
        assert_eq!((bars.bars.len(), bars.height), (0, 0));
        assert_eq!(extents(&Bars::of(vec![item(0, 0)])), [(0, 0)]);
    }
}
