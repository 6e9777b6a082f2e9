mod frame;

use askama::Template;
use live_rewards_core::Money;
use live_rewards_ledger::{Day, DaySums};

use self::frame::{Label, Mark, Plot, down, labels, mark, place, plot};
use super::{
    calendar::{Spans, Unit},
    context::Context,
    numbers::{count, yuan},
    svg::{Across, Scale},
    text::Text,
};

/// What was issued, claimed and refunded, day by day: of the red packets of each day.
#[derive(Debug, Template)]
#[template(path = "report/days.html", whitespace = "minimize")]
pub(super) struct Days {
    t: &'static Text,
    plot: Plot,
    lines: Vec<Line>,
    grid: Vec<Mark>,
    labels: Vec<Label>,
    caption: String,
    description: String,
    table: String,
    unit: &'static str,
    rows: Vec<Row>,
}

/// One of the lines.
#[derive(Debug)]
struct Line {
    label: &'static str,
    class: &'static str,
    total: String,
    /// As an SVG polyline of the plot, which is 10000 by 10000.
    path: String,
    dots: Vec<Dot>,
}

/// A value where there are few.
#[derive(Debug)]
struct Dot {
    x: Across,
    y: i64,
    told: String,
}

#[derive(Debug)]
struct Row {
    name: String,
    packets: String,
    amounts: Vec<String>,
}

/// Sums of a day or a longer span.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    packets: u64,
    /// Issued, claimed, refunded, in fen.
    fen: [i64; 3],
}

/// Points of a line. A quarter fits by its days.
const MOST_POINTS: i32 = 92;
/// Points that are marked each.
const MOST_DOTS: usize = 31;
impl Days {
    /// Nothing if no red packet was sent.
    pub(super) fn new(context: &Context<'_>, days: &[DaySums]) -> Option<Self> {
        let known: Vec<(Day, Sums)> = days.iter().map(of_day).collect();
        Self::of(context.t, &known, context.period())
    }

    fn of(
        t: &'static Text,
        days: &[(Day, Sums)],
        period: (Option<Day>, Option<Day>),
    ) -> Option<Self> {
        let (first, last) = ends(days, period)?;
        let spans = Spans::new(first, last, MOST_POINTS);
        let sums = summed(&spans, days);
        let scale = Scale::of(sums.iter().flat_map(|sums| sums.fen));
        let (scale, steps) = scale.rounded();
        let grid: Vec<Mark> = steps.iter().map(|step| mark(scale, *step)).collect();
        let (by, unit) = match spans.unit {
            Unit::Day => (t.by_day, t.day),
            Unit::Week => (t.by_week, t.week),
            Unit::Month => (t.by_month, t.month),
            Unit::Years(_) => (t.by_years, t.years),
        };
        let lines: Vec<Line> =
            [(t.issued, "issued"), (t.claimed, "claimed"), (t.refunded, "refunded")]
                .into_iter()
                .enumerate()
                .map(|(which, (label, class))| line(label, class, &spans, scale, &sums, which))
                .collect();
        let caption =
            t.days_caption(&spans.name(0), &spans.name(spans.len().saturating_sub(1)), by);
        let totals: Vec<(String, String)> =
            lines.iter().map(|line| (line.label.to_owned(), line.total.clone())).collect();
        Some(Self {
            t,
            plot: plot(&grid),
            grid,
            labels: labels(&spans),
            description: format!("{caption}. {}", t.list_of(&totals)),
            caption,
            table: t.days_table(by),
            unit,
            rows: rows(&spans, &sums),
            lines,
        })
    }
}

fn of_day(day: &DaySums) -> (Day, Sums) {
    let fen = [day.sums.issued, day.sums.claimed, day.sums.refunded].map(Money::fen);
    (day.day, Sums { packets: day.sums.packets, fen })
}

/// Where the picture begins and ends: a short period whole, otherwise where there is something.
fn ends(days: &[(Day, Sums)], (since, until): (Option<Day>, Option<Day>)) -> Option<(Day, Day)> {
    let first = days.iter().map(|(day, _)| *day).min()?;
    let last = days.iter().map(|(day, _)| *day).max()?;
    Some(match (since, until) {
        (Some(since), Some(until))
            if (0..MOST_POINTS).contains(&(until.number() - since.number())) =>
        {
            (since.min(first), until.max(last))
        }
        _ => (first, last),
    })
}

