//! A6: the state against the numbers, and refunds that are due.

use live_rewards_core::{Money, OpenEnum, RedPacketState, Timestamp};

use super::{look::Look, row};
use crate::reconcile::{CheckCode, Words, collector::Collector, packet::Verdict, words::words};

pub(super) fn check(look: &Look<'_>, found: &mut Collector) {
    let packet = look.packet;
    if packet.is_odd() {
        return;
    }
    // Of a red packet that can still be claimed state and numbers may be of different moments.
    if !look.seen.has_all_claims || !look.seen.is_closed() {
        found.undecided(packet.account, &[CheckCode::A6], &packet.id);
        return;
    }
    found.examined(packet.account, CheckCode::A6, 1);
    let is_sold_out = packet.shares.is_some_and(|shares| packet.claims >= shares);
    let left = packet.remaining.unwrap_or(if is_sold_out { 0 } else { packet.rest });
    let (text, amount_fen) = if packet.is_refunded || packet.state == Some(RedPacketState::Refunded)
    {
        let is_nothing = packet.refund.unwrap_or_default() == 0;
        if packet.issued == 0 || packet.claimed < packet.net || !is_nothing {
            return;
        }
        let text = words!(
            "the rest is said to have gone back, and everything was claimed",
            "状态为已退款，但已全部领取"
        );
        (text, None)
    } else if left <= 0 {
        if packet.claims == 0 || packet.state != Some(RedPacketState::Open) {
            return;
        }
        (
            words!("everything was claimed, and the state says open", "已全部领取，状态仍为进行中"),
            None,
        )
    } else if packet.verdict == Verdict::Open && look.seen.is_due() {
        let (yuan, due) = (Money::from_fen(left), instant(look.seen.due_at));
        let text = match packet.state.as_ref().map(OpenEnum::label) {
            Some(state) => {
                let Words { en, zh } = row::said(row::column("red_packets", "state"), state);
                words!(
                    "{yuan} yuan were due back by {due}, and the state says {en}",
                    "{yuan} 元应于 {due} 前退回，状态仍为{zh}"
                )
            }
            None => words!("{yuan} yuan were due back by {due}", "{yuan} 元应于 {due} 前退回"),
        };
        (text, Some(left))
    } else {
        return;
    };
    let evidence = packet.claims_evidence();
    found.find(look.draft(CheckCode::A6, amount_fen, text, vec![evidence]));
}

/// An instant in milliseconds since 1970 as people read it.
pub(super) fn instant(ms: i64) -> String {
    Timestamp::from_epoch_ms(ms).map_or_else(|| ms.to_string(), Timestamp::to_china)
}
