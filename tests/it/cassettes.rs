//! What a vendor's client records of an account, and what it reads from that without the vendor.

mod every_read;

use std::{
    io,
    sync::{Arc, Mutex},
};

use futures_util::TryStreamExt;
use live_rewards::{
    LiveRewards, LiveRewardsExt, PointsQuery, RedPacketQuery, UserRef, Vendor,
    polyv::{
        PolyvClient, PolyvConfig,
        http::{
            BuildClient, ClientBuilder, Limits, Retry,
            cassette::{Pseudonyms, Recorder, ReplayingTransport},
        },
    },
    xiaoe::{XiaoeClient, XiaoeConfig},
    yxt::{YxtClient, YxtConfig},
};

use crate::{
    queries,
    vendors::{self, Account, SetUp},
};

#[tokio::test]
async fn xiaoe() {
    check(vendors::xiaoe().await).await;
}

#[tokio::test]
async fn polyv() {
    check(vendors::polyv().await).await;
}

#[tokio::test]
async fn yxt() {
    check(vendors::yxt().await).await;
}

async fn check(account: Account) {
    let pseudonyms = Pseudonyms::new("key");
    let lines = Lines::default();
    let tape = Recorder::new(lines.clone(), pseudonyms.clone());
    let recorded = read(&*account.client(&Taping(tape.clone())), &account).await;
    assert!(recorded.len() > 7);
    assert!(tape.finish().unwrap() > 0);

    let cassette = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let ready = account.emulator.ready();
    let (xiaoe, polyv, yxt) = (&ready.xiaoe, &ready.polyv, &ready.yxt);
    for secret in [&xiaoe.secret_key, &xiaoe.client_id, &polyv.app_secret, &yxt.app_secret] {
        assert!(!cassette.contains(secret.as_str()), "{secret}");
    }
    // What begins a token, and what is sent of a signature.
    for part in
        ["\"xe_", "\"sign\":", "\"signature\":", "\"timestamp\":\"", "\"nonce\":", "127.0.0.1"]
    {
        assert!(!cassette.contains(part), "{part}");
    }
    for (user, _) in &recorded {
        assert!(!cassette.contains(user.id.as_str()), "{user:?}");
        let name = user.nickname.as_ref().map(|name| format!("\"{name}\""));
        assert!(!name.is_some_and(|name| cassette.contains(&name)), "{user:?}");
    }

    let transport = ReplayingTransport::new(cassette.as_bytes()).unwrap();
    let replayed = read(&*replaying(&account, transport, &pseudonyms), &account).await;
    let under_pseudonym = |(user, row): &(UserRef, String)| {
        let name = user.nickname.as_ref().map(|name| pseudonyms.name(name));
        (pseudonyms.id(user.id.as_str()), name, row.clone())
    };
    let as_it_is = |(user, row): &(UserRef, String)| {
        (user.id.as_str().to_owned(), user.nickname.clone(), row.clone())
    };
    let expected: Vec<_> = recorded.iter().map(under_pseudonym).collect();
    assert_eq!(replayed.iter().map(as_it_is).collect::<Vec<_>>(), expected);
}

/// A file in memory.
#[derive(Clone, Default)]
pub(crate) struct Lines(pub(crate) Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Every claim, gift, payment for one, prize, points account and entry of the points log: whose it is, and the rest.
pub(crate) async fn read(rewards: &dyn LiveRewards, account: &Account) -> Vec<(UserRef, String)> {
    let capabilities = rewards.capabilities();
    let mut rows = Vec::new();
    for room in &account.rooms {
        if capabilities.red_packets.is_some() {
            let claims: Vec<_> =
                rewards.claims(RedPacketQuery::new(room.clone())).try_collect().await.unwrap();
            rows.extend(claims.into_iter().map(|claim| {
                let row = format!("{} {:?} {:?}", claim.red_packet, claim.amount, claim.claimed_at);
                (claim.user, row)
            }));
        }
        if capabilities.gifts.is_some() {
            let gifts: Vec<_> =
                rewards.gifts(queries::gifts(account, room)).try_collect().await.unwrap();
            rows.extend(gifts.into_iter().map(|gift| {
                let row = format!("{:?} {:?} {:?}", gift.record_id, gift.charged, gift.at);
                (gift.giver, row)
            }));
        }
        if capabilities.gift_payments.is_some() {
            let payments = rewards.gift_payments(queries::gift_payments(account, room));
            let payments: Vec<_> = payments.try_collect().await.unwrap();
            rows.extend(payments.into_iter().map(|payment| {
                let row = format!("{} {:?} {:?}", payment.order, payment.amount, payment.at);
                (payment.payer.unwrap(), row)
            }));
        }
    }
    for won in capabilities.prizes {
        for query in queries::prizes(account, won.kind).await {
            let prizes: Vec<_> = rewards.prizes(query).try_collect().await.unwrap();
            rows.extend(prizes.into_iter().map(|prize| {
                let row = format!("{:?} {:?} {:?}", prize.record_id, prize.value, prize.at);
                (prize.user, row)
            }));
        }
    }
    if capabilities.points_entries.is_some() {
        let entries = rewards.points_entries(queries::points_entries(account));
        let entries: Vec<_> = entries.try_collect().await.unwrap();
        rows.extend(entries.into_iter().map(|entry| {
            let row = format!("{:?} {:?} {:?}", entry.id, entry.change, entry.at);
            (entry.user, row)
        }));
    }
    if capabilities.points_accounts.is_some() {
        let accounts: Vec<_> =
            rewards.points_accounts(PointsQuery::new()).try_collect().await.unwrap();
        rows.extend(accounts.into_iter().map(|account| {
            let row = format!("{:?} {:?}", account.available, account.frozen);
            (account.user, row)
        }));
    }
    rows
}

fn set_up<C: BuildClient>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
    builder.limits(Limits::unlimited()).retry(Retry::none())
}

/// A client whose answers are recorded.
struct Taping(Recorder);

impl SetUp for Taping {
    fn set_up<C: BuildClient>(&self, builder: ClientBuilder<C>) -> ClientBuilder<C> {
        set_up(builder).record(self.0.clone())
    }
}

/// A client of the vendor's own service, with credentials that nobody has.
fn replaying(
    account: &Account,
    transport: ReplayingTransport,
    pseudonyms: &Pseudonyms,
) -> Arc<dyn LiveRewards> {
    let transport = Arc::new(transport);
    match account.vendor {
        Vendor::Xiaoe => {
            let builder = XiaoeClient::builder(XiaoeConfig::new("any", "any", "any"));
            Arc::new(set_up(builder).transport(transport).build().unwrap())
        }
        Vendor::Polyv => {
            // The recorded path has its pseudonym.
            let live_account = pseudonyms.id(&account.emulator.ready().polyv.live_account);
            let config = PolyvConfig::new("any", "any").live_account(live_account);
            let builder = PolyvClient::builder(config);
            Arc::new(set_up(builder).transport(transport).build().unwrap())
        }
        _ => {
            let builder = YxtClient::builder(YxtConfig::new("any", "any"));
            Arc::new(set_up(builder).transport(transport).build().unwrap())
        }
    }
}
