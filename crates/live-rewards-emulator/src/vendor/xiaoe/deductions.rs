//! Points that callers took from users.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::reply::{Refusal, Reply};
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::{INVALID_PARAMETER, refuse, success};
use crate::vendor::xiaoe::{Endpoint, Xiaoe};

/// Most deductions that are kept; those that would be more are refused.
const CAPACITY: i64 = 10_000;
/// Most points that one call takes from each user.
const MOST_POINTS: i64 = 1_000_000_000;

/// Most bytes of a remark.
const LONGEST_REMARK: usize = 1000;

/// The deductions since the start or the last reset.
#[derive(Debug, Default)]
pub(super) struct Deductions(Mutex<Arc<Taken>>);

/// The deductions at one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    count: i64,
    /// By user, oldest first.
    of: BTreeMap<i64, Vec<Deduction>>,
}

/// One user's part of a call.
#[derive(Clone, Debug)]
pub(super) struct Deduction {
    pub(super) at: i64,
    /// Number among all of them.
    pub(super) serial: i64,
    pub(super) score: i64,
    /// What the caller gave as the reason.
    pub(super) remark: Option<Arc<str>>,
}

impl Deductions {
    /// The deductions as they are now.
    pub(super) fn taken(&self) -> Arc<Taken> {
        Arc::clone(&self.lock())
    }

    /// Forgets all of them.
    pub(super) fn clear(&self) {
        *self.lock() = Arc::default();
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Taken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// What was taken from a user by an instant.
    pub(super) fn sum(&self, person: i64, at: i64) -> i64 {
        self.of(person).take_while(|deduction| deduction.at <= at).map(|one| one.score).sum()
    }

    /// What was taken from a user up to a deduction, which is among it.
    pub(super) fn sum_through(&self, person: i64, last: &Deduction) -> i64 {
        let before = self.of(person).take_while(|deduction| deduction.serial != last.serial);
        before.map(|one| one.score).sum::<i64>() + last.score
    }

    /// The deductions from a user, oldest first.
    fn of(&self, person: i64) -> impl Iterator<Item = &Deduction> {
        self.of.get(&person).into_iter().flatten()
    }

    /// All deductions with the user that each is from, or those from one user.
    pub(super) fn all(&self, person: Option<i64>) -> impl Iterator<Item = (i64, &Deduction)> {
        let range = person.map_or(0..i64::MAX, |person| person..person + 1);
        self.of.range(range).flat_map(|(person, all)| all.iter().map(move |one| (*person, one)))
    }

    /// The deduction with this number from a user.
    pub(super) fn get(&self, person: i64, serial: i64) -> Option<&Deduction> {
        self.of(person).find(|deduction| deduction.serial == serial)
    }

    fn add(&mut self, person: i64, at: i64, score: i64, remark: Option<Arc<str>>) {
        let deduction = Deduction { at, serial: self.count, score, remark };
        self.count += 1;
        let of_person = self.of.entry(person).or_default();
        // The clock may have been set back.
        let place = of_person.partition_point(|other| other.at <= at);
        of_person.insert(place, deduction);
    }
}

/// Answers a call that takes points: from all users that it names, or from none.
pub(super) fn deduct(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let now = call.now();
    let score = call.parameters.integer("score").filter(|score| (1..=MOST_POINTS).contains(score));
    let score = score.ok_or_else(|| refused("score", "is out of range"))?;
    let people = people(xiaoe, call)?;
    let remark = call.parameters.text("remark");
    if remark.is_some_and(|remark| remark.len() > LONGEST_REMARK) {
        return Err(refused("remark", "is too long"));
    }
    let remark: Option<Arc<str>> = remark.map(Into::into);

    let mut deductions = xiaoe.deductions.lock();
    let room = CAPACITY - deductions.count;
    if i64::try_from(people.len()).is_ok_and(|wanted| wanted > room) {
        let text = format!("the emulator keeps no more than {CAPACITY} deductions");
        return Err(refuse(2053, &text));
    }
    let taken = Arc::make_mut(&mut deductions);
    let has_enough = |person: &i64| xiaoe.account(taken, *person, now).available >= score;
    if !people.iter().all(has_enough) {
        return Err(refused("user_ids", "has a user with fewer points"));
    }
    for person in people {
        taken.add(person, now, score, remark.clone());
    }
    Ok(success("Success", None, &[(); 0]))
}

/// The users that a call names, each once.
fn people(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<BTreeSet<i64>, Refusal> {
    let user_ids = call.parameters.list("user_ids").unwrap_or_default();
    if user_ids.is_empty() {
        return Err(refused("user_ids", "is empty"));
    }
    let accounts = 0..xiaoe.accounts.schedule().count_until(call.now());
    let holder = |user_id: &String| {
        let person = xiaoe.person(user_id).filter(|person| accounts.contains(person));
        person.ok_or_else(|| refused("user_ids", "has a user without points"))
    };
    user_ids.iter().map(holder).collect()
}

fn refused(name: &str, fault: &str) -> Refusal {
    refuse(INVALID_PARAMETER, &format!("{name} {fault}")).parameter(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deductions_are_in_the_order_of_time() {
        let deductions = Deductions::default();
        let none = deductions.taken();
        {
            let mut lock = deductions.lock();
            let taken = Arc::make_mut(&mut lock);
            taken.add(7, 100, 5, None);
            taken.add(3, 100, 1, None);
            taken.add(7, 50, 2, Some("why".into()));
        }
        // What was read before stays as it was.
        assert_eq!(none.sum(7, 1000), 0);
        let taken = deductions.taken();
        assert_eq!([49, 50, 99, 100].map(|at| taken.sum(7, at)), [0, 2, 2, 7]);
        let all = |person| -> Vec<(i64, i64)> {
            taken.all(person).map(|(person, one)| (person, one.serial)).collect()
        };
        assert_eq!(all(None), [(3, 1), (7, 2), (7, 0)]);
        assert_eq!(all(Some(7)), [(7, 2), (7, 0)]);
        assert_eq!(taken.get(7, 2).unwrap().remark.as_deref(), Some("why"));
        deductions.clear();
        assert_eq!(deductions.taken().sum(7, 1000), 0);
    }
}
