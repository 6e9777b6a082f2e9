//! What a client needs to know of a running emulator.

use serde::Serialize;

use crate::Scenario;

/// Addresses, credentials and rooms of a running emulator: the ready line, written as one JSON
/// object.
///
/// The credentials are the published [demo credentials](crate::credentials), which is why they may
/// be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Ready {
    /// Always `ready`.
    pub event: &'static str,
    /// Seed of the data.
    pub seed: u64,
    /// Amount and variety of data.
    pub scenario: Scenario,
    /// Claims asked for, where the scenario is a campaign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims: Option<u64>,
    /// Instant to which the data is anchored, RFC 3339 in UTC.
    pub start: String,
    /// Why rows are missing, where the start lies ahead of the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<&'static str>,
    /// Xiaoe-tech.
    pub xiaoe: XiaoeReady,
    /// Polyv.
    pub polyv: PolyvReady,
    /// YXT.
    pub yxt: YxtReady,
    /// The management port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<AdminReady>,
}

/// How to reach the emulated Xiaoe-tech.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct XiaoeReady {
    /// Scheme, host and port, without a path.
    pub base_url: String,
    /// Shop.
    pub app_id: String,
    /// Application.
    pub client_id: String,
    /// The application's demo secret.
    pub secret_key: String,
    /// Token of its message pushes.
    pub push_token: String,
    /// `EncodingAESKey` of its message pushes.
    pub push_key: String,
    /// Lives with red packets, resource type 4.
    pub resource_ids: Vec<String>,
}

/// How to reach the emulated Polyv.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PolyvReady {
    /// Scheme, host and port, without a path.
    pub base_url: String,
    /// Application.
    pub app_id: String,
    /// Demo key of the signatures.
    pub app_secret: String,
    /// The account, which the path of its income has.
    pub live_account: String,
    /// Channels with red packets.
    pub channel_ids: Vec<String>,
    /// Activities with task rewards.
    pub prize_activity_ids: Vec<String>,
    /// Lucky bags, which no call lists.
    pub lucky_bag_ids: Vec<String>,
}

/// How to reach the emulated YXT.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct YxtReady {
    /// Scheme, host and port, without a path: the API lives under `/v1`.
    pub base_url: String,
    /// App key.
    pub app_key: String,
    /// Demo secret.
    pub app_secret: String,
    /// Value for the header `source`; the emulator accepts any or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Rooms with gifts.
    pub room_ids: Vec<String>,
}

/// How to manage the emulator: its clock, faults and journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AdminReady {
    /// Scheme, host and port, without a path. Plain HTTP and JSON; a page for people at `/`.
    pub base_url: String,
}
