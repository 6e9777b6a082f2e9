//! The management port: plain HTTP and JSON, apart from the ports of the vendors.

mod body;
mod clock;
mod entries;
mod guard;
mod html;
mod openapi;
mod page;
mod reset;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::{Method, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio::sync::Semaphore;

use crate::aside::{Aside, Waiting};
use crate::callbacks::Callback;
use crate::coverage;
use crate::current::Current;
use crate::date::Dates;
use crate::faults::Fault;
use crate::parts::Parts;
use crate::reply::{Dispatch, Outgoing, Reply};
use crate::request::Request;
use crate::server::{Handler, Reset};
use crate::settings::SettingsChange;

pub(crate) use self::guard::Guard;

use self::clock::ClockChange;
use self::reset::ResetChange;

/// Most requests under way at a time, and most callbacks among them: a receiver may take its time.
const IN_FLIGHT: usize = 64;
const CALLBACKS: usize = 16;

/// What is served: paths and their methods.
const PATHS: &[(&str, &str)] = &[
    ("/", "GET"),
    ("/callbacks", "POST"),
    ("/clock", "GET, POST"),
    ("/coverage", "GET"),
    ("/faults", "GET, POST, DELETE"),
    ("/healthz", "GET"),
    ("/journal", "GET, DELETE"),
    ("/openapi/polyv.json", "GET"),
    ("/openapi/xiaoe.json", "GET"),
    ("/openapi/yxt.json", "GET"),
    ("/ready", "GET"),
    ("/reset", "POST"),
    ("/settings", "GET, POST"),
    ("/truth", "GET"),
];

/// Answers at the management port.
pub(crate) struct Admin {
    current: Arc<Current>,
    guard: Guard,
    in_flight: Semaphore,
    callbacks: Semaphore,
    aside: Aside,
    dates: Dates,
}

/// What can't be done, as an answer.
type Answer = Result<Reply, Reply>;

impl Admin {
    /// Manages what is in use.
    pub(crate) fn new(current: &Arc<Current>, guard: Guard) -> Arc<Self> {
        Arc::new(Self {
            current: Arc::clone(current),
            guard,
            in_flight: Semaphore::new(IN_FLIGHT),
            callbacks: Semaphore::new(CALLBACKS),
            aside: Aside::default(),
            dates: Dates::default(),
        })
    }

    async fn answer(&self, request: &Request) -> Answer {
        self.guard.check(&request.headers).map_err(|text| error(403, &text))?;
        let parts = self.current.parts();
        let shared = &parts.shared;
        // Of an answer to HEAD no body is sent.
        let method = if request.method == Method::HEAD { "GET" } else { request.method.as_str() };
        match (request.path.as_str(), method) {
            ("/", "GET") => Ok(Reply::html(200, page::render(&parts))),
            ("/healthz", "GET") => Ok(ok(&json!({"status": "ok"}))),
            ("/ready", "GET") => Ok(ok(&parts.ready)),
            ("/coverage", "GET") => Ok(ok(&json!({"endpoints": coverage::endpoints()}))),
            ("/callbacks", "POST") => self.callback(&parts, request).await,
            ("/clock", "GET") => Ok(ok(&clock::state(&parts))),
            ("/clock", "POST") => {
                object::<ClockChange>(request)?.apply(&shared.clock).map_err(|text| bad(&text))?;
                Ok(ok(&clock::state(&parts)))
            }
            ("/faults", "GET") => Ok(faults(&parts)),
            ("/faults", "POST") => {
                let fault = object::<Fault>(request)?;
                let id = shared.faults.add(fault).map_err(|error| bad(&error.to_string()))?;
                Ok(Reply::json(201, &json!({"id": id})))
            }
            ("/faults", "DELETE") => end_faults(&parts, request),
            ("/openapi/polyv.json", "GET") => {
                Ok(openapi::at(openapi::POLYV, &parts.ready.polyv.base_url))
            }
            ("/openapi/xiaoe.json", "GET") => {
                Ok(openapi::at(openapi::XIAOE, &parts.ready.xiaoe.base_url))
            }
            ("/openapi/yxt.json", "GET") => {
                Ok(openapi::at(openapi::YXT, &parts.ready.yxt.base_url))
            }
            ("/truth", "GET") => self.truth(parts, request).await,
            ("/journal", "GET") => journal(&parts, request),
            ("/journal", "DELETE") => {
                shared.journal.clear();
                journal(&parts, request)
            }
            ("/reset", "POST") => {
                let change =
                    if request.body.is_empty() { ResetChange::default() } else { object(request)? };
                let parts = change.apply(&self.current).map_err(|text| bad(&text))?;
                Ok(ok(&parts.ready))
            }
            ("/settings", "GET") => Ok(ok(&*shared.settings.current())),
            ("/settings", "POST") => {
                let change = object::<SettingsChange>(request)?;
                shared.settings.change(change).map_err(|text| bad(&text))?;
                Ok(ok(&*shared.settings.current()))
            }
            (path, _) => Err(stray(path)),
        }
    }

