//! A made-up vendor: its endpoints, its envelope and its signature.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use live_rewards_core::{Delivery, Error, ErrorKind, Money, OpenEnum, Result, Vendor};
use live_rewards_http::{
    Again, Answer, Attempt, Authorise, BuildClient, ClientBuilder, Clock, Credential, Draft,
    Effect, Endpoint, EndpointInfo, Envelope, LimitScope, MemoryTokenStore, Method, Opened,
    Parameters, ParametersIn, Pipeline, Plan, RateLimit, Refusal, Rows, SecretString, Service,
    Settings, Shape, Sleep, Token, TokenCache, TokenKey, TokenStore, VendorCode, test_util::Script,
    wire,
};
use serde::Deserialize;

pub(crate) const SECRET: &str = "hunter2-the-secret";

#[derive(Debug)]
pub(crate) enum Shop {}

impl Service for Shop {
    const VENDOR: Vendor = Vendor::Xiaoe;
    const BASE_URL: &'static str = "https://shop.example.com";
}

/// A read with rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Read;

/// A write by GET.
#[derive(Clone, Debug, Default)]
pub(crate) struct Write;

/// What may be read once in an hour.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rare;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Page {
    pub(crate) rows: Rows<Row>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    #[serde(deserialize_with = "wire::id")]
    pub(crate) id: String,
    #[serde(deserialize_with = "wire::yuan")]
    pub(crate) amount: Money,
    #[serde(default, deserialize_with = "wire::optional::label")]
    pub(crate) state: Option<State>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum State {
    Open,
    Unknown(Box<str>),
}

impl OpenEnum for State {
    fn from_label(label: &str) -> Self {
        if label == "open" { Self::Open } else { Self::Unknown(label.into()) }
    }

    fn label(&self) -> &str {
        match self {
            Self::Open => "open",
            Self::Unknown(label) => label,
        }
    }

    fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }
}

const INFO: EndpointInfo = EndpointInfo {
    id: "read",
    method: Method::POST,
    path: "/read",
    parameters: ParametersIn::Query,
    effect: Effect::Read,
    limit: Some(LIMIT),
    shape: Shape::Object,
};

/// Four may be sent at once.
pub(crate) const LIMIT: RateLimit = RateLimit::new(100, 10, LimitScope::Endpoint);

impl Endpoint for Read {
    type Service = Shop;
    type Output = Page;
    const INFO: EndpointInfo = INFO;

    fn parameters(&self, parameters: &mut Parameters) {
        parameters.push("room", "r 1&x=y");
    }

    fn empty() -> Option<Page> {
        Some(Page::default())
    }
}

impl Endpoint for Write {
    type Service = Shop;
    type Output = Page;
    const INFO: EndpointInfo = EndpointInfo {
        id: "write",
        method: Method::GET,
        path: "/write",
        effect: Effect::Write,
        ..INFO
    };

    fn parameters(&self, _: &mut Parameters) {}

    fn empty() -> Option<Page> {
        Some(Page::default())
    }
}

impl Endpoint for Rare {
    type Service = Shop;
    type Output = Page;
    const INFO: EndpointInfo = EndpointInfo {
        id: "rare",
        limit: Some(RateLimit::new(1, 3600, LimitScope::Endpoint)),
        ..INFO
    };

    fn parameters(&self, _: &mut Parameters) {}

    fn empty() -> Option<Page> {
        Some(Page::default())
    }
}

#[derive(Debug)]
pub(crate) struct ShopClient(pub(crate) Pipeline);

#[derive(Clone, Debug, Default)]
pub(crate) struct ShopConfig {
    /// What puts credentials on, if not the secret's signature.
    pub(crate) authorise: Option<Arc<dyn Authorise>>,
    /// Where it is, if not at its usual address.
    pub(crate) base_url: Option<String>,
}

impl ShopClient {
    pub(crate) fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new(ShopConfig::default())
    }

    pub(crate) fn authorised_by(authorise: Arc<dyn Authorise>) -> ClientBuilder<Self> {
        ClientBuilder::new(ShopConfig { authorise: Some(authorise), base_url: None })
    }

    pub(crate) fn with_tokens(tokens: &Arc<Tokens>) -> ClientBuilder<Self> {
        Self::authorised_by(Arc::<Tokens>::clone(tokens))
    }

    pub(crate) fn at(base_url: impl Into<String>) -> ClientBuilder<Self> {
        ClientBuilder::new(ShopConfig { authorise: None, base_url: Some(base_url.into()) })
    }

    pub(crate) async fn send<E: Endpoint<Service = Shop>>(&self, request: E) -> Result<E::Output> {
        Ok(self.0.call(&request).await?.output)
    }
}

impl BuildClient for ShopClient {
    type Config = ShopConfig;

    fn build(config: ShopConfig, settings: Settings) -> Result<Self> {
        let authorise = config
            .authorise
            .unwrap_or_else(|| Arc::new(Signed(SECRET.into())) as Arc<dyn Authorise>);
        Ok(Self(settings.pipeline(Plan {
            vendor: Shop::VENDOR,
            base_url: settings.base_url(config.base_url.as_deref().unwrap_or(Shop::BASE_URL))?,
            application: "app".to_owned(),
            authorise,
            envelope: Arc::new(ShopEnvelope),
        })?))
    }
}

#[derive(Debug)]
struct Signed(SecretString);

