//! A vendor at its port: what happens to a request from its arrival to its entry in the journal.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use hyper::Response;
use hyper::body::Incoming;
use tokio::sync::Semaphore;

use crate::aside::Waiting;
use crate::calendar;
use crate::catalog::{Limit, Route, Scope};
use crate::date::Dates;
use crate::faults::{Fired, Instead};
use crate::journal::{self, Arrival, Recorded};
use crate::limits::{Counted, Limits};
use crate::parameters::Parameters;
use crate::reply::{Dispatch, Outgoing, Refusal, Reply};
use crate::request::Request;
use crate::sample;
use crate::server::{Handler, Reset};
use crate::settings::Settings;
use crate::shared::Shared;
use crate::truth::VendorTruth;
use crate::vendor::{self, Call, Found, Stray, Vendor, find};

/// Most requests of a vendor that are under way at a time. Fewer than there are connections: beyond
/// them the vendor says that it is busy.
pub(crate) const IN_FLIGHT: usize = 128;

/// A vendor, and what it needs to answer.
#[derive(Debug)]
pub(crate) struct Service<V> {
    pub(crate) vendor: V,
    shared: Arc<Shared>,
    limits: Limits,
    /// How far the vendor's clock is ahead of the emulator's.
    skew_ms: AtomicI64,
    in_flight: Arc<Semaphore>,
    dates: Dates,
}

/// What a request comes to; an error where the vendor turns it down.
type Outcome = Result<Reply, Refusal>;

impl<V: Vendor> Service<V> {
    pub(crate) fn new(vendor: V, shared: &Arc<Shared>, in_flight: usize) -> Arc<Self> {
        Arc::new(Self {
            vendor,
            shared: Arc::clone(shared),
            limits: Limits::default(),
            skew_ms: AtomicI64::new(0),
            in_flight: Arc::new(Semaphore::new(in_flight)),
            dates: Dates::default(),
        })
    }

    /// Time of the vendor's clock, in milliseconds since 1970.
    pub(crate) fn now_ms(&self) -> i64 {
        self.time_at(self.shared.clock.now_ms())
    }

    /// Time of the vendor's clock at a time of the emulator's.
    fn time_at(&self, clock_ms: i64) -> i64 {
        calendar::bounded(clock_ms.saturating_add(self.skew_ms()))
    }

    /// How far the vendor's clock is ahead of the emulator's.
    pub(crate) fn skew_ms(&self) -> i64 {
        self.skew_ms.load(Ordering::Relaxed)
    }

    /// Totals of what is served at a time of the emulator's clock.
    pub(crate) fn truth(&self, clock_ms: i64, waiting: &Waiting) -> VendorTruth {
        self.vendor.truth(self.time_at(clock_ms).div_euclid(1000), waiting).unwrap_or_else(|| {
            // Out of reach: what a scenario issues is far below the range of the sums.
            tracing::error!("the totals are too large");
            VendorTruth::default()
        })
    }

    /// Forgets what callers did and sets the vendor's clock right.
    pub(crate) fn reset(&self) {
        self.vendor.reset();
        self.limits.clear();
        self.skew_ms.store(0, Ordering::Relaxed);
    }

    /// Decides on a request, and everything that faults make of the decision; `None` if the
    /// connection is to be reset.
    fn decide(
        &self,
        request: &Request,
        found: Result<Found<V::Endpoint>, Stray>,
        fired: &mut Fired,
        settings: &Settings,
        waiting: &Waiting,
    ) -> Option<Outcome> {
        let mut outcome = match fired.instead() {
            None => self.accept(request, found, fired, settings, waiting),
            Some(Instead::Reply(reply)) => Ok(reply),
            Some(Instead::BusinessError(code)) => Err(self.vendor.fail(&request.path, &code)),
            Some(Instead::Reset) => return None,
        };
        match &mut outcome {
            Ok(reply) | Err(Refusal { reply, .. }) => fired.finish(reply),
        }
        Some(outcome)
    }

    /// Leads a request from its route to its answer.
    fn accept(
        &self,
        request: &Request,
        found: Result<Found<V::Endpoint>, Stray>,
        fired: &mut Fired,
        settings: &Settings,
        waiting: &Waiting,
    ) -> Outcome {
        let now_ms = self.now_ms();
        let host_limit = V::ROUTES.iter().find_map(|(route, _)| limit_of(route, Scope::Ip));
        self.count(Counted::Address(request.peer), host_limit, None, settings)?;

        let Found { route, endpoint, captured } =
            found.map_err(|stray| self.vendor.stray(stray, request))?;
        let unreadable = || self.vendor.stray(Stray::UnreadableBody, request);
        if request.truncated {
            return Err(unreadable());
        }
        let given = V::parameters(endpoint, route, request).ok_or_else(unreadable)?;
        let parameters = Parameters::from_pairs(&captured).and(given);
        let mut call = Call { endpoint, route, request, parameters, settings, now_ms, waiting };
        fired.revoke(|| self.vendor.revoke(&call.parameters));
        self.vendor.authenticate(&call)?;
        let limit = limit_of(route, Scope::Endpoint);
        self.count(Counted::Endpoint(route.id), limit, Some(route), settings)?;
        for violation in route.violations(&call.parameters) {
            self.vendor.judge(violation)?;
        }
        fired.cap(route, &mut call.parameters);
        let mut reply = self.answer(&call)?;
        if let Some(shape) = route.shape {
            let page = |parameters| self.answer(&call.with(parameters)).ok();
            fired.overlap(route, shape, &call.parameters, &mut reply, page);
            fired.spoil(shape, &mut reply);
        }
        Ok(reply)
    }

