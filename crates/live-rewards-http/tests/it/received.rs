//! What the default transport makes of bytes on a wire.

use std::{
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use flate2::{Compression, write::GzEncoder};
use live_rewards_core::{Delivery, Error, ErrorKind};
use live_rewards_http::{ClientBuilder, Limits, Retry};

use crate::{
    shop::{Page, Read, ShopClient},
    stub::{Stub, answer, read_head},
};

const MAX_BODY: usize = 256 * 1024;

fn client(stub: &Stub) -> ClientBuilder<ShopClient> {
    ShopClient::at(format!("http://{}", stub.authority()))
        .max_body(MAX_BODY)
        .retry(Retry::none())
        .limits(Limits::unlimited())
}

async fn sent(stub: &Stub) -> Result<Page, Error> {
    client(stub).build().unwrap().send(Read).await
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

/// A page of rows of about so many bytes.
fn page(bytes: usize) -> String {
    let row = r#"{"id":1,"amount":1},"#;
    let rows = row.repeat(bytes / row.len());
    format!(r#"{{"code":0,"data":{{"rows":[{}]}}}}"#, rows.trim_end_matches(','))
}

fn assert_too_large(error: &Error) {
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Transport, Delivery::Unknown));
    assert_eq!((error.endpoint(), error.http_status()), (Some("read"), Some(200)));
    assert_eq!(error.message(), "the answer is larger than 262144 bytes");
}

#[tokio::test]
async fn what_fits_is_read_plain_and_compressed() {
    let body = page(MAX_BODY - 100);
    let compressed = gzip(body.as_bytes());
    assert!(compressed.len() < MAX_BODY / 10);
    for bytes in [
        answer("200 OK", "", &body),
        answer("200 OK", "content-encoding: gzip\r\n", &compressed),
        // Without a length, up to the end of the connection.
        [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), body.as_bytes()].concat(),
    ] {
        assert!(sent(&Stub::answering(bytes)).await.unwrap().rows.len() > 10_000);
    }
}

#[tokio::test]
async fn an_announced_size_beyond_the_bound_is_not_waited_for() {
    // The body never comes.
    let stub = Stub::serving(|stream, heads| {
        heads.push(read_head(stream)?);
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n")?;
        read_head(stream).map(drop)
    });
    assert_too_large(&sent(&stub).await.unwrap_err());
}

#[tokio::test]
async fn an_endless_body_is_read_up_to_the_bound() {
    let written = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&written);
    let stub = Stub::serving(move |stream, heads| {
        heads.push(read_head(stream)?);
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n{\"code\":0,\"data\":\"")?;
        let chunk = vec![b'a'; 16 * 1024];
        loop {
            stream.write_all(&chunk)?;
            count.fetch_add(chunk.len().try_into().unwrap(), Ordering::Relaxed);
        }
    });
    assert_too_large(&sent(&stub).await.unwrap_err());
    // Whatever the system's buffers hold, it is not the gigabytes that could have been read.
    assert!(written.load(Ordering::Relaxed) < 64 * 1024 * 1024);
}

#[tokio::test]
async fn a_small_body_that_expands_beyond_the_bound_is_given_up() {
    let bomb = gzip(&vec![b' '; 32 * MAX_BODY]);
    assert!(bomb.len() < MAX_BODY / 20, "{}", bomb.len());
    let stub = Stub::answering(answer("200 OK", "content-encoding: gzip\r\n", bomb));
    assert_too_large(&sent(&stub).await.unwrap_err());
    // Another attempt would fare the same.
    let error = client(&stub).retry(Retry::default()).build().unwrap().send(Read).await;
    assert_eq!(error.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_cut_body_is_an_answer_that_broke_off() {
    let whole = gzip(page(10_000).as_bytes());
    let cut = &whole[..whole.len() / 2];
    for bytes in [
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"code\":0".to_vec(),
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"cod\r\n".to_vec(),
        answer("200 OK", "content-encoding: gzip\r\n", cut),
        answer("200 OK", "content-encoding: gzip\r\n", "{\"code\":0}"),
    ] {
        let error = sent(&Stub::answering(bytes)).await.unwrap_err();
        assert_eq!((error.kind(), error.delivery()), (ErrorKind::Transport, Delivery::Unknown));
        assert_eq!((error.endpoint(), error.http_status()), (Some("read"), Some(200)));
        assert_eq!(error.message(), "the answer broke off");
    }
}

#[tokio::test]
async fn no_http_and_no_answer_are_connections_that_broke_off() {
    for bytes in ["", "HTTP/1.1 200", "220 ftp.example.com\r\n\r\n"] {
        let error = sent(&Stub::answering(bytes)).await.unwrap_err();
        assert_eq!((error.kind(), error.delivery()), (ErrorKind::Transport, Delivery::Unknown));
        assert_eq!(error.http_status(), None);
    }
}

#[tokio::test]
async fn an_answer_that_does_not_end_in_time_is_a_timeout_with_its_status() {
    let stub = Stub::serving(|stream, heads| {
        heads.push(read_head(stream)?);
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{")?;
        // Until the client goes away.
        read_head(stream).map(drop)
    });
    let client = client(&stub).timeout(Duration::from_millis(500)).build().unwrap();
    let error = client.send(Read).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Timeout, Delivery::Unknown));
    assert_eq!(error.http_status(), Some(200));
}
