//! Clients that share nothing but a folder of tokens, as processes of a machine do.

use std::sync::Arc;

use live_rewards::{
    ErrorKind,
    polyv::http::{Endpoint, FileTokenStore, Limits, Retry, Sleep, Surroundings},
    xiaoe::{XiaoeClient, XiaoeConfig, access::Token, red_packet::RedPacketList},
};
use live_rewards_emulator::{Emulator, Scenario};

use crate::clock::OneClock;

#[tokio::test]
async fn with_a_wrong_secret_they_keep_to_the_limit_of_fetches_together() {
    let emulator = Emulator::builder().scenario(Scenario::Tiny).start().await.unwrap();
    let emulator = Arc::new(emulator);
    let clock = OneClock::of(&emulator);
    let folder = tempfile::tempdir().unwrap();
    let xiaoe = &emulator.ready().xiaoe;
    let clients: [XiaoeClient; 4] = std::array::from_fn(|_| {
        let config = XiaoeConfig::new(&xiaoe.app_id, &xiaoe.client_id, "wrong");
        let (time, sleep) = (Arc::clone(&clock), Arc::clone(&clock));
        XiaoeClient::builder(config.base_url(&xiaoe.base_url))
            .surroundings(time, sleep, Surroundings::system().randomness)
            .limits(Limits::with_clock(Arc::<OneClock>::clone(&clock)))
            .retry(Retry::none())
            .token_store(Arc::new(FileTokenStore::new(folder.path()).unwrap()))
            .build()
            .unwrap()
    });
    for client in clients.iter().cycle().take(600) {
        let error = client.send(RedPacketList::new("l_1", 4)).await.unwrap_err();
        if error.kind() == ErrorKind::RateLimited {
            clock.sleep(error.retry_after().unwrap()).await;
        } else {
            assert_eq!(error.kind(), ErrorKind::Unauthenticated, "{error}");
        }
    }

    let journal = emulator.journal();
    assert!(journal.iter().all(|entry| entry.endpoint == Some(Token::INFO.id)));
    let fetches: Vec<i64> = journal.iter().map(|entry| entry.at_ms).collect();
    let limit = Token::INFO.limit.unwrap();
    let window = i64::try_from(limit.window.as_millis()).unwrap();
    let most = fetches.iter().map(|from| {
        let within = fetches.iter().filter(|at| (*from..=from + window).contains(*at));
        within.count()
    });
    assert_eq!(most.max(), usize::try_from(limit.requests).ok());
    assert!(fetches.len() > 500, "{}", fetches.len());
    // The vendor counts the same, and has nothing to refuse.
    let mut refusals = journal.iter().map(|entry| entry.refusal.as_ref().unwrap());
    assert!(refusals.all(|reason| reason.limit.is_none()));
}
