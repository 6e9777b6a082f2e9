//! Futures that take their time, and what runs them.

use std::{
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use futures_util::Stream;

/// Is ready after so many polls.
pub(crate) struct Polls(pub(crate) u8);

impl Future for Polls {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Reads a stream to its end, and does something whenever it waits. How often it did.
pub(crate) fn waits(stream: impl Stream, meanwhile: impl Fn()) -> usize {
    let mut stream = pin!(stream);
    let mut context = Context::from_waker(Waker::noop());
    let mut waits = 0;
    loop {
        match stream.as_mut().poll_next(&mut context) {
            Poll::Ready(Some(_)) => {}
            Poll::Ready(None) => return waits,
            Poll::Pending => {
                meanwhile();
                waits += 1;
            }
        }
    }
}

/// Runs a future, which has to see to it that it is woken.
pub(crate) fn run<F: Future>(future: F) -> F::Output {
    let woken = Arc::new(Woken(AtomicBool::new(true)));
    let waker = Waker::from(Arc::clone(&woken));
    let mut future = pin!(future);
    loop {
        assert!(woken.0.swap(false, Ordering::SeqCst), "it waits for nothing");
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
    }
}
