//! Callbacks that the emulator sends, as a server takes them by the clients' checks.

mod polyv;
mod xiaoe;

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, Method, StatusCode, Uri, header::CONTENT_TYPE},
};
use live_rewards::{
    Timestamp,
    polyv::callback::{CallbackError, CallbackErrorKind, Incoming, Reply, SeenMessages},
};
use live_rewards_emulator::{Callback, Emulator, Scenario, Sent};
use tokio::net::TcpListener;

/// With a clock that stands still, so that tries differ in nothing but what the vendor makes anew.
async fn emulator() -> Emulator {
    let emulator = Emulator::builder().scenario(Scenario::Tiny).start().await.unwrap();
    emulator.set_clock_rate_milli(0);
    emulator
}

fn now(emulator: &Emulator) -> Timestamp {
    Timestamp::from_epoch_ms(emulator.now_ms()).unwrap()
}

fn hour_later(emulator: &Emulator) -> Timestamp {
    now(emulator).checked_add(Duration::from_secs(3600)).unwrap()
}

fn seen() -> SeenMessages {
    SeenMessages::new(NonZeroUsize::new(100).unwrap())
}

/// What a server makes of a request: what it read, and what it answers.
type Taken<T> = Result<(T, Reply), CallbackError>;

/// Has a callback sent to a server that takes it by a function; what was sent, and what was read in each try.
async fn send<T: Send + 'static>(
    emulator: &Emulator,
    callback: impl FnOnce(String) -> Callback,
    take: impl Fn(&Incoming<'_>) -> Taken<T> + Send + Sync + 'static,
) -> (Sent, Vec<Result<T, CallbackErrorKind>>) {
    let reads = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&reads);
    let url = server(move |incoming| {
        let (read, reply) = match take(incoming) {
            Ok((read, reply)) => (Ok(read), reply),
            Err(error) => (Err(error.kind()), error.reply()),
        };
        kept.lock().unwrap().push(read);
        reply
    })
    .await;
    let callback = callback(url).every(Duration::from_millis(1));
    let sent = emulator.send_callback(callback).await.unwrap();
    let reads = std::mem::take(&mut *reads.lock().unwrap());
    (sent, reads)
}

/// A server that answers by a function while the test runs; its address.
async fn server(answer: impl Fn(&Incoming<'_>) -> Reply + Send + Sync + 'static) -> String {
    let answer = Arc::new(answer);
    let receive = move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
        let answer = Arc::clone(&answer);
        async move {
            let reply = answer(&Incoming {
                method: method.as_str(),
                query: uri.query().unwrap_or_default(),
                content_type: headers.get(CONTENT_TYPE).map(|value| value.to_str().unwrap()),
                body: &body,
            });
            let status = StatusCode::from_u16(reply.status).unwrap();
            (status, [(CONTENT_TYPE, reply.content_type)], reply.body)
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/callback?shop=7", listener.local_addr().unwrap());
    let server = Router::new().fallback(receive);
    tokio::spawn(async move { axum::serve(listener, server).await });
    url
}

fn statuses(sent: &Sent) -> Vec<u16> {
    sent.tries.iter().map(|one| one.status.unwrap()).collect()
}
