use std::time::Duration;

use http::{HeaderMap, header::RETRY_AFTER};
use live_rewards_core::{Delivery, ErrorKind, Timestamp};

use super::{Inner, call::Call};
use crate::{
    Again, Answer, Credential, Effect, Refusal,
    clock_offset::{self, ClockOffset, date, http_date},
    envelope::presentable,
};

impl Call<'_> {
    /// A refusal with what else the answer tells: how long to wait, and whether the clock is the reason.
    ///
    /// A refused request whose answer shows another time than ours may have been refused for its timestamp, whatever the vendor
    /// says; the other time is tried once.
    pub(super) fn judged(
        &mut self,
        mut refusal: Refusal,
        answer: &Answer,
        offset_ms: i64,
    ) -> Refusal {
        let (now, headers) = (self.pipeline.surroundings.clock.now(), answer.headers());
        let told_to_wait = told_to_wait(headers, ClockOffset::apply(offset_ms, now));
        refusal.retry_after = refusal.retry_after.max(told_to_wait);
        let about_time = match refusal.again {
            Again::Clock => true,
            Again::Credentials => false,
            _ => matches!(
                refusal.kind,
                ErrorKind::ClockSkew | ErrorKind::Unauthenticated | ErrorKind::InvalidInput
            ),
        };
        match clock_offset::shown(now, offset_ms, headers) {
            Some(offset_ms) if about_time && self.corrected.is_none() => {
                let vendor = self.pipeline.plan.vendor;
                tracing::warn!(%vendor, offset_ms, "clock corrected");
                self.corrected = Some(offset_ms);
                refusal.again = Again::Clock;
            }
            _ if refusal.again == Again::Clock => refusal.again = Again::No,
            _ => {}
        }
        refusal
    }

    /// How long to wait before another attempt; `None` if there is to be none.
    pub(super) async fn wait_before_another(
        &mut self,
        refusal: &Refusal,
        credential: Credential,
    ) -> Option<Duration> {
        let safe = self.info.effect == Effect::Read || refusal.delivery != Delivery::Unknown;
        if !safe {
            return None;
        }
        let wait = match refusal.again {
            Again::No | Again::Blocked => return None,
            Again::Credentials => {
                let renewed = !std::mem::replace(&mut self.renewed, true)
                    && self.pipeline.plan.authorise.refused(credential).await;
                return renewed.then_some(Duration::ZERO);
            }
            Again::Clock => return Some(Duration::ZERO),
            Again::Backoff => self.delays.next()?,
            Again::Window => {
                let window = self.info.limit.map_or(Duration::ZERO, |limit| limit.window);
                self.delays.next()?.max(window)
            }
        };
        Some(wait.max(refusal.retry_after.unwrap_or_default()))
    }
}

/// How long an answer says to wait. An instant is compared with the answer's own time, so that no clock matters.
fn told_to_wait(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?;
    if let Some(seconds) = value.to_str().ok().and_then(|text| text.trim().parse().ok()) {
        return Some(Duration::from_secs(seconds));
    }
    let now = date(headers).unwrap_or(now);
    let wait_ms = http_date(value)?.epoch_ms().saturating_sub(now.epoch_ms());
    Some(Duration::from_millis(wait_ms.try_into().unwrap_or_default()))
}

impl Inner {
    /// Counts and tells a refusal, and keeps all calls from a vendor that has shut this address out, as long as it says.
    pub(super) fn note(&self, refusal: &Refusal, attempt: u32) {
        self.counters.refusal();
        tracing::debug!(
            attempt,
            kind = %refusal.kind,
            status = refusal.http_status,
            code = refusal.code.as_deref().map(presentable),
            request_id = refusal.request_id.as_deref().map(presentable),
            "attempt failed"
        );
        if refusal.kind == ErrorKind::Blocked
            && let Some(lasting) = refusal.retry_after
        {
            let vendor = self.plan.vendor;
            tracing::warn!(%vendor, seconds = lasting.as_secs(), "blocked");
            self.limits.block(self.caller(), lasting);
        }
    }
}
