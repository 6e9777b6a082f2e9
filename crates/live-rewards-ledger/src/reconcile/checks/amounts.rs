//! A1 and A2: what became of the money.

use std::collections::BTreeMap;

use live_rewards_core::{Money, RedPacketState};

use super::look::Look;
use crate::{
    AccountId,
    reconcile::{
        CheckCode, Words,
        collector::{Collector, Draft},
        packet::{Packet, Verdict},
        words::words,
    },
};

/// What the sums of red packets came to beside findings.
#[derive(Debug, Default)]
pub(super) struct Amounts {
    accounts: BTreeMap<AccountId, Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    /// Refunds of red packets with a fee: those without it, and those that have it in them.
    without_fee: u64,
    with_fee: u64,
    /// Red packets of which equal shares leave something over, and how much.
    residues: u64,
    residue_fen: i64,
}

impl Amounts {
    pub(super) fn check(&mut self, look: &Look<'_>, found: &mut Collector) {
        let packet = look.packet;
        fee(look, found);
        let is_moving =
            matches!(packet.state, None | Some(RedPacketState::Created | RedPacketState::Open))
                && !look.seen.is_closed();
        let is_different = packet.verdict == Verdict::Difference;
        // A balance that is read while people claim may be that of the moment before.
        if !look.seen.has_all_claims || is_different && is_moving {
            found.undecided(packet.account, &[CheckCode::A1], &packet.id);
            return;
        }
        found.examined(packet.account, CheckCode::A1, 1);
        let counts = self.accounts.entry(packet.account).or_default();
        match packet.verdict {
            Verdict::FeeInRefund => counts.with_fee += 1,
            Verdict::Balanced
                if packet.fee.is_some_and(|fee| fee != 0) && packet.refund > Some(0) =>
            {
                counts.without_fee += 1;
            }
            Verdict::Residue => {
                counts.residues += 1;
                counts.residue_fen = counts.residue_fen.saturating_add(packet.rest);
            }
            _ => {}
        }
        let off = packet.difference.unsigned_abs();
        if is_different && off > look.options.tolerance(packet.account) {
            found.find(difference(look));
        }
    }

    pub(super) fn finish(self, found: &mut Collector) {
        for (account, counts) in self.accounts {
            let Counts { without_fee, with_fee, residues, residue_fen } = counts;
            if without_fee + with_fee > 0 {
                found.note(
                    account,
                    CheckCode::A1,
                    words!(
                        "of the refunds of red packets with a fee {without_fee} are without it, {with_fee} have it in them",
                        "有手续费的红包退款中，不含手续费 {without_fee} 个，含手续费 {with_fee} 个"
                    ),
                );
            }
            if residues > 0 {
                let yuan = Money::from_fen(residue_fen);
                found.note(
                    account,
                    CheckCode::A1,
                    words!(
                        "equal shares leave {yuan} yuan over in {residues} red packets",
                        "等额红包不能整除的余数共 {yuan} 元，涉及 {residues} 个红包"
                    ),
                );
            }
        }
    }
}

fn fee(look: &Look<'_>, found: &mut Collector) {
    let packet = look.packet;
    let Some(fee) = packet.fee else {
        return;
    };
    found.examined(packet.account, CheckCode::A2, 1);
    if fee < 0 || packet.net < 0 {
        let (issued, net) = (Money::from_fen(packet.issued), Money::from_fen(packet.net));
        let text = words!(
            "{net} yuan can be claimed of {issued} yuan",
            "扣费后金额 {net} 元，原始金额 {issued} 元"
        );
        found.find(look.draft(CheckCode::A2, Some(fee), text, Vec::new()));
    }
}

fn difference(look: &Look<'_>) -> Draft {
    let packet = look.packet;
    let mut evidence = packet.claims_evidence().with("difference_fen", packet.difference);
    if packet.refund.is_some() && packet.fee.is_some_and(|fee| fee != 0) {
        let with_fee = packet.issued - packet.claimed - packet.refund.unwrap_or_default();
        evidence = evidence.with("difference_with_fee_in_refund_fen", with_fee);
    }
    let text = told(packet);
    look.draft(CheckCode::A1, Some(packet.difference), text, vec![evidence])
}

/// The sum in words.
fn told(packet: &Packet) -> Words {
    let mut en = format!("issued {} yuan", Money::from_fen(packet.issued));
    let mut zh = format!("发放 {} 元", Money::from_fen(packet.issued));
    for (fen, name_en, name_zh) in [
        (Some(packet.claimed), "claimed", "领取"),
        (packet.refund, "refunded", "退款"),
        (packet.fee, "fee", "手续费"),
        (packet.remaining, "left", "余额"),
    ] {
        if let Some(fen) = fen {
            let yuan = Money::from_fen(fen);
            en = format!("{en}, {name_en} {yuan}");
            zh = format!("{zh}，{name_zh} {yuan} 元");
        }
    }
    let off = packet.difference.saturating_abs();
    let off = Money::from_fen(off);
    if packet.difference > 0 {
        words!("{en}: {off} yuan missing", "{zh}：少 {off} 元")
    } else {
        words!("{en}: {off} yuan too much", "{zh}：多 {off} 元")
    }
}
