//! Callbacks as the vendors send them: to a receiver on this machine, again where it doesn't take
//! them.

mod client;
mod encryption;
mod order;
mod polyv;
mod sent;
mod target;
mod xiaoe;

use std::sync::atomic::{AtomicI64, Ordering};

use hyper::Method;

use crate::parts::Parts;
use crate::seed::{Draws, Purpose};
use crate::wait::pause;

pub use self::order::{Callback, CallbackError, CallbackForm, CallbackKind};
pub use self::sent::{CallbackTry, Sent};

pub(crate) use self::polyv::Donor;
pub(crate) use self::xiaoe::PointsChange;

use self::polyv::PointsRequest;
use self::target::Target;
use self::xiaoe::Push;

/// Sends callbacks, each with draws of its own.
#[derive(Debug)]
pub(crate) struct Callbacks {
    draws: Draws,
    /// Callbacks so far.
    count: AtomicI64,
}

/// What is sent in one try.
#[derive(Debug)]
struct Outbound {
    method: Method,
    /// Path and query.
    target: String,
    content_type: Option<&'static str>,
    body: Vec<u8>,
}

/// What a callback tells, the same in every try.
enum Content {
    Xiaoe(Push),
    Polyv(PointsRequest),
}

impl Callbacks {
    pub(crate) fn new(draws: Draws) -> Self {
        Self { draws: draws.of(Purpose::Push), count: AtomicI64::new(0) }
    }

    /// Begins again as at the start.
    pub(crate) fn reset(&self) {
        self.count.store(0, Ordering::Relaxed);
    }

    /// Sends a callback until it is taken, or as often as was ordered.
    pub(crate) async fn send(
        &self,
        parts: &Parts,
        callback: &Callback,
    ) -> Result<Sent, CallbackError> {
        callback.check()?;
        let target = Target::of(&callback.url)?;
        let draws = self.draws.at(self.count.fetch_add(1, Ordering::Relaxed));
        let content = Content::of(parts, callback, draws)?;
        let mut sent = Sent::new(content.message_id());
        for retry in 0..callback.tries {
            if retry > 0 {
                pause(callback.pause()).await;
            }
            let outbound =
                content.outbound(parts, &target, retry, draws.at(1 + i64::from(retry)))?;
            let is_taken = sent.add(retry, client::exchange(&target, outbound).await);
            if is_taken {
                break;
            }
        }
        Ok(sent)
    }
}

impl Content {
    fn of(parts: &Parts, callback: &Callback, draws: Draws) -> Result<Self, CallbackError> {
        let form = callback.form.unwrap_or_default();
        Ok(match callback.kind {
            CallbackKind::PointsChange { entry } => {
                Self::Xiaoe(Push::points(parts, entry, form, draws)?)
            }
            CallbackKind::LiveChange { live, from, to } => {
                Self::Xiaoe(Push::live(parts, live, (from, to), form, draws)?)
            }
            CallbackKind::PointsBalance { channel, viewer } => {
                Self::Polyv(PointsRequest::balance(parts, channel, viewer)?)
            }
            CallbackKind::PointsSpend { channel, viewer, good, number } => {
                Self::Polyv(PointsRequest::spend(parts, channel, viewer, (good, number))?)
            }
        })
    }

    fn message_id(&self) -> Option<String> {
        match self {
            Self::Xiaoe(push) => Some(push.message_id().to_owned()),
            Self::Polyv(_) => None,
        }
    }

    /// One try, at the time of the vendor's clock.
    fn outbound(
        &self,
        parts: &Parts,
        target: &Target,
        retry: u32,
        draws: Draws,
    ) -> Result<Outbound, CallbackError> {
        match self {
            Self::Xiaoe(push) => push.outbound(target, retry, xiaoe::seconds(parts), draws),
            Self::Polyv(request) => Ok(request.outbound(target, parts.polyv.now_ms())),
        }
    }
}
