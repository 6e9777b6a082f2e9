use std::sync::Arc;

use futures_util::Stream;
use live_rewards_core::{Result, Vendor};
use live_rewards_http::{
    BuildClient, ClientBuilder, Endpoint, Listing, Paged, Pipeline, Plan, Service, Settings, Stats,
};

use crate::{PolyvConfig, auth::PolyvAuth, envelope::PolyvEnvelope};

/// Polyv's live API, as the service of its endpoints.
#[derive(Debug)]
pub enum Polyv {}

impl Service for Polyv {
    const VENDOR: Vendor = Vendor::Polyv;
    const BASE_URL: &'static str = "https://api.polyv.net";
}

/// A client of Polyv's live API. Clones share connections and counts.
#[derive(Clone, Debug)]
pub struct PolyvClient {
    pub(crate) pipeline: Pipeline,
    pub(crate) live_account: Option<String>,
}

impl PolyvClient {
    /// Sets up a client.
    pub fn builder(config: PolyvConfig) -> ClientBuilder<Self> {
        ClientBuilder::new(config)
    }

    /// A client from the environment; see [`PolyvConfig::from_env`].
    pub fn from_env() -> Result<Self> {
        Self::builder(PolyvConfig::from_env()?).build()
    }

    /// What this client and its clones did so far.
    pub fn stats(&self) -> Stats {
        self.pipeline.stats()
    }

    /// Sends a request.
    pub async fn send<E: Endpoint<Service = Polyv>>(&self, request: E) -> Result<E::Output> {
        Ok(self.pipeline.call(&request).await?.output)
    }

    /// The pages of a listing, one after the other, from the page that the request asks for.
    pub fn pages<L: Listing<Service = Polyv>>(
        &self,
        request: L,
    ) -> impl Stream<Item = Result<Paged<L::Output>>> + Send + use<'_, L> {
        self.pipeline.pages(request)
    }
}

impl BuildClient for PolyvClient {
    type Config = PolyvConfig;

    fn build(config: PolyvConfig, settings: Settings) -> Result<Self> {
        let live_account = config.live_account.clone().filter(|account| !account.is_empty());
        let pipeline = settings.pipeline(Plan {
            vendor: Polyv::VENDOR,
            base_url: settings.base_url(&config.base_url)?,
            application: config.app_id.clone(),
            authorise: Arc::new(PolyvAuth::new(config)),
            envelope: Arc::new(PolyvEnvelope),
        })?;
        Ok(Self { pipeline, live_account })
    }
}
