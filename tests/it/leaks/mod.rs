//! Every refusal and every error of the three vendors, and nothing that any of them shows is a secret, a token, a signature or a
//! person. What the pipeline alone can let out is tried in its own tests.

mod echo;

use std::{
    fmt::Write,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, LazyLock},
    time::Duration,
};

use futures_util::StreamExt;
use live_rewards::{
    Result, Vendor,
    polyv::http::{BuildClient, ClientBuilder, Limits, Retry, Surroundings},
};
use live_rewards_emulator::{Fault, FaultKind};
use tracing::Dispatch;
use tracing_subscriber::{filter::LevelFilter, fmt::format::FmtSpan, util::SubscriberInitExt};

use crate::{
    cassettes::{self, Lines},
    clock::OneClock,
    faults::Read,
    listings::Rows,
    vendors::{self, Account, SetUp, Twist},
};
use echo::{Echo, REPEATED};

#[tokio::test]
async fn xiaoe() {
    let codes = [
        "1001", "1002", "2001", "2002", "2003", "2004", "2005", "2006", "2007", "2008", "2009",
        "2010", "2017", "2020", "2051", "2052", "2053", "2054", "2055", "4711",
    ];
    let (said, _guard) = listen();
    check(&vendors::xiaoe().await, &codes, &[FaultKind::TokenRevoked], &said).await;
}

#[tokio::test]
async fn polyv() {
    let codes = ["10001", "10005", "20001", "20002", "20003", "20004", "4711"];
    let (said, _guard) = listen();
    check(&vendors::polyv().await, &codes, &[FaultKind::ClockSkew(7_200_000)], &said).await;
}

#[tokio::test]
async fn yxt() {
    let codes = [
        "global.noprivilege",
        "apis.auth.client.status.invalid",
        "apis.zhibo.orgadmin.validation.service.expired",
        "apis.zhibo.room.validation.notExisted",
        "apis.zhibo.gift.precent.validation.provideRoomIdOrSessionId",
        REPEATED,
    ];
    let (said, _guard) = listen();
    check(&vendors::yxt().await, &codes, &[FaultKind::ClockSkew(7_200_000)], &said).await;
}

/// Where there is one listener only, what other tests say first is never asked for again, not even by this one.
static ANOTHER_LISTENER: LazyLock<Dispatch> = LazyLock::new(|| {
    tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(std::io::sink).into()
});

