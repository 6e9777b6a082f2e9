//! How a case is tried.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::StreamExt;
use live_rewards::{
    Cursor, Error, ErrorKind, LiveRewards, RejectedRow,
    polyv::http::{
        BaseUrl, BuildClient, ClientBuilder, Limits, ReqwestTransport, Retry, Surroundings,
        Transport,
    },
};
use live_rewards_emulator::{Fault, FaultKind};
use serde_json::{Value, json};

use super::{
    read::Read,
    table::{Case, HANGS, Outcome, PATIENCE, When, cases},
};
use crate::{
    clock::OneClock,
    listings::Rows,
    vendors::{Account, SetUp},
};

/// Tries every case of a read.
pub(super) async fn check(account: &Account, read: &Read) {
    let trial = Trial::begin(account, read).await;
    for case in cases(account.vendor, read) {
        trial.run(&case).await;
    }
}

/// Parameters that say which page is asked for; first pages have 0, 1 or nothing there.
const POSITIONS: &[&str] = &["currentPage", "es_skip", "offset", "page", "pageNumber"];

struct Trial<'a> {
    account: &'a Account,
    read: &'a Read,
    /// Connections for all clients.
    transport: Arc<dyn Transport>,
    /// What comes without faults.
    whole: Vec<Rows>,
    /// Number of the first call of the endpoint for a second page.
    second_page: u64,
}

impl<'a> Trial<'a> {
    async fn begin(account: &'a Account, read: &'a Read) -> Self {
        let transport = transport(account);
        let mut trial = Self { account, read, transport, whole: Vec::new(), second_page: 1 };
        account.emulator.reset();
        let client = trial.client(&OneClock::of(&account.emulator));
        let (whole, error) = trial.pages(&*account.client(&client), None).await;
        assert!(error.is_none(), "{error:?}");
        let fewest = if read.has_pages() { 8 } else { 1 };
        assert!(keys(&whole).len() >= fewest, "{read:?} is too small to show anything");
        trial.whole = whole;
        let journal = account.emulator.journal();
        let mut calls = journal.iter().filter(|entry| entry.endpoint == Some(read.endpoint));
        let later = calls.position(|entry| {
            let mut parameters = entry.query.iter().chain(&entry.body);
            parameters.any(|(name, value)| {
                POSITIONS.contains(&name.as_str()) && !["0", "1"].contains(&value.as_str())
            })
        });
        if let Some(before) = later {
            trial.second_page = u64::try_from(before).unwrap() + 1;
        }
        trial
    }

    fn client(&self, clock: &Arc<OneClock>) -> Client {
        Client::new(clock, &self.transport)
    }

    /// The pages from a cursor on until one fails.
    async fn pages(
        &self,
        rewards: &dyn LiveRewards,
        from: Option<Cursor>,
    ) -> (Vec<Rows>, Option<Error>) {
        let mut stream = self.read.listing.stream(rewards, Some(self.read.size), from);
        let mut pages = Vec::new();
        while let Some(page) = stream.next().await {
            match page {
                Ok(page) => pages.push(page),
                Err(error) if error.kind() == ErrorKind::RejectedRow => {
                    let row = RejectedRow::new(0, error.message().to_owned(), String::new());
                    let (each, keys) = (Vec::new(), Vec::new());
                    pages.push(Rows { each, keys, rejected: vec![row], next: None });
                }
                Err(error) => return (pages, Some(error)),
            }
            assert!(pages.len() < 100, "endless");
        }
        (pages, None)
    }

    async fn run(&self, case: &Case) {
        let emulator = &self.account.emulator;
        emulator.reset();
        let clock = OneClock::of(emulator);
        for kind in &case.kinds {
            emulator.add_fault(self.ordered(kind, case)).unwrap();
        }
        let mut client = self.client(&clock);
        if case.when != When::Once {
            client.retry = Retry::default().max_retries(1);
        }
        if meets(case, |kind| *kind == HANGS) {
            client.timeout = PATIENCE;
        }
        let (pages, error) = self.pages(&*self.account.client(&client), None).await;
        let journal = emulator.journal();
        assert!(journal.iter().any(|entry| !entry.faults.is_empty()), "{case:?} met nothing");
        let unknown =
            meets(case, |kind| matches!(kind, FaultKind::NewField | FaultKind::UnknownLabel));
        assert_eq!(client.drift.load(Ordering::Relaxed) > 0, unknown, "{case:?}");
        emulator.clear_faults();

        let rejects = case.outcome == Outcome::Rejects;
        assert_eq!(rejected(&pages).len(), usize::from(rejects), "{case:?}");
        match (case.outcome, error) {
            (Outcome::Rejects, None) => self.assert_first_rejected(&pages),
            (Outcome::Same, None) => assert_eq!(rows(&pages), rows(&self.whole), "{case:?}"),
            (Outcome::SameKeys, None) => assert_eq!(keys(&pages), keys(&self.whole), "{case:?}"),
            (Outcome::Misses, None) => {
                let (read, all) = (keys(&pages), keys(&self.whole));
                assert!(read.len() < all.len() && is_part(&read, &all), "{case:?}: {read:?}");
            }
            (Outcome::Fails(kind), Some(error)) => {
                assert_eq!(error.kind(), kind, "{case:?}: {error}");
                let next = pages.last().and_then(|page| page.next.as_ref());
                assert_eq!(next.is_none(), self.second_page == 1, "{case:?}: {error}");
                // As after a restart.
                let from = next.map(|next| next.to_string().parse().unwrap());
                let rewards = self.account.client(&self.client(&clock));
                let (rest, error) = self.pages(&*rewards, from).await;
                assert!(error.is_none(), "{case:?}: {error:?}");
                let all = [rows(&pages), rows(&rest)].concat();
                assert_eq!(all, rows(&self.whole), "{case:?}");
            }
            (_, error) => panic!("{case:?}: {error:?}"),
        }
    }

