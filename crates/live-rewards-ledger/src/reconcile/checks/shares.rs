//! A3, A4 and A5: number and sizes of shares.

use live_rewards_core::{Money, Split};

use super::look::Look;
use crate::{
    LedgerError,
    reconcile::{CheckCode, Words, collector::Collector, packet::Packet, words::words},
};

pub(super) fn check(look: &Look<'_>, found: &mut Collector) -> Result<(), LedgerError> {
    numbers(look, found);
    if look.packet.claims > 0 {
        sizes(look, found)?;
        best_luck(look, found)?;
    }
    Ok(())
}

fn numbers(look: &Look<'_>, found: &mut Collector) {
    let Packet { account, claims, shares, claimed_count, .. } = look.packet;
    let is_comparable = look.seen.has_all_claims && look.seen.is_closed();
    let text = match (*shares, *claimed_count) {
        (None, None) => return,
        (Some(shares), _) if *claims > shares => Some(words!(
            "{claims} claims of {shares} shares",
            "红包 {shares} 个，领取记录 {claims} 条"
        )),
        (Some(shares), Some(told)) if told > shares => Some(words!(
            "the vendor counts {told} claims of {shares} shares",
            "红包 {shares} 个，平台领取数量 {told}"
        )),
        (_, Some(told)) if is_comparable && told != *claims => Some(words!(
            "the vendor counts {told} claims, and there are {claims}",
            "平台领取数量 {told}，领取记录 {claims} 条"
        )),
        _ => None,
    };
    found.examined(*account, CheckCode::A3, 1);
    if let Some(text) = text {
        let evidence = vec![look.packet.claims_evidence()];
        found.find(look.draft(CheckCode::A3, None, text, evidence));
    } else if !is_comparable {
        found.undecided(*account, &[CheckCode::A3], &look.packet.id);
    }
}

fn sizes(look: &Look<'_>, found: &mut Collector) -> Result<(), LedgerError> {
    let packet = look.packet;
    let Packet { smallest, largest, net, .. } = *packet;
    found.examined(packet.account, CheckCode::A4, 1);
    let (least, most) = (Money::from_fen(smallest), Money::from_fen(largest));
    let (text, amount_fen): (Words, Option<i64>) = if smallest < 1 {
        (words!("a share of {least} yuan", "有领取金额为 {least} 元"), None)
    } else if largest > net {
        let all = Money::from_fen(net);
        let text = words!(
            "a share of {most} yuan of {all} yuan",
            "单个领取 {most} 元，大于红包可领金额 {all} 元"
        );
        (text, Some(net - largest))
    } else if packet.split == Some(Split::Equal) && !are_equal(packet) {
        let text = words!(
            "equal shares of {least} to {most} yuan",
            "等额红包的领取金额从 {least} 元到 {most} 元不等"
        );
        (text, None)
    } else {
        return Ok(());
    };
    let evidence = packet.claims_that(look.connection, |claim| {
        claim.amount == smallest || claim.amount == largest
    })?;
    found.find(look.draft(CheckCode::A4, amount_fen, text, evidence));
    Ok(())
}

/// Whether all shares are equal, but for one that has what an amount that can't be divided evenly leaves over.
fn are_equal(packet: &Packet) -> bool {
    let over = packet.largest - packet.smallest;
    let all_over = packet.smallest.checked_mul(packet.claims).map(|even| packet.claimed - even);
    over == 0 || over < packet.claims && all_over == Some(over)
}

fn best_luck(look: &Look<'_>, found: &mut Collector) -> Result<(), LedgerError> {
    let packet = look.packet;
    let Some(lucks) = packet.best_lucks.filter(|_| packet.split == Some(Split::Random)) else {
        return Ok(());
    };
    if !look.seen.has_all_claims {
        found.undecided(packet.account, &[CheckCode::A5], &packet.id);
        return Ok(());
    }
    found.examined(packet.account, CheckCode::A5, 1);
    let sold_out = packet.shares == Some(packet.claims);
    let text = if lucks > 1 {
        words!("{lucks} claims are the best luck", "手气最佳有 {lucks} 个")
    } else if lucks == 1 && packet.best_luck < packet.largest {
        let (best, most) = (Money::from_fen(packet.best_luck), Money::from_fen(packet.largest));
        words!(
            "the best luck is {best} yuan, and the largest claim {most} yuan",
            "手气最佳 {best} 元，最大领取 {most} 元"
        )
    } else if lucks < 1 && sold_out && look.seen.is_closed() {
        words!("all shares are claimed, and none is the best luck", "已领完，但没有手气最佳")
    } else {
        return Ok(());
    };
    let evidence = packet.claims_that(look.connection, |claim| {
        claim.best_luck == Some(1) || claim.amount == packet.largest
    })?;
    found.find(look.draft(CheckCode::A5, None, text, evidence));
    Ok(())
}
