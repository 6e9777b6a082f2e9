//! Pushes: the scheme on two vectors, in every form in which they may come, and what is refused.
//!
//! The vectors were made with OpenSSL for these tests, since the vendor published none.

use std::{num::NonZeroUsize, time::Duration};

use live_rewards_core::{ErrorKind, Points, Timestamp};
use live_rewards_http::SecretString;
use xiaoe_api::{
    callback::{
        Bounds, CallbackErrorKind, Incoming, PushEvent, SeenMessages, Started, XiaoeCallbacks,
    },
    live::LiveState,
};

const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

/// What comes with a push.
#[derive(Clone, Copy)]
struct Pushed {
    encrypt: &'static str,
    signature: &'static str,
    timestamp: &'static str,
    nonce: &'static str,
}

/// A change of points, with a root around it; one byte of padding.
const POINTS: Pushed = Pushed {
    encrypt: "Q3stYC6hdFzMh9T8HCvyDOBICUNSy7ua+0YOWQG5ZpbNT424JyR48J6AOwjNWYid808aE9kzdZW+V9KB\
        SXZ/ZD8OCBx9s42pbGnWa/GaPs07x0qi7bbrnjlK4FG/qRkE8BReioZdcbdcmYsLvq3U7PiFZRQZvbb1\
        7/kAQfVAuYwvO8EiPVbV3TfYhk1mDlxHo5jKl2wNeIY8Wwr5lQz6p7gXkDdjpk7uMmSFfI/zi3PhZnrA\
        YCd8f74a5BK5ti6REF5pie1n0dxyVJrJwPqCpDNt9iN+ALyAYILFfB4q51ZDaxic5oqlyp6qnQDa3Fis\
        tZMafdD6TQDPJHUNI67pxUIpS/lwzj068vJkOOr/xvkDMdveFh+qf5XVGu4Vc6gZj0KkRHw+8MZgPrj6\
        WdkjYnfhlL9smU3KmFckeMRzrkXZkf+1s3/FOAlLarEK8bko5hlSlwRKhOpJ2X9bEUAqx7EC+KN18ct6\
        NNnFmmxe5bFgyz4eDQcGQ5YkR6cSK5r20ydcEM/IVYnH62jmCXF5HuUNbZeXjcGdq0WhU+blRj0=",
    signature: "e3e0a6194f5d4184b978179d50dce2f24c478fa1",
    timestamp: "1670058185",
    nonce: "9419866818",
};

/// A change of a live, without a root; more padding than a block.
const LIVE: Pushed = Pushed {
    encrypt: "DpQeJfnf/MGZ/+GTIspwVO2Ww3t8JqxQT8Tu2qu0695Ny6stUa9c2uYk//VbzfUviVqPwSvagfCA2GER\
        VKKeZ4lNwN2Y8NdFRqgAY3p+m3CzbLC1KZ261bGGOJw6ied4/GX1PWkA2X0CMLpXdDarTIoBPdFG/Cs7\
        Ct4AkIkM0+xzfzufePuYECY2BqYCS/VKXjO7bBB3lQure1AjlgmaOJGKuZzdJ0j4+0UDxI73J1tq6G0b\
        ixDCFgmfO5s1zfMlLePr+h5sNkWj0zxmpP9ZL7adDryjK5OymJ82blFjSbn6sCJmrsgBPhfKjqZm3uCv\
        iBm5uNzu7F7CYQja4sv4heLRu58JLSMuKHHTKpXFP0tVBy6NLV4PkhvhtS/Q7rvfxe8sJOsSAT+F2abn\
        AtsY1/soxIEsdfpsxQsd3NBaHvOngeMxYYZgOnB71E25IoAEZ0hm8g6xyxFmkic31i91LUNuPkRCIN33\
        ByO7G1SpgiuTp+KOnTYSw08QGPEDdSfcSS2hiH6103eNUUnVx5hKwuM2h/qTOrYB/7VXH7dVdxk=",
    signature: "b86a08bf88c6dcffe758aecb70ffe4b170036ce4",
    timestamp: "1718334336",
    nonce: "1234567890",
};

