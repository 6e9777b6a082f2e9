//! What goes into red packets and out of them, each on its own day.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::aside::Waiting;
use crate::calendar::{beijing_date, beijing_day};
use crate::world::red_packets::RedPackets;

/// What went into red packets and out of them on one day in Beijing, in fen.
///
/// `issued_fen` less the other three, added up from the first day on, is what was left in them at the
/// end of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Flow {
    /// Paid in by the senders, on the day of the red packet.
    pub issued_fen: i64,
    /// Claims, each on its own day.
    pub claimed_fen: i64,
    /// Refunds, each on its own day. Polyv reports none.
    pub refunded_fen: i64,
    /// Fees, on the day of the red packet.
    pub fee_fen: i64,
}

impl Flow {
    fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            issued_fen: self.issued_fen.checked_add(other.issued_fen)?,
            claimed_fen: self.claimed_fen.checked_add(other.claimed_fen)?,
            refunded_fen: self.refunded_fen.checked_add(other.refunded_fen)?,
            fee_fen: self.fee_fen.checked_add(other.fee_fen)?,
        })
    }
}

/// What flowed until an instant in Unix seconds, by the day; `None` if a sum is too large.
pub(crate) fn flows(
    red_packets: &RedPackets,
    now: i64,
    tells_refunds: bool,
    waiting: &Waiting,
) -> Option<BTreeMap<String, Flow>> {
    let mut days: BTreeMap<i64, Flow> = BTreeMap::new();
    let mut add = |day, flow: Flow| {
        if flow != Flow::default() {
            let sum = days.entry(day).or_default();
            *sum = sum.checked_add(flow)?;
        }
        Some(())
    };
    let packets = red_packets.timeline.rooms().flat_map(|room| {
        let indexes = red_packets.listing(room, now).indexes();
        indexes.map(move |index| red_packets.get(room, index))
    });
    for packet in waiting.rows(packets) {
        let standing = packet.standing(now);
        let (issued_fen, fee_fen) = (standing.issued, standing.issued - standing.net);
        add(beijing_day(packet.created), Flow { issued_fen, fee_fen, ..Flow::default() })?;
        for (day, claimed_fen) in packet.claimed_by_day(now, &standing) {
            add(day, Flow { claimed_fen, ..Flow::default() })?;
        }
        if let Some(at) = standing.refunded_at.filter(|_| tells_refunds) {
            let refunded_fen = standing.refunded;
            add(beijing_day(at), Flow { refunded_fen, ..Flow::default() })?;
        }
    }
    Some(days.into_iter().map(|(day, flow)| (beijing_date(day), flow)).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scenario::Scenario;
    use crate::seed::Draws;
    use crate::world::plan::Plan;
    use crate::world::red_packets::Customs;
    use crate::world::{DAY, HOUR, defects};

    /// Some two hours before midnight in Beijing.
    const START: i64 = 1_790_000_000;

    #[test]
    fn claims_flow_on_their_own_days() {
        let customs = Customs { fee_permille: 6, odd_states: true, double_claims: true };
        let mut across_midnight = 0;
        for scenario in [Scenario::Small, Scenario::Live, Scenario::Defects] {
            let plan = Plan::of(scenario, 1);
            let all = RedPackets::new(Draws::new(7), &plan, START, customs, defects::XIAOE);
            for now in [START, START + 2 * HOUR, START + DAY] {
                let mut claimed: BTreeMap<String, i64> = BTreeMap::new();
                for room in all.timeline.rooms() {
                    for index in all.listing(room, now).indexes() {
                        let claims = all.get(room, index).served(now).1;
                        let days: BTreeSet<i64> =
                            claims.iter().map(|claim| beijing_day(claim.at)).collect();
                        across_midnight += usize::from(days.len() > 1);
                        for claim in claims {
                            let day = beijing_date(beijing_day(claim.at));
                            *claimed.entry(day).or_default() += claim.amount;
                        }
                    }
                }
                let flows = flows(&all, now, true, &Waiting::default()).unwrap().into_iter();
                let told = flows.map(|(day, flow)| (day, flow.claimed_fen));
                assert!(told.filter(|(_, fen)| *fen != 0).eq(claimed), "{scenario} at {now}");
            }
        }
        assert!(across_midnight > 0);
    }

    #[test]
    fn sums_are_checked() {
        let full = Flow { fee_fen: i64::MAX, ..Flow::default() };
        assert_eq!(full.checked_add(Flow::default()), Some(full));
        assert_eq!(full.checked_add(full), None);
    }
}
