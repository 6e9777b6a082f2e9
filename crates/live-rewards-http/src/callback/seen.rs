use std::{
    collections::{HashSet, VecDeque},
    fmt,
    num::NonZeroUsize,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The messages that were handled lately, so that one that comes again is not handled again.
///
/// In memory: another process, or this one after a restart, doesn't know them. Where that matters, keep the ids in the same
/// transaction as what is done for them.
pub struct SeenMessages {
    most: NonZeroUsize,
    ids: Mutex<Ids>,
}

#[derive(Default)]
struct Ids {
    under_way: HashSet<String>,
    done: HashSet<String>,
    /// Those that are done, oldest first.
    order: VecDeque<String>,
}

/// What is known of a message that came.
#[derive(Debug)]
#[must_use = "dropping it forgets that the message came"]
pub enum Started<'a> {
    /// It is new. Handle it, then call [`Handling::finish`].
    New(Handling<'a>),
    /// It is being handled. Answer with status 503, so that it comes again if that fails.
    UnderWay,
    /// It was handled. Answer as then.
    Done,
}

/// A message that is being handled. Dropped without [`finish`](Self::finish) it is forgotten, so that it is new when it comes again.
pub struct Handling<'a> {
    seen: &'a SeenMessages,
    id: String,
    finished: bool,
}

impl SeenMessages {
    /// Remembers so many handled messages; the oldest are forgotten first, however young they are.
    ///
    /// A request that was recorded can be sent again while its time is within the window, which is open on both sides. So take more than
    /// what comes within twice the window, or such a request is taken as new. How long a vendor goes on sending a message that nobody
    /// took is not published.
    pub fn new(most: NonZeroUsize) -> Self {
        Self { most, ids: Mutex::default() }
    }

    /// Tells a message that came from those before it, by the id that the vendor gives it.
    pub fn start(&self, id: &str) -> Started<'_> {
        let mut ids = self.ids();
        if ids.done.contains(id) {
            return Started::Done;
        }
        if !ids.under_way.insert(id.to_owned()) {
            return Started::UnderWay;
        }
        Started::New(Handling { seen: self, id: id.to_owned(), finished: false })
    }

    fn ids(&self) -> MutexGuard<'_, Ids> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handling<'_> {
    /// Remembers the message as handled.
    pub fn finish(mut self) {
        self.finished = true;
    }
}

impl Drop for Handling<'_> {
    fn drop(&mut self) {
        let id = std::mem::take(&mut self.id);
        let mut ids = self.seen.ids();
        ids.under_way.remove(&id);
        if !self.finished {
            return;
        }
        ids.order.push_back(id.clone());
        ids.done.insert(id);
        if ids.order.len() > self.seen.most.get()
            && let Some(oldest) = ids.order.pop_front()
        {
            ids.done.remove(&oldest);
        }
    }
}

impl fmt::Debug for SeenMessages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = self.ids();
        f.debug_struct("SeenMessages")
            .field("most", &self.most)
            .field("under_way", &ids.under_way.len())
            .field("done", &ids.done.len())
            .finish_non_exhaustive()
    }
}

/// Shows no id: a request's signature may serve as one.
impl fmt::Debug for Handling<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handling(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(most: usize) -> SeenMessages {
        SeenMessages::new(NonZeroUsize::new(most).unwrap())
    }

    fn handle(seen: &SeenMessages, id: &str) {
        match seen.start(id) {
            Started::New(handling) => handling.finish(),
            known => panic!("{known:?}"),
        }
    }

    #[test]
    fn a_message_is_handled_once() {
        let seen = seen(9);
        let Started::New(handling) = seen.start("1") else { panic!() };
        assert!(matches!(seen.start("1"), Started::UnderWay));
        assert!(matches!(seen.start("2"), Started::New(_)));
        handling.finish();
        assert!(matches!(seen.start("1"), Started::Done));
    }

    #[test]
    fn a_message_that_could_not_be_handled_is_new_again() {
        let seen = seen(9);
        drop(seen.start("1"));
        assert!(matches!(seen.start("1"), Started::New(_)));
    }

    #[test]
    fn the_oldest_is_forgotten_but_none_that_is_under_way() {
        let seen = seen(2);
        let _first = seen.start("0");
        for id in ["1", "2", "3"] {
            handle(&seen, id);
        }
        assert!(matches!(seen.start("0"), Started::UnderWay));
        assert!(matches!(seen.start("1"), Started::New(_)));
        assert!(matches!(seen.start("2"), Started::Done));
        assert!(matches!(seen.start("3"), Started::Done));
        assert_eq!(format!("{seen:?}"), "SeenMessages { most: 2, under_way: 1, done: 2, .. }");
    }
}
