//! The picture without its lines.

use crate::report::{
    calendar::Spans,
    numbers::short_yuan,
    svg::{Across, Scale},
};

/// The part of the picture in which the lines are, in pixels.
#[derive(Debug)]
pub(crate) struct Plot {
    pub(crate) top: i64,
    pub(crate) height: i64,
    /// Width of what is left of it: the amounts of the grid.
    pub(crate) gutter: i64,
    /// Where those end.
    pub(crate) ticks: i64,
    /// The baseline of the labels below it.
    pub(crate) labels: i64,
    /// Height of the whole picture.
    pub(crate) all: i64,
}

/// A line of the grid.
#[derive(Debug)]
pub(crate) struct Mark {
    pub(crate) y: i64,
    pub(crate) text_y: i64,
    pub(crate) label: String,
}

/// What stands below a place.
#[derive(Debug)]
pub(crate) struct Label {
    pub(crate) x: Across,
    pub(crate) anchor: &'static str,
    pub(crate) text: String,
}

/// Characters of the labels below that don't overlap on a phone.
pub(crate) const CHARACTERS: usize = 36;
/// Pixels above the plot, and its height.
pub(crate) const TOP: i64 = 8;
pub(crate) const HEIGHT: i64 = 200;
/// Width of a character of the amounts, and of the gap beside them.
const CHARACTER: i64 = 7;
const GAP: i64 = 8;
/// The ends keep clear of the edge, in hundredths of a percent.
const INSET: i64 = 100;

pub(crate) fn plot(grid: &[Mark]) -> Plot {
    let longest = grid.iter().map(|mark| mark.label.chars().count()).max().unwrap_or_default();
    let ticks = i64::try_from(longest).unwrap_or_default() * CHARACTER;
    Plot {
        top: TOP,
        height: HEIGHT,
        gutter: ticks + GAP,
        ticks,
        labels: TOP + HEIGHT + 20,
        all: TOP + HEIGHT + 28,
    }
}

pub(crate) fn mark(scale: Scale, step: i128) -> Mark {
    let y = down(scale.at(step));
    Mark { y, text_y: y + 4, label: short_yuan(step) }
}

pub(crate) fn labels(spans: &Spans) -> Vec<Label> {
    let count = spans.len();
    spans
        .labelled(CHARACTERS)
        .into_iter()
        .map(|index| Label {
            x: place(index, count),
            anchor: match index {
                0 if count > 1 => "start",
                _ if index + 1 == count && count > 1 => "end",
                _ => "middle",
            },
            text: spans.short(index),
        })
        .collect()
}

/// Where one of so many points is.
pub(crate) fn place(index: usize, count: usize) -> Across {
    if count < 2 {
        return Across(Across::ALL.0 / 2);
    }
    let inner = Across::ALL.0 - 2 * INSET;
    Across(INSET + Across::part(index, count - 1).0 * inner / Across::ALL.0)
}

/// Pixels from the top of the picture for a height in the plot.
pub(crate) fn down(up: Across) -> i64 {
    TOP + up.to(Across::ALL).0 * HEIGHT / Across::ALL.0
}
