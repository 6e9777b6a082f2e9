//! YXT's errors: an HTTP status and a body with a key and a message.

use serde::Serialize;

use crate::catalog;
use crate::generated::yxt::ERRORS;
use crate::journal::LimitHit;
use crate::reply::{Refusal, Reply};
use crate::vendor::Stray;

/// There is no such room.
pub(super) const ROOM_NOT_EXISTED: &str = "apis.zhibo.room.validation.notExisted";
/// Neither a room nor a session was given.
pub(super) const NO_ROOM_OR_SESSION: &str =
    "apis.zhibo.gift.precent.validation.provideRoomIdOrSessionId";

#[derive(Serialize)]
struct Body<'a> {
    error: Error<'a>,
}

#[derive(Serialize)]
struct Error<'a> {
    key: &'a str,
    message: &'a str,
}

/// Turns a call down with a key that the vendor publishes.
pub(super) fn published(key: &'static str) -> Refusal {
    fail(key)
}

/// Turns a call down with any key.
pub(super) fn fail(key: &str) -> Refusal {
    // What the vendor's framework says for a key without an entry.
    let (status, message) =
        catalog::error(ERRORS, key).map_or((400, None), |error| (error.status, error.message));
    refuse(status, key, message.unwrap_or("Unknow error!"))
}

/// Turns a call down whose signature headers are wrong. Status 400 is published, the rest is
/// chosen.
pub(super) fn unauthenticated(header: &str, message: &str) -> Refusal {
    refuse(400, "emulator.signature.invalid", message).parameter(header)
}

/// Turns a call down that lacks a parameter. All of it is chosen: the page of the gifts alone has an
/// error for it.
pub(super) fn missing(parameter: &str) -> Refusal {
    let message = format!("Parameter {parameter} is missing.");
    refuse(400, "emulator.parameter.missing", &message).parameter(parameter)
}

/// Turns a call down that goes over a limit. The vendor publishes none.
pub(super) fn over_limit(hit: LimitHit) -> Refusal {
    refuse(429, "emulator.limit.exceeded", "Too many requests.").limit(hit)
}

/// Turns a request down because too many are under way. All of it is chosen.
pub(super) fn busy() -> Refusal {
    refuse(503, "emulator.busy", "The emulator has too many requests under way.")
}

/// Turns down a request that is no call. All of it is chosen.
pub(super) fn stray(stray: Stray, path: &str) -> Refusal {
    match stray {
        Stray::UnknownPath => {
            let message = format!("The emulator has no {path}.");
            refuse(404, "emulator.path.unknown", &message)
        }
        Stray::WrongMethod => {
            let message = format!("Wrong method for {path}.");
            refuse(405, "emulator.method.wrong", &message)
        }
        Stray::UnreadableBody => {
            refuse(400, "emulator.body.unreadable", "The body cannot be read.")
        }
    }
}

fn refuse(status: u16, key: &str, message: &str) -> Refusal {
    let body = Body { error: Error { key, message } };
    Refusal::new(key, message, Reply::json(status, &body))
}
