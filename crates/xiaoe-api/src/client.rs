use std::sync::Arc;

use futures_util::Stream;
use live_rewards_core::{Result, Vendor};
use live_rewards_http::{
    Authorise, BuildClient, ClientBuilder, Endpoint, Listing, Paged, Pipeline, Plan, Service,
    Settings, Stats, TokenKey,
};

use crate::{
    XiaoeConfig,
    auth::{Unauthorised, XiaoeAuth},
    envelope::XiaoeEnvelope,
};

/// Xiaoe's open API, as the service of its endpoints.
#[derive(Debug)]
pub enum Xiaoe {}

impl Service for Xiaoe {
    const VENDOR: Vendor = Vendor::Xiaoe;
    const BASE_URL: &'static str = "https://api.xiaoe-tech.com";
}

/// A client of Xiaoe's open API. Clones share connections and counts.
#[derive(Clone, Debug)]
pub struct XiaoeClient {
    pub(crate) pipeline: Pipeline,
}

impl XiaoeClient {
    /// Sets up a client.
    ///
    /// Xiaoe ends a token five minutes after the next one was fetched, so that clients of one application fetch over each
    /// other unless they are clones or share a [`token_store`](ClientBuilder::token_store).
    pub fn builder(config: XiaoeConfig) -> ClientBuilder<Self> {
        ClientBuilder::new(config)
    }

    /// A client from the environment; see [`XiaoeConfig::from_env`].
    pub fn from_env() -> Result<Self> {
        Self::builder(XiaoeConfig::from_env()?).build()
    }

    /// What this client and its clones did so far.
    pub fn stats(&self) -> Stats {
        self.pipeline.stats()
    }

    /// Sends a request.
    pub async fn send<E: Endpoint<Service = Xiaoe>>(&self, request: E) -> Result<E::Output> {
        Ok(self.pipeline.call(&request).await?.output)
    }

    /// The pages of a listing, one after the other, from the page that the request asks for.
    pub fn pages<L: Listing<Service = Xiaoe>>(
        &self,
        request: L,
    ) -> impl Stream<Item = Result<Paged<L::Output>>> + Send + use<'_, L> {
        self.pipeline.pages(request)
    }
}

impl BuildClient for XiaoeClient {
    type Config = XiaoeConfig;

    fn build(config: XiaoeConfig, settings: Settings) -> Result<Self> {
        let base_url = settings.base_url(&config.base_url)?;
        let settings = settings.shared(&base_url)?;
        let plan = |authorise: Arc<dyn Authorise>| Plan {
            vendor: Xiaoe::VENDOR,
            base_url: base_url.clone(),
            application: config.app_id.clone(),
            authorise,
            envelope: Arc::new(XiaoeEnvelope),
        };
        // A shop may have several applications.
        let application = format!("{}/{}", config.app_id, config.client_id);
        let cache =
            settings.token_cache(TokenKey::new(Xiaoe::VENDOR, base_url.authority(), application));
        let tokens = settings.pipeline(plan(Arc::new(Unauthorised(cache.clone()))))?;
        let auth = XiaoeAuth::new(config.clone(), tokens, cache);
        let pipeline = settings.pipeline(plan(Arc::new(auth)))?;
        Ok(Self { pipeline })
    }
}
