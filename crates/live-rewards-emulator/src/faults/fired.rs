//! What one request meets, and how it is done to it.

use std::iter::successors;
use std::str;
use std::time::Duration;

use hyper::StatusCode;

use crate::catalog::{PageRules, PageStyle, Route, Shape};
use crate::faults::rows::{overlapped, shifted, spoilt};
use crate::faults::wording::Wording;
use crate::faults::{Fault, FaultKind};
use crate::parameters::Parameters;
use crate::reply::Reply;

/// Rows of a page where neither the request nor the tables say: as the vendors' pages have.
const DEFAULT_SIZE: i64 = 10;

/// The faults that meet one request.
#[derive(Debug, Default)]
pub(crate) struct Fired(Vec<One>);

#[derive(Debug)]
struct One {
    rule: u64,
    kind: FaultKind,
    /// What an error that it orders says.
    wording: Option<Wording>,
    /// Whether it changed anything.
    effective: bool,
}

/// What a client gets instead of the vendor's answer.
#[derive(Debug)]
pub(crate) enum Instead {
    /// What is no vendor's.
    Reply(Reply),
    /// The vendor's error with this code, not yet in the vendor's form.
    BusinessError(String),
    /// Nothing: the connection is reset.
    Reset,
}

impl Fired {
    pub(super) fn push(&mut self, rule: u64, fault: &Fault) {
        let (kind, wording) = (fault.kind.clone(), fault.wording());
        self.0.push(One { rule, kind, wording, effective: false });
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names of those that changed something, with the numbers of their rules.
    pub(crate) fn names(&self) -> Vec<String> {
        let effective = self.0.iter().filter(|one| one.effective);
        effective.map(|one| format!("{} {}", one.rule, one.kind.name())).collect()
    }

    /// Moves the vendor's clock.
    pub(crate) fn skew_ms(&mut self) -> i64 {
        let mut sum = 0_i64;
        for one in &mut self.0 {
            if let FaultKind::ClockSkew(ms) = one.kind {
                sum = sum.saturating_add(ms);
                one.effective = true;
            }
        }
        sum
    }

    /// What comes instead of an answer; the first that is ordered counts.
    pub(crate) fn instead(&mut self) -> Option<Instead> {
        self.0.iter_mut().find_map(|one| {
            let instead = match &one.kind {
                FaultKind::Status(status) => Instead::Reply(Reply::empty(*status)),
                FaultKind::Html(status) => Instead::Reply(gateway_page(*status)),
                FaultKind::BusinessError(code) => Instead::BusinessError(code.clone()),
                FaultKind::Reset => Instead::Reset,
                _ => return None,
            };
            one.effective = true;
            Some(instead)
        })
    }

    /// Ends the token of the request; `revoke` says whether there was one.
    pub(crate) fn revoke(&mut self, revoke: impl FnOnce() -> bool) {
        let revoked = self.0.iter_mut().find(|one| one.kind == FaultKind::TokenRevoked);
        if let Some(one) = revoked {
            one.effective = revoke();
        }
    }

    /// Cuts the size of the page that is asked for.
    pub(crate) fn cap(&mut self, route: &Route, parameters: &mut Parameters) {
        let Some(rules) = &route.paging else { return };
        for one in &mut self.0 {
            let FaultKind::SilentCap(most) = one.kind else { continue };
            if size_of(rules, parameters) > i64::from(most) {
                parameters.set(rules.size, i64::from(most));
                one.effective = true;
            }
        }
    }

    /// Repeats rows of the page before, which `page` gives for its parameters.
    pub(crate) fn overlap(
        &mut self,
        route: &Route,
        shape: Shape,
        parameters: &Parameters,
        reply: &mut Reply,
        mut page: impl FnMut(Parameters) -> Option<Reply>,
    ) {
        let Some(rules) = &route.paging else { return };
        let mut page = |parameters| String::from_utf8(page(parameters)?.body).ok();
        for one in &mut self.0 {
            let text = str::from_utf8(&reply.body).unwrap_or_default();
            let changed = match one.kind {
                FaultKind::DuplicateRows(count) => {
                    before(rules, parameters).and_then(&mut page).and_then(|before| {
                        overlapped(text, &before, shape, usize::try_from(count).ok()?)
                    })
                }
                FaultKind::ShiftedPage(count) => {
                    let size = usize::try_from(size_of(rules, parameters)).unwrap_or(usize::MAX);
                    let count = usize::try_from(count).unwrap_or(usize::MAX);
                    let most = count.div_ceil(size.max(1));
                    let asked = successors(before(rules, parameters), |at| before(rules, at));
                    let mut pages: Vec<String> = asked.take(most).map_while(&mut page).collect();
                    pages.reverse();
                    shifted(text, &pages, shape, count, size)
                }
                _ => continue,
            };
            if let Some(changed) = changed {
                reply.body = changed.into_bytes();
                one.effective = true;
            }
        }
    }

    /// Spoils rows of an answer.
    pub(crate) fn spoil(&mut self, shape: Shape, reply: &mut Reply) {
        for one in &mut self.0 {
            let text = str::from_utf8(&reply.body).unwrap_or_default();
            if let Some(changed) = spoilt(text, shape, &one.kind) {
                reply.body = changed.into_bytes();
                one.effective = true;
            }
        }
    }

    /// Words an ordered error, and cuts the body.
    pub(crate) fn finish(&mut self, reply: &mut Reply) {
        let ordered = |one: &&One| one.effective && matches!(one.kind, FaultKind::BusinessError(_));
        if let Some(wording) = self.0.iter().find(ordered).and_then(|one| one.wording.as_ref()) {
            wording.put(reply);
        }
        for one in &mut self.0 {
            if one.kind == FaultKind::CutBody && !reply.body.is_empty() {
                reply.body.truncate(reply.body.len() / 2);
                one.effective = true;
            }
            if one.kind == FaultKind::BrokenBody && !reply.body.is_empty() {
                reply.break_off();
                one.effective = true;
            }
        }
    }

    /// How long the body is waited for, and how far the emulator's clock goes meanwhile.
    pub(crate) fn delays(&mut self) -> (Option<Duration>, Duration) {
        let (mut real, mut emulated) = (None, Duration::ZERO);
        for one in &mut self.0 {
            match one.kind {
                FaultKind::Slow(ms) => real = real.max(Some(Duration::from_millis(ms))),
                FaultKind::SlowByClock(ms) => emulated += Duration::from_millis(ms),
                _ => continue,
            }
            one.effective = true;
        }
        (real, emulated)
    }
}

/// Rows asked for.
fn size_of(rules: &PageRules, parameters: &Parameters) -> i64 {
    let default_size = rules.default_size.map_or(DEFAULT_SIZE, i64::from);
    let size = parameters.integer(rules.size).filter(|size| *size > 0).unwrap_or(default_size);
    size.min(rules.max_size.map_or(i64::MAX, i64::from))
}

/// Parameters for the page before; `None` on the first page, and where no page tells which one was
/// before it.
fn before(rules: &PageRules, parameters: &Parameters) -> Option<Parameters> {
    let (step, first) = match rules.style {
        PageStyle::Page | PageStyle::CalendarMonth => (1, 1),
        PageStyle::Offset => (size_of(rules, parameters), 0),
        PageStyle::Cursor => return None,
    };
    let position = parameters.integer(rules.position)?;
    let mut parameters = parameters.clone();
    parameters.set(rules.position, position.checked_sub(step).filter(|before| *before >= first)?);
    Some(parameters)
}

fn gateway_page(status: u16) -> Reply {
    let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    let title = format!("{status} {}", reason.unwrap_or_default());
    let page = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<h1>{title}</h1>\r\n<hr>emulator\r\n</body>\r\n</html>\r\n"
    );
    Reply::html(status, page)
}
