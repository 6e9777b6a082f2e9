//! Servers on this machine that say what a test wants them to, down to the byte.

use std::{
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// A server that serves one connection after the other, as long as the tests run.
pub(crate) struct Stub {
    port: u16,
    heads: Heads,
}

/// What a server was asked, noted before it answers.
#[derive(Clone, Default)]
pub(crate) struct Heads(Arc<Mutex<Vec<String>>>);

impl Heads {
    pub(crate) fn push(&self, head: String) {
        self.0.lock().unwrap().push(head);
    }
}

impl Stub {
    /// Answers every request with these bytes and closes the connection.
    pub(crate) fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::serving(move |stream, heads| {
            heads.push(read_head(stream)?);
            stream.write_all(&answer)
        })
    }

    /// Serves connections with a function that notes the heads of requests.
    pub(crate) fn serving(
        mut serve: impl FnMut(&mut TcpStream, &Heads) -> io::Result<()> + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Heads::default();
        let noted = heads.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                // A client that goes away in the middle is what some tests are about.
                let served = stream.and_then(|mut stream| serve(&mut stream, &noted));
                drop(served);
            }
        });
        Self { port, heads }
    }

    /// Where it is.
    pub(crate) fn authority(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Where it is, in a form that doesn't say that it is this machine.
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    pub(crate) fn disguised(&self) -> String {
        format!("0.0.0.0:{}", self.port)
    }

    /// The requests so far, without their bodies.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.0.lock().unwrap().clone()
    }
}

/// Reads a request up to the empty line.
pub(crate) fn read_head(stream: &mut impl Read) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.extend(byte);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// An answer with its length.
pub(crate) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// An answer that the shop's client reads.
pub(crate) fn good() -> Vec<u8> {
    answer("200 OK", "connection: close\r\n", r#"{"code":0,"data":null}"#)
}
