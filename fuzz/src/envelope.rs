use live_rewards_core::{Delivery, Result};
use live_rewards_http::{Answer, Endpoint, Service, test_util::answer};
use polyv_live_api::red_pack::RedPackStatistics;
use xiaoe_api::{access::Token, red_packet::RedPacketList};
use yxt_zhibo_api::gift::GiftRecords;

use crate::stub::{Stub, assert_fit_to_show, run};

/// Whatever a server answers, a call ends in its output, or in an error that names endpoint and status and can be shown.
///
/// The first four lines are the status, `Content-Type`, `Retry-After` and `Date`; the rest is the body.
pub fn envelope(bytes: &[u8]) {
    let answer = parse(bytes);
    let stub = Stub::answering(answer.clone());
    let (xiaoe, polyv, yxt) = (stub.xiaoe(), stub.polyv(), stub.yxt());
    run(async {
        check::<RedPacketList>(&answer, xiaoe.send(RedPacketList::new("l", 4)).await);
        check::<RedPackStatistics>(&answer, polyv.send(RedPackStatistics::new("1")).await);
        check::<GiftRecords>(&answer, yxt.send(GiftRecords::new().room_id("r")).await);
    });

    // The same to the call for a token, made for itself and for another call.
    let same = answer.clone();
    let xiaoe = Stub::new(move |_| same.clone()).xiaoe();
    run(async {
        check::<Token>(&answer, xiaoe.send(Token::new("app", "xop", "secret")).await);
        if let Err(error) = xiaoe.send(RedPacketList::new("l", 4)).await {
            assert_fit_to_show(&error);
        }
    });
}

fn parse(bytes: &[u8]) -> Answer {
    let mut parts = bytes.splitn(5, |byte| *byte == b'\n');
    let mut next = || parts.next().unwrap_or_default();
    let status = str::from_utf8(next()).ok().and_then(|status| status.parse().ok());
    let headers = [("content-type", next()), ("retry-after", next()), ("date", next())];
    let mut answer = answer(status.unwrap_or(200), next().to_vec());
    for (name, value) in headers {
        if !value.is_empty()
            && let Ok(value) = value.try_into()
        {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

fn check<E: Endpoint>(answer: &Answer, called: Result<E::Output>) {
    match called {
        Ok(_) => assert!(answer.status().is_success()),
        Err(error) => {
            assert_fit_to_show(&error);
            assert_eq!(error.vendor(), Some(<E::Service as Service>::VENDOR));
            assert_eq!(error.endpoint(), Some(E::INFO.id));
            assert_eq!(error.http_status(), Some(answer.status().as_u16()));
            assert_ne!(error.delivery(), Delivery::NotSent);
        }
    }
}
