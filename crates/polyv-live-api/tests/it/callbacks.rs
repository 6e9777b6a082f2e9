//! Callbacks of points donations. The signatures were computed apart from this code, with the secret of the vendor's example.

use std::{num::NonZeroUsize, time::Duration};

use common_signing::{Algorithm, HexCase, Scheme};
use live_rewards_core::Timestamp;
use polyv_live_api::callback::{
    Bounds, CallbackErrorKind, Incoming, PointsAction, PointsRequest, PolyvCallbacks, SeenMessages,
    Started,
};
use proptest::prelude::*;

const SECRET: &str = "fsq2k5weced1h8vui657xtdva66whf0g";

const BALANCE: &str = "channelId=2812610&viewerId=viewer1&viewerName=%E8%A7%82%E4%BC%97&sessionId=\
    &ts=1660270926732&appId=g4rqgmmjuo&sign=3CE8E8A36B83420851931B51F1EE58D4";

/// The configured address has a parameter of its own, `shop`.
const SPEND_QUERY: &str = "shop=7";
const SPEND_FORM: &str = "channelId=2812610&viewerId=viewer1&sessionId=g8h352spmc&ts=1660270926732\
    &appId=g4rqgmmjuo&goodName=%E9%B2%9C%E8%8A%B1&goodPrice=10.00&goodNum=2&count=20.00\
    &sign=942F2DA2B7D4C61C7C50B7145E362011";

fn callbacks() -> PolyvCallbacks {
    PolyvCallbacks::new("g4rqgmmjuo", SECRET)
}

/// So many milliseconds after the callbacks' time.
fn later(milliseconds: i64) -> Timestamp {
    Timestamp::from_epoch_ms(1_660_270_926_732 + milliseconds).unwrap()
}

fn get(query: &str) -> Incoming<'_> {
    Incoming { method: "GET", query, content_type: None, body: b"" }
}

fn post<'a>(query: &'a str, form: &'a str) -> Incoming<'a> {
    let content_type = Some("application/x-www-form-urlencoded");
    Incoming { method: "POST", query, content_type, body: form.as_bytes() }
}

fn refusal(incoming: &Incoming<'_>, now: Timestamp) -> CallbackErrorKind {
    callbacks().verify(incoming, now).unwrap_err().kind()
}

