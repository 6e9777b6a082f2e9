//! Settings of an emulator, and its start.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::ops::RangeInclusive;

use crate::admin::Guard;
use crate::blueprint::{Addresses, Blueprint, Data};
use crate::clock::{Clock, REAL_TIME};
use crate::current::Current;
use crate::emulator::Emulator;
use crate::faults::{Fault, FaultError};
use crate::server::{self, Listeners};
use crate::vendor::Vendor;
use crate::vendor::polyv::Polyv;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::yxt::Yxt;
use crate::world::plan::Plan;
use crate::{Scenario, calendar};

/// Ports from the first that is set: three vendors, and one for managing the emulator.
const PORTS: u16 = 4;

/// Settings of an [`Emulator`].
#[derive(Clone, Debug)]
pub struct EmulatorBuilder {
    seed: u64,
    scenario: Scenario,
    claims: u64,
    host: IpAddr,
    announced: Option<String>,
    port: u16,
    start_at: Option<i64>,
    clock_offset_ms: i64,
    clock_at: Option<i64>,
    clock_rate_milli: u32,
    limits: bool,
    faults: Vec<Fault>,
}

impl Default for EmulatorBuilder {
    fn default() -> Self {
        Self {
            seed: 1,
            scenario: Scenario::default(),
            claims: 100_000,
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            announced: None,
            port: 0,
            start_at: None,
            clock_offset_ms: 0,
            clock_at: None,
            clock_rate_milli: REAL_TIME,
            limits: true,
            faults: Vec::new(),
        }
    }
}

impl EmulatorBuilder {
    /// Numbers of claims that a campaign can have: ids and instants leave room for them.
    pub const CLAIMS: RangeInclusive<u64> = 1..=1_000_000_000;

    /// Instants to which data can be anchored, in milliseconds since 1970: from 2001 to 2106, as
    /// ids hold an instant before it in eight hex digits.
    pub const STARTS_MS: RangeInclusive<i64> = 1_000_000_000_000..=4_294_967_295_999;

    /// Instants that the clock can show, in milliseconds since 1970: from 1970 to 9999. At the end
    /// it stops.
    pub const CLOCK_MS: RangeInclusive<i64> = calendar::SPAN_MS;

    /// Sets the seed of the data, 1 unless set.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the amount and variety of data, [`Scenario::Small`] unless set.
    pub fn scenario(mut self, scenario: Scenario) -> Self {
        self.scenario = scenario;
        self
    }

    /// Sets about how many claims [`Scenario::Campaign`] has at Polyv and at Xiaoe each, within
    /// [`CLAIMS`](Self::CLAIMS) and 100,000 unless set. YXT has as many gifts, Xiaoe a tenth as many
    /// points accounts. Other scenarios have a size of their own.
    pub fn claims(mut self, claims: u64) -> Self {
        self.claims = claims;
        self
    }

    /// Sets the first port: Xiaoe listens on it, Polyv on the next, YXT on the one after, and the
    /// fourth is the management port. 0, the default, takes free ports.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the address to listen on, 127.0.0.1 unless set. The credentials are public: on any
    /// other address than loopback everybody who reaches it can read the demo data.
    pub fn host(mut self, host: IpAddr) -> Self {
        self.host = host;
        self
    }

