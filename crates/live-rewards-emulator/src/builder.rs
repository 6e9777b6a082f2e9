//! Settings of an emulator, and its start.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::clock::Clock;
use crate::credentials;
use crate::emulator::Emulator;
use crate::faults::{Fault, FaultError, Faults};
use crate::journal::Journal;
use crate::parts::Parts;
use crate::ready::{AdminReady, PolyvReady, Ready, XiaoeReady, YxtReady};
use crate::seed::Draws;
use crate::server::{self, Listeners};
use crate::service::{IN_FLIGHT, Service};
use crate::settings::{Settings, SettingsCell};
use crate::shared::Shared;
use crate::vendor::Vendor;
use crate::vendor::polyv::Polyv;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::yxt::Yxt;
use crate::world::plan::Plan;
use crate::{Scenario, calendar};

/// Ports from the first that is set: three vendors, and one for managing the emulator.
const PORTS: u16 = 4;

/// Unix seconds at which data can start: ids hold an instant before it in eight hex digits.
const STARTS: RangeInclusive<i64> = 1_000_000_000..=0xffff_ffff;

/// Most claims of a campaign: ids and instants leave room for them.
const MOST_CLAIMS: u64 = 1_000_000_000;

/// Settings of an [`Emulator`].
#[derive(Clone, Debug)]
pub struct EmulatorBuilder {
    seed: u64,
    scenario: Scenario,
    claims: u64,
    host: IpAddr,
    port: u16,
    start_at: Option<i64>,
    clock_offset_ms: i64,
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
            port: 0,
            start_at: None,
            clock_offset_ms: 0,
            limits: true,
            faults: Vec::new(),
        }
    }
}

impl EmulatorBuilder {
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

    /// Sets about how many claims [`Scenario::Campaign`] has at Polyv and at Xiaoe each, 100,000
    /// unless set, from 1 to 1,000,000,000. YXT has as many gifts, Xiaoe a tenth as many points
    /// accounts. Other scenarios have a size of their own.
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

    /// Sets the instant to which the data is anchored, in milliseconds since 1970, rounded down to
    /// the second. Unless set it is the time of the emulator's clock.
    ///
    /// Same seed, same scenario (with its claims) and same start give the same data. The clock
    /// doesn't follow: see [`clock_offset_ms`](Self::clock_offset_ms).
    pub fn start_at(mut self, epoch_ms: i64) -> Self {
        self.start_at = Some(epoch_ms);
        self
    }

    /// Sets how far the emulator's clock is ahead of the machine's, in milliseconds.
    pub fn clock_offset_ms(mut self, offset_ms: i64) -> Self {
        self.clock_offset_ms = offset_ms;
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
    /// # Errors
    ///
    /// If a port can't be opened (the error names it), or the ports, the start or the claims are out
    /// of range.
    pub async fn start(self) -> io::Result<Emulator> {
        let clock = Clock::new(self.clock_offset_ms);
        let start_ms = self.start_at.unwrap_or_else(|| clock.now_ms());
        let start = start_ms.div_euclid(1000);
        let start_text = calendar::rfc3339(start.saturating_mul(1000))
            .filter(|_| STARTS.contains(&start))
            .ok_or_else(|| invalid("the start has to lie between 2001 and 2106"))?;

        let [xiaoe_port, polyv_port, yxt_port, admin_port] = self.ports()?;
        let listeners = Listeners {
            xiaoe: server::bind(Xiaoe::NAME, self.host, xiaoe_port).await?,
            polyv: server::bind(Polyv::NAME, self.host, polyv_port).await?,
            yxt: server::bind(Yxt::NAME, self.host, yxt_port).await?,
            admin: server::bind("management", self.host, admin_port).await?,
        };

        let (draws, plan) = (Draws::new(self.seed), self.plan()?);
        let xiaoe = Xiaoe::new(draws.at(1), &plan, start);
        let polyv = Polyv::new(draws.at(2), &plan, start);
        let yxt = Yxt::new(draws.at(3), &plan, start);
        let ready = Ready {
            event: "ready",
            seed: self.seed,
            scenario: self.scenario,
            claims: (self.scenario == Scenario::Campaign).then_some(self.claims),
            start: start_text,
            xiaoe: XiaoeReady {
                base_url: base_url(listeners.xiaoe.local_addr()?),
                app_id: credentials::XIAOE_APP_ID.to_owned(),
                client_id: credentials::XIAOE_CLIENT_ID.to_owned(),
                secret_key: credentials::XIAOE_SECRET_KEY.to_owned(),
                resource_ids: xiaoe.resource_ids(),
            },
            polyv: PolyvReady {
                base_url: base_url(listeners.polyv.local_addr()?),
                app_id: credentials::POLYV_APP_ID.to_owned(),
                app_secret: credentials::POLYV_APP_SECRET.to_owned(),
                channel_ids: polyv.channel_ids(),
            },
            yxt: YxtReady {
                base_url: base_url(listeners.yxt.local_addr()?),
                app_key: credentials::YXT_APP_KEY.to_owned(),
                app_secret: credentials::YXT_APP_SECRET.to_owned(),
                source: None,
                room_ids: yxt.room_ids(),
            },
            admin: Some(AdminReady { base_url: base_url(listeners.admin.local_addr()?) }),
        };

        let shared = Arc::new(Shared {
            clock,
            faults: Faults::new(draws.at(4), self.faults),
            journal: Journal::default(),
            settings: SettingsCell::new(Settings::new(self.limits)),
        });
        let parts = Parts {
            ready,
            origin: Clock::new(self.clock_offset_ms),
            xiaoe: Service::new(xiaoe, &shared, IN_FLIGHT),
            polyv: Service::new(polyv, &shared, IN_FLIGHT),
            yxt: Service::new(yxt, &shared, IN_FLIGHT),
            shared,
        };
        Ok(Emulator::serve(parts, listeners))
    }

    fn plan(&self) -> io::Result<Plan> {
        i64::try_from(self.claims)
            .ok()
            .filter(|_| (1..=MOST_CLAIMS).contains(&self.claims))
            .map(|claims| Plan::of(self.scenario, claims))
            .ok_or_else(|| invalid(&format!("the claims have to be 1 to {MOST_CLAIMS}")))
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

/// Where a client reaches the address; an unspecified one is reached on loopback.
fn base_url(mut address: SocketAddr) -> String {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => {
            address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
        }
        IpAddr::V6(ip) if ip.is_unspecified() => {
            address.set_ip(IpAddr::V6(Ipv6Addr::LOCALHOST));
        }
        _ => {}
    }
    format!("http://{address}")
}

fn invalid(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, text)
}
