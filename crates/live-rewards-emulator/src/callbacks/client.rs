//! One HTTP exchange with a receiver.

use std::error::Error;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::time::Duration;

use hyper::Request;
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, HeaderValue};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpStream, lookup_host};

use crate::callbacks::Outbound;
use crate::callbacks::target::Target;
use crate::reply::{Dispatch, Outgoing};

/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most bytes of an answer that are kept.
const LARGEST: usize = 64 << 10;

type AnyError = Box<dyn Error + Send + Sync>;

/// Sends a request and gives status and body of the answer; the error says why there is none.
pub(super) async fn exchange(target: &Target, outbound: Outbound) -> Result<(u16, String), String> {
    match tokio::time::timeout(PATIENCE, talk(target, outbound)).await {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_) => Err(format!("no answer in {} seconds", PATIENCE.as_secs())),
    }
}

async fn talk(target: &Target, outbound: Outbound) -> Result<(u16, String), AnyError> {
    let request = request(target, outbound)?;
    let stream = connect(target).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let mut exchange = pin!(async move {
        let response = sender.send_request(request).await?;
        let status = response.status().as_u16();
        let body = body(response.into_body()).await?;
        Ok::<_, AnyError>((status, String::from_utf8_lossy(&body).into_owned()))
    });
    tokio::select! {
        answer = &mut exchange => answer,
        // What ends the connection ends the exchange, too.
        _ = connection => exchange.await,
    }
}

fn request(target: &Target, outbound: Outbound) -> Result<Request<Outgoing>, AnyError> {
    let mut request = Request::new(Outgoing::new(outbound.body, Dispatch::default()));
    *request.method_mut() = outbound.method;
    *request.uri_mut() = outbound.target.parse()?;
    let headers = request.headers_mut();
    headers.insert(HOST, HeaderValue::try_from(&target.authority)?);
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    if let Some(content_type) = outbound.content_type {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    Ok(request)
}

/// Whatever `localhost` is said to be, only loopback is reached.
async fn connect(target: &Target) -> io::Result<TcpStream> {
    let mut failed = io::Error::other("the host has no loopback address");
    for address in lookup_host((target.host.as_str(), target.port)).await? {
        if !address.ip().to_canonical().is_loopback() {
            continue;
        }
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

async fn body(mut incoming: Incoming) -> Result<Vec<u8>, hyper::Error> {
    let mut kept = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut incoming).poll_frame(context)).await {
        let Ok(data) = frame?.into_data() else { continue };
        let room = LARGEST - kept.len();
        kept.extend(data.iter().take(room));
        if kept.len() >= LARGEST {
            break;
        }
    }
    Ok(kept)
}
