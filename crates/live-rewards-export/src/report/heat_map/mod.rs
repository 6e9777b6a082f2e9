mod grid;

use askama::Template;
use live_rewards_core::Money;
use live_rewards_ledger::{Day, LedgerError, PacketFigures, RoomDay, RoomSums};

use self::grid::{CELL, Stripes, Sums, summed};
use super::{
    calendar::{Spans, Unit},
    context::{Context, room_name},
    numbers::{whole, yuan},
    plain::Plain,
    svg::Across,
    text::Text,
};

/// Where and when the differences are: a row a room, a column a day.
#[derive(Debug, Template)]
#[template(path = "report/heat_map.html", whitespace = "minimize")]
pub(super) struct HeatMap {
    t: &'static Text,
    rooms: Vec<Room>,
    cells: Vec<Cell>,
    labels: Vec<Label>,
    size: Size,
    caption: String,
    description: String,
    has_accounts: bool,
    rows: Vec<Row>,
    more: Option<String>,
}

/// What stands at both ends of a row.
#[derive(Debug)]
struct Room {
    account: Option<Plain>,
    name: Plain,
    total: String,
}

/// A room in a day or longer span.
#[derive(Debug)]
struct Cell {
    x: Across,
    y: i64,
    kind: &'static str,
    shade: &'static str,
    stripes: Option<Stripes>,
    told: Option<String>,
}

#[derive(Debug)]
struct Label {
    x: Across,
    text: String,
}

#[derive(Debug)]
struct Size {
    cell: Across,
    cell_height: i64,
    height: i64,
}

#[derive(Debug)]
struct Row {
    account: Option<Plain>,
    room: Plain,
    when: String,
    missing: Option<String>,
    excess: Option<String>,
}

const MOST_ROOMS: usize = 20;
const MOST_SPANS: i32 = 31;
/// Characters of the labels above that don't overlap on a phone.
const CHARACTERS: usize = 30;
const MOST_ROWS: usize = 100;
/// Pixels above the cells, and of a row.
const TOP: i64 = 22;
const ROW: i64 = 26;

impl HeatMap {
    /// Nothing if no room has a difference on any day.
    pub(super) fn new(
        context: &Context<'_>,
        figures: &PacketFigures,
    ) -> Result<Option<Self>, LedgerError> {
        let rooms = figures.by_difference(MOST_ROOMS)?;
        let keys: Vec<_> = rooms.iter().map(|room| (room.account, room.room.clone())).collect();
        let of_room = |day: &RoomDay| {
            keys.iter().position(|(account, room)| *account == day.account && *room == day.room)
        };
        let values: Vec<(usize, Day, i64)> = figures
            .room_days(&keys)
            .iter()
            .filter_map(|day| Some((of_room(day)?, day.day, day.difference.fen())))
            .collect();
        let rooms = rooms.iter().map(|room| described(context, room)).collect();
        Ok(Self::of(context.t, rooms, context.has_many_accounts(), &values))
    }

    /// From the differences of rooms and days.
    fn of(
        t: &'static Text,
        rooms: Vec<Room>,
        has_accounts: bool,
        values: &[(usize, Day, i64)],
    ) -> Option<Self> {
        let differing = || values.iter().filter(|(_, _, fen)| *fen != 0).map(|(_, day, _)| *day);
        let spans = Spans::new(differing().min()?, differing().max()?, MOST_SPANS);
        let grid = summed(&spans, rooms.len(), values);
        let largest = grid.iter().flatten().map(|sums| sums.size()).max()?;
        let mut cells = Vec::new();
        let mut rows = Vec::new();
        for ((room, row), y) in rooms.iter().zip(&grid).zip((TOP..).step_by(step(ROW))) {
            for (index, sums) in row.iter().enumerate().filter(|(_, sums)| sums.is_used) {
                let when = spans.name(index);
                cells.push(Cell {
                    x: Across::part(index, spans.len()),
                    y,
                    kind: sums.kind(),
                    shade: sums.shade(largest),
                    stripes: sums.stripes(y),
                    told: sums.told(t).map(|told| format!("{} {when}: {told}", room.name)),
                });
                if sums.size() > 0 {
                    rows.push((sums.size(), row_of(room, when, *sums)));
                }
            }
        }
        rows.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
        let more = rows.len().saturating_sub(MOST_ROWS);
        let by = match spans.unit {
            Unit::Day => t.by_day,
            Unit::Week => t.by_week,
            Unit::Month => t.by_month,
            Unit::Years(_) => t.by_years,
        };
        let number = u64::try_from(rooms.len()).unwrap_or(u64::MAX);
        let caption = t.heat_caption(number, by, &yuan(Money::from_fen(largest)));
        let told: Vec<(String, String)> =
            rooms.iter().map(|room| (room.name.to_string(), room.total.clone())).collect();
        Some(Self {
            t,
            size: Size {
                cell: cell_width(spans.len()),
                cell_height: CELL,
                height: TOP + ROW * whole(number),
            },
            labels: labels(&spans),
            cells,
            description: format!("{caption} {}", t.list_of(&told)),
            caption,
            has_accounts,
            rows: rows.into_iter().take(MOST_ROWS).map(|(_, row)| row).collect(),
            more: (more > 0).then(|| t.more_cells(u64::try_from(more).unwrap_or(u64::MAX))),
            rooms,
        })
    }
}