/// Days without red packets have nothing in them.
fn summed(spans: &Spans, days: &[(Day, Sums)]) -> Vec<Sums> {
    let mut all = vec![Sums::default(); spans.len()];
    for (day, sums) in days {
        if let Some(of) = spans.index(*day).and_then(|index| all.get_mut(index)) {
            of.packets = of.packets.saturating_add(sums.packets);
            for (total, more) in of.fen.iter_mut().zip(sums.fen) {
                *total = total.saturating_add(more);
            }
        }
    }
    all
}

fn line(
    label: &'static str,
    class: &'static str,
    spans: &Spans,
    scale: Scale,
    sums: &[Sums],
    which: usize,
) -> Line {
    let mut points = Vec::with_capacity(sums.len());
    let mut dots = Vec::new();
    let mut total = 0_i64;
    for (index, sums_of) in sums.iter().enumerate() {
        let fen = sums_of.fen.get(which).copied().unwrap_or_default();
        total = total.saturating_add(fen);
        let (x, up) = (place(index, sums.len()), scale.at(fen.into()));
        points.push(format!("{},{}", x.0, up.to(Across::ALL).0));
        if sums.len() <= MOST_DOTS {
            let told = format!("{label} {} {}", spans.name(index), yuan(Money::from_fen(fen)));
            dots.push(Dot { x, y: down(up), told });
        }
    }
    Line { label, class, total: yuan(Money::from_fen(total)), path: points.join(" "), dots }
}

fn rows(spans: &Spans, sums: &[Sums]) -> Vec<Row> {
    let rows = sums.iter().enumerate().map(|(index, sums)| Row {
        name: spans.name(index),
        packets: count(sums.packets),
        amounts: sums.fen.iter().map(|fen| yuan(Money::from_fen(*fen))).collect(),
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use live_rewards_ledger::Language;

    use super::{
        frame::{CHARACTERS, HEIGHT, TOP},
        *,
    };
    use crate::report::text::of;

    fn days(fen: &[(i32, i64)], period: (Option<i32>, Option<i32>)) -> Option<Days> {
        let day = |number| Day::new(number).unwrap();
        let days: Vec<_> = fen
            .iter()
            .map(|(number, fen)| (day(*number), Sums { packets: 1, fen: [*fen, fen / 2, 0] }))
            .collect();
        Days::of(of(Language::English), &days, (period.0.map(day), period.1.map(day)))
    }

    #[test]
    fn days_between_have_nothing_in_them() {
        let days = days(&[(0, 100), (3, 200)], (None, None)).unwrap();
        let issued: Vec<&str> = days.rows.iter().map(|row| row.amounts[0].as_str()).collect();
        assert_eq!(issued, ["¥1.00", "¥0.00", "¥0.00", "¥2.00"]);
        assert_eq!(days.lines[0].path, "100,5000 3366,10000 6632,10000 9900,0");
        assert_eq!(days.lines[0].total, "¥3.00");
        assert_eq!(days.lines[0].dots.len(), 4);
    }

    #[test]
    fn one_day_is_a_point_in_the_middle() {
        let days = days(&[(20_000, 100)], (None, None)).unwrap();
        assert_eq!(days.lines[0].path, "5000,0");
        assert_eq!(days.lines[2].dots[0].y, TOP + HEIGHT);
        let labels: Vec<_> =
            days.labels.iter().map(|label| (label.anchor, label.text.as_str())).collect();
        assert_eq!(labels, [("middle", "10-04")]);
    }

    #[test]
    fn a_short_period_is_shown_whole_and_a_long_one_where_something_is() {
        let rows = |since, until| {
            days(&[(100, 1), (102, 1)], (Some(since), Some(until))).unwrap().rows.len()
        };
        assert_eq!(rows(91, 121), 31);
        assert_eq!(rows(0, 10_000), 3);
        assert!(days(&[], (Some(0), Some(1))).is_none());
    }

    #[test]
    fn long_spans_are_thinned_and_keep_their_sums() {
        let year: Vec<(i32, i64)> = (0..365).map(|day| (day, 100)).collect();
        let weekly = days(&year, (None, None)).unwrap();
        assert_eq!(weekly.rows.len(), 53);
        assert!(weekly.lines[0].dots.is_empty());
        assert_eq!(weekly.lines[0].total, "¥365.00");
        assert!(weekly.labels.len() <= CHARACTERS / "1970-01-01".len());
    }

    #[test]
    fn the_largest_amounts_stay_in_the_plot() {
        let days = days(&[(0, i64::MAX), (1, i64::MAX)], (None, None)).unwrap();
        for line in &days.lines {
            for dot in &line.dots {
                assert!((TOP..=TOP + HEIGHT).contains(&dot.y), "{dot:?}");
            }
        }
        assert!(days.grid.len() <= 6);
    }
}
