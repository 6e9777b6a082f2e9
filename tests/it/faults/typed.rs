//! The same for what only typed requests read: a call that fails once is made again, one that goes on failing is an error, rows that
//! aren't as documented are read like the others, and one that can't be read is rejected alone.

use futures_util::TryStreamExt;
use live_rewards::{
    ErrorKind, LiveRewardsExt, Prize, PrizeKind, Result, Session, SessionQuery, UserId,
    polyv::{
        PolyvClient, PolyvConfig,
        check_in::CheckInList,
        coupon::{CouponList, CouponReceivers},
        http::{BuildClient, ClientBuilder, Endpoint},
        invite::InviteList,
        lottery::{LotteryListV3, PersonalWins},
        task_reward::{TaskRewardStats, ViewerTaskRewards},
    },
    xiaoe::{XiaoeClient, XiaoeConfig, lottery::LotteryHistory},
    yxt::{
        YxtClient, YxtConfig,
        recording::Recordings,
        sign_in::{SignInDetails, SignInRounds},
    },
};
use live_rewards_emulator::{Fault, FaultKind};

use super::trial::{Client, transport};
use crate::{
    clock::OneClock,
    queries,
    vendors::{self, Account, SetUp},
};

/// Reads each listing while its endpoint fails.
macro_rules! check {
    ($account:expr, $client:expr, $($request:expr),+ $(,)?) => {
        $({
            let request = $request;
            let endpoint = endpoint_of(&request);
            let read = || async {
                let pages = $client.pages(request.clone());
                pages.map_ok(|page| format!("{:?}", page.output)).try_collect::<Vec<_>>().await
            };
            check($account, endpoint, read).await;
        })+
    };
}

#[tokio::test]
async fn polyv() {
    let account = vendors::polyv().await;
    let polyv = &account.emulator.ready().polyv;
    let config = PolyvConfig::new(&polyv.app_id, polyv.app_secret.as_str());
    let client = client(&account, PolyvClient::builder(config.base_url(&polyv.base_url)));
    let [first, last] = account.times();
    let channel = polyv.channel_ids[0].as_str();
    let sessions = client.sessions(SessionQuery::in_room(account.rooms[0].clone()));
    let sessions: Vec<Session> = sessions.try_collect().await.unwrap();
    let coupons = client.send(CouponList::new()).await.unwrap().contents;
    let drawn = winner(&account, PrizeKind::Lottery).await;
    let busy = winner(&account, PrizeKind::Task).await;
    check!(
        &account,
        client,
        CheckInList::new(channel).session_id(sessions[0].id.as_str()),
        CouponList::new(),
        CouponReceivers::new(coupons[0].coupon_id.as_str()),
        InviteList::new(channel),
        LotteryListV3::new(channel, first, last),
        PersonalWins::new(drawn.as_str()),
        TaskRewardStats::new(channel),
        ViewerTaskRewards::new(busy.as_str()),
    );
}

#[tokio::test]
async fn xiaoe() {
    let account = vendors::xiaoe().await;
    let xiaoe = &account.emulator.ready().xiaoe;
    let config = XiaoeConfig::new(&xiaoe.app_id, &xiaoe.client_id, xiaoe.secret_key.as_str());
    let client = client(&account, XiaoeClient::builder(config.base_url(&xiaoe.base_url)));
    check!(&account, client, LotteryHistory::new(xiaoe.resource_ids[0].as_str()));
}

#[tokio::test]
async fn yxt() {
    let account = vendors::yxt().await;
    let yxt = &account.emulator.ready().yxt;
    let config = YxtConfig::new(&yxt.app_key, yxt.app_secret.as_str());
    let client = client(&account, YxtClient::builder(config.base_url(&yxt.base_url)));
    let rounds = SignInRounds::new().room_id(yxt.room_ids[0].as_str());
    let round = client.send(rounds.clone()).await.unwrap().datas.items.remove(0);
    check!(
        &account,
        client,
        rounds.limit(1),
        SignInDetails::new(round.pid).limit(5),
        Recordings::new().limit(2),
    );
}

fn client<C: BuildClient>(account: &Account, builder: ClientBuilder<C>) -> C {
    let clock = OneClock::of(&account.emulator);
    Client::new(&clock, &transport(account)).set_up(builder).build().unwrap()
}

/// Somebody who won a prize of a kind.
async fn winner(account: &Account, kind: PrizeKind) -> UserId {
    let query = queries::prizes(account, kind).await.remove(0);
    let prizes: Vec<Prize> = account.rewards.prizes(query).try_collect().await.unwrap();
    prizes[0].user.id.clone()
}

fn endpoint_of<E: Endpoint>(_: &E) -> &'static str {
    E::INFO.id
}

async fn check<A>(account: &Account, endpoint: &str, read: impl Fn() -> A)
where
    A: Future<Output = Result<Vec<String>>>,
{
    let emulator = &account.emulator;
    let fault = |kind| Fault::new(account.vendor.as_str(), kind).endpoint(endpoint);
    let met = || emulator.journal().iter().filter(|entry| !entry.faults.is_empty()).count();
    let whole = read().await.unwrap();
    assert!(!whole[0].contains("items: []"), "{endpoint} has no rows");
    for (kind, error) in [
        (FaultKind::Status(503), ErrorKind::Vendor),
        (FaultKind::Html(200), ErrorKind::Decode),
        (FaultKind::CutBody, ErrorKind::Decode),
        (FaultKind::Reset, ErrorKind::Transport),
    ] {
        let before = met();
        emulator.add_fault(fault(kind.clone()).nth([1])).unwrap();
        assert_eq!(read().await.unwrap(), whole, "{endpoint}: {kind:?}");
        assert_eq!(met(), before + 1, "{endpoint}: {kind:?}");
        emulator.clear_faults();
        emulator.add_fault(fault(kind.clone())).unwrap();
        assert_eq!(read().await.unwrap_err().kind(), error, "{endpoint}: {kind:?}");
        emulator.clear_faults();
    }
    for kind in [FaultKind::NewField, FaultKind::ChangedType] {
        emulator.add_fault(fault(kind.clone())).unwrap();
        assert_eq!(read().await.unwrap(), whole, "{endpoint}: {kind:?}");
        emulator.clear_faults();
    }
    // Rows that need no member can't be broken.
    if emulator.add_fault(fault(FaultKind::BrokenRow).nth([1])).is_ok() {
        let pages = read().await.unwrap();
        let rejected = pages.iter().map(|page| page.matches("RejectedRow {").count());
        assert_eq!((rejected.sum::<usize>(), pages.len()), (1, whole.len()), "{endpoint}");
        emulator.clear_faults();
    }
}
