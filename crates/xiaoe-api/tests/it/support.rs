//! A client on a scripted transport.

use live_rewards_http::{
    Answer, ClientBuilder, Endpoint, Retry, TransportError,
    test_util::{Answered, Script, answer},
};
use xiaoe_api::{Xiaoe, XiaoeClient, XiaoeConfig, access::Token};

/// The text of a sample.
macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!("../../../vendor-specs/specs/xiaoe/", $name))
    };
}

pub(crate) use sample;

/// Sends a request that gets this answer.
pub(crate) async fn answered<E>(request: E, status: u16, body: &'static str) -> Answered<E::Output>
where
    E: Endpoint<Service = Xiaoe>,
{
    let script = Script::new(script_of::<E>(answer(status, body)));
    let client = script.direct(builder()).build().unwrap();
    script.answered(client.send(request).await.unwrap())
}

/// Sends a request that is refused by this answer; the error's kind and text.
pub(crate) async fn refused<E>(request: E, status: u16, body: &'static str) -> String
where
    E: Endpoint<Service = Xiaoe>,
{
    let script = Script::new(script_of::<E>(answer(status, body)));
    let client = script.direct(builder()).retry(Retry::none()).build().unwrap();
    let error = client.send(request).await.unwrap_err();
    format!("{:?}: {error}", error.kind())
}

pub(crate) fn builder() -> ClientBuilder<XiaoeClient> {
    XiaoeClient::builder(XiaoeConfig::new("appxxxxxxxxxxx", "xopxxxxxxxxxx", "secret"))
}

/// The answer to the call that fetches a token.
pub(crate) const TOKEN: &str =
    r#"{"code":0,"msg":"success","data":{"access_token":"token","expires_in":7200}}"#;

/// Every call but the token's own is preceded by it.
fn script_of<E: Endpoint>(answered: Answer) -> Vec<Result<Answer, TransportError>> {
    let first = (E::INFO.path != Token::INFO.path).then(|| answer(200, TOKEN));
    first.into_iter().chain([answered]).map(Ok).collect()
}
