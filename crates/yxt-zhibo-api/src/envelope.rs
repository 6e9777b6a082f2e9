use std::borrow::Cow;

use live_rewards_http::{Answer, EndpointInfo, Envelope, Opened, Refusal};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::generated::CODES;

/// YXT has no envelope: the HTTP status tells success, and the body is the payload or an `error` with its key.
#[derive(Debug)]
pub(crate) struct YxtEnvelope;

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    error: Detail<'a>,
}

#[derive(Deserialize)]
struct Detail<'a> {
    // A client of this API family reads `code` where there is no `key`.
    #[serde(borrow, default, alias = "code")]
    key: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    message: Option<Cow<'a, str>>,
}

impl Envelope for YxtEnvelope {
    fn open(&self, _: &EndpointInfo, answer: &Answer) -> Result<Opened, Box<Refusal>> {
        if answer.status().is_success() {
            // A cut or foreign body is found here, where the call can still be repeated.
            return match serde_json::from_slice::<&RawValue>(answer.body()) {
                Ok(_) => Ok(Opened {
                    payload: answer.body().clone(),
                    request_id: None,
                }),
                Err(_) => Err(Refusal::unreadable(answer, "it is not JSON")),
            };
        }
        match serde_json::from_slice::<Body<'_>>(answer.body()) {
            Ok(Body { error }) => Err(Refusal::by_vendor(
                CODES,
                answer,
                error.key.map(Cow::into_owned),
                error.message.map(Cow::into_owned),
            )),
            Err(_) => Err(Refusal::unreadable(answer, "it is not the expected JSON")),
        }
    }
}
