//! What is recorded on which span.

use live_rewards_http::test_util::{Script, answer};
use tracing::{Instrument, Level, subscriber::set_default};

use crate::{
    capture::Capture,
    shop::{Read, ShopClient},
    writers::Lines,
};

fn script() -> Script {
    Script::new([
        Ok(answer(200, r#"{"code":20,"request_id":"first"}"#)),
        Ok(answer(200, r#"{"code":0,"data":null,"request_id":"second"}"#)),
        Ok(answer(200, r#"{"code":10,"request_id":"third"}"#)),
    ])
}

#[tokio::test]
async fn where_ours_is_filtered_out_that_of_the_caller_is_left_alone() {
    let script = script();
    let client = script.direct(ShopClient::builder()).build().unwrap();
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(Level::INFO)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let guard = set_default(subscriber);
    let theirs = tracing::info_span!(
        "theirs",
        attempts = "own",
        status = "own",
        code = "own",
        request_id = "own"
    );
    let calls = async {
        client.send(Read).await.unwrap();
        client.send(Read).await.unwrap_err();
        tracing::info!("done");
    };
    calls.instrument(theirs).await;
    drop(guard);
    let text = lines.text();
    let fields = r#"theirs{attempts="own" status="own" code="own" request_id="own"}"#;
    assert!(text.lines().any(|line| line.contains("done") && line.contains(fields)), "{text}");
}

#[tokio::test]
async fn a_span_says_how_the_call_ended_and_events_what_failed_before() {
    let script = script();
    let client = script.direct(ShopClient::builder()).build().unwrap();
    let (capture, guard) = Capture::here();
    client.send(Read).await.unwrap();
    client.send(Read).await.unwrap_err();
    drop(guard);
    let text = capture.text();
    // Lines without a name are what is recorded later.
    let recorded: Vec<_> = text.lines().filter(|line| line.starts_with(' ')).collect();
    let first = [" attempts=2", " status=200", " request_id=\"second\""];
    let then = [" attempts=1", " status=200", " code=\"10\"", " request_id=\"third\""];
    assert_eq!(recorded, [first.as_slice(), &then].concat());
    let failed = text.lines().find(|line| line.contains("attempt failed")).unwrap();
    for field in [" attempt=1", " kind=", " status=200", " code=\"20\"", " request_id=\"first\""] {
        assert!(failed.contains(field), "{failed}");
    }
}
