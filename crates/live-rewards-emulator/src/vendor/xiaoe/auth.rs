//! Who may call, and the call for a token.

use serde::Serialize;

use crate::credentials::{XIAOE_APP_ID, XIAOE_CLIENT_ID, XIAOE_SECRET_KEY};
use crate::reply::{Refusal, Reply};
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::{refuse, refuse_because, success};
use crate::vendor::xiaoe::token::{LIFETIME_SECONDS, Tokens};
use crate::vendor::xiaoe::{Endpoint, Xiaoe};

/// Where clients of other platforms put a token.
const HEADERS: [&str; 3] = ["authorization", "access_token", "access-token"];

#[derive(Serialize)]
struct Data {
    access_token: String,
    expires_in: i64,
}

/// Decides whether the caller is an application that may ask for a token from where it is.
pub(super) fn check_caller(call: &Call<'_, Endpoint>) -> Result<(), Refusal> {
    let refused = |code, name: &str, fault: &str| {
        Err(refuse(code, &format!("{name} {fault}")).parameter(name))
    };
    match call.parameters.text("app_id") {
        None => return refused(2001, "app_id", "is required"),
        Some(XIAOE_APP_ID) => {}
        Some(_) => return refused(2002, "app_id", "is unknown"),
    }
    match call.parameters.text("client_id") {
        None => return refused(2020, "client_id", "is required"),
        Some(XIAOE_CLIENT_ID) => {}
        Some(_) => return refused(2020, "client_id", "is unknown"),
    }
    match &call.settings.xiaoe_ip_list {
        Some(list) if !list.contains(&call.request.peer) => {
            Err(refuse(2051, &format!("{} is not in the IP white list", call.request.peer)))
        }
        _ => Ok(()),
    }
}

/// Decides whether a call comes with a token that is good.
pub(super) fn check_token(tokens: &Tokens, call: &Call<'_, Endpoint>) -> Result<(), Refusal> {
    let refused = |code, text: &str, reason: &str| {
        refuse_because(code, text, reason).parameter("access_token")
    };
    let Some(token) = call.parameters.text("access_token") else {
        return Err(refused(2007, "access_token is required", absence(call)));
    };
    tokens
        .check(token, call.now_ms)
        .map_err(|reason| refused(2008, "access_token has expired or does not exist", &reason))
}

/// Why there is no token.
fn absence(call: &Call<'_, Endpoint>) -> &'static str {
    let request = call.request;
    if call.parameters.value("access_token").is_some() {
        "access_token is empty or no text"
    } else if request.query_value("access_token").is_some() {
        "access_token is in the query and has to be in the JSON body"
    } else if HEADERS.iter().any(|name| request.headers.contains_key(*name)) {
        "access_token is in a header and has to be in the JSON body"
    } else {
        "access_token is required"
    }
}

/// Answers a call for a token.
pub(super) fn issue(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    for (name, right, code) in
        [("secret_key", XIAOE_SECRET_KEY, 2004), ("grant_type", "client_credential", 2006)]
    {
        if call.parameters.text(name) != Some(right) {
            return Err(refuse(code, &format!("invalid {name}")).parameter(name));
        }
    }
    let data = Data {
        access_token: xiaoe.tokens.issue(xiaoe.draws, call.now_ms),
        expires_in: LIFETIME_SECONDS,
    };
    Ok(success("success", None, &data))
}
