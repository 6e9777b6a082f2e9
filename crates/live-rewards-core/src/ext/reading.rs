use std::{
    collections::HashSet,
    hash::{BuildHasher, Hash, RandomState},
    mem,
};

use super::rows::in_order;
use crate::{Cursor, Keyed, Page, Position};

/// What the pages read so far say of the next one.
pub(super) struct Reading<K> {
    /// Pages in a row without anything new.
    stale: u32,
    /// What the last two pages held.
    seen: [Seen<K>; 2],
    hasher: RandomState,
}

/// What a page held: the keys of its rows, and hashes of those that were rejected.
struct Seen<K> {
    keys: HashSet<K>,
    rejected: HashSet<u64>,
}

/// A burst of new rows can push a page's rows onto the next page once; a listing that shows nothing new twice repeats its last page.
const STALE_PAGES: u32 = 2;

impl<K: Eq + Hash> Reading<K> {
    pub(super) fn new() -> Self {
        Self { stale: 0, seen: [Seen::new(), Seen::new()], hasher: RandomState::new() }
    }

    /// Drops the first `skip` rows, and counts and drops those that also stood before on this page or on one of the two pages before;
    /// ends the listing if the vendor repeats its last page. Whether any row but the first `skip` stood on a page before.
    pub(super) fn take_news<T: Keyed<Key = K>>(
        &mut self,
        page: &mut Page<T>,
        at: Option<&Cursor>,
        skip: usize,
    ) -> bool {
        let (received, kept) = (page.received(), page.items.len() + page.rejected.len());
        let rows = in_order(mem::take(&mut page.items), mem::take(&mut page.rejected));
        let mut now = Seen::new();
        let (mut dropped, mut moved) = (0, false);
        for (index, row) in rows.enumerate() {
            let (old, again) = match &row {
                Ok(item) => {
                    let key = item.key();
                    let old = self.seen.iter().any(|seen| seen.keys.contains(&key));
                    (old, !now.keys.insert(key))
                }
                // Without a key two of them on one page may well be two.
                Err(row) => {
                    let raw = self.hasher.hash_one(&row.raw);
                    now.rejected.insert(raw);
                    (self.seen.iter().any(|seen| seen.rejected.contains(&raw)), false)
                }
            };
            if old || again || index < skip {
                dropped += 1;
                moved |= old && index >= skip;
                continue;
            }
            match row {
                Ok(item) => page.items.push(item),
                Err(mut row) => {
                    row.position = index - dropped;
                    page.rejected.push(row);
                }
            }
        }
        page.repeated += dropped.saturating_sub(skip);
        if kept == 0 || dropped < kept {
            self.stale = 0;
        } else if skip == 0 {
            self.stale += 1;
        }
        self.remember(now, skip > 0);
        let rows = u64::try_from(received).unwrap_or(u64::MAX);
        let position = at.and_then(Cursor::listing_position);
        let read = position.map_or(0, Position::offset).saturating_add(rows);
        let met = page.total.is_none_or(|total| read >= total);
        if self.stale >= STALE_PAGES && met {
            // The vendor repeats its last page instead of sending an empty one.
            page.next = page.next.take().and(at).and_then(Cursor::next_month);
        }
        moved
    }

    /// `overlaps`: the page began on the one before.
    fn remember(&mut self, now: Seen<K>, overlaps: bool) {
        let [_, last] = &mut self.seen;
        if overlaps {
            last.keys.extend(now.keys);
            last.rejected.extend(now.rejected);
        } else {
            let last = mem::replace(last, now);
            self.seen[0] = last;
        }
    }
}

impl<K> Seen<K> {
    fn new() -> Self {
        Self { keys: HashSet::new(), rejected: HashSet::new() }
    }
}