impl Pushed {
    fn pairs(self) -> [(&'static str, &'static str); 4] {
        let Self { encrypt, signature, timestamp, nonce } = self;
        [("encrypt", encrypt), ("signature", signature), ("timestamp", timestamp), ("nonce", nonce)]
    }

    fn query(self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    fn now(self) -> Timestamp {
        Timestamp::from_epoch_ms(self.timestamp.parse::<i64>().unwrap() * 1000).unwrap()
    }
}

fn callbacks() -> XiaoeCallbacks {
    XiaoeCallbacks::new("testtoken", KEY).unwrap()
}

fn get(query: &str) -> Incoming<'_> {
    Incoming { method: "GET", query, content_type: None, body: b"" }
}

/// What comes of a push in the query.
fn kind(callbacks: &XiaoeCallbacks, query: &str, now: Timestamp) -> Result<(), CallbackErrorKind> {
    let message = callbacks.verify(&get(query), now).map_err(|error| error.kind())?;
    message.parse().map(drop).map_err(|error| error.kind())
}

#[test]
fn a_change_of_points() {
    let message = callbacks().verify(&get(&POINTS.query()), POINTS.now()).unwrap();
    assert!(message.xml().starts_with("<doc><type>point</type>"));
    let push = message.parse().unwrap();
    assert_eq!(push.app_id.as_deref(), Some("appTEST0001"));
    assert_eq!(push.message_id, "20230615_1669013687304000001");
    assert_eq!(push.retry_times, 0);
    let PushEvent::Points(change) = &push.event else { panic!("{push:?}") };
    assert_eq!(change.user.id.as_str(), "u_5f36be1006515_SB3cyXabcd");
    assert_eq!(change.change, Points::new(1000));
    assert_eq!(Some(change.at), Timestamp::parse_china("2022-02-26 01:36:31"));
    assert_eq!(change.reason.as_deref(), Some("购买商品得积分"));
    let reply = push.reply();
    assert_eq!((reply.status, &reply.body[..]), (200, &b"success"[..]));
}

#[test]
fn a_change_of_a_live() {
    let message = callbacks().verify(&get(&LIVE.query()), LIVE.now()).unwrap();
    let push = message.parse().unwrap();
    assert_eq!(push.retry_times, 2);
    let PushEvent::Live(change) = &push.event else { panic!("{push:?}") };
    assert_eq!(change.room.id.as_str(), "l_666bb380e4b0694ca18e4dd1");
    assert_eq!(change.action, "change");
    assert_eq!((&change.from, &change.to), (&Some(LiveState::NotStarted), &Some(LiveState::Live)));
    assert_eq!(change.at, Timestamp::parse_china("2024-06-14 11:05:36"));
    assert_eq!(change.push_time, None);
}

#[test]
fn the_four_values_are_taken_from_where_they_stand() {
    let pairs = LIVE.pairs();
    let json = pairs.map(|(name, value)| format!("\"{name}\":\"{value}\"")).join(",");
    let xml = pairs.map(|(name, value)| format!("<{name}><![CDATA[{value}]]></{name}>")).concat();
    for (content_type, body) in [
        ("application/x-www-form-urlencoded", LIVE.query()),
        ("application/json; charset=utf-8", format!("{{{json}}}")),
        ("text/xml", format!("<xml>{xml}</xml>")),
    ] {
        for content_type in [Some(content_type), None] {
            let body = body.as_bytes();
            let incoming = Incoming { method: "POST", query: "", content_type, body };
            let message = callbacks().verify(&incoming, LIVE.now()).unwrap();
            assert_eq!(message.parse().unwrap().retry_times, 2, "{content_type:?}");
        }
    }
    // As other platforms do it: the text in the body, the rest in the query.
    let [encrypt, rest @ ..] = pairs;
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(rest).finish();
    let body = format!("<xml><encrypt>{}</encrypt></xml>", encrypt.1);
    let body = body.as_bytes();
    let incoming = Incoming { method: "POST", query: &query, content_type: None, body };
    assert!(callbacks().verify(&incoming, LIVE.now()).is_ok());
}