    /// Answers a call that is in order.
    fn answer(&self, call: &Call<'_, V::Endpoint>) -> Outcome {
        if let Some(world) = V::world(call.endpoint) {
            return world(&self.vendor, call);
        }
        self.vendor.check_page(call)?;
        Ok(sample::answer(call.route, &call.parameters))
    }

    fn count(
        &self,
        counted: Counted,
        limit: Option<&Limit>,
        route: Option<&Route>,
        settings: &Settings,
    ) -> Result<(), Refusal> {
        match limit {
            Some(limit) if settings.limits => self
                .limits
                .count(counted, limit, V::BLOCK_MS, || self.now_ms())
                .map_err(|hit| self.vendor.over_limit(route, hit)),
            _ => Ok(()),
        }
    }

    /// Writes down what came of a request, and gives what is to be sent.
    fn record(
        &self,
        request: Request,
        arrival: Arrival,
        outcome: Option<Outcome>,
        fired: &Fired,
    ) -> Option<Reply> {
        let mut recorded = Recorded::of(arrival, request);
        recorded.faults = fired.names();
        let reply = match outcome {
            None => {
                tracing::info!(vendor = V::NAME, path = recorded.path(), "reset on purpose");
                None
            }
            Some(Ok(reply)) => {
                // A bare status or the page of a gateway has no code.
                recorded.code = V::SUCCESS.filter(|_| reply.status == 200).map(Cow::Borrowed);
                let status = reply.status;
                tracing::debug!(vendor = V::NAME, path = recorded.path(), status, "answered");
                Some(reply)
            }
            Some(Err(Refusal { reason, code, reply })) => {
                tracing::info!(
                    vendor = V::NAME,
                    path = recorded.path(),
                    status = reply.status,
                    reason = journal::plain(&reason.text),
                    "refused"
                );
                recorded.code = Some(Cow::Owned(code));
                recorded.refuse(reason);
                Some(reply)
            }
        };
        recorded.status = reply.as_ref().map(|reply| reply.status);
        self.shared.journal.record(recorded);
        reply
    }

    /// A request of now.
    fn arrival(&self, endpoint: Option<&'static str>) -> Arrival {
        let headers = vendor::headers(V::NAME);
        Arrival { vendor: V::NAME, endpoint, at_ms: self.now_ms(), headers, remark: None }
    }

    /// What is to be sent, and how long it is held back; `None` if the connection is to be reset.
    fn reply_to(
        &self,
        request: Request,
        found: Result<Found<V::Endpoint>, Stray>,
        waiting: &Waiting,
    ) -> Option<(Reply, Option<Duration>)> {
        let route = found.as_ref().ok().map(|found| found.route);
        let endpoint = route.map(|route| route.id);
        let settings = self.shared.settings.current();
        let mut fired = self.shared.faults.meet(V::NAME, endpoint);
        let skew_ms = fired.skew_ms();
        let _ = self.skew_ms.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |ms| {
            Some(ms.saturating_add(skew_ms))
        });
        let mut arrival = self.arrival(endpoint);
        let outcome = self.decide(&request, found, &mut fired, &settings, waiting);
        if let (Some(route), Some(Ok(_))) = (route, &outcome) {
            let remark = V::remark(route, &request);
            arrival.remark = remark.or_else(|| vendor::unread_body(route, &request));
        }
        let (delay, emulated) = fired.delays();
        if !emulated.is_zero() {
            self.shared.clock.advance(emulated);
        }
        Some((self.record(request, arrival, outcome, &fired)?, delay))
    }

    fn response(&self, reply: Reply, dispatch: Dispatch) -> Response<Outgoing> {
        reply.into_response(V::CONTENT_TYPE, self.dates.at(self.now_ms()), dispatch)
    }
}

impl<V: Vendor> Handler for Service<V> {
    const NAME: &'static str = V::NAME;

