use std::{
    collections::VecDeque,
    sync::Arc,
    task::{Context, Poll},
};

use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};

use super::{
    pages::PageOf,
    reading::Reading,
    short::{Next, Short, may_mean_no_such_page},
};
use crate::{Cursor, Delivery, Error, ErrorKind, Keyed, Position, Result, Vendor};

/// Reads the pages of a listing in their order, and asks for some of them before their turn.
///
/// A page asked for before its turn is a guess: that the listing goes on in pages of the same size. Each page says itself where the
/// next one is; guesses that fit are taken as they are, all others are dropped. What could differ from reading one page after the
/// other is *when* the vendor answers: if rows come in at the head between its answers to page 3 and to page 2, the rows that move
/// from 2 to 3 are on neither. Guesses are only made once a page has come, which is older than all of them; so such a gap
/// never comes without rows that moved the other way on an earlier page, and stand on two pages. Where they are seen, or the
/// total differs, all pages asked for before are asked for again, and fewer at once.
pub(super) struct Ahead<'a, P: PageOf> {
    vendor: Vendor,
    fetch: Box<dyn Fn(Option<Cursor>) -> Call<'a, P> + Send + 'a>,
    calls: FuturesUnordered<BoxFuture<'a, (u64, Result<P>)>>,
    /// What was asked for: the next page, then the guesses.
    asked: VecDeque<Asked<P>>,
    /// How many calls were made.
    made: u64,
    /// Where the next page is.
    next: Option<Cursor>,
    /// Rows that the first page is asked for, where that is known.
    first_size: Option<u32>,
    /// Nothing is left to ask for.
    over: bool,
    short: Short<P>,
    reading: Reading<<P::Row as Keyed>::Key>,
    /// The page that is handed out next.
    ready: Option<Result<Placed<P>>>,
    /// Rows in all, as the last page said.
    total: Option<u64>,
    /// Full pages in a row.
    full: usize,
    /// Most pages that are asked for while the listing moves: half as many whenever it did, one more for each page at rest.
    width: usize,
}

type Call<'a, P> = BoxFuture<'a, Result<P>>;

/// A page, and where it was asked for.
type Placed<P> = (Option<Cursor>, P);

