//! What is synced into a ledger, and what its checks find, held against the emulator's ground truth.

use std::{collections::BTreeSet, path::Path, sync::Arc, time::Duration};

use live_rewards::{
    LiveRewards, RoomKind, RoomRef, Timestamp, Vendor,
    polyv::{PolyvClient, PolyvConfig, http::Limits},
    xiaoe::{XiaoeClient, XiaoeConfig},
    yxt::{YxtClient, YxtConfig},
};
use live_rewards_emulator::{Emulator, Scenario, Truth, VendorTruth};
use live_rewards_ledger::{
    AccountIdentity, CheckCode, CheckState, FindingStatus, Ledger, LedgerKind, ReconcileOptions,
    Reconciliation, RoomNote, Stop, Sync, SyncOptions, Written, acknowledge, reconcile,
};

/// An emulator that stands still, and the ledger of its three accounts.
struct Books {
    emulator: Emulator,
    ledger: Ledger,
    folder: tempfile::TempDir,
    now: Timestamp,
}

impl Books {
    async fn of(scenario: Scenario) -> Self {
        let builder = Emulator::builder().scenario(scenario).limits(false).clock_rate_milli(0);
        let emulator = builder.start().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let ledger = create(folder.path());
        let now = emulator.ready().start.parse().unwrap();
        Self { emulator, ledger, folder, now }
    }

    fn moves(&mut self, by: Duration) {
        self.emulator.advance(by);
        self.now = self.now.checked_add(by).unwrap();
    }

    /// Syncs the three accounts. Fails unless all was read.
    async fn sync(&mut self, options: &SyncOptions) -> Written {
        let mut written = Written::default();
        let run = self.ledger.begin_run(self.now).unwrap();
        for (rewards, rooms) in accounts(&self.emulator) {
            let identity = AccountIdentity {
                vendor: rewards.vendor(),
                authority: "emulator".to_owned(),
                vendor_account: "demo".to_owned(),
            };
            let account = self.ledger.account(&identity, "demo", self.now).unwrap();
            for room in rooms {
                let note = RoomNote { room, title: None, labels: None, ended_at: None };
                self.ledger.note_room(account, &note, self.now).unwrap();
            }
            let stop = Stop::new();
            let sync = Sync::new(
                &mut self.ledger,
                &*rewards,
                account,
                run,
                options.clone(),
                self.now,
                &stop,
            );
            let outcome = sync.run(&mut |_| {}).await.unwrap();
            assert!(outcome.is_complete, "{:?}", outcome.listings_failed);
            assert_eq!(outcome.rejected, 0);
            written += outcome.written;
        }
        written
    }

    fn reconcile(&mut self) -> Reconciliation {
        reconcile(&mut self.ledger, &ReconcileOptions::default(), self.now).unwrap()
    }

    /// One number of the ledger.
    fn sum(&self, vendor: Vendor, select: &str, table: &str) -> i64 {
        let path = self.folder.path().join("ledger.sqlite");
        let connection = rusqlite::Connection::open(path).unwrap();
        let query = format!(
            "SELECT COALESCE({select}, 0) FROM {table} JOIN accounts USING (account_id)
             WHERE vendor = ?1"
        );
        connection.query_row(&query, [vendor.as_str()], |row| row.get(0)).unwrap()
    }
}

fn create(folder: &Path) -> Ledger {
    Ledger::create_or_open(&folder.join("ledger.sqlite"), LedgerKind::Demo).unwrap()
}

fn accounts(emulator: &Emulator) -> Vec<(Arc<dyn LiveRewards>, Vec<RoomRef>)> {
    let ready = emulator.ready();
    let rooms =
        |ids: &[String], kind| ids.iter().map(|id| RoomRef::new(id.as_str(), kind)).collect();
    let (xiaoe, polyv, yxt) = (&ready.xiaoe, &ready.polyv, &ready.yxt);
    let xiaoe_config = XiaoeConfig::new(&xiaoe.app_id, &xiaoe.client_id, xiaoe.secret_key.as_str())
        .base_url(&xiaoe.base_url);
    let polyv_config = PolyvConfig::new(&polyv.app_id, polyv.app_secret.as_str())
        .live_account(&polyv.live_account)
        .base_url(&polyv.base_url);
    let yxt_config = YxtConfig::new(&yxt.app_key, yxt.app_secret.as_str()).base_url(&yxt.base_url);
    let limits = Limits::unlimited();
    vec![
        (
            Arc::new(XiaoeClient::builder(xiaoe_config).limits(limits.clone()).build().unwrap()),
            rooms(&xiaoe.resource_ids, RoomKind::Live),
        ),
        // The vendor lists its rooms itself.
        (
            Arc::new(PolyvClient::builder(polyv_config).limits(limits.clone()).build().unwrap()),
            Vec::new(),
        ),
        (
            Arc::new(YxtClient::builder(yxt_config).limits(limits).build().unwrap()),
            rooms(&yxt.room_ids, RoomKind::Room),
        ),
    ]
}

