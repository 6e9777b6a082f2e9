//! Settings of an emulator, and its start.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::clock::Clock;
use crate::credentials;
use crate::emulator::Emulator;
use crate::ready::{PolyvReady, Ready, XiaoeReady, YxtReady};
use crate::seed::Draws;
use crate::server::{self, Service};
use crate::vendor::Vendor;
use crate::vendor::polyv::Polyv;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::yxt::Yxt;
use crate::{Scenario, calendar};

/// Ports from the first that is set: three vendors, and one kept free for managing the emulator.
const PORTS: u16 = 4;

/// Unix seconds at which data can start: ids hold an instant before it in eight hex digits.
const STARTS: RangeInclusive<i64> = 1_000_000_000..=0xffff_ffff;

/// Settings of an [`Emulator`].
#[derive(Clone, Debug)]
pub struct EmulatorBuilder {
    seed: u64,
    scenario: Scenario,
    host: IpAddr,
    port: u16,
    start_at: Option<i64>,
    clock_offset_ms: i64,
}

impl Default for EmulatorBuilder {
    fn default() -> Self {
        Self {
            seed: 1,
            scenario: Scenario::default(),
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            start_at: None,
            clock_offset_ms: 0,
        }
    }
}

impl EmulatorBuilder {
    /// Sets the seed of the data, 1 unless set.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the amount of data, [`Scenario::Small`] unless set.
    pub fn scenario(mut self, scenario: Scenario) -> Self {
        self.scenario = scenario;
        self
    }

    /// Sets the first port: Xiaoe listens on it, Polyv on the next, YXT on the one after, and the
    /// fourth is kept for managing the emulator. 0, the default, takes free ports.
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
    /// Same seed, same scenario and same start give the same data. The clock doesn't follow: see
    /// [`clock_offset_ms`](Self::clock_offset_ms).
    pub fn start_at(mut self, epoch_ms: i64) -> Self {
        self.start_at = Some(epoch_ms);
        self
    }

    /// Sets how far the emulator's clock is ahead of the machine's, in milliseconds.
    pub fn clock_offset_ms(mut self, offset_ms: i64) -> Self {
        self.clock_offset_ms = offset_ms;
        self
    }

    /// Starts the emulator on the current tokio runtime, which needs its I/O and time drivers.
    ///
    /// # Errors
    ///
    /// If a port can't be opened (the error names it), or the ports or the start are out of range.
    pub async fn start(self) -> io::Result<Emulator> {
        let clock = Arc::new(Clock::new(self.clock_offset_ms));
        let start_ms = self.start_at.unwrap_or_else(|| clock.now_ms());
        let start = start_ms.div_euclid(1000);
        let start_text = calendar::rfc3339(start.saturating_mul(1000))
            .filter(|_| STARTS.contains(&start))
            .ok_or_else(|| invalid("the start has to lie between 2001 and 2106"))?;

        let [xiaoe_port, polyv_port, yxt_port] = self.ports()?;
        let xiaoe_listener = server::bind(Xiaoe::NAME, self.host, xiaoe_port).await?;
        let polyv_listener = server::bind(Polyv::NAME, self.host, polyv_port).await?;
        let yxt_listener = server::bind(Yxt::NAME, self.host, yxt_port).await?;

        let (draws, plan) = (Draws::new(self.seed), self.scenario.plan());
        let xiaoe = Xiaoe::new(draws.at(1), plan, start);
        let polyv = Polyv::new(draws.at(2), plan, start);
        let yxt = Yxt::new(draws.at(3), plan, start);
        let ready = Ready {
            event: "ready",
            seed: self.seed,
            scenario: self.scenario,
            start: start_text,
            xiaoe: XiaoeReady {
                base_url: base_url(xiaoe_listener.local_addr()?),
                app_id: credentials::XIAOE_APP_ID.to_owned(),
                client_id: credentials::XIAOE_CLIENT_ID.to_owned(),
                secret_key: credentials::XIAOE_SECRET_KEY.to_owned(),
                resource_ids: xiaoe.resource_ids(),
            },
            polyv: PolyvReady {
                base_url: base_url(polyv_listener.local_addr()?),
                app_id: credentials::POLYV_APP_ID.to_owned(),
                app_secret: credentials::POLYV_APP_SECRET.to_owned(),
                channel_ids: polyv.channel_ids(),
            },
            yxt: YxtReady {
                base_url: base_url(yxt_listener.local_addr()?),
                app_key: credentials::YXT_APP_KEY.to_owned(),
                app_secret: credentials::YXT_APP_SECRET.to_owned(),
                source: None,
                room_ids: yxt.room_ids(),
            },
        };

        let xiaoe = service(xiaoe, &clock);
        let polyv = service(polyv, &clock);
        let yxt = service(yxt, &clock);
        let servers = vec![
            server::spawn(xiaoe_listener, Arc::clone(&xiaoe)),
            server::spawn(polyv_listener, Arc::clone(&polyv)),
            server::spawn(yxt_listener, Arc::clone(&yxt)),
        ];
        Ok(Emulator {
            ready,
            clock,
            xiaoe,
            polyv,
            yxt,
            servers,
        })
    }

    fn ports(&self) -> io::Result<[u16; 3]> {
        match self.port {
            0 => Ok([0; 3]),
            first if first <= u16::MAX - (PORTS - 1) => Ok([first, first + 1, first + 2]),
            first => Err(invalid(&format!(
                "{PORTS} ports from {first} on don't exist"
            ))),
        }
    }
}

fn service<V>(vendor: V, clock: &Arc<Clock>) -> Arc<Service<V>> {
    Arc::new(Service {
        vendor,
        clock: Arc::clone(clock),
    })
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
