//! Callbacks of points donations (积分打赏): the vendor asks the customer's own server how many points a viewer has, by GET, and tells
//! it to take some, by POST.
//!
//! [`PolyvCallbacks::verify`] checks what came in, [`Verified::parse`] reads it, [`PointsRequest::accepted`] and
//! [`PointsRequest::refused`] answer it, [`PointsRequest::rejected`] answers what could not be checked or read. All of it is bytes in and
//! bytes out, for any web framework.
//!
//! - The signature is that of calls, by MD5, over every parameter that has a value, those of the configured address included; the
//!   time is `ts`, in milliseconds.
//! - How long a `ts` holds is not published. 3 minutes are taken, as for calls.
//! - How often, and whether, the vendor repeats a callback is not published. A spend has no id: the same request again has the same
//!   [fingerprint](Verified::fingerprint), which [`SeenMessages`] remembers; one that is signed anew, with another `ts`, can't be told
//!   from a second spend.
//!
//! Source: <http://dev.polyv.net/2019/liveproduct/l-manual/l-function-intro/development-settings/point-donate-api/> (official page,
//! archived copies read 2026-11-21; the table of the spend is cut). Of the balance also the tables that the vendor generates from its
//! pages: <https://github.com/polyv/polyv-live-cli> (packages/sdk/src/types/generated/donate.ts).

mod points;

use std::{fmt, time::Duration};

use common_signing::Signature;
use live_rewards_core::Timestamp;
pub use live_rewards_http::callback::*;
use live_rewards_http::{ExposeSecret, SecretString};

pub use self::points::{PointsAction, PointsRequest, Spend};
use crate::PolyvSigning;

/// The time is that of calls, since none is published.
const BOUNDS: Bounds = Bounds::new(Duration::from_secs(180));

/// Checks the callbacks of one application.
#[derive(Clone, Debug)]
pub struct PolyvCallbacks {
    app_id: String,
    app_secret: SecretString,
    bounds: Bounds,
}

impl PolyvCallbacks {
    /// Takes callbacks of this application, signed with its secret.
    pub fn new(app_id: impl Into<String>, app_secret: impl Into<SecretString>) -> Self {
        Self { app_id: app_id.into(), app_secret: app_secret.into(), bounds: BOUNDS }
    }

    /// Takes requests within these bounds; within 3 minutes and [`Bounds::MAX_BYTES`] unless said.
    pub fn bounds(mut self, bounds: Bounds) -> Self {
        self.bounds = bounds;
        self
    }

    /// Checks size, application, time and signature of what came in: a GET's query, or a POST's query and form.
    ///
    /// A parameter that comes twice, with two values, is refused: which of them is signed can't be told.
    pub fn verify(
        &self,
        incoming: &Incoming<'_>,
        now: Timestamp,
    ) -> Result<Verified, CallbackError> {
        self.bounds.check_size(incoming)?;
        let mut fields = incoming.query_fields()?;
        let spends = match incoming.method {
            "GET" => false,
            "POST" => {
                fields.join(incoming.form_fields()?)?;
                true
            }
            _ => return Err(CallbackError::unreadable("neither GET nor POST")),
        };
        if fields.required("appId")? != self.app_id {
            let what = "it is for another application";
            return Err(CallbackError::new(CallbackErrorKind::Foreign, what));
        }
        let at = fields.epoch_ms("ts")?;
        self.bounds.check_time(at, now)?;
        let signed = fields.iter().filter(|(name, value)| *name != "sign" && !value.is_empty());
        let signature =
            PolyvSigning::Md5.scheme().enclosed(self.app_secret.expose_secret(), signed);
        signature.verify(fields.required("sign")?).map_err(|_| {
            CallbackError::new(CallbackErrorKind::Signature, "the signature does not match")
        })?;
        Ok(Verified { fields, spends, at, signature })
    }
}

/// A callback that is the vendor's, and recent.
pub struct Verified {
    fields: Fields,
    spends: bool,
    at: Timestamp,
    signature: Signature,
}

impl Verified {
    /// Reads what is asked.
    pub fn parse(&self) -> Result<PointsRequest, CallbackError> {
        PointsRequest::read(&self.fields, self.spends, self.at)
    }

    /// What the same request has when it comes again, for [`SeenMessages::start`].
    pub fn fingerprint(&self) -> &str {
        self.signature.as_str()
    }

    /// A parameter by its name, as one that stands in the configured address.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.fields.get(name)
    }
}

// Whoever knows the signature can send the callback again, and the rest names a viewer.
impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified").field("at", &self.at).finish_non_exhaustive()
    }
}
