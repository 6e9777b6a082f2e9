//! Work that goes through very many rows: apart from the ports, one piece at a time.

use std::sync::Arc;
use std::thread;

use tokio::sync::{Semaphore, oneshot};

/// Does long work on a thread of its own. No runtime waits for that thread at its end, as it would
/// for one of its own.
#[derive(Debug)]
pub(crate) struct Aside(Arc<Semaphore>);

impl Default for Aside {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl Aside {
    /// Waits for the work before it, and then for the work; `None` if that failed. Work that nobody
    /// waits for any more isn't begun.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let turn = Arc::clone(&self.0).acquire_owned().await.ok()?;
        let (done, result) = oneshot::channel();
        let begun = thread::Builder::new().name("long work".to_owned()).spawn(move || {
            // Whoever asked may be gone by now.
            drop(done.send(work()));
            drop(turn);
        });
        begun.ok()?;
        result.await.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn one_piece_is_done_at_a_time_and_others_go_on_meanwhile() {
        let aside = Aside::default();
        let (end, ended) = mpsc::channel::<()>();
        let first = aside.run(move || ended.recv().is_ok());
        let mut first = std::pin::pin!(first);
        let mut second = std::pin::pin!(aside.run(|| 2));
        tokio::select! {
            biased;
            _ = &mut first => panic!("it was not told to end"),
            _ = &mut second => panic!("the first goes on"),
            () = tokio::task::yield_now() => {}
        }
        end.send(()).unwrap();
        assert_eq!((first.await, second.await), (Some(true), Some(2)));
    }

    #[tokio::test]
    async fn work_that_fails_holds_up_nothing() {
        let aside = Aside::default();
        assert_eq!(aside.run(|| "x".parse::<u8>().unwrap()).await, None);
        assert_eq!(aside.run(|| 1).await, Some(1));
    }
}
