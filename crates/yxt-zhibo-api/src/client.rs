use std::sync::Arc;

use futures_util::Stream;
use live_rewards_core::{Result, Vendor};
use live_rewards_http::{
    BuildClient, ClientBuilder, Endpoint, Listing, Paged, Pipeline, Plan, Service, Settings, Stats,
};

use crate::{YxtConfig, auth::YxtAuth, envelope::YxtEnvelope};

/// YXT's live API, as the service of its endpoints.
#[derive(Debug)]
pub enum Yxt {}

impl Service for Yxt {
    const VENDOR: Vendor = Vendor::Yxt;
    const BASE_URL: &'static str = "https://api-zhibo.yxt.com";
}

/// A client of YXT's live API. Clones share connections and counts.
#[derive(Clone, Debug)]
pub struct YxtClient {
    pub(crate) pipeline: Pipeline,
}

impl YxtClient {
    /// Sets up a client.
    pub fn builder(config: YxtConfig) -> ClientBuilder<Self> {
        ClientBuilder::new(config)
    }

    /// A client from the environment; see [`YxtConfig::from_env`].
    pub fn from_env() -> Result<Self> {
        Self::builder(YxtConfig::from_env()?).build()
    }

    /// What this client and its clones did so far.
    pub fn stats(&self) -> Stats {
        self.pipeline.stats()
    }

    /// Sends a request.
    pub async fn send<E: Endpoint<Service = Yxt>>(&self, request: E) -> Result<E::Output> {
        Ok(self.pipeline.call(&request).await?.output)
    }

    /// The pages of a listing, one after the other, from the page that the request asks for.
    pub fn pages<L: Listing<Service = Yxt>>(
        &self,
        request: L,
    ) -> impl Stream<Item = Result<Paged<L::Output>>> + Send + use<'_, L> {
        self.pipeline.pages(request)
    }
}

impl BuildClient for YxtClient {
    type Config = YxtConfig;

    fn build(config: YxtConfig, settings: Settings) -> Result<Self> {
        let pipeline = settings.pipeline(Plan {
            vendor: Yxt::VENDOR,
            base_url: settings.base_url(&config.base_url)?,
            application: config.app_key.clone(),
            authorise: Arc::new(YxtAuth::new(config)),
            envelope: Arc::new(YxtEnvelope),
        })?;
        Ok(Self { pipeline })
    }
}
