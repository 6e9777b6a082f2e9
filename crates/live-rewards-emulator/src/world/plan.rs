//! What each scenario consists of.

use crate::people;
use crate::scenario::Scenario;
use crate::world::DAY;
use crate::world::counts::Counts;
use crate::world::crowd::Crowd;
use crate::world::defects::Planted;
use crate::world::fate::Course;
use crate::world::pace::Pace;
use crate::world::schedule::Past;

/// Claims to a red packet of a campaign, over all of them.
const CLAIMS_A_PACKET: i64 = 100;
/// Claims to a room of a campaign, and how many rooms there can be.
const CLAIMS_A_ROOM: i64 = 200_000;
const MOST_ROOMS: i64 = 64;
/// Claims to a points account of a campaign.
const CLAIMS_AN_ACCOUNT: i64 = 10;

/// Sizes and ways of a scenario.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Days before the start over which red packets and gifts are spread.
    days: i64,
    /// Seconds before the start in which nothing is created any more.
    rest: i64,
    /// Days before the start in which accounts are opened.
    account_days: i64,
    /// Sessions of a room before the start.
    pub(crate) sessions: i64,
    /// Red packets of each room.
    pub(crate) red_packets: Counts,
    /// Gifts of each room.
    pub(crate) gifts: Counts,
    /// Points accounts.
    pub(crate) accounts: i64,
    /// Number of people who claim and give.
    pub(crate) audience: i64,
    pub(crate) crowd: Crowd,
    pub(crate) course: Course,
    /// Whether rows look as odd as in the vendors' own examples.
    pub(crate) quirks: bool,
    /// How often rows are added after the start, if they are.
    pub(crate) paces: Option<Paces>,
    /// Whether defects are planted.
    defects: bool,
}

/// How often rows are added: to each room, and to the accounts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paces {
    pub(crate) red_packets: Pace,
    pub(crate) gifts: Pace,
    pub(crate) accounts: Pace,
}

const TINY: Plan = Plan {
    days: 4,
    rest: 900,
    account_days: 400,
    sessions: 2,
    red_packets: Counts::Listed(&[15, 10]),
    gifts: Counts::Listed(&[15, 10]),
    accounts: 25,
    audience: 997,
    crowd: Crowd::Small,
    course: Course::Quiet,
    quirks: true,
    paces: None,
    defects: false,
};

const SMALL: Plan = Plan {
    days: 14,
    sessions: 6,
    red_packets: Counts::Listed(&[160, 120, 80, 40, 0]),
    gifts: Counts::Listed(&[200, 140, 80, 30, 0]),
    accounts: 400,
    ..TINY
};

/// A red packet every ten seconds, most with a dozen claims in a minute: about a claim a second.
const LIVE: Plan = Plan {
    days: 2,
    sessions: 4,
    red_packets: Counts::Listed(&[96, 64, 32]),
    gifts: Counts::Listed(&[300, 200, 100]),
    accounts: 200,
    crowd: Crowd::Around(12),
    course: Course::Running,
    quirks: false,
    paces: Some(Paces {
        red_packets: Pace::every(10),
        gifts: Pace::every(3),
        accounts: Pace::every(20),
    }),
    ..TINY
};

const DEFECTS: Plan = Plan {
    days: 10,
    rest: 3 * DAY,
    red_packets: Counts::Listed(&[24, 8]),
    gifts: Counts::Listed(&[20, 8]),
    crowd: Crowd::Around(8),
    course: Course::Settled,
    quirks: false,
    defects: true,
    ..TINY
};

const MONTH: Plan = Plan {
    days: 30,
    account_days: 300,
    sessions: 12,
    red_packets: Counts::Listed(&[90, 72, 60, 45, 30, 18]),
    gifts: Counts::Listed(&[240, 180, 150, 120, 60, 30]),
    accounts: 300,
    crowd: Crowd::Around(12),
    quirks: false,
    defects: true,
    ..TINY
};

impl Plan {
    /// The plan of a scenario; `claims` counts in a campaign only.
    pub(crate) fn of(scenario: Scenario, claims: i64) -> Self {
        match scenario {
            Scenario::Tiny => TINY,
            Scenario::Small => SMALL,
            Scenario::Live => LIVE,
            Scenario::Defects => DEFECTS,
            Scenario::Month => MONTH,
            Scenario::Campaign => campaign(claims.max(1)),
        }
    }

    /// Where red packets and gifts lie.
    pub(crate) fn past(&self, start: i64) -> Past {
        Past { start, days: self.days, rest: self.rest }
    }

    /// Where the opening of accounts lies.
    pub(crate) fn account_past(&self, start: i64) -> Past {
        Past { start, days: self.account_days, rest: self.rest }
    }

    /// The defects, if a scenario has them.
    pub(crate) fn planted(&self, defects: &'static [Planted]) -> &'static [Planted] {
        if self.defects { defects } else { &[] }
    }
}

fn campaign(claims: i64) -> Plan {
    let rooms = (claims / CLAIMS_A_ROOM).clamp(2, MOST_ROOMS);
    let packets = (claims / CLAIMS_A_PACKET).max(1);
    let accounts = claims / CLAIMS_AN_ACCOUNT;
    Plan {
        days: days(claims / rooms, 60),
        account_days: days(accounts, 400),
        sessions: 60,
        red_packets: Counts::Even { rows: packets, rooms },
        gifts: Counts::Even { rows: claims, rooms },
        accounts,
        audience: people::audience(accounts),
        // One packet in six isn't claimed: the others have as many more.
        crowd: Crowd::Around(claims * 6 / (packets * 5)),
        quirks: false,
        ..TINY
    }
}

/// Days in which so many rows have two seconds each, and no fewer than usual.
fn days(rows: i64, usual: i64) -> i64 {
    usual.max(1 + rows * 2 / DAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::defects::POLYV;

    #[test]
    fn a_campaign_grows_with_its_claims() {
        for (claims, rooms, packets, days) in [
            (1, 2, 1, 60),
            (100_000, 2, 1000, 60),
            (10_000_000, 50, 100_000, 60),
            (1_000_000_000, 64, 10_000_000, 362),
        ] {
            let plan = Plan::of(Scenario::Campaign, claims);
            assert_eq!(plan.red_packets.rooms(), 0..rooms, "{claims}");
            let sum = |counts: Counts| counts.rooms().map(|room| counts.of(room)).sum::<i64>();
            assert_eq!((sum(plan.red_packets), sum(plan.gifts)), (packets, claims));
            assert_eq!((plan.accounts, plan.days), (claims / 10, days));
        }
    }

    #[test]
    fn two_scenarios_have_defects() {
        for scenario in Scenario::ALL {
            let planted = Plan::of(*scenario, 1).planted(POLYV);
            let has_defects = matches!(scenario, Scenario::Defects | Scenario::Month);
            assert_eq!(!planted.is_empty(), has_defects);
        }
    }
}
