use std::time::Duration;

use live_rewards_core::ErrorKind;
use live_rewards_http::{
    Again, Answer, EndpointInfo, Envelope, Opened, Refusal, StatusCode, VendorCode, wire,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::generated::CODES;

/// Polyv's envelope: `code` 200 is success, `data` the payload. Errors come in two forms on any path: `error` with a
/// code of its own and a description, or a `message`.
#[derive(Debug)]
pub(crate) struct PolyvEnvelope;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    #[serde(deserialize_with = "wire::integer")]
    code: u16,
    #[serde(default, deserialize_with = "wire::optional::text")]
    message: Option<String>,
    #[serde(default, deserialize_with = "wire::optional::id")]
    request_id: Option<String>,
    #[serde(default, deserialize_with = "wire::optional::object")]
    error: Option<Detail>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Detail {
    #[serde(default, deserialize_with = "wire::optional::id")]
    code: Option<String>,
    #[serde(default, deserialize_with = "wire::optional::text")]
    desc: Option<String>,
}

/// How long Polyv shuts out an address that calls too often.
const BLOCK: Duration = Duration::from_secs(300);

impl Envelope for PolyvEnvelope {
    fn open(&self, _: &EndpointInfo, answer: &Answer) -> Result<Opened, Box<Refusal>> {
        let json = wire::as_unicode(answer.body());
        let Ok(body) = wire::from_object::<Body<'_>>(&json) else {
            let mut refusal = Refusal::unreadable(answer, "it is not the expected JSON");
            if answer.status() == StatusCode::TOO_MANY_REQUESTS {
                block(&mut refusal);
            }
            return Err(refusal);
        };
        let request_id = body.request_id;
        if body.code == 200 && answer.status().is_success() {
            let payload = match body.data {
                Some(data) => json.slice_ref(data.get().as_bytes()),
                None => b"null".as_slice().into(),
            };
            return Ok(Opened { payload, request_id });
        }
        let (code, message) = match body.error {
            Some(detail) => (detail.code, detail.desc.or(body.message)),
            None => (None, body.message),
        };
        let code = code.or_else(|| Some(body.code.to_string()));
        let published = VendorCode::look_up(CODES, code.as_deref(), message.as_deref()).is_some();
        let mut refusal =
            Refusal::by_vendor_with_status(CODES, answer, status(body.code, answer), code, message);
        refusal.request_id = request_id;
        let too_many = answer.status() == StatusCode::TOO_MANY_REQUESTS || body.code == 429;
        match body.code {
            _ if too_many => block(&mut refusal),
            _ if refusal.kind == ErrorKind::Blocked => block(&mut refusal),
            // The numbers of a bad signature are not published; pages say 401 or 403. Neither is ever a block.
            401 | 403 if !published => {
                refusal.kind = ErrorKind::Unauthenticated;
                refusal.again = Again::No;
            }
            _ => {}
        }
        Err(refusal)
    }
}

/// The status that the envelope repeats, and tells alone where the answer's own says that all is well.
fn status(code: u16, answer: &Answer) -> u16 {
    let told = if (400..600).contains(&code) { code } else { 0 };
    told.max(answer.status().as_u16())
}

/// The vendor shuts the calling address out, which is concluded from its own words or from 429 only.
fn block(refusal: &mut Refusal) {
    refusal.kind = ErrorKind::Blocked;
    refusal.again = Again::Blocked;
    refusal.retry_after = Some(BLOCK);
}
