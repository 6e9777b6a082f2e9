use std::{fmt, sync::Arc, time::Duration};

use live_rewards::polyv::http::{Answer, BaseUrl, ReqwestTransport, Transport, TransportError};

type Request = http::Request<bytes::Bytes>;

/// Changes requests on their way, after they were signed.
pub(crate) struct Tampering {
    transport: ReqwestTransport,
    tamper: fn(Request) -> Request,
}

impl Tampering {
    pub(crate) fn new(base_url: &str, tamper: fn(Request) -> Request) -> Arc<Self> {
        let base_url = BaseUrl::parse(base_url, false).unwrap();
        let transport = ReqwestTransport::new(&base_url, "test", 1 << 20).unwrap();
        Arc::new(Self { transport, tamper })
    }
}

#[async_trait::async_trait]
impl Transport for Tampering {
    async fn send(&self, request: Request, timeout: Duration) -> Result<Answer, TransportError> {
        self.transport.send((self.tamper)(request), timeout).await
    }
}

impl fmt::Debug for Tampering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tampering")
    }
}
