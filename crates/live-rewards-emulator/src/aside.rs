//! Work that goes through very many rows: apart from the ports, one piece at a time.

use std::sync::{Arc, Weak};
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
    /// waits for any more isn't begun, and can be given up.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Waiting) -> T + Send + 'static,
    ) -> Option<T> {
        let turn = Arc::clone(&self.0).acquire_owned().await.ok()?;
        let (done, result) = oneshot::channel();
        let asker = Arc::new(());
        let waiting = Waiting(Some(Arc::downgrade(&asker)));
        let begun = thread::Builder::new().name("long work".to_owned()).spawn(move || {
            // Whoever asked may be gone by now.
            drop(done.send(work(&waiting)));
            drop(turn);
        });
        begun.ok()?;
        let result = result.await.ok();
        drop(asker);
        result
    }
}

/// Whoever waits for a piece of work; the default is one that never leaves.
#[derive(Debug, Default)]
pub(crate) struct Waiting(Option<Weak<()>>);

impl Waiting {
    /// The rows that the work goes through, which end early when nobody waits any more: what comes of
    /// them is seen by nobody.
    pub(crate) fn rows<I: Iterator>(&self, rows: I) -> impl Iterator<Item = I::Item> {
        rows.take_while(move |_| self.0.as_ref().is_none_or(|asker| asker.strong_count() > 0))
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
        let first = aside.run(move |_| ended.recv().is_ok());
        let mut first = std::pin::pin!(first);
        let mut second = std::pin::pin!(aside.run(|_| 2));
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
        assert_eq!(aside.run(|_| "x".parse::<u8>().unwrap()).await, None);
        assert_eq!(aside.run(|_| 1).await, Some(1));
    }

    #[tokio::test]
    async fn work_that_nobody_waits_for_ends() {
        let aside = Aside::default();
        let mut endless = Box::pin(aside.run(|waiting| waiting.rows(0_u64..).count()));
        tokio::select! {
            biased;
            _ = &mut endless => panic!("it has no end"),
            () = tokio::task::yield_now() => {}
        }
        drop(endless);
        assert_eq!(aside.run(|waiting| waiting.rows(0..9).count()).await, Some(9));
        assert_eq!(Waiting::default().rows(0..9).count(), 9);
    }
}