    async fn reply(&self, request: &Request) -> Reply {
        let Ok(_permit) = self.in_flight.try_acquire() else {
            return error(503, "too many requests are under way");
        };
        self.answer(request).await.unwrap_or_else(|refusal| refusal)
    }

    /// Sends a callback. It goes to this machine only, so nobody else may order one.
    async fn callback(&self, parts: &Parts, request: &Request) -> Answer {
        if !request.peer.to_canonical().is_loopback() {
            return Err(error(403, "callbacks are ordered from this machine"));
        }
        let Ok(_permit) = self.callbacks.try_acquire() else {
            return Err(error(503, "too many callbacks are under way"));
        };
        let callback = object::<Callback>(request)?;
        let sent = parts.callbacks.send(parts, &callback).await;
        sent.map(|sent| ok(&sent)).map_err(|error| bad(&error.to_string()))
    }

    /// Counts rows, perhaps very many, without holding up the other ports.
    async fn truth(&self, parts: Arc<Parts>, request: &Request) -> Answer {
        let vendor = request.query_value("vendor").map(str::to_owned);
        let count = move |waiting: &Waiting| match vendor {
            None => Some(ok(&parts.truth(waiting))),
            Some(vendor) => parts.truth_of(&vendor, waiting).map(|truth| ok(&truth)),
        };
        match self.aside.run(count).await {
            Some(Some(reply)) => Ok(reply),
            Some(None) => Err(error(404, "vendor is xiaoe, polyv or yxt")),
            None => Err(error(500, "the totals could not be counted")),
        }
    }
}

impl Handler for Admin {
    const NAME: &'static str = "management";
    // It has to be there when all else is stuck.
    const SILENCE: Duration = Duration::from_secs(5);

    async fn respond(
        self: Arc<Self>,
        peer: IpAddr,
        request: hyper::Request<Incoming>,
    ) -> Result<Response<Outgoing>, Reset> {
        let (mut request, body) = Request::head(peer, request);
        // A request is under way only when it is there: who sends slowly holds up nobody.
        let reply = match body::read(body).await {
            Ok(body) => {
                request.body = body;
                self.reply(&request).await
            }
            Err(refusal) => refusal,
        };
        let date = self.dates.at(self.current.parts().shared.clock.now_ms());
        Ok(reply.into_response("application/json", date, Dispatch::default()))
    }
}

fn faults(parts: &Parts) -> Reply {
    ok(&json!({"faults": parts.shared.faults.list()}))
}

fn end_faults(parts: &Parts, request: &Request) -> Answer {
    let in_force = &parts.shared.faults;
    match number(request, "id")? {
        None => in_force.clear(),
        Some(id) if in_force.remove(id) => {}
        Some(id) => return Err(error(404, &format!("there is no fault {id}"))),
    }
    Ok(faults(parts))
}

fn journal(parts: &Parts, request: &Request) -> Answer {
    let most = number(request, "limit")?
        .map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let only_refused = match request.query_value("refused") {
        None | Some("false" | "") => false,
        Some("true") => true,
        Some(_) => return Err(bad("refused is true or false")),
    };
    let journal = &parts.shared.journal;
    let entries = journal.last(most, |recorded| !only_refused || recorded.is_refused());
    Ok(ok(&json!({"requests": journal.count(), "entries": entries})))
}

/// The body of a request that has to be a JSON object of this form.
fn object<T: DeserializeOwned>(request: &Request) -> Result<T, Reply> {
    serde_json::from_slice(&request.body).map_err(|error| bad(&error.to_string()))
}

/// A query parameter that has to be a number, if it is given.
fn number(request: &Request, name: &str) -> Result<Option<u64>, Reply> {
    request
        .query_value(name)
        .filter(|text| !text.is_empty())
        .map(|text| text.parse().map_err(|_| bad(&format!("{name} is not a number"))))
        .transpose()
}

fn stray(path: &str) -> Reply {
    if let Some((_, methods)) = PATHS.iter().find(|(known, _)| *known == path) {
        return error(405, &format!("{path} has {methods}"));
    }
    let known: Vec<&str> = PATHS.iter().map(|(path, _)| *path).collect();
    error(404, &format!("there is no {path}, but {}", known.join(" ")))
}

fn ok(body: &impl Serialize) -> Reply {
    Reply::json(200, body)
}

fn bad(text: &str) -> Reply {
    error(400, text)
}

fn error(status: u16, text: &str) -> Reply {
    Reply::json(status, &json!({"error": text}))
}
