//! A server that takes the callbacks of Xiaoe and Polyv, which an emulator sends.
//!
//! Checking, reading and answering are the vendor crates', on bytes alone. What belongs to the web framework is in `receive`.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "an example has the machine's clock, and shows what it has"
)]

use std::{
    collections::HashMap,
    num::NonZeroUsize,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header::CONTENT_TYPE},
    response::IntoResponse,
};
use live_rewards::{
    Timestamp, UserId,
    polyv::callback::{
        CallbackError, Incoming, PointsAction, PointsRequest, PolyvCallbacks, Reply, SeenMessages,
        Spend, Started,
    },
    xiaoe::callback::{PushEvent, XiaoeCallbacks},
};
use live_rewards_emulator::{Callback, CallbackKind, Emulator};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start().await?;
    let (xiaoe, polyv) = (&emulator.ready().xiaoe, &emulator.ready().polyv);
    let shop = Arc::new(Shop {
        xiaoe: XiaoeCallbacks::new(xiaoe.push_token.as_str(), &xiaoe.push_key)?
            .app_id(&xiaoe.app_id),
        polyv: PolyvCallbacks::new(&polyv.app_id, polyv.app_secret.as_str()),
        seen: SeenMessages::new(NonZeroUsize::MIN.saturating_add(9_999)),
        busy: AtomicBool::new(true),
        breaks: AtomicBool::new(true),
        points: Mutex::default(),
        unanswered: Mutex::default(),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = Router::new().fallback(receive).with_state(shop);
    tokio::spawn(async move { axum::serve(listener, server).await });

    for (path, kind) in [
        ("xiaoe", CallbackKind::PointsChange { entry: 0 }),
        ("xiaoe", CallbackKind::LiveChange { live: 0, from: 0, to: 1 }),
        ("polyv", CallbackKind::PointsBalance { channel: 0, viewer: 1 }),
        ("polyv", CallbackKind::PointsSpend { channel: 0, viewer: 1, good: 1, number: 2 }),
    ] {
        let callback = Callback::new(format!("http://{address}/{path}"), kind);
        let sent = emulator.send_callback(callback).await?;
        let statuses: Vec<_> = sent.tries.iter().filter_map(|one| one.status).collect();
        println!("  answered with {statuses:?}");
    }
    Ok(())
}

/// Hands a request in and its reply out.
async fn receive(
    State(shop): State<Arc<Shop>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    let incoming = Incoming {
        method: method.as_str(),
        query: uri.query().unwrap_or_default(),
        content_type: headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()),
        body: &body,
    };
    let now = Timestamp::from(SystemTime::now());
    let reply = match uri.path() {
        "/xiaoe" => shop.told(&incoming, now).unwrap_or_else(|error| error.reply()),
        "/polyv" => {
            let asked = shop.asked(&incoming, now);
            asked.unwrap_or_else(|error| PointsRequest::rejected(&error))
        }
        _ => Reply::text(404, "nothing is received here"),
    };
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(CONTENT_TYPE, reply.content_type)], reply.body)
}

/// The customer's own side.
struct Shop {
    xiaoe: XiaoeCallbacks,
    polyv: PolyvCallbacks,
    seen: SeenMessages,
    /// Whether the next push can't be handled, as where a database is down.
    busy: AtomicBool,
    /// Whether the answer to the next spend fails.
    breaks: AtomicBool,
    /// Points of viewers, in hundredths. Everybody begins with 1000.00.
    points: Mutex<HashMap<UserId, i64>>,
    /// Spends that points were taken for, and whose answer failed.
    unanswered: Mutex<Vec<PointsRequest>>,
}

impl Shop {
    /// Xiaoe tells what happened.
    fn told(&self, incoming: &Incoming<'_>, now: Timestamp) -> Result<Reply, CallbackError> {
        let push = self.xiaoe.verify(incoming, now)?.parse()?;
        match self.seen.start(&push.message_id) {
            // Not finished: it is new again when it comes again.
            Started::New(_) if self.busy.swap(false, Ordering::Relaxed) => {
                return Ok(Reply::text(503, "busy"));
            }
            Started::New(handling) => {
                match &push.event {
                    PushEvent::Points(change) => {
                        println!("xiaoe: {} points of {}", change.change, change.user.id);
                    }
                    PushEvent::Live(change) => {
                        println!("xiaoe: live {} is {:?}", change.room.id, change.to);
                    }
                    other => println!("xiaoe: {other:?}"),
                }
                handling.finish();
            }
            Started::Done => {}
            Started::UnderWay => return Ok(Reply::text(503, "under way")),
        }
        Ok(push.reply())
    }

    /// Polyv asks how many points a viewer has, or for some of them.
    fn asked(&self, incoming: &Incoming<'_>, now: Timestamp) -> Result<Reply, CallbackError> {
        let verified = self.polyv.verify(incoming, now)?;
        let request = verified.parse()?;
        let user = &request.user.id;
        let mut points = self.points.lock().unwrap_or_else(PoisonError::into_inner);
        let points = points.entry(user.clone()).or_insert(100_000);
        if let PointsAction::Spend(spend) = &request.action {
            match self.seen.start(verified.fingerprint()) {
                Started::New(handling) => {
                    if !self.take(points, &request, spend) {
                        return Ok(PointsRequest::refused("too few points"));
                    }
                    handling.finish();
                    if self.breaks.swap(false, Ordering::Relaxed) {
                        return Ok(self.untold(request));
                    }
                }
                // The same request again must not take points twice.
                Started::Done => {}
                // Never here: the points are locked until it is done.
                Started::UnderWay => return Ok(Reply::text(503, "under way")),
            }
        }
        let shown = format!("{}.{:02}", *points / 100, *points % 100);
        println!("polyv: {user} has {shown} points");
        Ok(PointsRequest::accepted(&shown).unwrap_or_else(|_| self.untold(request)))
    }

    /// Takes what a spend asks for; `false` if the points are too few.
    ///
    /// If its answer failed, the vendor may try again, signed anew: it is known by who buys what, and takes nothing.
    fn take(&self, points: &mut i64, request: &PointsRequest, spend: &Spend) -> bool {
        let mut unanswered = self.unanswered.lock().unwrap_or_else(PoisonError::into_inner);
        let is_of = |one: &PointsRequest| {
            let same = (&one.room, &one.user.id, &one.session, &one.action);
            same == (&request.room, &request.user.id, &request.session, &request.action)
        };
        if let Some(known) = unanswered.iter().position(is_of) {
            unanswered.swap_remove(known);
            return true;
        }
        let Some(left) = left(*points, spend) else {
            return false;
        };
        *points = left;
        true
    }

    /// Says that points can't be told. A refusal would say that none were taken.
    fn untold(&self, request: PointsRequest) -> Reply {
        if matches!(request.action, PointsAction::Spend(_)) {
            self.unanswered.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        }
        Reply::text(500, "the points can't be told")
    }
}

/// What is left of so many hundredths; `None` if they are too few, or if it isn't said how many are asked for.
fn left(points: i64, spend: &Spend) -> Option<i64> {
    let total = spend.total.as_deref()?;
    let (whole, decimals) = total.split_once('.').unwrap_or((total, ""));
    let asked: i64 = format!("{whole}{decimals:0<2}").parse().ok()?;
    let is_known = decimals.len() <= 2 && asked >= 0;
    points.checked_sub(asked).filter(|left| is_known && *left >= 0)
}