fn of(truth: &Truth, vendor: Vendor) -> &VendorTruth {
    match vendor {
        Vendor::Xiaoe => &truth.xiaoe,
        Vendor::Polyv => &truth.polyv,
        _ => &truth.yxt,
    }
}

#[tokio::test]
async fn the_ledger_has_what_the_emulator_serves_and_a_second_run_writes_nothing() {
    let mut books = Books::of(Scenario::Tiny).await;
    // Some points are older than a year.
    let options = SyncOptions {
        read_ahead: 4,
        page_size: Some(7),
        points_months: 36,
        ..SyncOptions::default()
    };
    for hours in [0, 30] {
        books.moves(Duration::from_secs(hours * 3600));
        books.sync(&options).await;
        let truth = books.emulator.truth();
        for &vendor in Vendor::ALL {
            let (truth, count) = (of(&truth, vendor), |n: u64| i64::try_from(n).unwrap());
            for (select, table, served) in [
                ("COUNT(*)", "red_packets", count(truth.total.red_packets)),
                ("SUM(issued_fen)", "red_packets", truth.total.issued_fen),
                ("COUNT(*)", "claims", count(truth.total.claims)),
                ("SUM(amount_fen)", "claims", truth.total.claimed_fen),
                ("SUM(refund_fen)", "red_packets", truth.total.refunded_fen),
                ("COUNT(*)", "gifts", count(truth.total.gifts)),
                ("COUNT(*)", "points_accounts", count(truth.points_accounts)),
                ("SUM(available)", "points_accounts", truth.points_available),
                ("COUNT(*)", "points_entries", count(truth.points_entries)),
            ] {
                assert_eq!(books.sum(vendor, select, table), served, "{vendor} {select} {table}");
            }
        }
        let again = books.sync(&options).await;
        assert_eq!((again.new, again.changed), (0, 0));
        let result = books.reconcile();
        assert!(result.findings.is_empty(), "{:?}", result.findings);
        // Xiaoe and Polyv tell totals.
        let counted = result.checks.iter().filter(|check| check.code == CheckCode::B2);
        let passed = counted.filter(|check| matches!(check.state, CheckState::Passed { .. }));
        assert_eq!(passed.count(), 2);
    }
}

#[tokio::test]
async fn the_checks_find_every_planted_defect_and_nothing_else() {
    let mut books = Books::of(Scenario::Defects).await;
    books.sync(&SyncOptions::default()).await;
    // What changes or vanishes does so six hours after the start. The packet whose amount changes is settled: it takes a full reading.
    books.moves(Duration::from_secs(7 * 3600));
    books.sync(&SyncOptions { full: true, ..SyncOptions::default() }).await;
    let result = books.reconcile();

    let ledger_accounts = books.ledger.accounts().unwrap();
    let vendor_of = |id| {
        ledger_accounts.iter().find(|account| account.id == id).unwrap().identity.vendor.as_str()
    };
    let found: BTreeSet<_> = result
        .findings
        .iter()
        .map(|finding| {
            // A donation has no id: the truth names it by its time.
            let given = finding.evidence.iter().flat_map(|row| &row.values);
            let given = given.filter(|_| finding.code == CheckCode::E1);
            let at = given.filter(|(name, _)| name == "given_at").map(|(_, at)| at).next();
            let id = match at {
                Some(at) => at.parse::<Timestamp>().unwrap().epoch_ms().to_string(),
                None => finding.subject.id.clone(),
            };
            (vendor_of(finding.account), finding.code.as_str(), id)
        })
        .collect();
    let truth = books.emulator.truth();
    let mut planted = BTreeSet::new();
    let mut allowed = BTreeSet::new();
    for defect in Vendor::ALL.iter().flat_map(|&vendor| &of(&truth, vendor).defects) {
        planted.insert((defect.vendor, defect.code, defect.id.clone()));
        allowed.extend(defect.also.iter().map(|&code| (defect.vendor, code, defect.id.clone())));
    }
    assert_eq!(planted.difference(&found).collect::<Vec<_>>(), Vec::<&_>::new());
    allowed.extend(planted);
    assert_eq!(found.difference(&allowed).collect::<Vec<_>>(), Vec::<&_>::new());

    // The same again says the same; what somebody has seen to stays so.
    let one = result.findings[0].id.clone();
    assert!(acknowledge(&mut books.ledger, &one, "known", books.now).unwrap());
    let again = books.reconcile();
    assert_eq!(again.findings.len(), result.findings.len());
    assert_eq!(again.open().count() + 1, result.open().count());
    let kept = again.findings.iter().find(|finding| finding.id == one).unwrap();
    assert!(matches!(&kept.status, FindingStatus::Acknowledged { note, .. } if note == "known"));
    // A check that can't be made is never a check that was passed.
    let not_run = |code| {
        again
            .checks
            .iter()
            .any(|check| check.code == code && matches!(check.state, CheckState::NotRun { .. }))
    };
    assert!(not_run(CheckCode::A2) && not_run(CheckCode::B2));
}
