//! The management port: plain HTTP and JSON, apart from the ports of the vendors.

mod clock;
mod html;
mod openapi;
mod page;

use std::net::IpAddr;
use std::sync::Arc;

use hyper::Response;
use hyper::body::Incoming;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio::sync::Semaphore;

use crate::faults::Fault;
use crate::parts::Parts;
use crate::reply::{Dispatch, Outgoing, Reply};
use crate::request::Request;
use crate::server::{Handler, Reset};
use crate::settings::SettingsChange;

use self::clock::ClockChange;

/// Most requests under way at a time.
const IN_FLIGHT: usize = 64;

/// What is served: paths and their methods.
const PATHS: &[(&str, &str)] = &[
    ("/", "GET"),
    ("/clock", "GET, POST"),
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
    parts: Arc<Parts>,
    in_flight: Semaphore,
}

/// What can't be done, as an answer.
type Answer = Result<Reply, Reply>;

impl Admin {
    pub(crate) fn new(parts: &Arc<Parts>) -> Arc<Self> {
        Arc::new(Self { parts: Arc::clone(parts), in_flight: Semaphore::new(IN_FLIGHT) })
    }

    async fn answer(&self, request: &Request) -> Answer {
        let shared = &self.parts.shared;
        match (request.path.as_str(), request.method.as_str()) {
            ("/", "GET") => Ok(Reply::html(200, page::render(&self.parts))),
            ("/healthz", "GET") => Ok(ok(&json!({"status": "ok"}))),
            ("/ready", "GET") => Ok(ok(&self.parts.ready)),
            ("/clock", "GET") => Ok(ok(&clock::state(&self.parts))),
            ("/clock", "POST") => {
                body::<ClockChange>(request)?.apply(&shared.clock).map_err(|text| bad(&text))?;
                Ok(ok(&clock::state(&self.parts)))
            }
            ("/faults", "GET") => Ok(self.faults()),
            ("/faults", "POST") => {
                let fault = body::<Fault>(request)?;
                let id = shared.faults.add(fault).map_err(|error| bad(&error.to_string()))?;
                Ok(Reply::json(201, &json!({"id": id})))
            }
            ("/faults", "DELETE") => self.end_faults(request),
            ("/openapi/polyv.json", "GET") => Ok(Reply::json_text(openapi::POLYV)),
            ("/openapi/xiaoe.json", "GET") => Ok(Reply::json_text(openapi::XIAOE)),
            ("/openapi/yxt.json", "GET") => Ok(Reply::json_text(openapi::YXT)),
            ("/truth", "GET") => self.truth(request).await,
            ("/journal", "GET") => self.journal(request),
            ("/journal", "DELETE") => {
                shared.journal.clear();
                self.journal(request)
            }
            ("/reset", "POST") => {
                self.parts.reset();
                Ok(ok(&clock::state(&self.parts)))
            }
            ("/settings", "GET") => Ok(ok(&*shared.settings.current())),
            ("/settings", "POST") => {
                let change = body::<SettingsChange>(request)?;
                shared.settings.change(change).map_err(|text| bad(&text))?;
                Ok(ok(&*shared.settings.current()))
            }
            (path, _) => Err(stray(path)),
        }
    }

    fn faults(&self) -> Reply {
        ok(&json!({"faults": self.parts.shared.faults.list()}))
    }

    fn end_faults(&self, request: &Request) -> Answer {
        let faults = &self.parts.shared.faults;
        match number(request, "id")? {
            None => faults.clear(),
            Some(id) if faults.remove(id) => {}
            Some(id) => return Err(error(404, &format!("there is no fault {id}"))),
        }
        Ok(self.faults())
    }

    fn journal(&self, request: &Request) -> Answer {
        let most = number(request, "limit")?
            .map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        let only_refused = match request.query_value("refused") {
            None | Some("false" | "") => false,
            Some("true") => true,
            Some(_) => return Err(bad("refused is true or false")),
        };
        let journal = &self.parts.shared.journal;
        let entries = journal.last(most, |entry| !only_refused || entry.refusal.is_some());
        Ok(ok(&json!({"requests": journal.count(), "entries": entries})))
    }

    /// Counts rows, perhaps very many, without holding up the other ports.
    async fn truth(&self, request: &Request) -> Answer {
        let parts = Arc::clone(&self.parts);
        let vendor = request.query_value("vendor").map(str::to_owned);
        let counted = tokio::task::spawn_blocking(move || match vendor {
            None => Some(ok(&parts.truth())),
            Some(vendor) => parts.truth_of(&vendor).map(|truth| ok(&truth)),
        });
        match counted.await {
            Ok(Some(reply)) => Ok(reply),
            Ok(None) => Err(error(404, "vendor is xiaoe, polyv or yxt")),
            Err(_) => Err(error(500, "the totals could not be counted")),
        }
    }
}

impl Handler for Admin {
    const NAME: &'static str = "management";

    async fn respond(
        &self,
        peer: IpAddr,
        request: hyper::Request<Incoming>,
    ) -> Result<Response<Outgoing>, Reset> {
        let reply = if let Ok(_permit) = self.in_flight.try_acquire() {
            let request = Request::read(peer, request).await;
            self.answer(&request).await.unwrap_or_else(|refusal| refusal)
        } else {
            error(503, "too many requests are under way")
        };
        let now_ms = self.parts.shared.clock.now_ms();
        Ok(reply.into_response("application/json", now_ms, Dispatch::default()))
    }
}

/// The body of a request that has to be a JSON object of this form.
fn body<T: DeserializeOwned>(request: &Request) -> Result<T, Reply> {
    if request.truncated {
        return Err(error(413, "the body is larger than 1 MiB or broke off"));
    }
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
