//! What is signed, and how; the instant and the credentials are those of the vendor's example.

use common_signing::{Algorithm, HexCase, Scheme};
use live_rewards_core::Timestamp;
use live_rewards_http::{
    Endpoint, EndpointInfo, ParameterValue, Parameters,
    test_util::{ManualClock, Script, answer},
};
use polyv_live_api::{Polyv, PolyvClient, PolyvConfig, PolyvSigning, red_pack::RedPackStatistics};
use serde::de::IgnoredAny;

const SECRET: &str = "fsq2k5weced1h8vui657xtdva66whf0g";

/// A request of any parameters.
#[derive(Debug)]
struct Request(Parameters);

impl Endpoint for Request {
    type Service = Polyv;
    type Output = IgnoredAny;

    const INFO: EndpointInfo = RedPackStatistics::INFO;

    fn parameters(&self, parameters: &mut Parameters) {
        parameters.clone_from(&self.0);
    }
}

/// The parameters of the vendor's example, with those that have no value.
fn published() -> Request {
    let mut parameters = Parameters::new();
    parameters.push("channelIds", "2477096,2272655");
    parameters.push("startDay", "2022-05-20");
    parameters.push("endDay", "2022-06-18");
    parameters.push("page", ParameterValue::Null);
    parameters.push("size", "");
    Request(parameters)
}

/// The query that is sent.
async fn sent(
    options: impl FnOnce(PolyvConfig) -> PolyvConfig,
    request: Request,
) -> Vec<(String, String)> {
    let mut script = Script::new([Ok(answer(200, r#"{"code":200,"data":{}}"#))]);
    script.clock = ManualClock::at(Timestamp::from_epoch_ms(1_660_270_926_732).unwrap());
    let config = options(PolyvConfig::new("g4rqgmmjuo", SECRET));
    let client = script.direct(PolyvClient::builder(config)).build().unwrap();
    client.send(request).await.unwrap();
    let requests = script.transport.requests();
    let query = requests[0].uri().query().unwrap();
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

#[tokio::test]
async fn the_published_example_is_signed_as_published() {
    let sent = sent(|config| config, published()).await;
    let names: Vec<_> = sent.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["channelIds", "startDay", "endDay", "appId", "timestamp", "sign"]);
    assert_eq!(sent[5].1, "0D2BDA2FD04D93A2B8832B91FD973C4D");
}

/// The signature is that of `@polyv/utils` 2.20.0 (demo/encrypt.js).
#[tokio::test]
async fn by_sha_256_the_method_is_signed_too() {
    let sent = sent(|config| config.signing(PolyvSigning::Sha256), published()).await;
    let [.., (method, value), (_, sign)] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!((method.as_str(), value.as_str()), ("signatureMethod", "SHA256"));
    assert_eq!(sign, "C19D35BD44B2BD0A538D420D93F80C17EAD9604042098EA38621A2B5663ECEDF");
}

#[tokio::test]
async fn a_nonce_is_signed_by_either_digest() {
    for (signing, algorithm) in
        [(PolyvSigning::Md5, Algorithm::Md5), (PolyvSigning::Sha256, Algorithm::Sha256)]
    {
        let mut sent = sent(|config| config.signing(signing).nonce(true), published()).await;
        let (_, sign) = sent.pop().unwrap();
        assert!(sent.iter().any(|(name, nonce)| name == "signatureNonce" && nonce.len() == 32));
        let expected = Scheme::new(algorithm, HexCase::Upper).enclosed(SECRET, sent);
        assert_eq!(sign, expected.as_str());
    }
}

#[tokio::test]
async fn every_attempt_has_a_nonce_of_its_own() {
    let busy =
        r#"{"code":500,"status":"error","error":{"code":10005,"desc":"系统异常"},"success":false}"#;
    let script = Script::new([Ok(answer(500, busy)), Ok(answer(200, r#"{"code":200,"data":{}}"#))]);
    let config = PolyvConfig::new("app", "secret").nonce(true);
    let client = script.direct(PolyvClient::builder(config)).build().unwrap();
    client.send(published()).await.unwrap();
    let requests = script.transport.requests();
    let nonces: Vec<String> = requests
        .iter()
        .map(|request| {
            let mut pairs = form_urlencoded::parse(request.uri().query().unwrap().as_bytes());
            pairs.find(|(name, _)| name == "signatureNonce").unwrap().1.into_owned()
        })
        .collect();
    assert_eq!(nonces.len(), 2);
    assert_ne!(nonces[0], nonces[1]);
}
