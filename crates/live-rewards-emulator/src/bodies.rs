//! Room for the bodies of answers on their way out: where it is taken, the next answer is made
//! later.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Up to this many KiB a body needs no room: there are no more of them than connections.
const SMALL_KIB: u32 = 16;
/// From this many KiB on a body goes out alone, but for smaller ones.
const LARGE_KIB: u32 = 4 << 10;
/// Room for those in between.
const ROOM_KIB: usize = 8 << 10;

/// The room there is, for all ports together.
#[derive(Debug)]
pub(crate) struct Bodies {
    medium: Arc<Semaphore>,
    /// Apart, so that nothing smaller waits for a large one.
    large: Arc<Semaphore>,
}

impl Default for Bodies {
    fn default() -> Self {
        let medium = Arc::new(Semaphore::new(ROOM_KIB));
        Self { medium, large: Arc::new(Semaphore::new(1)) }
    }
}

impl Bodies {
    /// Waits for room for a body of so many KiB. `None` is for a small one.
    pub(crate) async fn room(&self, kib: u32) -> Option<OwnedSemaphorePermit> {
        if kib <= SMALL_KIB {
            return None;
        }
        let (room, needed) = if kib < LARGE_KIB { (&self.medium, kib) } else { (&self.large, 1) };
        // Only a closed semaphore gives none, and these are never closed.
        Arc::clone(room).acquire_many_owned(needed).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wait::pause;

    /// Whether there is room at once.
    async fn has_room(bodies: &Bodies, kib: u32) -> bool {
        tokio::select! {
            biased;
            _ = bodies.room(kib) => true,
            () = pause(std::time::Duration::ZERO) => false,
        }
    }

    #[tokio::test]
    async fn what_is_larger_waits_and_what_is_smaller_does_not() {
        let bodies = Bodies::default();
        let large = bodies.room(u32::MAX).await;
        assert!(large.is_some());
        assert!(!has_room(&bodies, LARGE_KIB).await && has_room(&bodies, LARGE_KIB - 1).await);
        let medium = [bodies.room(LARGE_KIB - 1).await, bodies.room(LARGE_KIB - 1).await];
        assert!(!has_room(&bodies, SMALL_KIB + 1).await && has_room(&bodies, SMALL_KIB).await);
        drop((large, medium));
        assert!(has_room(&bodies, LARGE_KIB).await && has_room(&bodies, SMALL_KIB + 1).await);
    }
}
