use live_rewards_core::{Error, ErrorKind, Page};

use super::{
    AccountOutcome, Progress, Stop, SyncOptions, counted::Counted, outcome::Halt, reading::Reading,
};
use crate::{Ledger, LedgerError, Record, Stamp, Writing, Written};

/// What reading an account works with.
pub(super) struct Work<'a> {
    pub(super) ledger: &'a mut Ledger,
    pub(super) rewards: &'a Counted<'a>,
    pub(super) stamp: Stamp,
    pub(super) options: SyncOptions,
    pub(super) stop: &'a Stop,
    pub(super) outcome: AccountOutcome,
    /// Whether something was put off to the next sync, to leave calls for others.
    pub(super) is_postponed: bool,
    pub(super) on: &'a mut (dyn FnMut(Progress<'_>) + Send),
}

impl Work<'_> {
    /// Refuses to go on once a stop was asked for.
    pub(super) fn go_on(&self) -> Result<(), Halt> {
        if self.stop.is_asked() { Err(Halt::Stopped) } else { Ok(()) }
    }

    /// Forgets what an earlier sync has marked as seen.
    pub(super) fn forget_seen(&mut self) -> Result<(), LedgerError> {
        let mut writing = self.ledger.begin()?;
        writing.forget_seen()?;
        writing.commit()
    }

    /// Keeps that a reading has begun.
    pub(super) fn open(&mut self, reading: &mut Reading) -> Result<(), LedgerError> {
        let mut writing = self.ledger.begin()?;
        reading.open(&mut writing)?;
        writing.commit()
    }

    /// Commits what `fill` writes of a page, its rejected rows, and where the reading goes on after it.
    pub(super) fn commit<R: Record>(
        &mut self,
        reading: &mut Reading,
        page: &Page<R>,
        fill: impl FnOnce(&mut Writing<'_>, &Stamp) -> Result<Written, LedgerError>,
    ) -> Result<(), Halt> {
        let stamp = self.stamp;
        let mut writing = self.ledger.begin()?;
        let written = fill(&mut writing, &stamp)?;
        if !page.rejected.is_empty() {
            writing.reject(&stamp, reading.key(), reading.since(), &page.rejected)?;
        }
        let vanished = reading.take(page, &mut writing, &stamp, &self.options)?;
        writing.commit()?;
        self.outcome.written += written;
        self.outcome.vanished += vanished;
        self.outcome.rejected += u64::try_from(page.rejected.len()).unwrap_or(u64::MAX);
        let key = reading.key();
        (self.on)(Progress {
            operation: key.operation,
            scope: &key.scope,
            requests: self.rewards.made(),
            written: self.outcome.written,
            rejected: self.outcome.rejected,
        });
        Ok(())
    }

    /// Keeps with a listing what it failed with, and what `fill` writes.
    pub(super) fn fail(
        &mut self,
        reading: &mut Reading,
        error: Error,
        fill: impl FnOnce(&mut Writing<'_>, &Stamp) -> Result<Written, LedgerError>,
    ) -> Result<(), Halt> {
        let mut writing = self.ledger.begin()?;
        let written = fill(&mut writing, &self.stamp)?;
        reading.fail(&error, &mut writing)?;
        writing.commit()?;
        self.outcome.written += written;
        self.outcome.fail(reading.key().clone(), error);
        Ok(())
    }

    /// Gives an error back if only the listing that it came with can't be read.
    pub(super) fn of_listing(&self, error: Error) -> Result<Error, Halt> {
        match error.kind() {
            ErrorKind::RateLimited if self.rewards.is_spent() => Err(Halt::Spent),
            ErrorKind::Unauthenticated
            | ErrorKind::Blocked
            | ErrorKind::Config
            | ErrorKind::ClockSkew
            | ErrorKind::RateLimited
            | ErrorKind::Timeout
            | ErrorKind::Transport => Err(Halt::Vendor(error)),
            _ => Ok(error),
        }
    }
}
