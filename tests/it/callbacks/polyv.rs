use std::{sync::Arc, time::Duration};

use live_rewards::polyv::callback::{
    CallbackErrorKind, Incoming, PointsAction, PointsRequest, PolyvCallbacks, Reply, Started,
};
use live_rewards_emulator::{Callback, CallbackKind, Emulator};

use super::{Taken, emulator, hour_later, now, seen, send, statuses};

fn callbacks(emulator: &Emulator) -> PolyvCallbacks {
    let polyv = &emulator.ready().polyv;
    PolyvCallbacks::new(&polyv.app_id, polyv.app_secret.as_str())
}

#[tokio::test]
async fn points_are_asked_for_and_taken() {
    let emulator = emulator().await;
    let now = now(&emulator);
    let channel = emulator.ready().polyv.channel_ids[0].as_str();
    let mut viewers = Vec::new();
    for kind in [
        CallbackKind::PointsBalance { channel: 0, viewer: 3 },
        CallbackKind::PointsSpend { channel: 0, viewer: 3, good: 2, number: 2 },
    ] {
        let callbacks = callbacks(&emulator);
        let take = move |incoming: &Incoming<'_>| -> Taken<PointsRequest> {
            let verified = callbacks.verify(incoming, now)?;
            // Of the configured address.
            assert_eq!(verified.parameter("shop"), Some("7"));
            Ok((verified.parse()?, PointsRequest::accepted("99.50").unwrap()))
        };
        let (sent, mut requests) = send(&emulator, |url| Callback::new(url, kind), take).await;
        let body = r#"{"code":200,"status":"success","message":"","data":99.50}"#;
        assert_eq!((statuses(&sent), sent.tries[0].body.as_str()), (vec![200], body));
        let request = requests.remove(0).unwrap();
        assert_eq!((request.room.id.as_str(), request.at), (channel, now));
        assert!(request.session.is_some());
        if let PointsAction::Spend(spend) = &request.action {
            assert_eq!((spend.name.as_str(), spend.price.as_str()), ("咖啡", "300.00"));
            assert_eq!((spend.quantity, spend.total.as_deref()), (Some(2), Some("600.00")));
        } else {
            assert!(request.user.nickname.is_some());
        }
        viewers.push(request.user.id);
    }
    assert_eq!(viewers[0], viewers[1]);
}

/// While the clock stands still each try is the same request. Later it is signed anew, and can't be told from another spend.
#[tokio::test]
async fn the_same_spend_again_takes_nothing() {
    let emulator = emulator().await;
    let seen = Arc::new(seen());
    let mut taken = Vec::new();
    for _ in 0..2 {
        let (callbacks, seen, now) = (callbacks(&emulator), Arc::clone(&seen), now(&emulator));
        let take = move |incoming: &Incoming<'_>| -> Taken<bool> {
            let verified = callbacks.verify(incoming, now)?;
            Ok(match seen.start(verified.fingerprint()) {
                Started::New(handling) => {
                    handling.finish();
                    (true, Reply::text(500, "lost"))
                }
                _ => (false, PointsRequest::refused("too few points")),
            })
        };
        let kind = CallbackKind::PointsSpend { channel: 1, viewer: 0, good: 0, number: 1 };
        let (sent, tries) = send(&emulator, |url| Callback::new(url, kind), take).await;
        assert_eq!(statuses(&sent), [500, 200]);
        taken.extend(tries.into_iter().map(Result::unwrap));
        emulator.advance(Duration::from_secs(1));
    }
    assert_eq!(taken, [true, false, true, false]);
}

#[tokio::test]
async fn what_others_signed_or_long_ago_is_refused() {
    let emulator = emulator().await;
    let polyv = &emulator.ready().polyv;
    let other_secret = PolyvCallbacks::new(&polyv.app_id, "other");
    let other_application = PolyvCallbacks::new("another", polyv.app_secret.as_str());
    for (callbacks, at, kind) in [
        (other_secret, now(&emulator), CallbackErrorKind::Signature),
        (other_application, now(&emulator), CallbackErrorKind::Foreign),
        (callbacks(&emulator), hour_later(&emulator), CallbackErrorKind::Outdated),
    ] {
        let take = move |incoming: &Incoming<'_>| -> Taken<()> {
            callbacks.verify(incoming, at).map(|_| ((), Reply::text(200, "")))
        };
        let balance = CallbackKind::PointsBalance { channel: 0, viewer: 1 };
        let (sent, tries) = send(&emulator, |url| Callback::new(url, balance), take).await;
        assert_eq!((statuses(&sent), tries), (vec![403; 3], vec![Err(kind); 3]));
    }
}