#[async_trait]
impl Authorise for Signed {
    async fn authorise(&self, draft: &mut Draft, attempt: Attempt<'_>) -> Result<Credential> {
        draft.query.push("timestamp", attempt.now.epoch_seconds());
        draft.query.push("nonce", attempt.nonce());
        draft.query.push_secret("sign", &self.0);
        Ok(Credential::Fixed)
    }

    fn credentials(&self) -> &'static [&'static str] {
        &["timestamp", "nonce", "sign"]
    }
}

/// Tokens `t1`, `t2`, … with a count of how many were fetched.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub(crate) cache: TokenCache,
    pub(crate) fetched: Arc<AtomicU64>,
    /// Whether the next fetches fail.
    pub(crate) failing: Arc<AtomicBool>,
}

impl Tokens {
    pub(crate) fn on(script: &Script) -> Arc<Self> {
        let (clock, sleep) = (Arc::clone(&script.clock), Arc::clone(&script.clock));
        Self::over(Arc::new(MemoryTokenStore::new()), clock, sleep)
    }

    pub(crate) fn over(
        store: Arc<dyn TokenStore>,
        clock: Arc<dyn Clock>,
        sleep: Arc<dyn Sleep>,
    ) -> Arc<Self> {
        let key = TokenKey::new(Shop::VENDOR, "shop.example.com", "app");
        let cache = TokenCache::new(key, store, clock, sleep);
        Arc::new(Self { cache, fetched: Arc::default(), failing: Arc::default() })
    }

    async fn get(&self, deadline: Duration) -> Result<(Arc<SecretString>, Credential)> {
        let fetch = |_| fetch(Arc::clone(&self.fetched), Arc::clone(&self.failing));
        self.cache.get(deadline, fetch).await
    }
}

async fn fetch(fetched: Arc<AtomicU64>, failing: Arc<AtomicBool>) -> Result<Token> {
    // Until all others have had their turn.
    tokio::spawn(async {}).await.unwrap();
    let number = fetched.fetch_add(1, Ordering::Relaxed) + 1;
    if failing.load(Ordering::Relaxed) {
        let what = format!("fetch {number} was refused");
        return Err(Error::new(ErrorKind::Unauthenticated, what));
    }
    Ok(Token { value: format!("t{number}").into(), lifetime: Duration::from_secs(7200) })
}

#[async_trait]
impl Authorise for Tokens {
    async fn prepare(&self, _: &EndpointInfo, deadline: Duration) -> Result<()> {
        self.get(deadline).await.map(drop)
    }

    async fn authorise(&self, draft: &mut Draft, attempt: Attempt<'_>) -> Result<Credential> {
        let (token, credential) = self.get(attempt.deadline).await?;
        draft.query.push_secret("access_token", &token);
        Ok(credential)
    }

    fn credentials(&self) -> &'static [&'static str] {
        &["access_token"]
    }

    async fn refused(&self, credential: Credential) -> bool {
        self.cache.drop_refused(credential)
    }
}

#[derive(Debug)]
struct ShopEnvelope;

#[derive(Deserialize)]
struct Body {
    code: u16,
    #[serde(default)]
    data: Option<Box<serde_json::value::RawValue>>,
    /// What is known of the delivery, if not what the code says.
    #[serde(default)]
    delivery: Option<String>,
    #[serde(default)]
    request_id: Option<String>,
}

/// The code says what the vendor wants to be done; 50 means that it may have been done.
pub(crate) const CODES: &[VendorCode] = &[
    code("10", ErrorKind::InvalidInput, Again::No),
    code("20", ErrorKind::Vendor, Again::Backoff),
    code("30", ErrorKind::Unauthenticated, Again::Credentials),
    code("40", ErrorKind::ClockSkew, Again::Clock),
    code("50", ErrorKind::Vendor, Again::Backoff),
    code("60", ErrorKind::RateLimited, Again::Window),
    code("70", ErrorKind::Blocked, Again::Blocked),
];

const fn code(code: &'static str, kind: ErrorKind, again: Again) -> VendorCode {
    VendorCode { code: Some(code), message: None, kind, again, meaning: "refused" }
}

impl Envelope for ShopEnvelope {
    fn open(&self, _: &EndpointInfo, answer: &Answer) -> Result<Opened, Box<Refusal>> {
        let Ok(body) = serde_json::from_slice::<Body>(answer.body()) else {
            return Err(Refusal::unreadable(answer, "not JSON"));
        };
        if body.code == 0 && answer.status().is_success() {
            let payload = body.data.map_or_else(|| "null".to_owned(), |data| data.get().to_owned());
            return Ok(Opened { payload: payload.into(), request_id: body.request_id });
        }
        let mut refusal = Refusal::by_vendor(CODES, answer, Some(body.code.to_string()), None);
        refusal.request_id = body.request_id;
        match body.delivery.as_deref() {
            Some("not sent") => refusal.delivery = Delivery::NotSent,
            Some("unknown") => refusal.delivery = Delivery::Unknown,
            _ if body.code == 50 => refusal.delivery = Delivery::Unknown,
            _ => {}
        }
        Err(refusal)
    }
}

/// An answer of a code.
pub(crate) fn coded(code: u16) -> Answer {
    live_rewards_http::test_util::answer(200, format!(r#"{{"code":{code}}}"#))
}

/// A good answer of a payload.
pub(crate) fn good(data: &str) -> Answer {
    live_rewards_http::test_util::answer(200, format!(r#"{{"code":0,"data":{data}}}"#))
}
