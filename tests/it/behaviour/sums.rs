//! What has to add up, whatever the emulator says.

use std::collections::{BTreeMap, HashMap};

use futures_util::TryStreamExt;
use live_rewards::{
    ClaimQuery, ClaimSource, LiveRewardsExt, PointsAccount, PointsEntry, PointsEntryKind,
    PointsQuery, Prize, PrizeActivity, PrizeState, Refund, Session, SessionQuery, UserId,
};

use super::{count, packets, sum};
use crate::{queries, vendors::Account};

pub(crate) async fn claims_add_up_with_their_red_packets(account: &Account) {
    let rewards = &*account.rewards;
    let Some(source) = rewards.capabilities().claims else {
        return;
    };
    for room in &account.rooms {
        for mut packet in packets(rewards, room).await {
            let claims = if source == ClaimSource::Inline {
                packet.claims.clone().unwrap()
            } else {
                let query = ClaimQuery::new(room.clone(), packet.id.clone());
                let answer = rewards.claims_page(&query, None).await.unwrap();
                packet.update_from(answer.red_packet.unwrap());
                let pages: Vec<_> = rewards.claim_pages(query, None).try_collect().await.unwrap();
                pages.into_iter().flat_map(|claims| claims.page.items).collect()
            };
            let claimed = sum(claims.iter().map(|claim| claim.amount));
            if let Some(remaining) = packet.remaining {
                assert_eq!(claimed + remaining.fen(), packet.issued.fen(), "{packet:?}");
            }
            if let (Some(net), Refund::Done { amount: Some(refunded), .. }) =
                (packet.net, packet.refund)
            {
                assert_eq!(claimed + refunded.fen(), net.fen(), "{packet:?}");
            }
            if let Some(count_said) = packet.claimed_count {
                assert_eq!(count(&claims), count_said, "{packet:?}");
            }
        }
    }
}

pub(crate) async fn sessions_hold_their_red_packets(account: &Account) {
    let rewards = &*account.rewards;
    if rewards.capabilities().sessions.is_none() {
        return;
    }
    let mut sessions = Vec::new();
    for room in &account.rooms {
        let query = SessionQuery::in_room(room.clone());
        let of_room: Vec<Session> = rewards.sessions(query).try_collect().await.unwrap();
        for packet in packets(rewards, room).await {
            let mut found = of_room.iter();
            let session = found.find(|session| Some(&session.id) == packet.session.as_ref());
            let session = session.unwrap_or_else(|| panic!("{packet:?}"));
            assert_eq!(&session.room, room);
            assert!(session.started_at <= packet.created_at, "{packet:?}");
            assert!(session.ended_at.is_none_or(|end| packet.created_at <= end), "{packet:?}");
        }
        sessions.extend(of_room);
    }
    assert_eq!(count(&sessions), account.truth.sessions);
}

pub(crate) async fn prizes_are_those_of_their_activities(account: &Account) {
    let rewards = &*account.rewards;
    let capabilities = rewards.capabilities();
    let mut prizes: Vec<Prize> = Vec::new();
    for won in capabilities.prizes {
        for query in queries::prizes(account, won.kind).await {
            let of_activity: Vec<Prize> = rewards.prizes(query).try_collect().await.unwrap();
            prizes.extend(of_activity);
        }
    }
    assert_eq!(count(&prizes), account.truth.total.prizes);
    let issued = prizes.iter().filter(|prize| prize.state == Some(PrizeState::Issued));
    let cash = issued.filter_map(|prize| prize.value.as_ref()?.money());
    assert_eq!(sum(cash), account.truth.total.prize_cash_fen);

    for listed in capabilities.prize_activities {
        for room in &account.rooms {
            let mut won = prizes
                .iter()
                .filter(|prize| prize.kind == listed.kind && prize.room.as_ref() == Some(room));
            for query in queries::prize_activities(account, room, listed) {
                let activities = rewards.prize_activities(query.clone());
                let activities: Vec<PrizeActivity> = activities.try_collect().await.unwrap();
                let in_room: Vec<Prize> =
                    rewards.prizes_in_room(query).try_collect().await.unwrap();
                for activity in activities.iter().filter(|activity| activity.winners.is_some()) {
                    let winners = in_room.iter().filter(|prize| prize.activity == activity.id);
                    assert_eq!(u64::try_from(winners.count()).ok(), activity.winners);
                }
                for prize in &in_room {
                    assert_eq!(Some(prize), won.next());
                }
            }
            assert_eq!(won.next(), None);
        }
    }
}

pub(crate) async fn points_entries_add_up_to_the_balances(account: &Account) {
    let rewards = &*account.rewards;
    if rewards.capabilities().points_entries.is_none() {
        return;
    }
    let entries = rewards.points_entries(queries::points_entries(account));
    let entries: Vec<PointsEntry> = entries.try_collect().await.unwrap();
    assert_eq!(count(&entries), account.truth.points_entries);

    let mut changes: BTreeMap<u8, i64> = BTreeMap::new();
    let mut balances: HashMap<&UserId, i64> = HashMap::new();
    let mut latest: HashMap<&UserId, &PointsEntry> = HashMap::new();
    for entry in &entries {
        let (kind, sign) = match entry.kind {
            PointsEntryKind::Earned => (1, 1),
            PointsEntryKind::Spent => (2, -1),
            PointsEntryKind::Frozen => (3, 0),
            ref other => panic!("{other:?}"),
        };
        *changes.entry(kind).or_default() += entry.change.get();
        *balances.entry(&entry.user.id).or_default() += sign * entry.change.get();
        let latest = latest.entry(&entry.user.id).or_insert(entry);
        if latest.at < entry.at {
            *latest = entry;
        }
    }
    assert_eq!(changes, account.truth.points_entry_change);

    let accounts = rewards.points_accounts(PointsQuery::new());
    let accounts: Vec<PointsAccount> = accounts.try_collect().await.unwrap();
    assert_eq!(accounts.len(), balances.len());
    for account in accounts {
        let held = account.available.get() + account.frozen.unwrap().get();
        assert_eq!(balances[&account.user.id], held);
        assert_eq!(latest[&account.user.id].balance_after.unwrap().get(), held);
    }
}
