//! Users, and their names in what has ids alone.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use live_rewards::{
    Gift, LiveRewards, LiveRewardsExt, Names, NamesUsers, PointsAccount, PointsQuery, Prize, User,
    UserId, UserIdKind, UserQuery,
};

use super::count;
use crate::{queries, vendors::Account};

pub(crate) async fn users_agree_with_the_ground_truth(account: &Account) {
    let rewards = &*account.rewards;
    let Some(capability) = rewards.capabilities().users else {
        return;
    };
    let names = names(account).await;
    assert_eq!(u64::try_from(names.len()).unwrap(), account.truth.users);
    let Some(most) = capability.most_ids else {
        return;
    };
    let ids: Vec<UserId> = names.keys().take(most.try_into().unwrap()).cloned().collect();
    let query = UserQuery::ids(ids.clone());
    let found: Vec<User> = rewards.users(query).try_collect().await.unwrap();
    assert_eq!(count(&found), u64::from(most));
    for user in found {
        assert!(ids.contains(&user.user.id));
        assert_eq!(user.user.nickname.as_ref(), Some(&names[&user.user.id]));
    }
}

pub(crate) async fn names_are_filled_in(account: &Account) {
    let rewards = &*account.rewards;
    let capabilities = rewards.capabilities();
    let Some(users) = capabilities.users else {
        return;
    };
    let known = names(account).await;
    let mut names = Names::new(rewards);
    let mut filled = 0;
    if capabilities.gifts.is_some() {
        for room in &account.rooms {
            let gifts = rewards.gifts(queries::gifts(account, room));
            let gifts: Vec<Gift> = gifts.try_collect().await.unwrap();
            filled += fill(&mut names, users.id_kind, &known, gifts).await;
        }
    }
    for won in capabilities.prizes {
        for query in queries::prizes(account, won.kind).await {
            let prizes: Vec<Prize> = rewards.prizes(query).try_collect().await.unwrap();
            filled += fill(&mut names, users.id_kind, &known, prizes).await;
        }
    }
    if capabilities.points_accounts.is_some() {
        let accounts = rewards.points_accounts(PointsQuery::new());
        let accounts: Vec<PointsAccount> = accounts.try_collect().await.unwrap();
        filled += fill(&mut names, users.id_kind, &known, accounts).await;
    }
    assert!(filled > 7, "all had names: {filled}");
}

/// Fills in names, and checks all users of the vendor's kind. How many had none before.
async fn fill<R: NamesUsers>(
    names: &mut Names<'_, dyn LiveRewards>,
    kind: &UserIdKind,
    known: &HashMap<UserId, String>,
    mut records: Vec<R>,
) -> usize {
    let mut lacking = 0;
    for record in &mut records {
        record.users(&mut |_, _, user| lacking += usize::from(user.nickname.is_none()));
    }
    names.fill(&mut records).await.unwrap();
    for record in &mut records {
        record.users(&mut |_, _, user| {
            assert_eq!(user.id_kind, *kind);
            assert_eq!(user.nickname.as_ref(), known.get(&user.id), "{user:?}");
            assert!(user.nickname.is_some(), "{user:?}");
        });
    }
    lacking
}

/// What all users are called.
async fn names(account: &Account) -> HashMap<UserId, String> {
    let mut names = HashMap::new();
    for query in queries::users(account) {
        let users: Vec<User> = account.rewards.users(query).try_collect().await.unwrap();
        names.extend(users.into_iter().map(|user| (user.user.id, user.user.nickname.unwrap())));
    }
    names
}