struct Asked<P> {
    number: u64,
    at: Option<Cursor>,
    /// Asked for when the page before it was not known.
    guess: bool,
    /// Asked for when pages before it were still to be handed out.
    early: bool,
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
            first_size: None,
            over: false,
            short: Short::new(),
            reading: Reading::new(),
            ready: None,
            total: None,
            full: 0,
            width: usize::MAX,
        }
    }

    /// Says how many rows the first page is asked for, by which a short one is known.
    pub(super) fn first_size(mut self, size: u32) -> Self {
        self.first_size = Some(size);
        self
    }

    /// The next page, with up to so many calls under way.
    pub(super) fn poll(
        &mut self,
        most: usize,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<P>>> {
        loop {
            let mut free = most.saturating_sub(self.under_way());
            self.ask(most, &mut free, true);
            if !self.drive(context, true) {
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
        self.over && self.ready.is_none()
    }

    /// Whether the next page, or the one behind it, can't be had.
    pub(super) fn has_failed(&self) -> bool {
        match &self.ready {
            None => false,
            Some(Err(_)) => true,
            Some(Ok(_)) => self.asked.front().is_some_and(|behind| {
                matches!(&behind.answer, Some(Err(error)) if !may_differ_in_turn(error.kind()))
            }),
        }
    }

    /// Ends the reading and drops what is under way.
    pub(super) fn end(&mut self) {
        self.over = true;
        self.ready = None;
        self.forget();
    }

    /// Asks for the next page, then for those that should follow it, while calls are free and no more than `most` pages are under
    /// way or wait for their turn. `in_turn`: nothing is to be handed out before this listing's pages; otherwise a short page that waits
    /// isn't counted.
    pub(super) fn ask(&mut self, most: usize, free: &mut usize, in_turn: bool) {
        // Without a total the end is only seen when it is reached, so no more pages are guessed than full ones have come.
        let most = if self.total.is_some() { most } else { most.min(self.full) };
        let most = most.min(self.width).max(1);
        // Behind a short page there is hardly ever a row: to make sure of that before its turn takes no memory.
        let ready = usize::from(self.ready.is_some() && (in_turn || self.full > 0));
        while *free > 0 && !self.over && ready + self.asked.len() < most {
            let at = match self.asked.back().map(|last| self.guess_after(last)) {
                None => self.next.clone(),
                Some(Some(guess)) => Some(guess),
                Some(None) => break,
            };
            self.made += 1;
            let number = self.made;
            self.calls.push((self.fetch)(at.clone()).map(move |answer| (number, answer)).boxed());
            let guess = !self.asked.is_empty();
            let early = guess || ready > 0 || !in_turn;
            self.asked.push_back(Asked { number, at, guess, early, answer: None });
            *free -= 1;
        }
    }

    /// Where the listing should go on after a page that was asked for.
    fn guess_after(&self, last: &Asked<P>) -> Option<Cursor> {
        let failed = self.asked.iter().any(|asked| matches!(asked.answer, Some(Err(_))));
        let at = last.at.as_ref()?;
        let guess = at.listing_position()?.following()?;
        let beyond = self.total.is_some_and(|total| guess.offset() >= total);
        (!failed && !beyond).then(|| at.moved(guess))
    }

    /// Moves the calls on. Whether anything came of it; then more can be asked for.
    pub(super) fn drive(&mut self, context: &mut Context<'_>, in_turn: bool) -> bool {
        let mut moved = false;
        while let Poll::Ready(Some((number, answer))) = self.calls.poll_next_unpin(context) {
            if let Some(asked) = self.asked.iter_mut().find(|asked| asked.number == number) {
                asked.answer = Some(answer);
            }
            moved = true;
        }
        self.settle(in_turn) || moved
    }

    /// Makes of the next page's answer what is handed out or asked for next. Whether anything came of it.
    fn settle(&mut self, in_turn: bool) -> bool {
        let Some(next) = self.asked.front().filter(|_| self.ready.is_none()) else {
            return false;
        };
        let outdated = match &next.answer {
            // Fewer rows than on the page before it: the vendor answered this one first, and rows came in between.
            Some(Ok(answer)) => {
                let totals = answer.page().total.zip(self.total);
                next.guess && totals.is_some_and(|(now, before)| now < before)
            }
            Some(Err(error)) if !next.early || !may_differ_in_turn(error.kind()) => false,
            Some(Err(_)) if in_turn => true,
            None | Some(Err(_)) => return false,
        };
        if outdated {
            self.forget();
            return true;
        }
        let Some(Asked { at, answer: Some(answer), .. }) = self.asked.pop_front() else {
            return false;
        };
        let next = match answer {
            Ok(answer) => Ok(self.short.judge(at, answer)),
            Err(error) => self.short.without(&error).ok_or(error),
        };
        let taken = match next {
            Ok(Next::Ask(cursor)) => {
                self.next = Some(cursor);
                self.width = 1;
                self.forget();
                return true;
            }
            Ok(Next::Take { at, answer, skip }) => self.place(at, answer, skip),
            Err(error) => Err(error),
        };
        if taken.is_err() {
            self.end();
        }
        self.ready = Some(taken);
        true
    }

    /// The next page, and where it was asked for, if it is here. An error ends the listing.
    pub(super) fn take(&mut self) -> Option<Result<Placed<P>>> {
        self.ready.take()
    }

    /// Takes over what a page says of itself and of the next.
    fn place(&mut self, at: Option<Cursor>, mut answer: P, skip: usize) -> Result<Placed<P>> {
        let page = answer.page_mut();
        let rows = page.received();
        let position = at.as_ref().and_then(Cursor::listing_position);
        let moved = self.reading.take_news(page, at.as_ref(), skip)
            || (self.total.is_some() && page.total != self.total);
        if page.next.is_some() && page.next == at {
            let error = Error::new(ErrorKind::Vendor, "the listing does not advance");
            return Err(error.with_vendor(self.vendor).with_delivery(Delivery::Unknown));
        }
        let following =
            || page.next.as_ref().and_then(Cursor::listing_position).map(Position::size);
        let size = position.map(Position::size).or(self.first_size).or_else(following);
        let full = size.is_some_and(|size| rows >= usize::try_from(size).unwrap_or(usize::MAX));
        self.full = if full { self.full.saturating_add(1) } else { 0 };
        self.width =
            if moved { self.asked.len().div_ceil(2).max(1) } else { self.width.saturating_add(1) };
        self.total = page.total;
        self.next.clone_from(&page.next);
        self.over = self.next.is_none();
        let fits = self.asked.front().is_none_or(|guess| guess.at == self.next);
        if self.over || moved || !fits {
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

/// Whether a call may fail so because it was made before its turn: there was no such page yet, or nobody moved it on in time.
fn may_differ_in_turn(kind: ErrorKind) -> bool {
    may_mean_no_such_page(kind)
        || matches!(kind, ErrorKind::Timeout | ErrorKind::Transport | ErrorKind::RateLimited)
}
