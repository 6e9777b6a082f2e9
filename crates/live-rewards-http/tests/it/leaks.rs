//! Marked secrets, tokens, signatures and people are driven along every way out: errors, events, what `Debug` shows, panics, and
//! what tests write to snapshots.

use std::{
    fmt::Write,
    future::ready,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use http::header::{AUTHORIZATION, DATE, HeaderValue, RETRY_AFTER};
use live_rewards_core::{Error, Result, Vendor};
use live_rewards_http::{
    Answer, Attempt, Authorise, BuildClient, ClientBuilder, Credential, Draft, EndpointInfo,
    Envelope, MemoryTokenStore, Opened, Pipeline, Plan, Refusal, SecretString, Service, Settings,
    Token, TokenCache, TokenKey, TransportError,
    cassette::{Pseudonyms, Recorder},
    test_util::{ManualClock, Script, answer, render},
};
use serde::Deserialize;
use serde_json::{json, value::RawValue};

use crate::{
    capture::Capture,
    shop::{CODES, Page, Read, SECRET, Shop},
    writers::Full,
};

const TOKEN: &str = "xe_marked-token-of-the-shop";
const SIGNATURE: &str = "0545CB7811874FB16247E9A0635B121F";
/// In a header that the caller adds.
const OWN: &str = "hunter2-of-the-gateway";
const CREDENTIALS: [&str; 4] = [SECRET, TOKEN, SIGNATURE, OWN];
const USER: &str = "神经蛙";
const USER_ID: &str = "ovtl9t44bqXDfubCAAAAAB5ImaeQ";
/// What the request asks for, as it is and as it stands in the URL.
const PARAMETERS: [&str; 2] = ["r 1&x=y", "r+1%26x%3Dy"];

fn assert_clean(shown: &str, marks: &[&str]) {
    for mark in marks {
        let at = shown.find(mark);
        assert!(at.is_none(), "{mark} in {:?}", at.and_then(|at| shown[..at].lines().last()));
    }
}

fn assert_nothing_leaked(shown: &str) {
    assert_clean(shown, &[CREDENTIALS.as_slice(), &[USER, USER_ID], &PARAMETERS].concat());
}

/// A client that puts a credential wherever one can be.
#[derive(Debug)]
struct Marked(Pipeline);

#[derive(Debug)]
struct Everywhere(SecretString);

#[async_trait]
impl Authorise for Everywhere {
    async fn authorise(&self, draft: &mut Draft, attempt: Attempt<'_>) -> Result<Credential> {
        draft.query.push("timestamp", attempt.now.epoch_seconds());
        draft.query.push("access_token", TOKEN);
        draft.query.push_secret("secret_key", &self.0);
        draft.sensitive_header("signature", SIGNATURE)?;
        Ok(Credential::Fixed)
    }

    fn credentials(&self) -> &'static [&'static str] {
        &["timestamp", "access_token", "secret_key", "signature"]
    }

    async fn refused(&self, _: Credential) -> bool {
        true
    }
}

/// An envelope that passes on all that the vendor says.
#[derive(Debug)]
struct Telling;

#[derive(Deserialize)]
struct Body {
    code: String,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    request_id: Option<String>,
    #[serde(default)]
    data: Option<Box<RawValue>>,
}

impl Envelope for Telling {
    fn open(&self, _: &EndpointInfo, answer: &Answer) -> Result<Opened, Box<Refusal>> {
        let Ok(body) = serde_json::from_slice::<Body>(answer.body()) else {
            return Err(Refusal::unreadable(answer, "not JSON"));
        };
        if body.code == "0" {
            let payload = body.data.map_or_else(|| "null".to_owned(), |data| data.get().to_owned());
            return Ok(Opened { payload: payload.into(), request_id: body.request_id });
        }
        let mut refusal = Refusal::by_vendor(CODES, answer, Some(body.code), body.message);
        refusal.request_id = body.request_id;
        Err(refusal)
    }
}

impl BuildClient for Marked {
    type Config = ();

    fn build((): (), settings: Settings) -> Result<Self> {
        Ok(Self(settings.pipeline(Plan {
            vendor: Shop::VENDOR,
            base_url: settings.base_url(Shop::BASE_URL)?,
            application: "app".to_owned(),
            authorise: Arc::new(Everywhere(SECRET.into())),
            envelope: Arc::new(Telling),
        })?))
    }
}

