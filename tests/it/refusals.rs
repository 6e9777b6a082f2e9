//! Each refusal that a vendor's pages attest, from the emulator through the typed client. The message is looked at where the vendor's
//! own words are known, and where only the refusal itself is published the kind alone.

use live_rewards::{
    Error, ErrorKind,
    polyv::{PolyvClient, PolyvConfig, http::Retry, red_pack::RedPackStatistics},
    xiaoe::{XiaoeClient, XiaoeConfig, red_packet::RedPacketList},
    yxt::{YxtClient, YxtConfig, gift::GiftRecords},
};
use live_rewards_emulator::{Emulator, Scenario};

use crate::tampering::Tampering;

async fn emulator() -> Emulator {
    Emulator::builder().scenario(Scenario::Tiny).start().await.unwrap()
}

/// Kind, code and message.
fn told(error: &Error) -> (ErrorKind, Option<&str>, &str) {
    (error.kind(), error.code(), error.message())
}

#[tokio::test]
async fn xiaoe_2004_a_wrong_secret() {
    let emulator = emulator().await;
    let xiaoe = &emulator.ready().xiaoe;
    let config = XiaoeConfig::new(&xiaoe.app_id, &xiaoe.client_id, "wrong");
    let client = XiaoeClient::builder(config.base_url(&xiaoe.base_url)).build().unwrap();
    let error = client.send(RedPacketList::new("l_1", 4)).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Unauthenticated, Some("2004")));
    assert_eq!(error.endpoint(), Some("token"));
}

/// The client fetches another token and meets the same refusal again.
async fn xiaoe_refusal(
    tamper: fn(http::Request<bytes::Bytes>) -> http::Request<bytes::Bytes>,
) -> Error {
    let emulator = emulator().await;
    let xiaoe = &emulator.ready().xiaoe;
    let config = XiaoeConfig::new(&xiaoe.app_id, &xiaoe.client_id, xiaoe.secret_key.as_str());
    let client = XiaoeClient::builder(config.base_url(&xiaoe.base_url))
        .transport(Tampering::new(&xiaoe.base_url, tamper))
        .build()
        .unwrap();
    client.send(RedPacketList::new("l_1", 4)).await.unwrap_err()
}

#[tokio::test]
async fn xiaoe_2007_no_token() {
    let error = xiaoe_refusal(|request| rename_member(request, "access_token", "other")).await;
    assert_eq!((error.kind(), error.code()), (ErrorKind::Unauthenticated, Some("2007")));
    assert_eq!(error.attempts(), 2);
}

#[tokio::test]
async fn xiaoe_2008_a_token_that_does_not_exist() {
    let error = xiaoe_refusal(|request| rename_member(request, "\"xe_", "\"xx_")).await;
    assert_eq!((error.kind(), error.code()), (ErrorKind::Unauthenticated, Some("2008")));
    assert_eq!(error.attempts(), 2);
}

fn rename_member(
    request: http::Request<bytes::Bytes>,
    from: &str,
    to: &str,
) -> http::Request<bytes::Bytes> {
    request.map(|body| String::from_utf8_lossy(&body).replace(from, to).into())
}

async fn polyv_refusal(app_id: Option<&str>, secret: Option<&str>, channel: &str) -> Error {
    let emulator = emulator().await;
    let polyv = &emulator.ready().polyv;
    let config = PolyvConfig::new(
        app_id.unwrap_or(&polyv.app_id),
        secret.unwrap_or(&polyv.app_secret).to_owned(),
    );
    let client = PolyvClient::builder(config.base_url(&polyv.base_url))
        .retry(Retry::none())
        .build()
        .unwrap();
    client.send(RedPackStatistics::new(channel)).await.unwrap_err()
}

#[tokio::test]
async fn polyv_20001_an_unknown_application() {
    let error = polyv_refusal(Some("nobody"), None, "1").await;
    let expected = (ErrorKind::Unauthenticated, Some("20001"), "application not found.");
    assert_eq!(told(&error), expected);
    assert!(error.request_id().is_some());
}

#[tokio::test]
async fn polyv_10001_a_missing_parameter() {
    let error = polyv_refusal(None, None, "").await;
    assert_eq!((error.kind(), error.code()), (ErrorKind::InvalidInput, Some("10001")));
}

#[tokio::test]
async fn polyv_a_bad_signature() {
    let error = polyv_refusal(None, Some("wrong"), "1").await;
    assert_eq!(error.kind(), ErrorKind::Unauthenticated);
}

async fn yxt_refusal(request: GiftRecords) -> Error {
    let emulator = emulator().await;
    let yxt = &emulator.ready().yxt;
    let config = YxtConfig::new(&yxt.app_key, yxt.app_secret.as_str()).base_url(&yxt.base_url);
    let client = YxtClient::builder(config).build().unwrap();
    client.send(request).await.unwrap_err()
}

#[tokio::test]
async fn yxt_neither_room_nor_session() {
    let error = yxt_refusal(GiftRecords::new()).await;
    let key = "apis.zhibo.gift.precent.validation.provideRoomIdOrSessionId";
    let message = "need provide roomId or sessonId.";
    assert_eq!(told(&error), (ErrorKind::InvalidInput, Some(key), message));
}

#[tokio::test]
async fn yxt_an_unknown_room() {
    let error = yxt_refusal(GiftRecords::new().room_id("nowhere")).await;
    let key = "apis.zhibo.room.validation.notExisted";
    assert_eq!(told(&error), (ErrorKind::NotFound, Some(key), "Room is not existed."));
}
