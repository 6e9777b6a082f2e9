use std::{
    collections::VecDeque,
    sync::Arc,
    task::{Context, Poll},
};

use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};

use super::pages::{PageOf, Reading};
use crate::{Cursor, Delivery, Error, ErrorKind, Keyed, Position, Result, Vendor};

/// Reads the pages of a listing in their order, and asks for some of them before their turn.
///
/// A page asked for before its turn is a guess: that the listing goes on in pages of the same size. Each page says itself where the
/// next one is; guesses that fit are taken as they are, all others are dropped. What could differ from reading one page after the
/// other is *when* the vendor answers: if rows come in at the head between its answers to page 3 and to page 2, the rows that move
/// from 2 to 3 are on neither. Guesses are only made once a page has come, which is older than all of them; so such a gap
/// never comes without rows that moved the other way on an earlier page, and stand on two pages. Where they are seen, or the
/// total differs, all pages asked for before are asked for again.
pub(super) struct Ahead<'a, P: PageOf> {
    vendor: Vendor,
    fetch: Box<dyn Fn(Option<Cursor>) -> Call<'a, P> + Send + 'a>,
    calls: FuturesUnordered<BoxFuture<'a, (u64, Result<P>)>>,
    /// What was asked for and not handed out: the next page, then the guesses.
    asked: VecDeque<Asked<P>>,
    /// How many calls were made.
    made: u64,
    /// Where the next page is.
    next: Option<Cursor>,
    over: bool,
    reading: Reading<<P::Row as Keyed>::Key>,
    /// Rows in all, as the last page said.
    total: Option<u64>,
    /// Full pages in a row.
    full: usize,
    /// Rows on the longest page.
    longest: usize,
}

type Call<'a, P> = BoxFuture<'a, Result<P>>;

struct Asked<P> {
    number: u64,
    at: Option<Cursor>,
    guessed: bool,
    answer: Option<Result<P>>,
}

