use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use live_rewards::{
    Timestamp,
    polyv::http::{Clock, Sleep},
};
use live_rewards_emulator::Emulator;

/// One time for a client and the emulator that it calls. It stands still but for the client's waits, which cost nothing.
#[derive(Debug)]
pub(crate) struct OneClock {
    emulator: Arc<Emulator>,
    start_ms: i64,
    waited: Mutex<Duration>,
}

impl OneClock {
    /// Stops the emulator's clock and goes on from where it stands.
    pub(crate) fn of(emulator: &Arc<Emulator>) -> Arc<Self> {
        emulator.set_clock_rate_milli(0);
        let start_ms = emulator.now_ms();
        Arc::new(Self { emulator: Arc::clone(emulator), start_ms, waited: Mutex::default() })
    }
}

impl Clock for OneClock {
    fn now(&self) -> Timestamp {
        let waited_ms = i64::try_from(self.monotonic().as_millis()).unwrap();
        Timestamp::from_epoch_ms(self.start_ms + waited_ms).unwrap()
    }

    fn monotonic(&self) -> Duration {
        *self.waited.lock().unwrap()
    }
}

#[async_trait::async_trait]
impl Sleep for OneClock {
    async fn sleep(&self, duration: Duration) {
        // The emulator's clock counts whole milliseconds: parts of one must not get lost.
        let moved_ms = {
            let mut waited = self.waited.lock().unwrap();
            let before_ms = waited.as_millis();
            *waited += duration;
            waited.as_millis() - before_ms
        };
        self.emulator.advance(Duration::from_millis(moved_ms.try_into().unwrap()));
    }

    /// To wait for the end of something must not move the clock there.
    async fn expire(&self, _: Duration) {
        std::future::pending::<()>().await;
    }
}
