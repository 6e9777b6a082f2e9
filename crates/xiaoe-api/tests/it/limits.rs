//! The published limits of the calls, which several clients share.

use std::sync::Arc;

use futures_util::future::join_all;
use live_rewards_http::{
    Endpoint, LimitScope, Limits, RateLimit,
    test_util::{ManualClock, Script, TimedTransport, answer, in_any_window},
};
use xiaoe_api::{
    Xiaoe, XiaoeClient,
    access::Token,
    points::AccountInfoBatch,
    red_packet::{RedPacketList, RedPacketRecord},
};

use crate::support::{TOKEN, builder};

/// A transport that gives a token, and else this payload.
fn answering(script: &Script, data: &'static str) -> Arc<TimedTransport> {
    let clock = Arc::<ManualClock>::clone(&script.clock);
    TimedTransport::new(clock, move |path| {
        let body = format!(r#"{{"code":0,"msg":"success","data":{data}}}"#);
        Ok(if path == Token::INFO.path { answer(200, TOKEN) } else { answer(200, body) })
    })
}

/// Sends two and a half windows' worth of requests as fast as the limit lets, by three clients in turn.
async fn several_clients_together_keep_to<E>(request: &E, limit: RateLimit, data: &'static str)
where
    E: Endpoint<Service = Xiaoe> + Clone,
{
    assert_eq!(E::INFO.limit, Some(limit));
    let script = Script::new([]);
    let transport = answering(&script, data);
    let limits = Limits::with_clock(Arc::<ManualClock>::clone(&script.clock));
    let clients: [XiaoeClient; 3] = [(); 3].map(|()| {
        let builder = script.direct(builder()).limits(limits.clone());
        builder.transport(Arc::<TimedTransport>::clone(&transport)).build().unwrap()
    });
    let allowed = usize::try_from(limit.requests).unwrap();
    for client in clients.iter().cycle().take(allowed * 5 / 2) {
        client.send(request.clone()).await.unwrap();
    }
    let asked = transport.asked(E::INFO.path);
    assert_eq!(asked.len(), allowed * 5 / 2);
    let (fewest, most) = in_any_window(&asked, limit.window);
    assert!(most <= allowed, "{most} requests in {:?}", limit.window);
    assert!(fewest * 10 >= allowed * 9, "only {fewest} requests in {:?}", limit.window);
    assert!(fewest <= allowed, "there was a whole window");
}

#[tokio::test]
async fn red_packets() {
    let limit = RateLimit::new(3000, 10, LimitScope::Endpoint);
    several_clients_together_keep_to(&RedPacketList::new("l_1", 4), limit, "[]").await;
}

#[tokio::test]
async fn claims() {
    let limit = RateLimit::new(3000, 10, LimitScope::Endpoint);
    several_clients_together_keep_to(&RedPacketRecord::new("l_1", 4, "r"), limit, "[]").await;
}

#[tokio::test]
async fn points_accounts() {
    let limit = RateLimit::new(500, 10, LimitScope::Endpoint);
    several_clients_together_keep_to(&AccountInfoBatch::new(), limit, r#"{"list":[]}"#).await;
}

#[tokio::test]
async fn tokens() {
    let limit = RateLimit::new(100, 600, LimitScope::Endpoint);
    let request = Token::new("appxxxxxxxxxxx", "xopxxxxxxxxxx", "secret");
    several_clients_together_keep_to(&request, limit, "null").await;
}

/// Had they been counted before, they would all be sent in the moment in which the token comes.
#[tokio::test]
async fn calls_that_waited_for_a_token_keep_to_the_limit_too() {
    let script = Script::new([]);
    let transport = answering(&script, r#"{"list":[]}"#);
    let builder = script.direct(builder());
    let client = builder.transport(Arc::<TimedTransport>::clone(&transport)).build().unwrap();
    for outcome in join_all((0..1500).map(|_| client.send(AccountInfoBatch::new()))).await {
        outcome.unwrap();
    }
    assert_eq!(transport.asked(Token::INFO.path).len(), 1);
    let asked = transport.asked(AccountInfoBatch::INFO.path);
    let (fewest, most) = in_any_window(&asked, AccountInfoBatch::INFO.limit.unwrap().window);
    assert!(most <= 500 && fewest >= 450, "{fewest} to {most} requests in 10 s");
}
