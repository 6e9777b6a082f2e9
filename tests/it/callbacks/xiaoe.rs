use std::cmp::Reverse;

use futures_util::TryStreamExt;
use live_rewards::{
    LiveRewardsExt, PointsEntry, PointsEntryKind,
    polyv::callback::{CallbackErrorKind, Incoming, Reply, Started},
    xiaoe::{
        callback::{Push, PushEvent, XiaoeCallbacks},
        live::LiveState,
    },
};
use live_rewards_emulator::{Callback, CallbackForm, CallbackKind, Emulator};

use super::{Taken, emulator, hour_later, now, seen, send, statuses};
use crate::{queries, vendors};

fn callbacks(emulator: &Emulator) -> XiaoeCallbacks {
    let xiaoe = &emulator.ready().xiaoe;
    XiaoeCallbacks::new(xiaoe.push_token.as_str(), &xiaoe.push_key).unwrap().app_id(&xiaoe.app_id)
}

/// Has one push sent, and reads it.
async fn push(emulator: &Emulator, kind: CallbackKind, form: CallbackForm) -> Push {
    let (callbacks, now) = (callbacks(emulator), now(emulator));
    let take = move |incoming: &Incoming<'_>| -> Taken<Push> {
        let push = callbacks.verify(incoming, now)?.parse()?;
        let reply = push.reply();
        Ok((push, reply))
    };
    let (sent, mut pushes) = send(emulator, |url| Callback::new(url, kind).form(form), take).await;
    assert_eq!((statuses(&sent), sent.tries[0].body.as_str()), (vec![200], "success"));
    let push = pushes.remove(0).unwrap();
    assert_eq!(Some(&push.message_id), sent.message_id.as_ref());
    push
}

const FORMS: [CallbackForm; 4] =
    [CallbackForm::Query, CallbackForm::Json, CallbackForm::Form, CallbackForm::Xml];

#[tokio::test]
async fn changes_of_points_are_those_of_the_log() {
    let account = vendors::xiaoe().await;
    let entries = account.rewards.points_entries(queries::points_entries(&account));
    let mut entries: Vec<PointsEntry> = entries.try_collect().await.unwrap();
    // As the emulator counts them.
    entries.sort_by_key(|entry| Reverse(entry.at));
    for (place, form) in FORMS.into_iter().enumerate() {
        let kind = CallbackKind::PointsChange { entry: place.try_into().unwrap() };
        let push = push(&account.emulator, kind, form).await;
        assert_eq!(push.app_id.as_ref(), Some(&account.emulator.ready().xiaoe.app_id));
        let PushEvent::Points(change) = &push.event else { panic!("{push:?}") };
        let logged = entries.iter().find(|entry| {
            let sign = if entry.kind == PointsEntryKind::Earned { 1 } else { -1 };
            (&entry.user.id, entry.at, entry.change.get() * sign)
                == (&change.user.id, change.at, change.change.get())
        });
        let logged = logged.unwrap_or_else(|| panic!("{change:?}"));
        assert_eq!(logged.reason, change.reason);
        assert_eq!(logged.at, entries[place].at);
    }
}

#[tokio::test]
async fn lives_change_their_states() {
    let emulator = emulator().await;
    for form in FORMS {
        let kind = CallbackKind::LiveChange { live: 1, from: 1, to: 2 };
        let push = push(&emulator, kind, form).await;
        let PushEvent::Live(change) = &push.event else { panic!("{push:?}") };
        assert_eq!(change.room.id.as_str(), emulator.ready().xiaoe.resource_ids[1]);
        assert_eq!((&change.from, &change.to), (&Some(LiveState::Live), &Some(LiveState::Ended)));
        assert_eq!(change.at.unwrap().epoch_seconds(), now(&emulator).epoch_seconds());
    }
}

/// The first try fails before the message is done, the second one after that.
#[tokio::test]
async fn a_message_that_comes_again_is_done_once() {
    let emulator = emulator().await;
    let (callbacks, seen, now) = (callbacks(&emulator), seen(), now(&emulator));
    let take = move |incoming: &Incoming<'_>| -> Taken<(String, u32, bool)> {
        let push = callbacks.verify(incoming, now)?.parse()?;
        let (done, reply) = match seen.start(&push.message_id) {
            Started::New(_) if push.retry_times == 0 => (false, Reply::text(503, "busy")),
            Started::New(handling) => {
                handling.finish();
                (true, Reply::text(500, "lost"))
            }
            Started::Done => (false, push.reply()),
            Started::UnderWay => panic!("one comes after the other"),
        };
        Ok(((push.message_id, push.retry_times, done), reply))
    };
    let kind = CallbackKind::PointsChange { entry: 0 };
    let (sent, tries) = send(&emulator, |url| Callback::new(url, kind).tries(5), take).await;
    assert_eq!(statuses(&sent), [503, 500, 200]);
    let id = sent.message_id.unwrap();
    let tries: Vec<_> = tries.into_iter().map(Result::unwrap).collect();
    let expected = [(0, false), (1, true), (2, false)];
    assert_eq!(tries, expected.map(|(retry_times, done)| (id.clone(), retry_times, done)));
}

#[tokio::test]
async fn what_others_signed_or_long_ago_is_refused() {
    let emulator = emulator().await;
    let other_token = XiaoeCallbacks::new("other", &emulator.ready().xiaoe.push_key).unwrap();
    for (callbacks, at, kind) in [
        (other_token, now(&emulator), CallbackErrorKind::Signature),
        (callbacks(&emulator).app_id("another"), now(&emulator), CallbackErrorKind::Foreign),
        (callbacks(&emulator), hour_later(&emulator), CallbackErrorKind::Outdated),
    ] {
        let take = move |incoming: &Incoming<'_>| -> Taken<()> {
            callbacks.verify(incoming, at)?.parse().map(|push| ((), push.reply()))
        };
        let points = CallbackKind::PointsChange { entry: 0 };
        let (sent, tries) = send(&emulator, |url| Callback::new(url, points), take).await;
        assert_eq!((statuses(&sent), tries), (vec![403; 3], vec![Err(kind); 3]));
    }
}