#[test]
fn a_balance_is_asked() {
    let verified = callbacks().verify(&get(BALANCE), later(0)).unwrap();
    insta::assert_debug_snapshot!(verified.parse().unwrap(), @r#"
    PointsRequest {
        room: RoomRef {
            id: RoomId(
                "2812610",
            ),
            kind: Channel,
        },
        user: UserRef {
            id: UserId(
                "viewer1",
            ),
            id_kind: Viewer,
            nickname: Some(
                "观众",
            ),
        },
        session: None,
        at: Timestamp(
            2022-08-12T02:22:06.732Z,
        ),
        action: Balance,
    }
    "#);
    assert_eq!(verified.fingerprint(), "3CE8E8A36B83420851931B51F1EE58D4");
}

#[test]
fn a_spend_is_told_with_what_the_configured_address_has() {
    let verified = callbacks().verify(&post(SPEND_QUERY, SPEND_FORM), later(0)).unwrap();
    insta::assert_debug_snapshot!(verified.parse().unwrap(), @r#"
    PointsRequest {
        room: RoomRef {
            id: RoomId(
                "2812610",
            ),
            kind: Channel,
        },
        user: UserRef {
            id: UserId(
                "viewer1",
            ),
            id_kind: Viewer,
            nickname: None,
        },
        session: Some(
            SessionId(
                "g8h352spmc",
            ),
        ),
        at: Timestamp(
            2022-08-12T02:22:06.732Z,
        ),
        action: Spend(
            Spend {
                name: "鲜花",
                price: "10.00",
                quantity: Some(
                    2,
                ),
                total: Some(
                    "20.00",
                ),
            },
        ),
    }
    "#);
    assert_eq!(verified.parameter("shop"), Some("7"));
}

#[test]
fn whatever_is_changed_breaks_the_signature() {
    let query = |from: &str, to: &str| BALANCE.replace(from, to);
    for changed in [
        query("viewer1", "viewer2"),
        query("&sessionId=", "&sessionId=g8h352spmc"),
        query("3CE8", "3ce8"),
        query("&sessionId=", "&shop=7&sessionId="),
    ] {
        assert_eq!(refusal(&get(&changed), later(0)), CallbackErrorKind::Signature, "{changed}");
    }
    let unconfigured = post("", SPEND_FORM);
    assert_eq!(refusal(&unconfigured, later(0)), CallbackErrorKind::Signature);
    let other_secret = PolyvCallbacks::new("g4rqgmmjuo", "another secret");
    let error = other_secret.verify(&get(BALANCE), later(0)).unwrap_err();
    assert_eq!(error.kind(), CallbackErrorKind::Signature);
}

#[test]
fn a_time_holds_for_three_minutes_either_way_unless_told_otherwise() {
    for (milliseconds, good) in
        [(180_000, true), (-180_000, true), (180_001, false), (-180_001, false)]
    {
        let verified = callbacks().verify(&get(BALANCE), later(milliseconds));
        assert_eq!(verified.is_ok(), good, "{milliseconds}");
    }
    assert_eq!(refusal(&get(BALANCE), later(200_000)), CallbackErrorKind::Outdated);
    let patient = callbacks().bounds(Bounds::new(Duration::from_secs(300)));
    patient.verify(&get(BALANCE), later(200_000)).unwrap();
}

#[test]
fn what_can_t_be_the_vendor_s_is_told_apart() {
    let query = |from: &str, to: &str| BALANCE.replace(from, to);
    for (changed, kind) in [
        (query("appId=g4rqgmmjuo", "appId=another"), CallbackErrorKind::Foreign),
        (query("&appId=g4rqgmmjuo", ""), CallbackErrorKind::Missing),
        (query("&sign=3CE8E8A36B83420851931B51F1EE58D4", ""), CallbackErrorKind::Missing),
        (query("&ts=1660270926732", ""), CallbackErrorKind::Missing),
        (query("ts=1660270926732", "ts=now"), CallbackErrorKind::Unreadable),
        (query("&sessionId=", "&viewerId=viewer2&sessionId="), CallbackErrorKind::Unreadable),
    ] {
        let error = callbacks().verify(&get(&changed), later(0)).unwrap_err();
        assert_eq!(error.kind(), kind, "{changed}");
        assert!(!format!("{error} {error:?}").contains("viewer1"), "{error:?}");
    }
    let put = Incoming { method: "PUT", ..get(BALANCE) };
    assert_eq!(refusal(&put, later(0)), CallbackErrorKind::Unreadable);
    let small = callbacks().bounds(Bounds::new(Duration::MAX).max_bytes(BALANCE.len() - 1));
    let error = small.verify(&get(BALANCE), later(0)).unwrap_err();
    assert_eq!((error.kind(), error.reply().status), (CallbackErrorKind::TooLarge, 413));
}

/// A POST asks for points to be taken; without what was bought it asks for nothing that can be done.
#[test]
fn a_spend_without_its_gift_is_no_question_for_the_balance() {
    let verified = callbacks().verify(&post(BALANCE, ""), later(0)).unwrap();
    assert_eq!(verified.parse().unwrap_err().kind(), CallbackErrorKind::Missing);
}

#[test]
fn the_same_request_again_is_known() {
    let seen = SeenMessages::new(NonZeroUsize::MIN);
    let fingerprint = |incoming: &Incoming<'_>| {
        callbacks().verify(incoming, later(0)).unwrap().fingerprint().to_owned()
    };
    let spend = fingerprint(&post(SPEND_QUERY, SPEND_FORM));
    match seen.start(&spend) {
        Started::New(handling) => handling.finish(),
        other => panic!("{other:?}"),
    }
    assert!(matches!(seen.start(&spend), Started::Done));
    assert!(matches!(seen.start(&fingerprint(&get(BALANCE))), Started::New(_)));
}

#[test]
fn answers_are_as_published() {
    let text = |body: Vec<u8>| String::from_utf8(body).unwrap();
    let accepted = PointsRequest::accepted("100.00").unwrap();
    assert_eq!((accepted.status, accepted.content_type), (200, "application/json"));
    insta::assert_snapshot!(text(accepted.body), @r#"{"code":200,"status":"success","message":"","data":100.00}"#);
    let refused = PointsRequest::refused("只剩 \"5\" 分");
    assert_eq!(refused.status, 200);
    insta::assert_snapshot!(text(refused.body), @r#"{"code":400,"status":"error","message":"只剩 \"5\" 分","data":null}"#);
}

#[test]
fn a_failure_has_the_code_that_the_caller_or_the_error_says() {
    let text = |body: Vec<u8>| String::from_utf8(body).unwrap();
    let busy = PointsRequest::refused_with(503, "busy").unwrap();
    assert_eq!(busy.status, 200);
    let body = r#"{"code":503,"status":"error","message":"busy","data":null}"#;
    assert_eq!(text(busy.body), body);
    assert!(PointsRequest::refused_with(200, "well").is_err());

    let error = callbacks().verify(&get(BALANCE), later(200_000)).unwrap_err();
    let reply = PointsRequest::rejected(&error);
    assert_eq!((reply.status, reply.content_type), (403, "application/json"));
    let body = r#"{"code":403,"status":"error","message":"outdated","data":null}"#;
    assert_eq!(text(reply.body), body);
}

#[test]
fn points_are_answered_as_a_number_only() {
    for points in ["", "many", "\"5\"", "null", "1,2", "NaN", "[5]"] {
        assert!(PointsRequest::accepted(points).is_err(), "{points}");
    }
    for points in ["0", "-3", "95", "1e3", "123456789012345678901234567890.5"] {
        assert!(PointsRequest::accepted(points).is_ok(), "{points}");
    }
}

#[test]
fn nothing_shows_the_secret_or_the_viewer() {
    let callbacks = callbacks();
    let verified = callbacks.verify(&get(BALANCE), later(0)).unwrap();
    let shown = format!("{callbacks:?} {verified:?} {:?}", get(BALANCE));
    for hidden in [SECRET, "viewer1", "3CE8E8A3"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}

proptest! {
    #[test]
    fn whatever_the_configured_address_has_is_signed_along(name in "[a-z]{1,9}_", value in ".{1,30}") {
        let ts = later(0).epoch_ms().to_string();
        let mut sent = vec![
            (name.as_str(), value.as_str()),
            ("viewerId", "v"),
            ("channelId", "1"),
            ("sessionId", ""),
            ("appId", "g4rqgmmjuo"),
            ("ts", &ts),
        ];
        let signed = sent.iter().filter(|(_, value)| !value.is_empty()).copied();
        let sign = Scheme::new(Algorithm::Md5, HexCase::Upper).enclosed(SECRET, signed);
        sent.push(("sign", sign.as_str()));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(sent).finish();
        let verified = callbacks().verify(&get(&query), later(0)).unwrap();
        prop_assert_eq!(verified.parameter(&name), Some(value.as_str()));
        prop_assert_eq!(verified.parse().unwrap().action, PointsAction::Balance);
    }

    #[test]
    fn any_bytes_are_refused_without_panic(
        method in "GET|POST",
        query in ".{0,200}",
        body in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let content_type = Some("application/x-www-form-urlencoded");
        let incoming = Incoming { method: &method, query: &query, content_type, body: &body };
        prop_assert!(callbacks().verify(&incoming, later(0)).is_err());
    }
}
