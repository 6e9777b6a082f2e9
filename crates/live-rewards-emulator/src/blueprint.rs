//! What an emulator is built from: at its start, and again where a reset asks for other data.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use crate::aside::Aside;
use crate::bodies::Bodies;
use crate::callbacks::Callbacks;
use crate::clock::Clock;
use crate::faults::{Fault, Faults};
use crate::journal::Journal;
use crate::parts::Parts;
use crate::ready::{AdminReady, PolyvReady, Ready, XiaoeReady, YxtReady};
use crate::seed::Draws;
use crate::service::{IN_FLIGHT, Service};
use crate::settings::{Settings, SettingsCell};
use crate::shared::Shared;
use crate::vendor::polyv::Polyv;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::yxt::Yxt;
use crate::world::plan::Plan;
use crate::{Scenario, calendar, credentials};

/// What is said where rows are missing.
const AHEAD: &str =
    "the start lies ahead of the clock: rows of the days before it are missing until it gets there";

/// Settings of the start, and the ports that were opened.
#[derive(Debug)]
pub(crate) struct Blueprint {
    pub(crate) data: Data,
    pub(crate) scenario: Scenario,
    /// Claims asked for, where the scenario is a campaign.
    pub(crate) claims: Option<u64>,
    pub(crate) plan: Plan,
    pub(crate) clock: Clock,
    pub(crate) limits: bool,
    pub(crate) faults: Vec<Fault>,
    pub(crate) addresses: Addresses,
    /// Host in the addresses that are told, where it is another.
    pub(crate) announced: Option<String>,
}

/// What decides the rows of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Data {
    pub(crate) seed: u64,
    /// Unix seconds.
    pub(crate) start: i64,
}

/// The open ports.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addresses {
    pub(crate) xiaoe: SocketAddr,
    pub(crate) polyv: SocketAddr,
    pub(crate) yxt: SocketAddr,
    pub(crate) admin: SocketAddr,
}

impl Blueprint {
    /// Everything as it is at the start, with this data.
    pub(crate) fn build(&self, data: Data) -> Parts {
        let (draws, plan) = (Draws::new(data.seed), &self.plan);
        let (clock, start_ms) = (self.clock.afresh(), data.start.saturating_mul(1000));
        let warning = (start_ms > clock.now_ms()).then_some(AHEAD);
        if let Some(warning) = warning {
            tracing::warn!("{warning}");
        }
        let xiaoe = Xiaoe::new(draws.at(1), plan, data.start);
        let polyv = Polyv::new(draws.at(2), plan, data.start);
        let yxt = Yxt::new(draws.at(3), plan, data.start);
        let ready = Ready {
            event: "ready",
            seed: data.seed,
            scenario: self.scenario,
            claims: self.claims,
            start: calendar::rfc3339(start_ms).unwrap_or_default(),
            warning,
            xiaoe: XiaoeReady {
                base_url: self.base_url(self.addresses.xiaoe),
                app_id: credentials::XIAOE_APP_ID.to_owned(),
                client_id: credentials::XIAOE_CLIENT_ID.to_owned(),
                secret_key: credentials::XIAOE_SECRET_KEY.to_owned(),
                push_token: credentials::XIAOE_PUSH_TOKEN.to_owned(),
                push_key: credentials::XIAOE_PUSH_KEY.to_owned(),
                resource_ids: xiaoe.resource_ids(),
            },
            polyv: PolyvReady {
                base_url: self.base_url(self.addresses.polyv),
                app_id: credentials::POLYV_APP_ID.to_owned(),
                app_secret: credentials::POLYV_APP_SECRET.to_owned(),
                live_account: credentials::POLYV_USER_ID.to_owned(),
                channel_ids: polyv.channel_ids(),
                prize_activity_ids: polyv.prize_activity_ids(),
                lucky_bag_ids: polyv.lucky_bag_ids(),
            },
            yxt: YxtReady {
                base_url: self.base_url(self.addresses.yxt),
                app_key: credentials::YXT_APP_KEY.to_owned(),
                app_secret: credentials::YXT_APP_SECRET.to_owned(),
                source: None,
                room_ids: yxt.room_ids(),
            },
            admin: Some(AdminReady { base_url: self.base_url(self.addresses.admin) }),
        };
        let shared = Arc::new(Shared {
            clock,
            faults: Faults::new(draws.at(4), self.faults.clone()),
            journal: Journal::default(),
            settings: SettingsCell::new(Settings::new(self.limits)),
            bodies: Bodies::default(),
            aside: Aside::default(),
        });
        Parts {
            data,
            ready,
            xiaoe: Service::new(xiaoe, &shared, IN_FLIGHT),
            polyv: Service::new(polyv, &shared, IN_FLIGHT),
            yxt: Service::new(yxt, &shared, IN_FLIGHT),
            callbacks: Callbacks::new(draws),
            shared,
        }
    }

    /// Where a client reaches the address; an unspecified one is reached on loopback.
    fn base_url(&self, mut address: SocketAddr) -> String {
        match &self.announced {
            Some(host) if host.contains(':') => {
                return format!("http://[{host}]:{}", address.port());
            }
            Some(host) => return format!("http://{host}:{}", address.port()),
            None => {}
        }
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
}