impl<'a, P: PageOf + 'a> Ahead<'a, P> {
    pub(super) fn new<Q, F, A>(vendor: Vendor, from: Option<Cursor>, query: Q, fetch: F) -> Self
    where
        Q: Send + Sync + 'a,
        F: Fn(Arc<Q>, Option<Cursor>) -> A + Send + 'a,
        A: Future<Output = Result<P>> + Send + 'a,
    {
        let query = Arc::new(query);
        Self {
            vendor,
            fetch: Box::new(move |cursor| fetch(Arc::clone(&query), cursor).boxed()),
            calls: FuturesUnordered::new(),
            asked: VecDeque::new(),
            made: 0,
            next: from,
            over: false,
            reading: Reading::new(),
            total: None,
            full: 0,
            longest: 0,
        }
    }

    /// The next page, with up to so many calls under way.
    pub(super) fn poll(
        &mut self,
        most: usize,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<P>>> {
        loop {
            let mut free = most.saturating_sub(self.under_way());
            self.ask(most, &mut free);
            if !self.drive(context) {
                break;
            }
        }
        match self.take() {
            Some(taken) => Poll::Ready(Some(taken.map(|(_, page)| page))),
            None if self.over => Poll::Ready(None),
            None => Poll::Pending,
        }
    }

    /// Calls that have no answer yet.
    pub(super) fn under_way(&self) -> usize {
        self.calls.len()
    }

    /// Whether no page is left.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// Ends the reading and drops what is under way.
    pub(super) fn end(&mut self) {
        self.over = true;
        self.forget();
    }

    /// Asks for the next page, then for those that should follow it, while calls are free and no more than `most` pages are under
    /// way or wait for their turn.
    pub(super) fn ask(&mut self, most: usize, free: &mut usize) {
        // Without a total the end is only seen when it is reached, so no more pages are guessed than full ones have come.
        let most = if self.total.is_some() { most } else { most.min(self.full) }.max(1);
        while *free > 0 && !self.over && self.asked.len() < most {
            let at = match self.asked.back().map(|last| self.guess_after(last)) {
                None => self.next.clone(),
                Some(Some(guess)) => Some(guess),
                Some(None) => break,
            };
            self.made += 1;
            let number = self.made;
            self.calls.push((self.fetch)(at.clone()).map(move |answer| (number, answer)).boxed());
            let guessed = !self.asked.is_empty();
            self.asked.push_back(Asked { number, at, guessed, answer: None });
            *free -= 1;
        }
    }

    /// Where the listing should go on after a page that was asked for.
    fn guess_after(&self, last: &Asked<P>) -> Option<Cursor> {
        let failed = self.asked.iter().any(|asked| matches!(asked.answer, Some(Err(_))));
        let guess = last.at.as_ref()?.following()?;
        let pages = u64::from(guess.listing_position()?.page().saturating_sub(1));
        let rows = pages.saturating_mul(u64::try_from(self.longest).unwrap_or(u64::MAX));
        let beyond = self.total.is_some_and(|total| rows >= total);
        (!failed && !beyond).then_some(guess)
    }

    /// Moves the calls on. Whether anything came of it; then more can be asked for.
    pub(super) fn drive(&mut self, context: &mut Context<'_>) -> bool {
        let mut moved = false;
        while let Poll::Ready(Some((number, answer))) = self.calls.poll_next_unpin(context) {
            if let Some(asked) = self.asked.iter_mut().find(|asked| asked.number == number) {
                asked.answer = Some(answer);
            }
            moved = true;
        }
        if self.asked.front().is_some_and(|next| self.is_outdated(next)) {
            self.forget();
            moved = true;
        }
        moved
    }

    /// Whether the page, now that its turn has come, has to be asked for again.
    fn is_outdated(&self, asked: &Asked<P>) -> bool {
        asked.guessed
            && match &asked.answer {
                Some(Ok(answer)) => {
                    // Fewer rows than on the page before it: the vendor answered this one first, and rows came in between.
                    answer.page().total.zip(self.total).is_some_and(|(now, before)| now < before)
                }
                Some(Err(error)) => may_mean_no_such_page(error.kind()),
                None => false,
            }
    }

    /// Why the next page can't be had, if its answer says so.
    pub(super) fn failure(&self) -> Option<&Error> {
        self.asked.front()?.answer.as_ref()?.as_ref().err()
    }

    /// The next page, and where it was asked for, if its answer is here. An error ends the listing.
    pub(super) fn take(&mut self) -> Option<Result<(Option<Cursor>, P)>> {
        self.asked.front()?.answer.as_ref()?;
        let asked = self.asked.pop_front()?;
        let taken = self.settle(asked.at, asked.answer?);
        if taken.is_err() {
            self.end();
        }
        Some(taken)
    }

    fn settle(&mut self, at: Option<Cursor>, answer: Result<P>) -> Result<(Option<Cursor>, P)> {
        let mut answer = answer?;
        let page = answer.page_mut();
        let rows = page.items.len() + page.rejected.len();
        let shifted = self.reading.take_news(page) || page.total != self.total;
        if page.next.is_some() && page.next == at {
            let error = Error::new(ErrorKind::Vendor, "the listing does not advance");
            return Err(error.with_vendor(self.vendor).with_delivery(Delivery::Unknown));
        }
        let size = page.next.as_ref().and_then(Cursor::listing_position).map(Position::size);
        let full = size.is_some_and(|size| rows >= usize::try_from(size).unwrap_or(usize::MAX));
        self.full = if full { self.full.saturating_add(1) } else { 0 };
        self.longest = self.longest.max(rows);
        self.total = page.total;
        self.next.clone_from(&page.next);
        self.over = self.next.is_none();
        let fits = self.asked.front().is_none_or(|guess| guess.at == self.next);
        if self.over || shifted || !fits {
            self.forget();
        }
        Ok((at, answer))
    }

    /// Drops what was asked for and not handed out.
    fn forget(&mut self) {
        self.calls.clear();
        self.asked.clear();
    }
}

/// Whether a vendor may answer this to a page behind the last one. By the time of its turn there may be such a page.
fn may_mean_no_such_page(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::InvalidInput | ErrorKind::NotFound | ErrorKind::Decode | ErrorKind::Vendor
    )
}