    /// Sets the host in the addresses that are told, where clients reach it by another than it listens
    /// on: a name or an address.
    ///
    /// # Errors
    ///
    /// If it is neither, or comes with a scheme or a port.
    pub fn announce(mut self, host: &str) -> io::Result<Self> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        let is_name = !host.is_empty() && host.bytes().all(is_plain);
        if !is_name && host.parse::<IpAddr>().is_err() {
            return Err(invalid("give a name or an address, without a scheme and a port"));
        }
        self.announced = Some(host.to_owned());
        Ok(self)
    }

    /// Sets the instant to which the data is anchored, in milliseconds since 1970 within
    /// [`STARTS_MS`](Self::STARTS_MS), rounded down to the second. Unless set it is the time of the
    /// emulator's clock.
    ///
    /// Same seed, same scenario (with its claims) and same start give the same data. The clock
    /// doesn't follow: see [`clock_at`](Self::clock_at).
    pub fn start_at(mut self, epoch_ms: i64) -> Self {
        self.start_at = Some(epoch_ms);
        self
    }

    /// Sets how far the emulator's clock is ahead of the machine's, in milliseconds.
    pub fn clock_offset_ms(mut self, offset_ms: i64) -> Self {
        self.clock_offset_ms = offset_ms;
        self
    }

    /// Sets the instant at which the emulator's clock begins, in milliseconds since 1970 within
    /// [`CLOCK_MS`](Self::CLOCK_MS), instead of an offset to the machine's.
    pub fn clock_at(mut self, epoch_ms: i64) -> Self {
        self.clock_at = Some(epoch_ms);
        self
    }

    /// Sets how many milliseconds of the emulator's time go by in a second of the machine's: 1000
    /// unless set, which is real time; 0 stands still.
    pub fn clock_rate_milli(mut self, rate_milli: u32) -> Self {
        self.clock_rate_milli = rate_milli;
        self
    }

    /// Sets whether the vendors' rate limits, blocks and quotas count, as they do unless this is
    /// set. They count in the emulator's time.
    pub fn limits(mut self, limits: bool) -> Self {
        self.limits = limits;
        self
    }

    /// Adds the [faults](Fault) of a TOML file, in force from the start and after a reset.
    ///
    /// # Errors
    ///
    /// If it isn't TOML of that form, or a fault asks for what can't be.
    pub fn faults_toml(mut self, text: &str) -> Result<Self, FaultError> {
        self.faults.extend(Fault::from_toml(text)?);
        Ok(self)
    }

    /// Starts the emulator on the current tokio runtime, which needs its I/O and time drivers.
    ///
    /// Not one that pauses time, as `#[tokio::test(start_paused = true)]` does: whenever the runtime
    /// waits for the network, tokio leaps to the next timer, and connections end as if they had been
    /// silent for 30 seconds. The emulator's own clock stands still by
    /// [`clock_rate_milli(0)`](Self::clock_rate_milli).
    ///
    /// # Errors
    ///
    /// If a port can't be opened (the error names it), or the ports, the start, the clock or the
    /// claims are out of range.
    pub async fn start(self) -> io::Result<Emulator> {
        let clock = self.clock()?;
        let start_ms = self.start_at.or(self.clock_at).unwrap_or_else(|| clock.now_ms());
        if !Self::STARTS_MS.contains(&start_ms) {
            return Err(invalid("the start has to lie between 2001 and 2106"));
        }
        let plan = self.plan()?;
        let [xiaoe_port, polyv_port, yxt_port, admin_port] = self.ports()?;
        let listeners = Listeners {
            xiaoe: server::bind(Xiaoe::NAME, self.host, xiaoe_port).await?,
            polyv: server::bind(Polyv::NAME, self.host, polyv_port).await?,
            yxt: server::bind(Yxt::NAME, self.host, yxt_port).await?,
            admin: server::bind("management", self.host, admin_port).await?,
        };
        let addresses = Addresses {
            xiaoe: listeners.xiaoe.local_addr()?,
            polyv: listeners.polyv.local_addr()?,
            yxt: listeners.yxt.local_addr()?,
            admin: listeners.admin.local_addr()?,
        };
        if !addresses.admin.ip().to_canonical().is_loopback() {
            tracing::warn!(
                host = %self.host,
                "open to others: the credentials are public, and everybody can manage it"
            );
        }
        let current = Current::new(Blueprint {
            data: Data { seed: self.seed, start: start_ms.div_euclid(1000) },
            scenario: self.scenario,
            claims: (self.scenario == Scenario::Campaign).then_some(self.claims),
            plan,
            clock,
            limits: self.limits,
            faults: self.faults,
            addresses,
            announced: self.announced.clone(),
        });
        Ok(Emulator::serve(current, listeners, Guard::new(addresses.admin.ip(), self.announced)))
    }

    fn clock(&self) -> io::Result<Clock> {
        let clock = match self.clock_at {
            None => Clock::new(self.clock_offset_ms),
            Some(now_ms) if Self::CLOCK_MS.contains(&now_ms) => Clock::at(now_ms),
            Some(_) => return Err(invalid("the clock has to lie between 1970 and 9999")),
        };
        Ok(clock.rated(self.clock_rate_milli))
    }

    fn plan(&self) -> io::Result<Plan> {
        i64::try_from(self.claims)
            .ok()
            .filter(|_| Self::CLAIMS.contains(&self.claims))
            .map(|claims| Plan::of(self.scenario, claims))
            .ok_or_else(|| invalid(&format!("the claims have to be 1 to {}", Self::CLAIMS.end())))
    }

    fn ports(&self) -> io::Result<[u16; 4]> {
        match self.port {
            0 => Ok([0; 4]),
            first if first <= u16::MAX - (PORTS - 1) => {
                Ok([first, first + 1, first + 2, first + 3])
            }
            first => Err(invalid(&format!("{PORTS} ports from {first} on don't exist"))),
        }
    }
}

fn invalid(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, text)
}