    /// Only the first row is missing: it was rejected for the member that was broken, and is told with its text. In a room it is a red
    /// packet, of which an error tells, and its claims are missing.
    fn assert_first_rejected(&self, pages: &[Rows]) {
        let (read, all) = (keys(pages), keys(&self.whole));
        assert!(all.ends_with(&read), "{read:?}");
        let lost = &all[..all.len() - read.len()];
        let row = rejected(pages).remove(0);
        if self.read.is_of_room() {
            let packet = |key: &str| key.split_once(", user").unwrap().0.to_owned();
            assert!(lost.iter().all(|key| packet(key) == packet(lost[0])), "{lost:?}");
            return;
        }
        // A row that is no answer is missed by nobody.
        assert!(lost.len() <= 1, "{lost:?}");
        assert_eq!(row.position, 0);
        let (member, _) = row.reason.split_once(": ").unwrap();
        let raw: Value = serde_json::from_str(&row.raw).unwrap();
        assert_eq!(raw[member], json!({}), "{row:?}");
        assert!(raw.as_object().unwrap().len() > 1, "{row:?}");
    }

    /// The fault for the calls that are to meet it.
    fn ordered(&self, kind: &FaultKind, case: &Case) -> Fault {
        let is_first = matches!(case.when, When::First | When::Always);
        let first = if is_first { 1 } else { self.second_page };
        let calls = if matches!(case.when, When::First | When::Once) { 1 } else { 1000 };
        let fault = Fault::new(self.account.vendor.as_str(), kind.clone())
            .endpoint(self.read.endpoint)
            .nth(first..first + calls);
        match case.message {
            None => fault,
            Some(message) => fault.message(message),
        }
    }
}

fn meets(case: &Case, which: impl Fn(&FaultKind) -> bool) -> bool {
    case.kinds.iter().any(which)
}

fn rows(pages: &[Rows]) -> Vec<&str> {
    pages.iter().flat_map(|page| &page.each).map(String::as_str).collect()
}

fn keys(pages: &[Rows]) -> Vec<&str> {
    pages.iter().flat_map(|page| &page.keys).map(String::as_str).collect()
}

fn rejected(pages: &[Rows]) -> Vec<&RejectedRow> {
    pages.iter().flat_map(|page| &page.rejected).collect()
}

/// Whether the one has nothing but what the other has, in its order and as often.
fn is_part(part: &[&str], whole: &[&str]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|key| rest.any(|known| known == key))
}

/// Connections to an account's vendor.
pub(super) fn transport(account: &Account) -> Arc<dyn Transport> {
    let base_url = BaseUrl::parse(account.base_url(), false).unwrap();
    Arc::new(ReqwestTransport::new(&base_url, "test", 1 << 22).unwrap())
}

/// A client on the emulator's clock, which has no limits and tells of drift by counting it.
pub(super) struct Client {
    clock: Arc<OneClock>,
    transport: Arc<dyn Transport>,
    retry: Retry,
    timeout: Duration,
    drift: Arc<AtomicUsize>,
}

impl Client {
    pub(super) fn new(clock: &Arc<OneClock>, transport: &Arc<dyn Transport>) -> Self {
        Self {
            clock: Arc::clone(clock),
            transport: Arc::clone(transport),
            retry: Retry::default(),
            timeout: Duration::from_secs(30),
            drift: Arc::default(),
        }
    }
}

impl SetUp for Client {
    fn set_up<C: BuildClient>(&self, builder: ClientBuilder<C>) -> ClientBuilder<C> {
        let drift = Arc::clone(&self.drift);
        builder
            .transport(Arc::clone(&self.transport))
            .surroundings(
                Arc::<OneClock>::clone(&self.clock),
                Arc::<OneClock>::clone(&self.clock),
                Surroundings::system().randomness,
            )
            .limits(Limits::unlimited())
            .retry(self.retry)
            .timeout(self.timeout)
            .look_for_drift_in_every_answer()
            .on_drift(move |_| {
                drift.fetch_add(1, Ordering::Relaxed);
            })
    }
}
