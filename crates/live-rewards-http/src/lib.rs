#![doc = include_str!("../README.md")]

mod authorise;
mod base_url;
mod bounds;
mod builder;
pub mod callback;
#[cfg(feature = "cassette")]
pub mod cassette;
mod clock_offset;
mod code;
mod credentials;
mod decode;
mod draft;
mod drift;
mod endpoint;
mod envelope;
mod environment;
mod excerpt;
mod limits;
mod network;
mod paging;
mod parameters;
mod path;
mod pipeline;
mod reason;
mod retry;
mod rows;
mod stats;
mod surroundings;
mod token;
mod transport;

#[cfg(any(test, feature = "test-util"))]
pub mod test_util;
pub mod wire;

pub use authorise::{Attempt, Authorise, Credential};
pub use base_url::BaseUrl;
pub use bounds::{at_least, at_most};
pub use builder::{BuildClient, ClientBuilder, Settings};
pub use code::{Again, VendorCode};
pub use credentials::CredentialNames;
pub use draft::{Body, Draft};
pub use drift::{Drift, DriftHook, DriftKind};
pub use endpoint::{
    Effect, Endpoint, EndpointInfo, LimitScope, ParametersIn, RateLimit, Service, Shape,
};
pub use envelope::{Answer, Envelope, Opened, Refusal};
pub use environment::{optional_env, required_env};
pub use http::{Method, StatusCode};
pub use limits::Limits;
pub use paging::{Fetched, Listing, PageFacts, Paged, Paging, PagingStyle};
pub use parameters::{ParameterValue, Parameters};
pub use path::path_segment;
pub use pipeline::{Pipeline, Plan, Response};
pub use retry::Retry;
pub use rows::Rows;
pub use secrecy::{ExposeSecret, SecretString};
pub use stats::Stats;
pub use surroundings::{Clock, Randomness, Sleep, Surroundings};
pub use token::{
    FetchLock, FileTokenStore, MemoryTokenStore, StoredToken, Token, TokenCache, TokenKey,
    TokenStore,
};
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub use transport::ReqwestTransport;
pub use transport::{Transport, TransportError};
