//! What makes a record the same record.

use std::collections::HashSet;

use live_rewards_core::{
    Amount, Keyed, Money, Points, PointsEntry, PointsEntryKey, PointsEntryKind, Prize, PrizeKind,
    PrizeState, User, UserIdKind, UserRef, assign_ordinals,
};
use proptest::{collection::vec, option::of, prelude::*};

use crate::club::instant;

fn user(id: &str) -> UserRef {
    UserRef::new(id, UserIdKind::VendorUser)
}

/// Entries of which many are equal.
fn entries() -> impl Strategy<Value = PointsEntry> {
    let kinds = prop_oneof![Just(PointsEntryKind::Earned), Just(PointsEntryKind::Spent)];
    ("[ab]", kinds, 0_i64..2, of("[ab]")).prop_map(|(id, kind, change, business)| {
        let mut entry = PointsEntry::new(user(&id), kind, Points::new(change), instant());
        entry.business_id = business;
        entry
    })
}

fn prizes() -> impl Strategy<Value = Prize> {
    let kinds = prop_oneof![Just(PrizeKind::Lottery), Just(PrizeKind::Task)];
    ("[ab]", kinds, "[ab]", of("[ab]"), of("[ab]"), 0_u32..2).prop_map(
        |(activity, kind, id, task, record, ordinal)| {
            let mut prize = Prize::new(activity.into(), kind, user(&id));
            prize.task = task;
            prize.record_id = record.map(Into::into);
            prize.ordinal = ordinal;
            prize
        },
    )
}

/// The keys of a page without ids.
fn keys(mut page: Vec<PointsEntry>) -> Vec<PointsEntryKey> {
    assign_ordinals(
        &mut page,
        |entry| {
            let (business, kind) = (entry.business_id.clone(), entry.kind.clone());
            (entry.user.id.clone(), entry.at, business, kind, entry.change)
        },
        |entry| &mut entry.ordinal,
    );
    page.iter().map(Keyed::key).collect()
}

proptest! {
    #[test]
    fn entries_of_a_page_stay_apart_and_are_the_same_when_read_again(
        page in vec(entries(), 0..20),
        balance in 0_i64..9,
    ) {
        let first = keys(page.clone());
        prop_assert_eq!(first.iter().collect::<HashSet<_>>().len(), page.len());
        let again = page.into_iter().map(|mut entry| {
            entry.balance_after = Some(Points::new(balance));
            entry.reason = Some("another".to_owned());
            entry
        });
        prop_assert_eq!(keys(again.collect()), first);
    }

    #[test]
    fn an_entry_with_an_id_is_the_users_entry_of_that_id(one in entries(), other in entries()) {
        let keyed = |mut entry: PointsEntry, id: &str| {
            entry.id = Some(id.into());
            entry.key()
        };
        let same_user = one.user == other.user;
        prop_assert_eq!(keyed(one.clone(), "1") == keyed(other, "1"), same_user);
        prop_assert_ne!(keyed(one.clone(), "1"), keyed(one.clone(), "2"));
        prop_assert_ne!(keyed(one.clone(), "1"), one.key());
    }

    #[test]
    fn a_prize_stays_the_same_when_its_state_or_value_changes(prize in prizes(), fen in 0_i64..9) {
        let mut later = prize.clone();
        later.state = Some(PrizeState::Issued);
        later.value = Some(Amount::Money(Money::from_fen(fen)));
        later.name = Some("another".to_owned());
        prop_assert_eq!(later.key(), prize.key());
    }

    #[test]
    fn two_prizes_are_one_by_record_or_else_by_task_user_and_ordinal(one in prizes(), other in prizes()) {
        let of_same = one.kind == other.kind && one.activity == other.activity;
        let same = match (&one.record_id, &other.record_id) {
            (None, None) => {
                one.task == other.task && one.user == other.user && one.ordinal == other.ordinal
            }
            (one, other) => one == other,
        };
        prop_assert_eq!(one.key() == other.key(), of_same && same);
    }
}

#[test]
fn who_attended_twice_stands_in_the_list_twice() {
    let mut once = User::new(user("a"));
    once.joined_at = Some(instant());
    let mut again = once.clone();
    again.joined_at = None;
    assert_ne!(once.key(), again.key());
    again.joined_at = once.joined_at;
    again.user.nickname = Some("Ann".to_owned());
    assert_eq!(once.key(), again.key());
}
