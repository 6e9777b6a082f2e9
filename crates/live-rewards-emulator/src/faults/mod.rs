//! Faults on demand: which are in force, and which meet a request.

mod check;
mod fault;
mod fired;
mod kind;
mod rows;
pub(crate) mod text;
mod wording;

use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::seed::Draws;

pub use self::fault::{Fault, FaultError};
pub use self::kind::FaultKind;

pub(crate) use self::fired::{Fired, Instead};

/// Most faults in force at a time.
const CAPACITY: usize = 100;

/// The faults in force.
#[derive(Debug)]
pub(crate) struct Faults {
    draws: Draws,
    /// In force from the start, and again after a reset.
    first: Vec<Fault>,
    rules: Mutex<Rules>,
}

#[derive(Debug)]
struct Rules {
    next_id: u64,
    rules: Vec<Rule>,
}

/// A fault in force, and what it did so far.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Rule {
    /// Counts from 1 in the order in which faults were added.
    pub(crate) id: u64,
    #[serde(flatten)]
    pub(crate) fault: Fault,
    /// Requests that it was for.
    pub(crate) counted: u64,
    /// Requests that it met.
    pub(crate) met: u64,
}

impl Faults {
    /// `draws` decide what happens with a probability. The faults were checked.
    pub(crate) fn new(draws: Draws, first: Vec<Fault>) -> Self {
        let faults =
            Self { draws, first, rules: Mutex::new(Rules { next_id: 1, rules: Vec::new() }) };
        faults.reset();
        faults
    }

    /// Puts a fault in force and gives it a number.
    pub(crate) fn add(&self, fault: Fault) -> Result<u64, FaultError> {
        fault.check()?;
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        if rules.rules.len() >= CAPACITY {
            return Err(FaultError::new(format!("at most {CAPACITY} faults at a time")));
        }
        Ok(rules.push(fault))
    }

    /// Ends the fault with this number; false if there is none.
    pub(crate) fn remove(&self, id: u64) -> bool {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let before = rules.rules.len();
        rules.rules.retain(|rule| rule.id != id);
        rules.rules.len() < before
    }

    /// Ends all faults.
    pub(crate) fn clear(&self) {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner).rules.clear();
    }

    /// Goes back to the faults of the start, with nothing counted.
    pub(crate) fn reset(&self) {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        *rules = Rules { next_id: 1, rules: Vec::new() };
        for fault in &self.first {
            rules.push(fault.clone());
        }
    }

    /// What is in force.
    pub(crate) fn list(&self) -> Vec<Rule> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner).rules.clone()
    }

    /// Counts a request and gives what meets it.
    pub(crate) fn meet(&self, vendor: &str, endpoint: Option<&str>) -> Fired {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let mut fired = Fired::default();
        for rule in &mut rules.rules {
            if !rule.fault.is_for(vendor, endpoint) || rule.fault.is_over(rule.met) {
                continue;
            }
            rule.counted += 1;
            let (id, count) = (rule.id.cast_signed(), rule.counted.cast_signed());
            if rule.fault.meets(rule.counted, || self.draws.at(id).at(count).below(1000)) {
                rule.met += 1;
                fired.push(rule.id, &rule.fault);
            }
        }
        fired
    }
}

impl Rules {
    fn push(&mut self, fault: Fault) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.rules.push(Rule { id, fault, counted: 0, met: 0 });
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(seed: u64, first: Fault) -> Faults {
        Faults::new(Draws::new(seed), vec![first])
    }

    /// Which of the next requests to Polyv meet something.
    fn met(faults: &Faults, requests: u64) -> Vec<u64> {
        (1..=requests)
            .filter(|_| !faults.meet("polyv", Some("red_pack_statistics")).is_empty())
            .collect()
    }

    fn cut() -> Fault {
        Fault::new("polyv", FaultKind::CutBody)
    }

    #[test]
    fn requests_are_chosen_by_number() {
        assert_eq!(met(&faults(1, cut()), 3), [1, 2, 3]);
        assert_eq!(met(&faults(1, cut().nth([2, 4])), 9), [2, 4]);
        assert_eq!(met(&faults(1, cut().every(3)), 9), [3, 6, 9]);
        assert_eq!(met(&faults(1, cut().every(3).times(2)), 12), [3, 6]);
    }

    #[test]
    fn other_requests_are_not_counted() {
        let faults = faults(1, cut().endpoint("red_pack_statistics").nth([2]));
        assert!(faults.meet("polyv", None).is_empty());
        assert!(faults.meet("xiaoe", Some("token")).is_empty());
        assert_eq!(met(&faults, 3), [2]);
    }

    #[test]
    fn probability_is_a_function_of_the_seed() {
        let chosen = |seed| met(&faults(seed, cut().permille(200)), 1000);
        assert_eq!(chosen(7), chosen(7));
        assert_ne!(chosen(7), chosen(8));
        assert!((150..250).contains(&chosen(7).len()));
        assert!(met(&faults(1, cut().permille(0)), 100).is_empty());
        assert_eq!(met(&faults(1, cut().permille(1000)), 100).len(), 100);
    }

    #[test]
    fn a_reset_goes_back_to_the_start() {
        let faults = faults(1, cut().nth([1]));
        assert_eq!(met(&faults, 2), [1]);
        assert_eq!(faults.add(cut()).unwrap(), 2);
        assert!(faults.remove(1) && !faults.remove(1));
        faults.clear();
        assert!(faults.list().is_empty());
        faults.reset();
        assert_eq!(met(&faults, 2), [1]);
        let list = faults.list();
        assert_eq!((list.len(), list[0].id, list[0].counted, list[0].met), (1, 1, 2, 1));
    }

    #[test]
    fn faults_are_bounded() {
        let faults = faults(1, cut());
        for _ in 1..CAPACITY {
            assert!(faults.add(cut()).is_ok());
        }
        assert!(faults.add(cut()).is_err());
    }
}
