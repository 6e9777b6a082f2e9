use std::mem;

use super::pages::PageOf;
use crate::{Cursor, ErrorKind, Keyed, Page, Position, RejectedRow, Result};

/// Makes sure of pages that are shorter than asked for.
///
/// Such a page is the last one, or the vendor has cut it to a size of its own. A cut page may not even be the one that was asked for:
/// where the vendor counts pages by its own size, page 3 of 100 rows comes as rows 101 to 150. So the page is held back and two
/// more are asked for: its first row alone, which has to be the same, and what is behind it, which has to be nothing. Otherwise the
/// page is asked for again: rows may have come in meanwhile, or the cut was a mishap. If that changes nothing, reading goes on
/// where the page began, in pages of the size that the vendor gives.
///
/// The first page of a listing needs none of that: it begins with the first row however it is cut.
pub(super) struct Short<P> {
    held: Option<Held<P>>,
    /// The page that was asked for again, and how many rows it had before.
    again: Option<(Position, u32)>,
    /// How often a page may still be asked for again.
    left: u8,
    /// Rows at the head of the next page that were handed out before.
    skip: u32,
}

struct Held<P> {
    at: Cursor,
    position: Position,
    rows: u32,
    answer: P,
    behind: Cursor,
    first_is_same: bool,
}

/// What comes of an answer.
pub(super) enum Next<P> {
    /// Ask for this page.
    Ask(Cursor),
    /// Hand this page out.
    Take {
        at: Option<Cursor>,
        answer: P,
        /// Rows at its head that were handed out before.
        skip: usize,
    },
}

/// A vendor that leaves rows out of full pages is not asked for everything twice: beyond this pages are taken as they come.
const MOST_AGAIN: u8 = 5;

impl<P: PageOf> Short<P> {
    pub(super) fn new() -> Self {
        Self { held: None, again: None, left: MOST_AGAIN, skip: 0 }
    }

    /// What comes of an answer to what was asked for last.
    pub(super) fn judge(&mut self, at: Option<Cursor>, answer: P) -> Next<P> {
        if let Some(held) = self.held.take() {
            return self.compare(held, &answer);
        }
        if self.left > 0
            && let Some(at) = &at
            && let Some((position, rows)) = shortened(at, answer.page())
            && let Some(first) = position.holding(position.offset(), 1)
            && let Some(behind) = position.behind(rows.into())
        {
            let (first, behind) = (at.moved(first), at.moved(behind));
            let at = at.clone();
            self.held = Some(Held { at, position, rows, answer, behind, first_is_same: false });
            return Next::Ask(first);
        }
        self.take(at, answer)
    }

    /// What comes of an error instead: a vendor may answer one to what is behind the last page.
    pub(super) fn without(&mut self, kind: ErrorKind) -> Option<Next<P>> {
        let mut held = self.held.take()?;
        if !held.first_is_same || !may_mean_no_such_page(kind) {
            return None;
        }
        held.answer.page_mut().next = Some(held.behind);
        Some(self.take(Some(held.at), held.answer))
    }

    fn compare(&mut self, mut held: Held<P>, answer: &P) -> Next<P> {
        let (page, held_page) = (answer.page(), held.answer.page_mut());
        if held.first_is_same && page.received() == 0 {
            // Where nothing else tells of more, this was the end.
            held_page.next.take_if(|next| *next == held.behind);
            return self.take(Some(held.at), held.answer);
        }
        if !held.first_is_same && begin_alike::<P>(page, held_page) {
            held.first_is_same = true;
            let behind = held.behind.clone();
            self.held = Some(held);
            return Next::Ask(behind);
        }
        self.left = self.left.saturating_sub(1);
        let Held { at, position, rows, .. } = held;
        let row = position.offset().saturating_add(self.skip.into());
        match position.holding(row, rows) {
            Some(cut) if self.again == Some((position, rows)) => {
                self.again = None;
                self.skip = u32::try_from(row % u64::from(rows)).unwrap_or(0);
                Next::Ask(at.moved(cut))
            }
            _ => {
                self.again = Some((position, rows));
                Next::Ask(at)
            }
        }
    }

    fn take(&mut self, at: Option<Cursor>, answer: P) -> Next<P> {
        self.again = None;
        let skip = usize::try_from(mem::take(&mut self.skip)).unwrap_or(usize::MAX);
        Next::Take { at, answer, skip }
    }
}

/// Where a page stands and how many rows it has, if it is short and neither the first nor, as told, the last.
fn shortened<T>(at: &Cursor, page: &Page<T>) -> Option<(Position, u32)> {
    let position = at.listing_position()?;
    let rows = u32::try_from(page.received()).ok()?;
    let short = (1..position.size()).contains(&rows);
    (short && position.offset() > 0 && page.next.is_some()).then_some((position, rows))
}

/// Whether two pages begin with the same row. Ordinals don't matter: both count from here.
fn begin_alike<P: PageOf>(one: &Page<P::Row>, other: &Page<P::Row>) -> bool {
    match (first(one), first(other)) {
        (Some(Ok(one)), Some(Ok(other))) => one.key() == other.key(),
        (Some(Err(one)), Some(Err(other))) => one.raw == other.raw,
        _ => false,
    }
}

fn first<T>(page: &Page<T>) -> Option<Result<&T, &RejectedRow>> {
    let rejected = page.rejected.first().filter(|row| row.position == 0);
    rejected.map(Err).or_else(|| page.items.first().map(Ok))
}

/// Whether a vendor may answer this to a page behind the last one. By the time of its turn there may be such a page.
pub(super) fn may_mean_no_such_page(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::InvalidInput | ErrorKind::NotFound | ErrorKind::Decode | ErrorKind::Vendor
    )
}
