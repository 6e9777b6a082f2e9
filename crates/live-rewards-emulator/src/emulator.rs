//! A running emulator.

use std::fmt;
use std::io;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::EmulatorBuilder;
use crate::admin::{Admin, Guard};
use crate::aside::Waiting;
use crate::callbacks::{Callback, CallbackError, Sent};
use crate::current::{Current, Port};
use crate::faults::{Fault, FaultError};
use crate::journal::JournalEntry;
use crate::ready::Ready;
use crate::server::{self, Listeners, Server};
use crate::truth::Truth;

/// Three vendors and a management port, listening on loopback. Dropping it closes the ports.
pub struct Emulator {
    ready: Ready,
    current: Arc<Current>,
    servers: Vec<Server>,
}

impl Emulator {
    /// Starts an emulator with the default settings: seed 1, [`Scenario::Small`](crate::Scenario),
    /// free ports on 127.0.0.1, the machine's clock.
    ///
    /// # Errors
    ///
    /// See [`EmulatorBuilder::start`].
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Begins with the default settings.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }

    /// Serves what was built on the ports that were opened for it.
    pub(crate) fn serve(current: Arc<Current>, listeners: Listeners, guard: Guard) -> Self {
        let servers = vec![
            server::spawn(listeners.xiaoe, Port::new(&current, |parts| &parts.xiaoe)),
            server::spawn(listeners.polyv, Port::new(&current, |parts| &parts.polyv)),
            server::spawn(listeners.yxt, Port::new(&current, |parts| &parts.yxt)),
            server::spawn(listeners.admin, Admin::new(&current, guard)),
        ];
        Self { ready: current.parts().ready.clone(), current, servers }
    }

    /// Addresses, credentials and rooms, as they were at the start. A reset at the management port
    /// with another seed or start has other rooms, which it tells.
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// Time of the emulator's clock, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.current.parts().shared.clock.now_ms()
    }

    /// Moves the emulator's clock forward: tokens die, red packets expire and are refunded. It stops
    /// at [the end of the calendar](EmulatorBuilder::CLOCK_MS).
    pub fn advance(&self, by: Duration) {
        self.current.parts().shared.clock.advance(by);
    }

    /// Sets how many milliseconds of the emulator's time go by in a second of the machine's: 1000
    /// is real time, 0 stands still.
    pub fn set_clock_rate_milli(&self, rate_milli: u32) {
        self.current.parts().shared.clock.set_rate_milli(rate_milli);
    }

    /// Puts a fault in force, for requests from now on.
    ///
    /// # Errors
    ///
    /// If it names an unknown vendor or endpoint, asks for what can't be, or too many are in force.
    pub fn add_fault(&self, fault: Fault) -> Result<(), FaultError> {
        self.current.parts().shared.faults.add(fault)?;
        Ok(())
    }

    /// Ends all faults. A clock that a fault moved stays where it is: see [`reset`](Self::reset).
    pub fn clear_faults(&self) {
        self.current.parts().shared.faults.clear();
    }

    /// Sends a callback as the vendor does, and again until it is taken or was sent as often as
    /// ordered. Each try is signed anew, by the vendor's clock.
    ///
    /// # Errors
    ///
    /// If it goes anywhere but to this machine, or tells of what there is not. That nobody takes it is
    /// no error.
    pub async fn send_callback(&self, callback: Callback) -> Result<Sent, CallbackError> {
        let parts = self.current.parts();
        parts.callbacks.send(&parts, &callback).await
    }

    /// The last 1000 requests, oldest first, each refusal with its reason; fewer where they are so
    /// large that they come to more than 8 MiB.
    pub fn journal(&self) -> Vec<JournalEntry> {
        self.current.parts().shared.journal.all()
    }

    /// Goes back to the start: the data, the clock and its rate, rate limits, switches and faults are
    /// what the builder set; tokens, nonces, what was written and the journal are forgotten. A clock that follows the
    /// machine's is back at the machine's time.
    pub fn reset(&self) {
        self.current.reset(None, None);
    }

    /// Exact totals of what is served now, and the planted defects. Nothing changes in the first six
    /// hours after the start, except in [`Scenario::Live`](crate::Scenario::Live).
    ///
    /// Goes through every red packet, gift and account, though not through every claim: seconds for
    /// ten million claims.
    pub fn truth(&self) -> Truth {
        self.current.parts().truth(&Waiting::default())
    }

    /// Closes the ports, waiting a short while for requests under way.
    pub async fn stop(mut self) {
        let servers = mem::take(&mut self.servers).into_iter();
        let mut stopping: JoinSet<()> = servers.map(Server::stop).collect();
        while stopping.join_next().await.is_some() {}
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        for server in &self.servers {
            server.abort();
        }
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Emulator").field("ready", &self.ready).finish_non_exhaustive()
    }
}