    async fn respond(
        self: Arc<Self>,
        peer: IpAddr,
        request: hyper::Request<Incoming>,
    ) -> Result<Response<Outgoing>, Reset> {
        let Ok(permit) = Arc::clone(&self.in_flight).try_acquire_owned() else {
            let (request, _) = Request::head(peer, request);
            let endpoint = find::<V>(&request).ok().map(|found| found.route.id);
            let refused = Some(Err(self.vendor.busy(&request.path)));
            let arrival = self.arrival(endpoint);
            let reply = self.record(request, arrival, refused, &Fired::default()).ok_or(Reset)?;
            return Ok(self.response(reply, Dispatch::default()));
        };
        let request = Request::read(peer, request).await;
        let found = find::<V>(&request);
        let route = found.as_ref().ok().map(|found| found.route);
        let kib = route.map_or(0, |route| vendor::most_kib(route, &request));
        let room = self.shared.bodies.room(kib).await;
        let is_long = route.is_some_and(|route| vendor::is_long(route, &request));
        let decided = if is_long {
            let service = Arc::clone(&self);
            let work = move |waiting: &Waiting| service.reply_to(request, found, waiting);
            self.shared.aside.run(work).await.flatten()
        } else {
            self.reply_to(request, found, &Waiting::default())
        };
        let (reply, delay) = decided.ok_or(Reset)?;
        Ok(self.response(reply, Dispatch { delay, held: [Some(permit), room] }))
    }
}

fn limit_of(route: &'static Route, scope: Scope) -> Option<&'static Limit> {
    route.limit.as_ref().filter(|limit| limit.scope == scope)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use hyper::{HeaderMap, Method};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;
    use crate::Scenario;
    use crate::aside::Aside;
    use crate::bodies::Bodies;
    use crate::clock::Clock;
    use crate::credentials::POLYV_USER_ID;
    use crate::faults::Faults;
    use crate::journal::Journal;
    use crate::seed::Draws;
    use crate::server;
    use crate::settings::SettingsCell;
    use crate::vendor::polyv::Polyv;
    use crate::world::plan::Plan;

    fn polyv(in_flight: usize) -> (Arc<Service<Polyv>>, Arc<Shared>) {
        let shared = Arc::new(Shared {
            clock: Clock::new(0),
            faults: Faults::new(Draws::new(1), Vec::new()),
            journal: Journal::default(),
            settings: SettingsCell::new(Settings::new(true)),
            bodies: Bodies::default(),
            aside: Aside::default(),
        });
        let vendor = Polyv::new(Draws::new(1), &Plan::of(Scenario::Tiny, 1), 1_790_000_000);
        (Service::new(vendor, &shared, in_flight), shared)
    }

    #[test]
    fn polyv_refuses_pages_that_there_can_not_be_in_every_call() {
        let (service, _) = polyv(1);
        let (settings, waiting) = (Settings::new(true), Waiting::default());
        let request = Request {
            peer: Ipv4Addr::LOCALHOST.into(),
            method: Method::GET,
            path: String::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Vec::new(),
            truncated: false,
        };
        let given =
            [("userId", POLYV_USER_ID), ("lotteryId", "1"), ("startTime", "0"), ("endTime", "0")];
        let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
        for &(route, endpoint) in Polyv::ROUTES {
            let Some(rules) = &route.paging else { continue };
            let too_large = rules.max_size.map(|most| (rules.size, i64::from(most) + 1));
            for (name, value) in [(rules.position, 0), (rules.size, 0)].into_iter().chain(too_large)
            {
                let mut parameters = Parameters::from_pairs(&given);
                parameters.set(name, value);
                let call = Call {
                    endpoint,
                    route,
                    request: &request,
                    parameters,
                    settings: &settings,
                    now_ms: 1_790_000_000_000,
                    waiting: &waiting,
                };
                let refused = service.answer(&call).unwrap_err();
                assert_eq!(refused.reason.parameter.as_deref(), Some(name), "{} {value}", route.id);
            }
        }
    }

    async fn read(stream: &mut TcpStream) -> String {
        let mut buffer = [0; 8192];
        let length = stream.read(&mut buffer).await.unwrap();
        String::from_utf8_lossy(&buffer[..length]).into_owned()
    }

    #[tokio::test]
    async fn beyond_the_bound_the_vendor_is_busy() {
        let (service, shared) = polyv(1);
        let listener = server::bind("test", Ipv4Addr::LOCALHOST.into(), 0).await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = server::spawn(listener, service);

        // The server asks for the body when the request is under way.
        let head = "POST /live/v4/x HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
        let mut first = TcpStream::connect(address).await.unwrap();
        first.write_all(head.as_bytes()).await.unwrap();
        assert!(read(&mut first).await.starts_with("HTTP/1.1 100 "));

        let mut second = TcpStream::connect(address).await.unwrap();
        for (path, member) in [("/live/v4/x", "\"desc\":\""), ("/live/v3/x", "\"message\":\"")] {
            let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
            second.write_all(request.as_bytes()).await.unwrap();
            let busy = read(&mut second).await;
            assert!(busy.starts_with("HTTP/1.1 503 ") && busy.contains("\"code\":503"), "{busy}");
            assert!(busy.contains(member), "{busy}");
        }

        first.write_all(b"{}").await.unwrap();
        assert!(read(&mut first).await.starts_with("HTTP/1.1 404 "));
        second.write_all(b"GET /live/v4/x HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        assert!(read(&mut second).await.starts_with("HTTP/1.1 404 "));

        let statuses: Vec<_> = shared.journal.all().iter().map(|entry| entry.status).collect();
        assert_eq!(statuses, [Some(503), Some(503), Some(404), Some(404)]);
        server.stop().await;
    }
}