/// All that is said by tracing on this thread, while the guard lives.
fn listen() -> (Lines, impl Sized) {
    LazyLock::force(&ANOTHER_LISTENER);
    let lines = Lines::default();
    let said = lines.clone();
    let guard = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_span_events(FmtSpan::NEW | FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(move || lines.clone())
        .finish()
        .set_default();
    (said, guard)
}

/// Drives an account along every way out, with these codes and kinds besides those that all vendors have.
async fn check(account: &Account, codes: &[&str], own: &[FaultKind], said: &Lines) {
    let people = cassettes::read(&*account.rewards, account).await;
    let reads = Read::all(account).await;
    let echo = Echo::new(account.base_url());
    let mut shown = String::new();
    let mut failed = 0;
    for read in &reads {
        for fault in faults(account.vendor, codes, own) {
            let (text, errors) = drive(account, read, fault, &echo).await;
            shown += &text;
            failed += errors;
        }
    }
    account.emulator.reset();
    for twist in [
        Twist { wrong_secret: true, ..Twist::default() },
        Twist { nobody_there: true, ..Twist::default() },
    ] {
        for read in &reads {
            let rewards = account.client(&twist);
            let mut stream = read.listing.stream(&*rewards, Some(read.size), None);
            let outcome = stream.next().await.unwrap();
            assert!(outcome.is_err());
            writeln!(shown, "{rewards:?} {}", every_form(outcome)).unwrap();
        }
    }
    let traced = String::from_utf8(said.0.lock().unwrap().clone()).unwrap();

    let mut marks = echo.carried();
    let published = account.emulator.ready();
    let secrets =
        [&published.xiaoe.secret_key, &published.polyv.app_secret, &published.yxt.app_secret];
    marks.extend(secrets.map(String::clone));
    marks.insert("wrongwrong".to_owned());
    for (user, _) in people {
        marks.insert(user.id.as_str().to_owned());
        // Shorter names are found in any text.
        marks.extend(user.nickname.filter(|name| name.chars().count() > 4));
    }
    for text in [&shown, &traced] {
        for mark in &marks {
            let at = text.find(mark.as_str());
            assert!(at.is_none(), "{mark} in {:?}", at.and_then(|at| text[..at].lines().last()));
        }
    }

    // Were nothing said, nothing could leak.
    assert!(echo.carried().len() > 1 && marks.len() > 20, "too little was tried");
    assert!(failed > codes.len(), "{failed}");
    assert!(shown.contains("[removed]"), "nothing was repeated");
    let corrected = own.iter().any(|kind| matches!(kind, FaultKind::ClockSkew(_)));
    for event in ["attempt failed", "drift", "refused"]
        .into_iter()
        .chain(corrected.then_some("clock corrected"))
    {
        assert!(traced.contains(event), "{event}");
    }
}

/// What the vendor does wrong, every time that it is called.
fn faults(vendor: Vendor, codes: &[&str], own: &[FaultKind]) -> Vec<Fault> {
    let fault = |kind| Fault::new(vendor.as_str(), kind);
    let statuses = [400, 401, 403, 404, 429, 500].map(FaultKind::Status);
    let kinds = [
        FaultKind::Html(200),
        FaultKind::Html(503),
        FaultKind::CutBody,
        FaultKind::Reset,
        FaultKind::Slow(20_000),
        FaultKind::NewField,
        FaultKind::ChangedType,
    ];
    let kinds = statuses.into_iter().chain(kinds).chain(own.iter().cloned());
    let error = |code: &&str| {
        let message = format!("refused:\n{REPEATED}");
        fault(FaultKind::BusinessError((*code).to_owned())).message(message)
    };
    kinds.map(fault).chain(codes.iter().map(error)).collect()
}

/// Reads while an endpoint fails: all that is shown of it, and how many errors there were.
async fn drive(account: &Account, read: &Read, fault: Fault, echo: &Arc<Echo>) -> (String, usize) {
    let emulator = &account.emulator;
    emulator.reset();
    // What has no rows can't have spoilt ones.
    if emulator.add_fault(fault.endpoint(read.endpoint)).is_err() {
        return (String::new(), 0);
    }
    let watched = Watched { clock: OneClock::of(emulator), echo: Arc::clone(echo) };
    let rewards = account.client(&watched);
    let mut stream = read.listing.stream(&*rewards, Some(read.size), None);
    let (mut shown, mut errors) = (String::new(), 0);
    while let Some(page) = stream.next().await {
        errors += usize::from(page.is_err());
        shown += &every_form(page);
    }
    writeln!(shown, "{rewards:?} {:?}", watched.echo).unwrap();
    (shown, errors)
}

/// All that an outcome can be made to say: a page of its cursor, an error by itself and in a panic.
fn every_form(outcome: Result<Rows>) -> String {
    let error = match &outcome {
        Ok(page) => return format!("{:?}\n", page.next),
        Err(error) => error,
    };
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
    let mut shown = String::new();
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        writeln!(shown, "{error}\n{error:?}\n{error:#?}").unwrap();
        cause = error.source();
    }
    let panic = catch_unwind(AssertUnwindSafe(move || outcome.unwrap())).unwrap_err();
    shown + panic.downcast_ref::<String>().unwrap() + "\n"
}

/// A client whose credentials are known, with little patience.
struct Watched {
    clock: Arc<OneClock>,
    echo: Arc<Echo>,
}

impl SetUp for Watched {
    fn set_up<C: BuildClient>(&self, builder: ClientBuilder<C>) -> ClientBuilder<C> {
        builder
            .transport(Arc::<Echo>::clone(&self.echo))
            .surroundings(
                Arc::<OneClock>::clone(&self.clock),
                Arc::<OneClock>::clone(&self.clock),
                Surroundings::system().randomness,
            )
            .limits(Limits::unlimited())
            .retry(Retry::default().max_retries(1))
            .timeout(Duration::from_millis(100))
            .look_for_drift_in_every_answer()
    }
}
