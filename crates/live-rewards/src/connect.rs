use std::sync::Arc;

use live_rewards_core::{Error, ErrorKind, LiveRewards, Result, Vendor};

#[cfg(feature = "polyv")]
use polyv_live_api::{PolyvClient, PolyvConfig};
#[cfg(feature = "xiaoe")]
use xiaoe_api::{XiaoeClient, XiaoeConfig};
#[cfg(feature = "yxt")]
use yxt_zhibo_api::{YxtClient, YxtConfig};

/// Which vendor, with what credentials.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum VendorConfig {
    /// 小鹅通 (Xiaoe-tech).
    #[cfg(feature = "xiaoe")]
    Xiaoe(XiaoeConfig),
    /// 保利威 (Polyv).
    #[cfg(feature = "polyv")]
    Polyv(PolyvConfig),
    /// 云学堂 (YXT).
    #[cfg(feature = "yxt")]
    Yxt(YxtConfig),
}

impl VendorConfig {
    /// Reads a vendor's credentials from the environment, as its own configuration documents.
    pub fn from_env(vendor: Vendor) -> Result<Self> {
        match vendor {
            #[cfg(feature = "xiaoe")]
            Vendor::Xiaoe => XiaoeConfig::from_env().map(Self::Xiaoe),
            #[cfg(feature = "polyv")]
            Vendor::Polyv => PolyvConfig::from_env().map(Self::Polyv),
            #[cfg(feature = "yxt")]
            Vendor::Yxt => YxtConfig::from_env().map(Self::Yxt),
            _ => Err(Error::new(
                ErrorKind::Unsupported,
                format!("this build has no {vendor}; enable the feature {vendor}"),
            )),
        }
    }
}

/// Connects to a vendor with the client's defaults. For other timeouts, transports or limits use the vendor client's own
/// builder; it implements [`LiveRewards`] too.
pub fn connect(config: &VendorConfig) -> Result<Arc<dyn LiveRewards>> {
    match *config {
        #[cfg(feature = "xiaoe")]
        VendorConfig::Xiaoe(ref config) => {
            Ok(Arc::new(XiaoeClient::builder(config.clone()).build()?))
        }
        #[cfg(feature = "polyv")]
        VendorConfig::Polyv(ref config) => {
            Ok(Arc::new(PolyvClient::builder(config.clone()).build()?))
        }
        #[cfg(feature = "yxt")]
        VendorConfig::Yxt(ref config) => Ok(Arc::new(YxtClient::builder(config.clone()).build()?)),
    }
}
