//! Bodies of requests to the management port: small, and soon there.

use std::time::Duration;

use hyper::body::{Body, Bytes};

use crate::admin::error;
use crate::reply::Reply;
use crate::request::whole;

/// Largest body: a list of a thousand addresses fits.
const LARGEST: usize = 64 << 10;
/// How long a body may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reads a body; the error is what to answer where it is too large or too slow.
pub(super) async fn read<B>(body: B) -> Result<Vec<u8>, Reply>
where
    B: Body<Data = Bytes> + Send + Unpin,
    B::Error: Send,
{
    read_within(PATIENCE, body).await
}

async fn read_within<B>(patience: Duration, body: B) -> Result<Vec<u8>, Reply>
where
    B: Body<Data = Bytes> + Send + Unpin,
    B::Error: Send,
{
    match tokio::time::timeout(patience, whole(body, LARGEST)).await {
        Ok(Some(body)) => Ok(body),
        Ok(None) => Err(error(413, "the body is larger than 64 KiB or broke off")),
        Err(_) => Err(error(408, "the body took too long")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use hyper::body::Frame;

    use super::*;
    use crate::request::MOST_PASSED_OVER;

    /// Pieces, and then its end or nothing more ever.
    struct Pieces {
        pieces: VecDeque<usize>,
        ends: bool,
    }

    impl Body for Pieces {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            match self.pieces.pop_front() {
                Some(length) => Poll::Ready(Some(Ok(Frame::data(vec![b' '; length].into())))),
                None if self.ends => Poll::Ready(None),
                None => Poll::Pending,
            }
        }
    }

    /// Length of what is read, or the status of the refusal.
    async fn read(pieces: &[usize], ends: bool) -> Result<usize, u16> {
        let body = Pieces { pieces: pieces.iter().copied().collect(), ends };
        let read = read_within(Duration::from_millis(20), body).await;
        read.map(|body| body.len()).map_err(|reply| reply.status)
    }

    #[tokio::test]
    async fn bodies_are_bounded_in_size_and_time() {
        assert_eq!(read(&[], true).await, Ok(0));
        assert_eq!(read(&[2, LARGEST - 2], true).await, Ok(LARGEST));
        assert_eq!(read(&[2, LARGEST - 1], true).await, Err(413));
        assert_eq!(read(&[LARGEST + 1, 5], true).await, Err(413));
        assert_eq!(read(&[MOST_PASSED_OVER, 1], false).await, Err(413));
        assert_eq!(read(&[2], false).await, Err(408));
        assert_eq!(read(&[], false).await, Err(408));
    }
}
