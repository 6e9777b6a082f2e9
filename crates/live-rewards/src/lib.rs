#![doc = include_str!("../README.md")]

mod connect;

pub use connect::{VendorConfig, connect};
pub use live_rewards_core::*;

#[cfg(feature = "polyv")]
pub use polyv_live_api as polyv;
#[cfg(feature = "xiaoe")]
pub use xiaoe_api as xiaoe;
#[cfg(feature = "yxt")]
pub use yxt_zhibo_api as yxt;

/// The examples of the repository's READMEs compile and run.
#[cfg(all(doctest, feature = "full", feature = "rustls"))]
mod readme {
    #[doc = include_str!("../../../README.md")]
    mod english {}
    #[doc = include_str!("../../../README.zh-CN.md")]
    mod chinese {}
}
