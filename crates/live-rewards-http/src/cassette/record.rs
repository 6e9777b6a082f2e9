use std::{
    fmt,
    fs::File,
    io::{self, Write},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, DATE, RETRY_AFTER};
use live_rewards_core::{Error, ErrorKind, Result};
use serde_json::value::RawValue;

use super::{
    Pseudonyms,
    anonymous::Anonymous,
    exchange::{self, Answered, Asked, Exchange, Sent},
};
use crate::{Answer, CredentialNames, Transport, TransportError, credentials::Carried};

/// Writes a cassette. Clones write the same one, so that a client's transports, or several clients, can share it.
#[derive(Clone)]
pub struct Recorder(Arc<Inner>);

struct Inner {
    pseudonyms: Pseudonyms,
    cassette: Mutex<Cassette>,
}

struct Cassette {
    lines: Box<dyn Write + Send>,
    written: u64,
    failed: Option<io::Error>,
}

impl Recorder {
    /// Writes lines to a writer, each in one piece.
    pub fn new(lines: impl Write + Send + 'static, pseudonyms: Pseudonyms) -> Self {
        let cassette = Cassette { lines: Box::new(lines), written: 0, failed: None };
        Self(Arc::new(Inner { pseudonyms, cassette: Mutex::new(cassette) }))
    }

    /// Writes a file, in place of what was there.
    pub fn to_file(path: impl AsRef<Path>, pseudonyms: Pseudonyms) -> Result<Self> {
        let file = File::create(path).map_err(|error| {
            Error::new(ErrorKind::Config, "the cassette can't be created").with_source(error)
        })?;
        Ok(Self::new(file, pseudonyms))
    }

    /// A transport that records what another one is answered.
    pub fn around(&self, transport: Arc<dyn Transport>) -> Arc<dyn Transport> {
        Arc::new(RecordingTransport { transport, recorder: self.clone() })
    }

    /// Says how many exchanges were written so far, or what kept one from being written: calls don't fail for that.
    pub fn finish(&self) -> Result<u64> {
        let mut cassette = self.0.cassette.lock().unwrap_or_else(PoisonError::into_inner);
        let flushed = cassette.lines.flush();
        match cassette.failed.take().map_or(flushed, Err) {
            Ok(()) => Ok(cassette.written),
            Err(error) => {
                let what = "the cassette could not be written whole";
                Err(Error::new(ErrorKind::Config, what).with_source(error))
            }
        }
    }

    fn write(&self, exchange: &Exchange) {
        let mut cassette = self.0.cassette.lock().unwrap_or_else(PoisonError::into_inner);
        let line = serde_json::to_vec(exchange).map_err(io::Error::from);
        let written = line.and_then(|mut line| {
            line.push(b'\n');
            cassette.lines.write_all(&line)
        });
        match written {
            Ok(()) => cassette.written += 1,
            Err(error) => {
                tracing::warn!("an exchange could not be recorded");
                if cassette.failed.is_none() {
                    cassette.failed = Some(error);
                }
            }
        }
    }
}

fn asked(request: &http::Request<Bytes>, parameters: Sent, anonymous: &mut Anonymous<'_>) -> Asked {
    let mut asked = Asked::with(request, parameters);
    asked.path = anonymous.path();
    for (name, value) in &mut asked.parameters.0 {
        *value = anonymous.parameter(name, value).unwrap_or_default();
    }
    asked
}

fn answered(answer: &Answer, carried: &Carried<'_>, anonymous: &Anonymous<'_>) -> Answered {
    let body: &[u8] = answer.body();
    let json = json(body, carried, anonymous);
    let text = match body {
        _ if json.is_some() => String::new(),
        short @ (b"" | b"null" | b"\"\"") => String::from_utf8_lossy(short).into_owned(),
        // As little JSON as what was there.
        other => format!("<{} bytes that are no JSON object or list>", other.len()),
    };
    // Others may name servers and people.
    let headers = [CONTENT_TYPE, DATE, RETRY_AFTER].into_iter().filter_map(|name| {
        let value = answer.headers().get(&name)?.to_str().ok()?;
        Some((name.to_string(), carried.mask(value.to_owned())))
    });
    Answered { status: answer.status().as_u16(), headers: headers.collect(), json, text }
}

fn json(body: &[u8], carried: &Carried<'_>, anonymous: &Anonymous<'_>) -> Option<Box<RawValue>> {
    let text = str::from_utf8(body).ok()?;
    // Before a secret could get a pseudonym, and once more for those that were escaped in a text within a text.
    let json: Box<RawValue> = serde_json::from_str(&carried.mask(text.to_owned())).ok()?;
    if !json.get().starts_with(['{', '[']) {
        return None;
    }
    let json = anonymous.answer(&json)?;
    RawValue::from_string(carried.mask(json.get().to_owned())).ok()
}

/// Records what another transport is answered; see [`Recorder::around`].
#[derive(Debug)]
pub struct RecordingTransport {
    transport: Arc<dyn Transport>,
    recorder: Recorder,
}

#[async_trait]
impl Transport for RecordingTransport {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<Answer, TransportError> {
        let parameters = exchange::parameters(&request);
        let headers = request.headers().clone();
        let texts = parameters.iter().filter_map(|(name, value)| {
            let text: String = serde_json::from_str(value.get()).ok()?;
            Some((name.as_str(), text.into()))
        });
        let carried = Carried::among(CredentialNames::of(&request), texts, headers.iter());
        let pseudonyms = &self.recorder.0.pseudonyms;
        let mut anonymous = Anonymous::new(pseudonyms, request.uri().path());
        let asked = asked(&request, parameters, &mut anonymous);
        let answer = self.transport.send(request, timeout).await?;
        let response = answered(&answer, &carried, &anonymous);
        self.recorder.write(&Exchange { request: asked, response });
        Ok(answer)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").finish_non_exhaustive()
    }
}