#[test]
fn whatever_was_changed_is_refused() {
    let now = LIVE.now();
    let changes = [
        (Pushed { nonce: "1234567891", ..LIVE }, CallbackErrorKind::Signature),
        (Pushed { timestamp: "1718334337", ..LIVE }, CallbackErrorKind::Signature),
        (Pushed { encrypt: POINTS.encrypt, ..LIVE }, CallbackErrorKind::Signature),
        (Pushed { signature: POINTS.signature, ..LIVE }, CallbackErrorKind::Signature),
        (Pushed { signature: "", ..LIVE }, CallbackErrorKind::Missing),
        (Pushed { encrypt: "", ..LIVE }, CallbackErrorKind::Missing),
        (Pushed { timestamp: "now", ..LIVE }, CallbackErrorKind::Unreadable),
    ];
    for (changed, expected) in changes {
        assert_eq!(kind(&callbacks(), &changed.query(), now), Err(expected));
    }
    let token = XiaoeCallbacks::new("another", KEY).unwrap();
    assert_eq!(kind(&token, &LIVE.query(), now), Err(CallbackErrorKind::Signature));
    // The key is no part of what is signed.
    let key = XiaoeCallbacks::new("testtoken", &KEY.to_ascii_uppercase()).unwrap();
    assert_eq!(kind(&key, &LIVE.query(), now), Err(CallbackErrorKind::Undecryptable));
}

#[test]
fn a_push_is_good_for_a_while() {
    let seconds = |offset: i64| {
        let ms = LIVE.now().epoch_ms() + offset * 1000;
        kind(&callbacks(), &LIVE.query(), Timestamp::from_epoch_ms(ms).unwrap())
    };
    assert_eq!((seconds(-300), seconds(300)), (Ok(()), Ok(())));
    for offset in [-301, 301] {
        assert_eq!(seconds(offset), Err(CallbackErrorKind::Outdated));
    }
}

#[test]
fn messages_of_another_shop_are_refused_where_the_shop_is_named() {
    for (app_id, expected) in
        [("appTEST0001", Ok(())), ("appTEST0002", Err(CallbackErrorKind::Foreign))]
    {
        let callbacks = callbacks().app_id(app_id);
        assert_eq!(kind(&callbacks, &LIVE.query(), LIVE.now()), expected, "{app_id}");
    }
}

#[test]
fn a_request_may_have_so_many_bytes() {
    let query = LIVE.query();
    for (most, expected) in
        [(query.len(), Ok(())), (query.len() - 1, Err(CallbackErrorKind::TooLarge))]
    {
        let callbacks = callbacks().bounds(Bounds::new(Duration::MAX).max_bytes(most));
        assert_eq!(kind(&callbacks, &query, LIVE.now()), expected);
    }
}

/// Whoever pushes again does so with a new timestamp, so that only the message tells.
#[test]
fn a_message_that_comes_again_is_known() {
    let seen = SeenMessages::new(NonZeroUsize::MIN);
    let message = callbacks().verify(&get(&LIVE.query()), LIVE.now()).unwrap();
    let push = message.parse().unwrap();
    match seen.start(&push.message_id) {
        Started::New(handling) => handling.finish(),
        _ => panic!("it is new"),
    }
    assert!(matches!(seen.start(&push.message_id), Started::Done));
}

#[test]
fn nothing_shows_a_secret_or_what_came() {
    let token = SecretString::from("testtoken");
    let callbacks = XiaoeCallbacks::new(token, KEY).unwrap();
    let message = callbacks.verify(&get(&POINTS.query()), POINTS.now()).unwrap();
    let shown = format!("{callbacks:?} {message:?}");
    for secret in ["testtoken", KEY, "u_5f36be1006515_SB3cyXabcd", "105, 183"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn a_key_that_is_none_is_refused() {
    for key in ["", "abc", &KEY[1..], "!bcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"] {
        let error = XiaoeCallbacks::new("testtoken", key).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{key}");
    }
}
