//! Brings what a vendor has of an account into the ledger, page by page.

mod account;
mod claims;
mod counted;
mod dry;
mod listing;
mod options;
mod outcome;
mod place;
mod plan;
mod points;
mod prizes;
mod reading;
mod red_packets;
mod rooms;
mod settled;
mod stop;
mod subject;
mod timed;
mod way;
mod window;
mod work;

#[cfg(test)]
mod tests;

use live_rewards_core::{ErrorKind, LiveRewards, Timestamp};

use self::{counted::Counted, outcome::Halt, work::Work};
use crate::{AccountId, Ledger, RunId, Stamp};

pub use dry::{PlannedListing, plan};
pub use options::SyncOptions;
pub use outcome::{AccountOutcome, Progress, SyncError};
pub use stop::Stop;

/// The sync of one account.
///
/// The list of rooms is read first, then for each room its sessions, red packets with claims, gifts with payments and prizes, then the
/// points; what was begun longest ago comes first. The rows of a page, those that can't be read, and where the listing goes on are committed together:
/// whenever it is killed, nothing is lost and nothing comes twice, and the next one goes on from there.
#[derive(Debug)]
pub struct Sync<'a> {
    ledger: &'a mut Ledger,
    rewards: &'a dyn LiveRewards,
    stamp: Stamp,
    options: SyncOptions,
    stop: &'a Stop,
}

impl<'a> Sync<'a> {
    /// A sync of an account in a run that has begun. `now` is the instant of all that it writes; times before it count as read when it
    /// is through.
    pub fn new(
        ledger: &'a mut Ledger,
        rewards: &'a dyn LiveRewards,
        account: AccountId,
        run: RunId,
        options: SyncOptions,
        now: Timestamp,
        stop: &'a Stop,
    ) -> Self {
        let stamp = Stamp { account, vendor: rewards.vendor(), run, now };
        Self { ledger, rewards, stamp, options, stop }
    }

    /// Reads, and tells of each page that is committed.
    ///
    /// A listing that can't be read is named in the outcome, and the others are read. What concerns the whole account ends it: the
    /// vendor doesn't accept it, denies everything, limits or blocks it, or can't be reached.
    pub async fn run(
        self,
        on: &mut (dyn FnMut(Progress<'_>) + Send),
    ) -> Result<AccountOutcome, SyncError> {
        let counted = Counted::new(self.rewards, self.options.max_requests);
        let mut work = Work {
            ledger: self.ledger,
            rewards: &counted,
            stamp: self.stamp,
            options: self.options,
            stop: self.stop,
            outcome: AccountOutcome::default(),
            is_postponed: false,
            on,
        };
        let ended = account::read(&mut work).await;
        let is_postponed = work.is_postponed;
        let mut outcome = work.outcome;
        outcome.requests = counted.made();
        let denied = if is_denied(&outcome) { outcome.listings_failed.pop() } else { None };
        match ended {
            Ok(()) => {
                if let Some((_, error)) = denied {
                    Err(SyncError::Vendor { error, outcome: outcome.into() })
                } else {
                    outcome.is_complete =
                        outcome.failures == 0 && !is_postponed && !outcome.has_no_rooms;
                    Ok(outcome)
                }
            }
            Err(Halt::Spent) => Ok(outcome),
            Err(Halt::Stopped) => Err(SyncError::Stopped(outcome.into())),
            Err(Halt::Vendor(error)) => Err(SyncError::Vendor { error, outcome: outcome.into() }),
            Err(Halt::Ledger(error)) => Err(SyncError::Ledger { error, outcome: outcome.into() }),
        }
    }
}

/// Whether everything that was asked for was denied.
fn is_denied(outcome: &AccountOutcome) -> bool {
    let mut failed = outcome.listings_failed.iter();
    outcome.listings_read == 0
        && failed.len() > 0
        && failed.all(|(_, error)| error.kind() == ErrorKind::PermissionDenied)
}
