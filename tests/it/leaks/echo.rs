use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use live_rewards::polyv::http::{Answer, BaseUrl, ReqwestTransport, Transport, TransportError};

type Request = http::Request<bytes::Bytes>;

/// What a vendor says where it is to repeat the credentials that it was sent.
pub(super) const REPEATED: &str = "[repeated]";

/// Members and parameters that sign or open something.
const CREDENTIALS: [&str; 4] = ["sign", "signature", "access_token", "secret_key"];

/// Passes requests on, notes the credentials that they carry, and repeats them in answers that ask for it.
pub(super) struct Echo {
    transport: ReqwestTransport,
    carried: Mutex<BTreeSet<String>>,
}

impl Echo {
    pub(super) fn new(base_url: &str) -> Arc<Self> {
        let base_url = BaseUrl::parse(base_url, false).unwrap();
        let transport = ReqwestTransport::new(&base_url, "test", 1 << 22).unwrap();
        Arc::new(Self { transport, carried: Mutex::default() })
    }

    /// All credentials so far.
    pub(super) fn carried(&self) -> BTreeSet<String> {
        self.carried.lock().unwrap().clone()
    }
}

#[async_trait::async_trait]
impl Transport for Echo {
    async fn send(&self, request: Request, timeout: Duration) -> Result<Answer, TransportError> {
        let credentials = credentials(&request);
        self.carried.lock().unwrap().extend(credentials.iter().cloned());
        let mut answer = self.transport.send(request, timeout).await?;
        let repeating = {
            let body = String::from_utf8_lossy(answer.body());
            body.contains(REPEATED).then(|| body.replace(REPEATED, &credentials.join(" ")))
        };
        if let Some(body) = repeating {
            *answer.body_mut() = body.into();
        }
        Ok(answer)
    }
}

// As any transport's: it must not show what it carries.
impl fmt::Debug for Echo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Echo")
    }
}

fn credentials(request: &Request) -> Vec<String> {
    let mut found = Vec::new();
    let body = String::from_utf8_lossy(request.body());
    let query = request.uri().query().unwrap_or_default();
    for pair in query.split('&').chain(body.split('&')) {
        if let Some((name, value)) = pair.split_once('=') {
            found.extend(CREDENTIALS.contains(&name).then(|| value.to_owned()));
        }
    }
    for name in CREDENTIALS {
        if let Some(header) = request.headers().get(name) {
            found.push(header.to_str().unwrap().to_owned());
        }
        let member = body.split(&format!("\"{name}\":\"")).nth(1);
        found.extend(member.and_then(|rest| rest.split('"').next()).map(str::to_owned));
    }
    found
}
