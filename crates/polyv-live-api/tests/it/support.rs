//! A client on a scripted transport.

use live_rewards_http::{
    ClientBuilder, Endpoint, Retry,
    test_util::{Answered, Script, answer},
};
use polyv_live_api::{Polyv, PolyvClient, PolyvConfig};

/// Sends a request that gets this answer.
pub(crate) async fn answered<E>(request: E, status: u16, body: &'static str) -> Answered<E::Output>
where
    E: Endpoint<Service = Polyv>,
{
    let script = Script::new([Ok(answer(status, body))]);
    let client = script.direct(builder()).build().unwrap();
    script.answered(client.send(request).await.unwrap())
}

/// Sends a request that is refused by this answer; the error's kind and text.
pub(crate) async fn refused<E>(request: E, status: u16, body: &'static str) -> String
where
    E: Endpoint<Service = Polyv>,
{
    let script = Script::new([Ok(answer(status, body))]);
    let client = script.direct(builder()).retry(Retry::none()).build().unwrap();
    let error = client.send(request).await.unwrap_err();
    format!("{:?}: {error}", error.kind())
}

pub(crate) fn builder() -> ClientBuilder<PolyvClient> {
    let config = PolyvConfig::new("g4rqgmmjuo", "fsq2k5weced1h8vui657xtdva66whf0g");
    PolyvClient::builder(config.live_account("475b6884a7"))
}
