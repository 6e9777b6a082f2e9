use std::pin::pin;

use futures_util::{Stream, StreamExt};
use live_rewards_core::{Cursor, Error, Page, Result};

use super::{
    outcome::Halt,
    plan::{Action, Wanted},
    reading::Reading,
    timed::Timed,
    window::Bounds,
    work::Work,
};
use crate::{Record, Written};

/// What is done with each page of a listing.
pub(super) trait Take<R> {
    /// Writes a page and commits it, together with where the reading goes on.
    fn take_page(
        &mut self,
        work: &mut Work<'_>,
        reading: &mut Reading,
        page: Page<R>,
    ) -> impl Future<Output = Result<(), Halt>> + Send;
}

/// Rows that stand for themselves.
pub(super) struct Plain;

impl<R: Record + Timed + Send> Take<R> for Plain {
    async fn take_page(
        &mut self,
        work: &mut Work<'_>,
        reading: &mut Reading,
        mut page: Page<R>,
    ) -> Result<(), Halt> {
        reading.cut(&mut page);
        work.commit(reading, &page, |writing, stamp| writing.upsert(stamp, &page.items))
    }
}

/// What came of a listing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// It was read, or needn't be. Nothing more is to come.
    Final,
    /// It was read.
    Open,
    /// It could not be read.
    Failed,
}

/// Reads a listing page by page: an interrupted reading to its end first, then a new one.
///
/// `pages` gives the pages of a range from a cursor on.
pub(super) async fn read<R, S, F, T>(
    work: &mut Work<'_>,
    mut wanted: Wanted,
    pages: F,
    taker: &mut T,
) -> Result<Ended, Halt>
where
    R: Send,
    S: Stream<Item = Result<Page<R>>> + Send,
    F: Fn(Bounds, Option<Cursor>) -> S + Send + Sync,
    T: Take<R> + Send,
{
    wanted.ask_for_rejected(work.ledger, &work.options, work.stamp.now)?;
    let mut stored = work.ledger.listing(&wanted.key)?;
    let mut plan = wanted.plan(stored.as_ref(), &work.options, work.stamp.now);
    match plan.action {
        Action::Nothing => return Ok(Ended::Open),
        Action::Rest => return Ok(Ended::Final),
        Action::Resume | Action::Read => {}
    }
    let left = stored.clone().filter(|_| plan.action == Action::Resume);
    if let Some((mut reading, from)) = left.and_then(|left| Reading::resume(&wanted, left)) {
        // Whatever is wrong with what was left, a new reading doesn't depend on it.
        let followed = follow(work, &mut reading, from, &pages, taker).await?;
        if followed.is_ok() && work.options.max_requests.is_some() {
            // Where calls are few, a new reading at once would keep what comes later from its turn for ever.
            work.is_postponed = true;
            return Ok(Ended::Open);
        }
        work.go_on()?;
        wanted.ask_for_rejected(work.ledger, &work.options, work.stamp.now)?;
        stored = work.ledger.listing(&wanted.key)?;
        plan = wanted.plan(stored.as_ref(), &work.options, work.stamp.now);
    }
    let mut reading = Reading::new(&wanted, stored, &plan, &work.stamp);
    match follow(work, &mut reading, None, &pages, taker).await? {
        Ok(()) => {
            work.outcome.listings_read += 1;
            Ok(if reading.is_final() { Ended::Final } else { Ended::Open })
        }
        Err(error) => {
            work.fail(&mut reading, error, |_, _| Ok(Written::default()))?;
            Ok(Ended::Failed)
        }
    }
}

/// Takes the pages of a reading to its end, or to the error that only this listing has.
async fn follow<R, S, F, T>(
    work: &mut Work<'_>,
    reading: &mut Reading,
    mut from: Option<Cursor>,
    pages: &F,
    taker: &mut T,
) -> Result<Result<(), Error>, Halt>
where
    R: Send,
    S: Stream<Item = Result<Page<R>>> + Send,
    F: Fn(Bounds, Option<Cursor>) -> S + Send + Sync,
    T: Take<R> + Send,
{
    loop {
        let mut stream = pin!(pages(reading.asked(), from.take()));
        while let Some(page) = stream.next().await {
            match page {
                Ok(page) => taker.take_page(work, reading, page).await?,
                Err(error) => return work.of_listing(error).map(Err),
            }
            work.go_on()?;
        }
        if !reading.turn() {
            return Ok(Ok(()));
        }
    }
}
