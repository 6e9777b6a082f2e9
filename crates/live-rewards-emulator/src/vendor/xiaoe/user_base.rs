//! Who the users of the shop are: everybody whose id stands in any answer.

use std::ops::Range;

use crate::people;
use crate::vendor::xiaoe::Xiaoe;

impl Xiaoe {
    /// Number of users.
    pub(super) fn users(&self, now: i64) -> i64 {
        let hosts = self.hosts(now);
        self.audience(now) + hosts.end - hosts.start
    }

    /// Those with points and those who claim: the people numbered below this.
    fn audience(&self, now: i64) -> i64 {
        self.people.max(self.accounts.schedule().count_until(now))
    }

    /// Hosts who are not among them.
    fn hosts(&self, now: i64) -> Range<i64> {
        let rooms = self.red_packets.timeline.rooms();
        let end = people::host(rooms.end);
        people::host(rooms.start).max(self.audience(now)).min(end)..end
    }

    /// Whether a person is one of them.
    pub(super) fn is_user(&self, person: i64, now: i64) -> bool {
        (0..self.audience(now)).contains(&person) || self.hosts(now).contains(&person)
    }

    /// The user at a place, from the newest on: hosts, then the others.
    pub(super) fn user_at(&self, place: i64, now: i64) -> i64 {
        let hosts = self.hosts(now);
        let count = hosts.end - hosts.start;
        if place < count { hosts.end - 1 - place } else { self.audience(now) - 1 - (place - count) }
    }

    /// Place of a person among the users.
    pub(super) fn user_place(&self, person: i64, now: i64) -> Option<i64> {
        let (audience, hosts) = (self.audience(now), self.hosts(now));
        if hosts.contains(&person) {
            Some(hosts.end - 1 - person)
        } else {
            let others = hosts.end - hosts.start;
            (0..audience).contains(&person).then(|| others + audience - 1 - person)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::seed::Draws;
    use crate::world::DAY;
    use crate::world::plan::Plan;

    #[test]
    fn everybody_has_a_place_newest_first() {
        let start = 1_790_000_000;
        for (scenario, claims) in
            [(Scenario::Tiny, 1), (Scenario::Live, 1), (Scenario::Campaign, 20_000_000)]
        {
            let xiaoe = Xiaoe::new(Draws::new(3), &Plan::of(scenario, claims), start);
            let now = start + DAY;
            let total = xiaoe.users(now);
            assert_eq!(xiaoe.user_at(0, now) + 1, xiaoe.hosts(now).end.max(xiaoe.audience(now)));
            let mut newer = i64::MAX;
            let step = usize::try_from(total / 1000 + 1).unwrap();
            for place in (0..total).step_by(step).chain([total - 1]) {
                let person = xiaoe.user_at(place, now);
                assert_eq!(xiaoe.user_place(person, now), Some(place), "{scenario:?}");
                assert!(xiaoe.is_user(person, now));
                assert!(xiaoe.registered(person) <= newer);
                newer = xiaoe.registered(person);
            }
            assert_eq!(xiaoe.user_at(total - 1, now), 0);
            assert!(!xiaoe.is_user(-1, now) && !xiaoe.is_user(1 << 40, now));
        }
    }
}