fn described(context: &Context<'_>, room: &RoomSums) -> Room {
    Room {
        account: context.account_of_many(room.account),
        name: room_name(room.title.as_deref(), &room.room),
        total: yuan(room.packets.difference),
    }
}

fn row_of(room: &Room, when: String, sums: Sums) -> Row {
    let some = |fen: i64| (fen > 0).then(|| yuan(Money::from_fen(fen)));
    Row {
        account: room.account.clone(),
        room: room.name.clone(),
        when,
        missing: some(sums.missing),
        excess: some(sums.excess),
    }
}

fn labels(spans: &Spans) -> Vec<Label> {
    let labelled = spans.labelled(CHARACTERS).into_iter();
    let label = |index| Label { x: Across::part(index, spans.len()), text: spans.short(index) };
    labelled.map(label).collect()
}

/// A little less than a column.
fn cell_width(columns: usize) -> Across {
    let column = Across::part(1, columns);
    Across(column.0 - (column.0 / 10).min(40))
}

fn step(pixels: i64) -> usize {
    usize::try_from(pixels).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use live_rewards_ledger::Language;

    use super::*;
    use crate::report::text::of;

    fn map(rooms: usize, values: &[(usize, i32, i64)]) -> Option<HeatMap> {
        let rooms = (0..rooms)
            .map(|room| Room {
                account: None,
                name: Plain::name(&format!("room {room}")),
                total: String::new(),
            })
            .collect();
        let values: Vec<_> =
            values.iter().map(|(room, day, fen)| (*room, Day::new(*day).unwrap(), *fen)).collect();
        HeatMap::of(of(Language::English), rooms, false, &values)
    }

    #[test]
    fn cells_are_where_their_room_and_day_are() {
        let map = map(2, &[(0, 10, 2000), (1, 10, 0), (1, 11, -50)]).unwrap();
        let cells: Vec<_> =
            map.cells.iter().map(|cell| (cell.x.0, cell.y, cell.kind, cell.shade)).collect();
        assert_eq!(
            cells,
            [
                (0, TOP, "missing", "shade-4"),
                (0, TOP + ROW, "fine", "shade-1"),
                (5000, TOP + ROW, "excess", "shade-1")
            ]
        );
        assert_eq!(map.size.height, TOP + 2 * ROW);
        let told: Vec<_> = map.cells.iter().map(|cell| cell.told.as_deref()).collect();
        assert_eq!(told[0], Some("room 0 1970-01-11: Missing ¥20.00"));
        assert_eq!(told[1], None);
        assert_eq!(map.rows.len(), 2);
    }

    #[test]
    fn what_would_cancel_out_in_a_week_is_seen() {
        let days: Vec<_> =
            (0..100).map(|day| (0, day, if day % 2 == 0 { 5 } else { -5 })).collect();
        let map = map(1, &days).unwrap();
        assert_eq!(map.cells.len(), 15);
        assert!(map.cells.iter().all(|cell| cell.kind == "both"));
        let heights = map.cells.iter().filter_map(|cell| Some(cell.stripes.as_ref()?.height));
        assert_eq!(heights.collect::<Vec<_>>(), [CELL / 2; 15]);
    }

    #[test]
    fn no_difference_is_no_picture() {
        assert!(map(1, &[]).is_none());
        assert!(map(1, &[(0, 1, 0)]).is_none());
    }

    #[test]
    fn many_cells_are_listed_from_the_largest_on() {
        let values: Vec<_> = (0..10)
            .flat_map(|room| (0..31).map(move |day| (room, day, i64::from(day) + 1)))
            .collect();
        let map = map(10, &values).unwrap();
        assert_eq!((map.cells.len(), map.rows.len()), (310, MOST_ROWS));
        assert_eq!(map.rows[0].missing.as_deref(), Some("¥0.31"));
        assert!(map.more.unwrap().starts_with("210 "));
    }

    #[test]
    fn the_largest_differences_have_a_shade() {
        let map = map(1, &[(0, 0, i64::MIN), (0, 1, i64::MAX)]).unwrap();
        assert!(map.cells.iter().all(|cell| cell.shade == "shade-4"));
    }
}
