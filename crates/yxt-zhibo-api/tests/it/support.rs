//! A client on a scripted transport.

use live_rewards_http::{
    ClientBuilder, Endpoint, Retry,
    test_util::{Answered, Script, answer},
};
use yxt_zhibo_api::{Yxt, YxtClient, YxtConfig};

/// Sends a request that gets this answer.
pub(crate) async fn answered<E>(request: E, status: u16, body: &'static str) -> Answered<E::Output>
where
    E: Endpoint<Service = Yxt>,
{
    let script = Script::new([Ok(answer(status, body))]);
    let client = script.direct(builder()).build().unwrap();
    script.answered(client.send(request).await.unwrap())
}

/// Sends a request that is refused by this answer; the error's kind and text.
pub(crate) async fn refused<E>(request: E, status: u16, body: &'static str) -> String
where
    E: Endpoint<Service = Yxt>,
{
    let script = Script::new([Ok(answer(status, body))]);
    let client = script.direct(builder()).retry(Retry::none()).build().unwrap();
    let error = client.send(request).await.unwrap_err();
    format!("{:?}: {error}", error.kind())
}

pub(crate) fn builder() -> ClientBuilder<YxtClient> {
    YxtClient::builder(YxtConfig::new(
        "7897e2bb863041b6a2656fd087034807",
        "c139a4cacb1d0ddc9d00e4ece5a6d0041b12a129",
    ))
}
