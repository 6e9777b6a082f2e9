//! Message pushes (消息推送): signature, decryption, events.
//!
//! The vendor's own text of the scheme is not among the published pages that could be read. What stands here follows working
//! third-party code, <https://github.com/luffy-genius/openapi>, and the events follow the vendor's pages of each push:
//!
//! - Four values, `encrypt`, `signature`, `timestamp` (seconds) and `nonce`, come in the query or in a form, JSON or XML body.
//!   Which of these the vendor uses is not known, so all are taken.
//! - `signature` is the SHA-1 of token, timestamp, nonce and encrypted text, sorted and put together.
//! - The text is encrypted by AES-256-CBC. Its key is the `EncodingAESKey` of the shop's settings.
//! - A message has a `message_id`, which stays the same when it is pushed again: see [`SeenMessages`].
//! - What is to be answered, when the vendor tries again, and how it checks a new address, are not known.

mod cipher;
mod event;
mod xml;

use std::{fmt, time::Duration};

use common_signing::{Algorithm, HexCase, Scheme};
use live_rewards_core::{Error, ErrorKind, Result, Timestamp, Vendor};
pub use live_rewards_http::callback::*;
use live_rewards_http::{ExposeSecret, SecretString};

use self::cipher::Cipher;
pub use self::event::{LiveChange, OtherPush, PointsChange, Push, PushEvent};

/// The vendor states none.
const BOUNDS: Bounds = Bounds::new(Duration::from_secs(300));

/// Checks and reads the pushes to one shop.
#[derive(Clone)]
pub struct XiaoeCallbacks {
    token: SecretString,
    cipher: Cipher,
    app_id: Option<String>,
    bounds: Bounds,
}

impl XiaoeCallbacks {
    /// Takes the token and the `EncodingAESKey` (43 characters) of the shop's push settings. Fails if the key is none.
    pub fn new(token: impl Into<SecretString>, encoding_aes_key: &str) -> Result<Self> {
        let Some(cipher) = Cipher::new(encoding_aes_key) else {
            let what = "an EncodingAESKey has 43 letters, digits, + or /";
            return Err(Error::new(ErrorKind::InvalidInput, what).with_vendor(Vendor::Xiaoe));
        };
        let token = token.into();
        Ok(Self { token, cipher, app_id: None, bounds: BOUNDS })
    }

    /// Takes only messages of this shop. Unless said, whoever knows token and key may speak for any.
    pub fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.app_id = Some(app_id.into());
        self
    }

    /// Takes pushes within these bounds; within 5 minutes and [`Bounds::MAX_BYTES`] unless said.
    ///
    /// Whether a push that is tried again keeps its first time is not known. If it does, tries after the window are refused.
    pub fn bounds(mut self, bounds: Bounds) -> Self {
        self.bounds = bounds;
        self
    }

    /// Checks size, time and signature, then decrypts.
    pub fn verify(
        &self,
        incoming: &Incoming<'_>,
        now: Timestamp,
    ) -> Result<Verified, CallbackError> {
        self.bounds.check_size(incoming)?;
        let fields = fields(incoming)?;
        let [encrypted, timestamp, nonce] =
            [fields.required("encrypt")?, fields.required("timestamp")?, fields.required("nonce")?];
        let presented = fields.required("signature")?;
        self.bounds.check_time(fields.epoch_seconds("timestamp")?, now)?;
        let parts = [self.token.expose_secret(), timestamp, nonce, encrypted];
        let signature = Scheme::new(Algorithm::Sha1, HexCase::Lower).sorted(parts);
        signature.verify(presented).map_err(|_| {
            CallbackError::new(CallbackErrorKind::Signature, "the signature does not match")
        })?;
        let xml = self.cipher.decrypt(encrypted)?;
        Ok(Verified { xml, app_id: self.app_id.clone() })
    }
}

impl fmt::Debug for XiaoeCallbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("XiaoeCallbacks")
            .field("app_id", &self.app_id)
            .field("bounds", &self.bounds)
            .finish_non_exhaustive()
    }
}

/// A push that is the vendor's, and recent; decrypted.
#[derive(Clone)]
pub struct Verified {
    xml: String,
    /// The shop that it must be of.
    app_id: Option<String>,
}

impl Verified {
    /// Reads the message.
    pub fn parse(&self) -> Result<Push, CallbackError> {
        let push = Push::read(&self.xml)?;
        if self.app_id.is_some() && self.app_id != push.app_id {
            return Err(CallbackError::new(CallbackErrorKind::Foreign, "of another shop"));
        }
        Ok(push)
    }

    /// The message as it came: XML, perhaps without a root.
    pub fn xml(&self) -> &str {
        &self.xml
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified").field("bytes", &self.xml.len()).finish_non_exhaustive()
    }
}

/// What came by name, wherever it stood.
fn fields(incoming: &Incoming<'_>) -> Result<Fields, CallbackError> {
    let mut fields = incoming.query_fields()?;
    match incoming.format() {
        BodyFormat::Form => fields.join(incoming.form_fields()?)?,
        BodyFormat::Json => fields.join(incoming.json_fields()?)?,
        BodyFormat::Xml => {
            let body = std::str::from_utf8(incoming.body).map_err(|_| xml::unreadable())?;
            for (name, value) in xml::leaves(body)? {
                fields.add(name, value)?;
            }
        }
        _ => {}
    }
    Ok(fields)
}
