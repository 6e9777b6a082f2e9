use live_rewards_core::Delivery;
use live_rewards_http::{Answer, EndpointInfo, Envelope, Opened, Refusal, wire};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::generated::CODES;

/// Xiaoe's envelope: `code` 0 in an HTTP 200 is success, `data` the payload.
#[derive(Debug)]
pub(crate) struct XiaoeEnvelope;

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(deserialize_with = "wire::integer")]
    code: i64,
    #[serde(default, deserialize_with = "wire::optional::text")]
    msg: Option<String>,
    // One page's table names it so.
    #[serde(default, deserialize_with = "wire::optional::text")]
    message: Option<String>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

impl Envelope for XiaoeEnvelope {
    fn open(&self, _: &EndpointInfo, answer: &Answer) -> Result<Opened, Box<Refusal>> {
        let json = wire::as_unicode(answer.body());
        let Ok(body) = wire::from_object::<Body<'_>>(&json) else {
            return Err(Refusal::unreadable(answer, "it is not the expected JSON"));
        };
        if body.code == 0 && answer.status().is_success() {
            let payload = match body.data {
                Some(data) => json.slice_ref(data.get().as_bytes()),
                None => b"null".as_slice().into(),
            };
            return Ok(Opened { payload, request_id: None });
        }
        let message = body.msg.or(body.message);
        let mut refusal = Refusal::by_vendor(CODES, answer, Some(body.code.to_string()), message);
        // "Busy" and "the service behind the gateway answered wrongly" don't say that nothing was done.
        if matches!(body.code, 1001 | 1002) {
            refusal.delivery = Delivery::Unknown;
        }
        Err(refusal)
    }
}