/// A refusal in which the vendor repeats what it was sent.
fn refusal(code: &str) -> Answer {
    let body = json!({
        "code": code,
        "message": format!("{SIGNATURE} isn't that of\n{SECRET} and {TOKEN}, {OWN}"),
        "request_id": format!("{TOKEN}\u{1b}[31m"),
    });
    let mut answer = answer(200, body.to_string());
    let hours_ahead = HeaderValue::from_static("Fri, 12 Aug 2022 09:48:46 GMT");
    answer.headers_mut().insert(DATE, hours_ahead);
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    answer
}

fn data(data: &str) -> Answer {
    answer(200, format!(r#"{{"code":"0","request_id":"1 {TOKEN}","data":{data}}}"#))
}

fn answers() -> Vec<Result<Answer, TransportError>> {
    let cause = || std::io::Error::other("reset");
    let mut answers = vec![
        Err(TransportError::not_sent("refused").with_source(cause())),
        Err(TransportError::broken_off("reset").with_source(cause())),
        Err(TransportError::timed_out()),
        Err(TransportError::too_large(7)),
    ];
    let codes = ["10", "20", "30", "40", "50", "60", "70", TOKEN, "\u{1b}[31m"];
    answers.extend(codes.map(|code| Ok(refusal(code))));
    let page = format!(
        "<html><title>Cannot POST /read?room={}&access_token={TOKEN} for {USER}</title>{USER_ID}",
        PARAMETERS[1]
    );
    let pages = [
        page.clone(),
        page.replace("title", "p"),
        format!("no token {TOKEN} ({SIGNATURE}) for {USER} {USER_ID}"),
        format!(r#"{{"code":"0","data":{{"rows":[{{"id":"{USER_ID}","name":"{USER}"#),
        format!(r#"[7,"{USER}"]"#),
        format!("\"{USER}\""),
    ];
    for status in [200, 403, 502] {
        answers.extend(pages.iter().map(|page| Ok(answer(status, page.clone()))));
    }
    for payload in [
        format!(r#"{{"rows":"{USER}"}}"#),
        format!(r#"{{"rows":{{"{USER_ID}":1}}}}"#),
        format!(r#"["{USER}","{USER_ID}"]"#),
        format!(r#""{USER}""#),
        // Rejected rows.
        format!(
            r#"{{"rows":[{{"id":{{"{USER_ID}":1}},"amount":1}},{{"id":"{USER}","amount":"{USER}"}},
                {{"id":["{USER}"],"amount":1}},"{USER}",{{"{USER_ID}":"{USER}"}}]}}"#
        ),
        // Drift.
        format!(
            r#"{{"rows":[{{"id":"{USER_ID}","amount":0.9800000190734863,"{USER}":1,"state":"half"}}],
                "{USER_ID}":{{"name":"{USER}"}}}}"#
        ),
    ] {
        answers.push(Ok(data(&payload)));
    }
    answers
}

/// All that an outcome can be made to say.
fn every_form(outcome: Result<Page>) -> String {
    let error = match &outcome {
        Ok(page) => {
            let reasons = page.rows.rejected.iter().map(|row| row.reason.as_str());
            return reasons.collect::<Vec<_>>().join("\n");
        }
        Err(error) => error,
    };
    let mut shown = String::new();
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        writeln!(shown, "{error}\n{error:?}\n{error:#?}").unwrap();
        cause = error.source();
    }
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
    assert!(!error.to_string().contains('\u{1b}'), "{error}");
    let panic = catch_unwind(AssertUnwindSafe(move || outcome.unwrap())).unwrap_err();
    shown + panic.downcast_ref::<String>().unwrap()
}

#[tokio::test]
async fn no_error_and_no_event_shows_credentials_people_or_parameters() {
    let (capture, guard) = Capture::here();
    let mut shown = String::new();
    let mut failed = 0;
    for (at, _) in answers().iter().enumerate() {
        let script = Script::new((0..6).filter_map(|_| answers().into_iter().nth(at)));
        let recorder = Recorder::new(Full, Pseudonyms::new(SECRET));
        let builder = script.direct(ClientBuilder::<Marked>::new(())).record(recorder.clone());
        let own = HeaderValue::from_str(&format!("Bearer {OWN}")).unwrap();
        let builder = builder.header(AUTHORIZATION, own);
        writeln!(shown, "{builder:?} {recorder:?}").unwrap();
        let client = builder.build().unwrap();
        let outcome = client.0.call(&Read).await.map(|response| {
            writeln!(shown, "{:?}", response.request_id).unwrap();
            response.output
        });
        failed += usize::from(outcome.is_err());
        shown += &every_form(outcome);
        writeln!(shown, "{client:?} {:?}", client.0.stats()).unwrap();
        for request in script.transport.requests() {
            assert!(request.uri().query().unwrap().contains(SECRET), "it was sent");
            assert_eq!(request.headers()[AUTHORIZATION], format!("Bearer {OWN}"));
            assert_clean(&render(&request), &CREDENTIALS);
        }
    }
    drop(guard);
    assert_nothing_leaked(&shown);
    assert_nothing_leaked(&capture.text());
    // Were nothing said, nothing could leak.
    assert_eq!(failed, answers().len() - 2);
    for event in [
        "attempt failed",
        "clock corrected",
        "drift",
        "rows that",
        "blocked",
        "could not be recorded",
    ] {
        assert!(capture.text().contains(event), "{event} in {}", capture.text());
    }
    assert!(!capture.text().contains('\u{1b}'));
    assert!(shown.contains("Cannot POST"), "{shown}");
}

#[tokio::test]
async fn every_field_of_spans_and_events_is_documented() {
    let (capture, guard) = Capture::here();
    for (at, _) in answers().iter().enumerate() {
        let script = Script::new((0..6).filter_map(|_| answers().into_iter().nth(at)));
        let builder = script.direct(ClientBuilder::<Marked>::new(()));
        let recorder = Recorder::new(Full, Pseudonyms::new("key"));
        let client = builder.record(recorder).build().unwrap();
        drop(client.0.call(&Read).await);
    }
    drop(guard);
    let documented = include_str!("../../README.md");
    assert!(capture.fields().contains("request_id"));
    for field in capture.fields() {
        let known = field == "message" || documented.contains(&format!("`{field}`"));
        assert!(known, "{field} is not in the README");
    }
}

#[tokio::test]
async fn a_header_that_can_not_be_sent_is_not_shown() {
    #[derive(Debug)]
    struct Unfit;

    #[async_trait]
    impl Authorise for Unfit {
        async fn authorise(&self, draft: &mut Draft, _: Attempt<'_>) -> Result<Credential> {
            draft.sensitive_header("signature", &format!("{SIGNATURE}\n"))?;
            Ok(Credential::Fixed)
        }

        fn credentials(&self) -> &'static [&'static str] {
            &["signature"]
        }
    }

    struct Client(Pipeline);

    impl BuildClient for Client {
        type Config = ();

        fn build((): (), settings: Settings) -> Result<Self> {
            Ok(Self(settings.pipeline(Plan {
                vendor: Shop::VENDOR,
                base_url: settings.base_url(Shop::BASE_URL)?,
                application: "app".to_owned(),
                authorise: Arc::new(Unfit),
                envelope: Arc::new(Telling),
            })?))
        }
    }

    let script = Script::new([]);
    let Ok(client) = script.direct(ClientBuilder::<Client>::new(())).build() else {
        panic!("it can be built");
    };
    let outcome = client.0.call(&Read).await.map(|response| response.output);
    let shown = every_form(outcome);
    assert!(shown.contains("signature"), "{shown}");
    assert_nothing_leaked(&shown);
}

#[tokio::test]
async fn a_cache_that_holds_a_token_does_not_show_it() {
    let clock = ManualClock::at("2022-08-12T02:48:46Z".parse().unwrap());
    let store = Arc::new(MemoryTokenStore::new());
    let cache = TokenCache::new(
        TokenKey::new(Vendor::Xiaoe, "shop.example.com", "app"),
        Arc::<MemoryTokenStore>::clone(&store),
        Arc::<ManualClock>::clone(&clock),
        Arc::<ManualClock>::clone(&clock),
    );
    let token = Token { value: TOKEN.into(), lifetime: Duration::from_secs(7200) };
    let fetched = cache.get(Duration::MAX, |_| ready(Ok::<_, Error>(token.clone()))).await.unwrap();
    assert_nothing_leaked(&format!("{cache:?} {store:?} {token:?} {fetched:?}"));
}
