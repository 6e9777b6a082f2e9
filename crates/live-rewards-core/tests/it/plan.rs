//! What a made-up vendor has and how it answers.

use std::{collections::VecDeque, ops::Range};

use live_rewards_core::{Error, ErrorKind, Position, Result};
use proptest::prelude::*;

/// What the vendor has and how it answers.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// How many claims each red packet has, in the order of the listing.
    pub(crate) packets: Vec<usize>,
    /// Whether claims come with their packets.
    pub(crate) inline: bool,
    pub(crate) style: Style,
    /// Rows a page where the query doesn't say.
    pub(crate) size: u32,
    /// Rows that the vendor gives at most on a page that it cuts, whatever it is asked for.
    pub(crate) cap: u32,
    pub(crate) cuts: Cuts,
    /// Whether a vendor that cuts pages numbers them by the size that it gives, not by the one it was asked for.
    pub(crate) numbers_cut: bool,
    pub(crate) end: End,
    /// How often a call is polled before it looks at the rows, and then before it answers; in a circle. If nothing is said, it waits for the
    /// next tick both times.
    pub(crate) delays: Vec<u8>,
    /// How many packets come in before each look at the listing.
    pub(crate) news: VecDeque<u8>,
    pub(crate) news_at_head: bool,
    /// A packet that can't be read.
    pub(crate) rejected: Option<usize>,
    /// A packet that can't be read beside its claims, or comes without them.
    pub(crate) spoilt: Option<usize>,
    /// A row whose page fails, and how.
    pub(crate) broken: Option<(usize, ErrorKind)>,
    /// A packet whose claims fail, and how.
    pub(crate) broken_packet: Option<(usize, ErrorKind)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Page,
    Offset,
    Total,
}

/// Which pages the vendor cuts.
#[derive(Clone, Debug)]
pub(crate) enum Cuts {
    /// Those that begin with this row or a later one.
    From(u64),
    /// Those that these calls ask for, counted from 0.
    Calls(Range<usize>),
}

/// What comes after the last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Empty,
    /// The last page again.
    Repeats,
    /// One empty page, then errors.
    Refuses,
}

impl Plan {
    pub(crate) fn of(packets: Vec<usize>) -> Self {
        Self {
            packets,
            inline: false,
            style: Style::Page,
            size: 2,
            cap: u32::MAX,
            cuts: Cuts::From(0),
            numbers_cut: true,
            end: End::Refuses,
            delays: vec![0, 3, 1, 2],
            news: VecDeque::new(),
            news_at_head: false,
            rejected: None,
            spoilt: None,
            broken: None,
            broken_packet: None,
        }
    }

    /// The rows of a page that a call asks for, and where the next one is.
    pub(crate) fn look(
        &self,
        at: &Position,
        rows: usize,
        call: usize,
    ) -> Result<(Range<usize>, Option<Position>)> {
        let cut = match &self.cuts {
            Cuts::From(row) => at.offset() >= *row,
            Cuts::Calls(calls) => calls.contains(&call),
        };
        let size = if cut { at.size().min(self.cap) } else { at.size() } as usize;
        let offset = usize::try_from(at.offset()).unwrap();
        let mut begin = match at {
            _ if !self.numbers_cut => offset,
            Position::Offset { .. } => offset / size * size,
            _ => (at.page() as usize - 1) * size,
        };
        let told = self.style == Style::Total;
        match self.end {
            End::Refuses
                if begin > rows.next_multiple_of(size) || (told && begin > 0 && begin >= rows) =>
            {
                return Err(Error::new(ErrorKind::NotFound, "no such page"));
            }
            End::Repeats if !told && begin >= rows => begin = rows.saturating_sub(1) / size * size,
            _ => {}
        }
        let range = begin.min(rows)..(begin + size).min(rows);
        let asked = at.size() as usize;
        let short = (1..asked).contains(&range.len());
        let more = if told {
            let unmet = !range.is_empty() && offset + range.len() != rows;
            (at.page() as usize) < rows.div_ceil(asked) || unmet
        } else {
            !range.is_empty()
        };
        let next = if short && !(told && offset > 0) {
            at.behind(range.len() as u64)
        } else {
            at.following()
        };
        Ok((range, next.filter(|_| more)))
    }
}

/// Ids of all packets.
pub(crate) fn all(plan: &Plan) -> Vec<String> {
    (0..plan.packets.len()).map(|number| number.to_string()).collect()
}

prop_compose! {
    pub(crate) fn plans()(
        rows in 0_usize..40,
        size in 1_u32..7,
        cap in 1_u32..9,
        cut_from in 0_u64..40,
        numbers_cut: bool,
        style in prop_oneof![Just(Style::Page), Just(Style::Offset), Just(Style::Total)],
        end in prop_oneof![Just(End::Empty), Just(End::Repeats), Just(End::Refuses)],
        delays in proptest::collection::vec(0_u8..6, 1..16),
        broken in proptest::option::weighted(0.3, (0_usize..40, kinds())),
        rejected in proptest::option::weighted(0.3, 0_usize..40),
    ) -> Plan {
        let step = u64::from(size);
        let last_page = (rows as u64).saturating_sub(1) / step * step;
        // From a later page on only where the end is plain: vendors that differ in more than one thing are no law's business.
        let cut_from = if end == End::Empty { cut_from % (last_page + 1) } else { 0 };
        // A last page that is cut to just what the total leaves for it can't be told from a whole one.
        let looks_whole = style == Style::Total && rows as u64 % step == u64::from(cap);
        let numbers_cut = numbers_cut && !looks_whole;
        let cuts = Cuts::From(cut_from);
        let plan = Plan::of(vec![0; rows]);
        Plan { style, size, cap, cuts, numbers_cut, end, delays, rejected, broken, ..plan }
    }
}

fn kinds() -> impl Strategy<Value = ErrorKind> {
    prop_oneof![
        Just(ErrorKind::Timeout),
        Just(ErrorKind::Decode),
        Just(ErrorKind::NotFound),
        Just(ErrorKind::Blocked)
    ]
}
