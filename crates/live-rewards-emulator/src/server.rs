//! Listening, serving and stopping.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::request::Request;
use crate::vendor::{self, Vendor};

/// How long open requests may take when the emulator is stopped.
const GRACE: Duration = Duration::from_secs(2);

/// A vendor and the clock it goes by.
#[derive(Debug)]
pub(crate) struct Service<V> {
    pub(crate) vendor: V,
    pub(crate) clock: Arc<Clock>,
}

/// A task that serves one vendor.
#[derive(Debug)]
pub(crate) struct Server {
    /// Stops the task when it is dropped.
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// Opens a port; the error says which.
pub(crate) async fn bind(vendor: &str, host: IpAddr, port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((host, port)).await.map_err(|error| {
        let text = format!("cannot listen on {host} port {port} for {vendor}: {error}");
        io::Error::new(error.kind(), text)
    })
}

/// Serves a vendor on a port.
pub(crate) fn spawn<V: Vendor>(listener: TcpListener, service: Arc<Service<V>>) -> Server {
    let (stop, stopped) = oneshot::channel::<()>();
    let router: Router = Router::new().fallback(respond::<V>).with_state(service);
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        // Either way of ending the wait means to stop.
        let _ = stopped.await;
    });
    let task = tokio::spawn(async move {
        if let Err(error) = serving.await {
            tracing::error!(vendor = V::NAME, %error, "stopped serving");
        }
    });
    Server { stop, task }
}

impl Server {
    /// Ends the task when the requests under way are answered, or after a short while.
    pub(crate) async fn stop(self) {
        let Self { stop, mut task } = self;
        drop(stop);
        if tokio::time::timeout(GRACE, &mut task).await.is_err() {
            task.abort();
        }
    }

    /// Ends the task at once.
    pub(crate) fn abort(&self) {
        self.task.abort();
    }
}

async fn respond<V: Vendor>(
    State(service): State<Arc<Service<V>>>,
    request: axum::extract::Request,
) -> Response {
    let request = Request::read(request).await;
    let now_ms = service.clock.now_ms();
    vendor::answer(&service.vendor, &request, now_ms).into_response(V::CONTENT_TYPE, now_ms)
}
