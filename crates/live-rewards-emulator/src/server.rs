//! Listening, serving and stopping.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::patient::Patient;
use crate::reply::Outgoing;
use crate::wait::pause;

/// How long open requests may take when the emulator is stopped.
const GRACE: Duration = Duration::from_secs(2);
/// How long nothing of an answer may be taken.
const PATIENCE: Duration = Duration::from_secs(30);
/// Pause after a connection that could not be accepted: files may have run out.
const BREATH: Duration = Duration::from_millis(50);
/// Most bytes of a request's head, and of what is buffered of its body.
const BUFFER: usize = 64 << 10;
/// Most connections of a port at a time; the next ones wait to be accepted. With those of the other
/// ports they are fewer than the 1024 files that a process may usually open.
const CONNECTIONS: usize = 200;
const _: () = assert!(4 * CONNECTIONS < 1000);

/// What answers the requests at a port.
pub(crate) trait Handler: Send + Sync + 'static {
    const NAME: &'static str;
    /// How long a connection may be silent before a request, and a request's head may take.
    const SILENCE: Duration = Duration::from_secs(30);

    /// Answers a request.
    fn respond(
        self: Arc<Self>,
        peer: IpAddr,
        request: Request<Incoming>,
    ) -> impl Future<Output = Result<Response<Outgoing>, Reset>> + Send;
}

/// The connection is to be reset instead of answering.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reset;

impl fmt::Display for Reset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("reset on purpose")
    }
}

impl Error for Reset {}

/// The open ports of an emulator.
#[derive(Debug)]
pub(crate) struct Listeners {
    pub(crate) xiaoe: TcpListener,
    pub(crate) polyv: TcpListener,
    pub(crate) yxt: TcpListener,
    pub(crate) admin: TcpListener,
}

/// A task that serves one port.
#[derive(Debug)]
pub(crate) struct Server {
    /// Stops the task and its connections when it is dropped.
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

/// Opens a port; the error says which.
pub(crate) async fn bind(name: &str, host: IpAddr, port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((host, port)).await.map_err(|error| {
        let text = format!("cannot listen on {host} port {port} for {name}: {error}");
        io::Error::new(error.kind(), text)
    })
}

/// Serves a port.
pub(crate) fn spawn<H: Handler>(listener: TcpListener, handler: Arc<H>) -> Server {
    let (stop, stopped) = watch::channel(());
    let task = tokio::spawn(serve(listener, handler, stopped));
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

/// Accepts connections until it is stopped, then waits for those that are open.
async fn serve<H: Handler>(
    listener: TcpListener,
    handler: Arc<H>,
    mut stopped: watch::Receiver<()>,
) {
    let slots = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &slots) => accepted,
            // Nothing is ever sent: a change means that the sender is gone.
            _ = stopped.changed() => break,
        };
        match accepted {
            Ok((stream, peer, slot)) => {
                let (handler, stopped) = (Arc::clone(&handler), stopped.clone());
                connections.spawn(async move {
                    talk(stream, peer.ip().to_canonical(), handler, stopped).await;
                    drop(slot);
                });
            }
            Err(error) => {
                tracing::warn!(at = H::NAME, %error, "cannot accept a connection");
                pause(BREATH).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, Option<OwnedSemaphorePermit>)> {
    // Only a closed semaphore gives none, and this one is never closed.
    let slot = Arc::clone(slots).acquire_owned().await.ok();
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, slot))
}

/// Answers the requests of one connection.
async fn talk<H: Handler>(
    stream: TcpStream,
    peer: IpAddr,
    handler: Arc<H>,
    mut stopped: watch::Receiver<()>,
) {
    let service = service_fn(move |request| {
        let handler = Arc::clone(&handler);
        async move { handler.respond(peer, request).await }
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(H::SILENCE)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(Patient::new(stream, PATIENCE)), service);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        _ = stopped.changed() => {
            Pin::new(&mut connection).graceful_shutdown();
            (&mut connection).await
        }
    };
    let Err(error) = ended else { return };
    if matches!(error.source(), Some(source) if source.is::<Reset>()) {
        // A socket that doesn't linger is closed by a reset.
        let stream = connection.into_parts().io.into_inner().into_inner();
        if let Err(error) = stream.set_zero_linger() {
            tracing::debug!(at = H::NAME, %error, "a connection could not be reset");
        }
    } else {
        tracing::debug!(at = H::NAME, %error, "a connection broke off");
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::reply::{Dispatch, Reply};

    /// Answers everything.
    struct Willing;

    impl Handler for Willing {
        const NAME: &'static str = "test";

        async fn respond(
            self: Arc<Self>,
            _peer: IpAddr,
            _request: Request<Incoming>,
        ) -> Result<Response<Outgoing>, Reset> {
            Ok(Reply::empty(200).into_response("text/plain", None, Dispatch::default()))
        }
    }

    /// Waits for nobody.
    struct Hasty;

    impl Handler for Hasty {
        const NAME: &'static str = "test";
        const SILENCE: Duration = Duration::from_millis(200);

        async fn respond(
            self: Arc<Self>,
            peer: IpAddr,
            request: Request<Incoming>,
        ) -> Result<Response<Outgoing>, Reset> {
            Arc::new(Willing).respond(peer, request).await
        }
    }

    #[tokio::test]
    async fn who_says_nothing_is_cut_off_also_after_an_answer() {
        let listener = bind("test", Ipv4Addr::LOCALHOST.into(), 0).await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = spawn(listener, Arc::new(Hasty));
        for asks in [false, true] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            assert!(!asks || is_answered(&mut stream).await);
            let mut buffer = [0; 1024];
            let end = tokio::time::timeout(Duration::from_secs(9), stream.read(&mut buffer));
            assert_eq!(end.await.unwrap().unwrap(), 0, "{asks}");
        }
        server.stop().await;
    }

    /// Asks, and says whether an answer comes before long.
    async fn is_answered(stream: &mut TcpStream) -> bool {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let mut buffer = [0; 1024];
        let read = tokio::time::timeout(Duration::from_millis(500), stream.read(&mut buffer));
        read.await.is_ok_and(|read| read.unwrap() > 0)
    }

    #[tokio::test]
    async fn idle_connections_use_up_one_port_and_no_files() {
        let listen = || bind("test", Ipv4Addr::LOCALHOST.into(), 0);
        let (full, free) = (listen().await.unwrap(), listen().await.unwrap());
        let (at_full, at_free) = (full.local_addr().unwrap(), free.local_addr().unwrap());
        let servers = [full, free].map(|listener| spawn(listener, Arc::new(Willing)));
        let mut idle = Vec::new();
        for _ in 0..CONNECTIONS {
            idle.push(TcpStream::connect(at_full).await.unwrap());
        }
        // The last one is served: all of them have been accepted.
        assert!(is_answered(idle.last_mut().unwrap()).await);
        let mut waiting = TcpStream::connect(at_full).await.unwrap();
        assert!(!is_answered(&mut waiting).await);
        assert!(is_answered(&mut TcpStream::connect(at_free).await.unwrap()).await);
        drop(idle);
        let mut next = TcpStream::connect(at_full).await.unwrap();
        assert!(is_answered(&mut next).await);
        for server in servers {
            server.stop().await;
        }
    }
}
