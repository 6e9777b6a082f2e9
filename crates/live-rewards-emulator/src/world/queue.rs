//! People of an audience, one after the other.

use crate::seed::Draws;

/// An audience in an order of its own, in which nobody stands twice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Queue {
    first: i64,
    stride: i64,
    /// A prime, so that any stride visits everybody.
    audience: i64,
}

impl Queue {
    /// Draws where among the audience the queue begins, and the step to the next.
    pub(crate) const fn drawn(audience: i64, draw: &mut Draws) -> Self {
        let first = draw.below(audience);
        Self { first, stride: 1 + draw.below(audience - 1), audience }
    }

    /// The person at a place, counted from 0.
    pub(crate) const fn person(self, place: i64) -> i64 {
        1 + (self.first + place * self.stride) % self.audience
    }

    /// Place of a person among the first `count`.
    pub(crate) fn place(self, person: i64, count: i64) -> Option<i64> {
        (0..count).find(|place| self.person(*place) == person)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn everybody_stands_in_it_once() {
        for seed in 0..5 {
            let queue = Queue::drawn(997, &mut Draws::new(seed));
            let people: HashSet<i64> = (0..997).map(|place| queue.person(place)).collect();
            assert_eq!((people.len(), people.contains(&0)), (997, false));
            assert_eq!(queue.place(queue.person(9), 10), Some(9));
            assert_eq!(queue.place(queue.person(10), 10), None);
        }
    }
}
