//! A7 and A8: times of refunds and claims.

use super::{look::Look, states::instant};
use crate::{
    LedgerError,
    reconcile::{CheckCode, collector::Collector, words::words},
};

/// How far the clocks of a vendor may be apart: times are rounded to seconds.
const SLACK_MS: i64 = 1000;

pub(super) fn check(look: &Look<'_>, found: &mut Collector) -> Result<(), LedgerError> {
    refund(look, found);
    claims(look, found)
}

fn refund(look: &Look<'_>, found: &mut Collector) {
    let packet = look.packet;
    let Some(refunded_at) = packet.refunded_at else {
        return;
    };
    found.examined(packet.account, CheckCode::A7, 1);
    let (at, sent) = (instant(refunded_at), instant(packet.created_at));
    let text = if refunded_at < packet.created_at {
        words!("sent at {sent}, refunded at {at}", "发放时间 {sent}，退款时间 {at}")
    } else if refunded_at > look.seen.due_at {
        let due = instant(look.seen.due_at);
        words!("due back by {due}, refunded at {at}", "应于 {due} 前退回，退款时间 {at}")
    } else {
        return;
    };
    found.find(look.draft(CheckCode::A7, None, text, Vec::new()));
}

fn claims(look: &Look<'_>, found: &mut Collector) -> Result<(), LedgerError> {
    let packet = look.packet;
    let Some((first, last)) = packet.claimed_at else {
        return Ok(());
    };
    found.examined(packet.account, CheckCode::A8, 1);
    let begin = packet.created_at.saturating_sub(SLACK_MS);
    // A refund before the red packet is wrong itself, and says nothing of claims.
    let refunded_at = packet.refunded_at.filter(|at| *at >= packet.created_at);
    let end = refunded_at.map_or(i64::MAX, |at| at.saturating_add(SLACK_MS));
    let text = if first < begin {
        let (first, sent) = (instant(first), instant(packet.created_at));
        words!("claimed at {first}, sent at {sent}", "领取时间 {first}，发放时间 {sent}")
    } else if last > end {
        let (last, back) = (instant(last), instant(end.saturating_sub(SLACK_MS)));
        words!("claimed at {last}, refunded at {back}", "领取时间 {last}，退款时间 {back}")
    } else {
        return Ok(());
    };
    let evidence =
        packet.claims_that(look.connection, |claim| claim.at < begin || claim.at > end)?;
    found.find(look.draft(CheckCode::A8, None, text, evidence));
    Ok(())
}
