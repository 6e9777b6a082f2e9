use live_rewards_core::ErrorKind;
use live_rewards_http::{
    Again, Answer, EndpointInfo, Envelope, Opened, Refusal, StatusCode, VendorCode, wire,
};
use serde::{Deserialize, de::IgnoredAny};

use crate::generated::CODES;

/// YXT has no envelope: the HTTP status tells success, and the body is the payload or an `error` with its key.
#[derive(Debug)]
pub(crate) struct YxtEnvelope;

#[derive(Deserialize)]
struct Body {
    #[serde(default, deserialize_with = "wire::optional::object")]
    error: Option<Detail>,
}

#[derive(Deserialize)]
struct Detail {
    #[serde(default, deserialize_with = "wire::optional::id")]
    key: Option<String>,
    // A client of this API family reads it where there is no key.
    #[serde(default, deserialize_with = "wire::optional::id")]
    code: Option<String>,
    #[serde(default, deserialize_with = "wire::optional::text")]
    message: Option<String>,
}

impl Envelope for YxtEnvelope {
    fn open(&self, _: &EndpointInfo, answer: &Answer) -> Result<Opened, Box<Refusal>> {
        let json = wire::as_unicode(answer.body());
        // A cut or foreign body is found here, where the call can still be repeated.
        let read = match json.trim_ascii_start().first() {
            // A list holds rows and no error.
            Some(b'[') => serde_json::from_slice::<IgnoredAny>(&json).map(|_| Body { error: None }),
            _ => wire::from_object::<Body>(&json),
        };
        let Ok(body) = read else {
            return Err(Refusal::unreadable(answer, "it is not the expected JSON"));
        };
        match body.error {
            Some(error) => {
                let key = error.key.or(error.code);
                let published = VendorCode::look_up(CODES, key.as_deref(), None).is_some();
                let mut refusal = Refusal::by_vendor(CODES, answer, key, error.message);
                // All that is published of a refused signature, key or timestamp is the status 400.
                if answer.status() == StatusCode::BAD_REQUEST && !published {
                    refusal.kind = ErrorKind::Unauthenticated;
                    refusal.again = Again::No;
                }
                Err(refusal)
            }
            None if answer.status().is_success() => Ok(Opened { payload: json, request_id: None }),
            None => Err(Refusal::unreadable(answer, "it names no error")),
        }
    }
}
