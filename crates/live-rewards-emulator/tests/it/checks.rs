//! A reconciliation of what was read, written from the rules alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::reading::{Account, Donation, Entry, Gift, Income, Packet};

const DAY: i64 = 86_400;
/// Seconds after which what has expired has to be refunded.
const PATIENCE: i64 = 72 * 3600;

/// Code of a check and id of the row that it finds.
pub(crate) type Findings = BTreeSet<(&'static str, String)>;

/// Checks Polyv's red packets.
pub(crate) fn polyv(packets: &[Packet], now: i64) -> Findings {
    let mut findings = Findings::new();
    for packet in packets {
        let mut find = |code, is_wrong| {
            if is_wrong {
                findings.insert((code, packet.id.clone()));
            }
        };
        let has_money = packet.balance != 0;
        let is_late = now - packet.created > DAY + PATIENCE;
        find("A1", claimed(packet) + packet.balance != packet.issued);
        find("A4", amounts_are_wrong(packet));
        find(
            "A6",
            match packet.state.as_str() {
                "进行中" | "退款中" => !has_money || is_late,
                "已结束" => has_money,
                _ => !has_money,
            },
        );
        find("A8", times_are_wrong(packet));
        // The vendor's rows can be equal, which is odd and no second claim.
        find("A9", users(packet).values().any(|times| times.iter().any(|at| *at != times[0])));
    }
    findings
}

/// Checks Xiaoe's red packets.
pub(crate) fn xiaoe(packets: &[Packet], now: i64) -> Findings {
    let mut findings = Findings::new();
    for packet in packets {
        let mut find = |code, is_wrong| {
            if is_wrong {
                findings.insert((code, packet.id.clone()));
            }
        };
        let (count, state) = (count(packet), packet.state.as_str());
        let fee = packet.issued - packet.net;
        let is_final = state == "2" || packet.refunded_at.is_some();
        let accounted = claimed(packet) + packet.refunded + fee;
        let is_late = now - packet.created > DAY + PATIENCE;
        find("A1", accounted > packet.issued || (is_final && accounted != packet.issued));
        find("A2", fee < 0);
        find("A3", packet.received.iter().any(|told| *told != count) || count > packet.shares);
        find("A4", amounts_are_wrong(packet));
        find("A5", best_luck_is_wrong(packet));
        find(
            "A6",
            match state {
                "1" => count >= packet.shares,
                "2" => count < packet.shares,
                "3" => packet.refunded_at.is_none() && is_late,
                _ => false,
            },
        );
        find("A7", packet.refunded_at.is_some_and(|at| at < packet.created + DAY));
        find("A8", times_are_wrong(packet));
        find("A9", users(packet).values().any(|times| times.len() > 1));
    }
    findings
}

/// Checks YXT's gifts.
pub(crate) fn gifts(gifts: &[Gift]) -> Findings {
    let mut findings = Findings::new();
    let mut prices: BTreeMap<&str, i64> = BTreeMap::new();
    for gift in gifts {
        if gift.charged != 0 && gift.charged != gift.listed {
            findings.insert(("C1", gift.pid.clone()));
        }
        let price = *prices.entry(gift.kind.as_str()).or_insert(gift.unit_points);
        if price != gift.unit_points {
            findings.insert(("C3", gift.kind.clone()));
        }
    }
    findings
}

/// Checks Xiaoe's points accounts. A total of 0 is not a total.
pub(crate) fn accounts(accounts: &[Account]) -> Findings {
    accounts
        .iter()
        .filter(|account| account.total != 0)
        .filter(|account| account.total != account.available + account.frozen)
        .map(|account| ("C2", account.user.clone()))
        .collect()
}

/// Checks Xiaoe's points log, oldest first. What is frozen stays in the balance.
pub(crate) fn entries(entries: &[Entry]) -> Findings {
    let mut balances: BTreeMap<&str, i64> = BTreeMap::new();
    let mut findings = Findings::new();
    for entry in entries {
        let balance = balances.entry(entry.user.as_str()).or_default();
        *balance += match entry.kind {
            1 => entry.count,
            2 => -entry.count,
            _ => 0,
        };
        if *balance != entry.balance {
            findings.insert(("C4", entry.id.clone()));
        }
    }
    findings
}

/// Checks that the donations of cash are in the income, once and with their amounts.
pub(crate) fn income(donations: &[Donation], income: &[Income]) -> Findings {
    let mut findings = Findings::new();
    for donation in donations {
        let Some(fen) = donation.fen else { continue };
        let mut paid = income.iter().filter(|paid| {
            paid.pay_type == "cash" && paid.room == donation.room && paid.at_ms == donation.at_ms
        });
        match (paid.next(), paid.next()) {
            (Some(paid), None) if paid.fen == fen => {}
            (Some(paid), None) => {
                findings.insert(("E2", paid.id.clone()));
            }
            (None, _) => {
                findings.insert(("E1", donation.at_ms.to_string()));
            }
            (Some(_), Some(_)) => {
                findings.insert(("income twice", donation.at_ms.to_string()));
            }
        }
    }
    findings
}

/// Compares a later reading with an earlier one.
pub(crate) fn changes(before: &[Packet], after: &[Packet]) -> Findings {
    let later: BTreeMap<&str, &Packet> =
        after.iter().map(|packet| (packet.id.as_str(), packet)).collect();
    before
        .iter()
        .filter_map(|packet| match later.get(packet.id.as_str()) {
            None => Some(("D2", packet.id.clone())),
            Some(now) if now.issued != packet.issued => Some(("D1", packet.id.clone())),
            Some(_) => None,
        })
        .collect()
}

fn claimed(packet: &Packet) -> i64 {
    packet.claims.iter().map(|claim| claim.amount).sum()
}

fn count(packet: &Packet) -> i64 {
    i64::try_from(packet.claims.len()).unwrap()
}

fn amounts_are_wrong(packet: &Packet) -> bool {
    let share = packet.average.or(packet.claims.first().map(|claim| claim.amount));
    packet.claims.iter().any(|claim| {
        let is_in_range = (1..=packet.net).contains(&claim.amount);
        !is_in_range || (packet.is_equal && Some(claim.amount) != share)
    })
}

fn best_luck_is_wrong(packet: &Packet) -> bool {
    let best: Vec<i64> =
        packet.claims.iter().filter(|claim| claim.best_luck).map(|claim| claim.amount).collect();
    let largest = packet.claims.iter().map(|claim| claim.amount).max();
    let is_due = packet.state == "2" && !packet.is_equal;
    is_due && (best.len() != 1 || best.first().copied() != largest)
}

fn times_are_wrong(packet: &Packet) -> bool {
    let open = packet.created..=packet.created + DAY;
    packet.claims.iter().any(|claim| !open.contains(&claim.at))
}

/// When each user claimed.
fn users(packet: &Packet) -> BTreeMap<&str, Vec<i64>> {
    let mut users: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for claim in &packet.claims {
        users.entry(claim.user.as_str()).or_default().push(claim.at);
    }
    users
}
