use std::collections::{BTreeMap, HashMap, HashSet};

use live_rewards_core::{RoomRef, Vendor};

use super::{
    CHECKS, CheckCode, CheckResult, CheckState, CheckStrength, Evidence, FindingSubject, Words,
    finding::{MOST_EVIDENCE, finding_id},
    words::words,
};
use crate::{Account, AccountId, Label};

/// Findings of a check and an account that are listed. More are counted.
const MOST_FINDINGS: u64 = 10_000;

/// Takes what the checks look at and what they find.
#[derive(Debug)]
pub(super) struct Collector {
    accounts: BTreeMap<AccountId, Account>,
    tallies: BTreeMap<(AccountId, CheckCode), Tally>,
    found: Vec<Found>,
    /// Findings that are open in the ledger, by the id of their subject.
    stored: HashMap<String, Vec<(AccountId, CheckCode, String)>>,
    /// Those of them of which nothing can be said now.
    undecided: HashSet<String>,
}

/// A finding without what the ledger knows of it.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) id: String,
    pub(super) code: CheckCode,
    pub(super) account: AccountId,
    pub(super) room: Option<RoomRef>,
    pub(super) subject: FindingSubject,
    pub(super) amount_fen: Option<i64>,
    pub(super) points: Option<i64>,
    pub(super) text: Words,
    pub(super) evidence: Vec<Evidence>,
}

/// What a check found.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) code: CheckCode,
    pub(super) account: AccountId,
    pub(super) room: Option<RoomRef>,
    pub(super) subject: FindingSubject,
    pub(super) amount_fen: Option<i64>,
    pub(super) points: Option<i64>,
    /// What else tells it from other findings of the subject.
    pub(super) mark: String,
    pub(super) text: Words,
    pub(super) evidence: Vec<Evidence>,
}

/// What all checks came to.
#[derive(Debug)]
pub(super) struct Collected {
    pub(super) checks: Vec<CheckResult>,
    pub(super) found: Vec<Found>,
    /// Ids of findings that stay as they are.
    pub(super) undecided: HashSet<String>,
}

#[derive(Debug, Default)]
struct Tally {
    examined: u64,
    findings: u64,
    why_not: Option<Label>,
    notes: Vec<Words>,
}

impl Collector {
    /// For these accounts, with the findings that are open: account, check, subject, id.
    pub(super) fn new(
        accounts: impl IntoIterator<Item = Account>,
        open: impl IntoIterator<Item = (AccountId, CheckCode, String, String)>,
    ) -> Self {
        let mut stored: HashMap<String, Vec<_>> = HashMap::new();
        for (account, code, subject, id) in open {
            stored.entry(subject).or_default().push((account, code, id));
        }
        Self {
            accounts: accounts.into_iter().map(|account| (account.id, account)).collect(),
            tallies: BTreeMap::new(),
            found: Vec::new(),
            stored,
            undecided: HashSet::new(),
        }
    }

    /// The accounts that are looked at.
    pub(super) fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    /// The vendor of an account; nothing if it isn't looked at.
    pub(super) fn vendor(&self, account: AccountId) -> Option<Vendor> {
        self.accounts.get(&account).map(|account| account.identity.vendor)
    }

    /// A check looked at so much.
    pub(super) fn examined(&mut self, account: AccountId, code: CheckCode, more: u64) {
        self.tally(account, code).examined += more;
    }

    /// Why a check of an account can't be made, if it looks at nothing else of it.
    pub(super) fn not_run(&mut self, account: AccountId, code: CheckCode, why: Label) {
        self.tally(account, code).why_not = Some(why);
    }

    /// A check came upon something that is no finding.
    pub(super) fn note(&mut self, account: AccountId, code: CheckCode, note: Words) {
        self.tally(account, code).notes.push(note);
    }

    /// Nothing can be said of a subject now: what was found of it stays.
    pub(super) fn undecided(&mut self, account: AccountId, codes: &[CheckCode], subject: &str) {
        for (of, code, id) in self.stored.get(subject).into_iter().flatten() {
            if *of == account && codes.contains(code) {
                self.undecided.insert(id.clone());
            }
        }
    }

    /// A check found something. Nothing is kept of an account that isn't looked at.
    pub(super) fn find(&mut self, draft: Draft) {
        let Some(account) = self.accounts.get(&draft.account) else {
            return;
        };
        let number =
            |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let identity = &account.identity;
        let id = finding_id(
            draft.code,
            &[
                identity.vendor.as_str(),
                &identity.authority,
                &account.origin,
                &draft.subject.table,
                &draft.subject.key,
                &number(draft.amount_fen),
                &number(draft.points),
                &draft.mark,
            ],
        );
        let tally = self.tally(draft.account, draft.code);
        tally.findings += 1;
        if tally.findings > MOST_FINDINGS {
            return;
        }
        let mut evidence = draft.evidence;
        evidence.truncate(MOST_EVIDENCE);
        self.found.push(Found {
            id,
            code: draft.code,
            account: draft.account,
            room: draft.room,
            subject: draft.subject,
            amount_fen: draft.amount_fen,
            points: draft.points,
            text: draft.text,
            evidence,
        });
    }

    /// Puts all in order.
    pub(super) fn finish(mut self) -> Collected {
        let place = |found: &Found| {
            (
                found.account,
                found.code,
                found.subject.table.clone(),
                found.subject.key.clone(),
                found.id.clone(),
            )
        };
        self.found.sort_by_cached_key(place);
        let tallies = &mut self.tallies;
        self.found.dedup_by(|again, first| {
            let is_same = again.id == first.id;
            if is_same && let Some(tally) = tallies.get_mut(&(again.account, again.code)) {
                tally.findings -= 1;
            }
            is_same
        });
        let mut checks = Vec::new();
        for account in self.accounts.values() {
            for check in CHECKS {
                let tally = self.tallies.remove(&(account.id, check.code)).unwrap_or_default();
                let support = check.support(account.identity.vendor);
                let impossible = support
                    .filter(|support| support.strength == CheckStrength::Impossible)
                    .map(|support| support.reason);
                checks.push(tally.into_result(check.code, account.id, impossible));
            }
        }
        Collected { checks, found: self.found, undecided: self.undecided }
    }

    fn tally(&mut self, account: AccountId, code: CheckCode) -> &mut Tally {
        self.tallies.entry((account, code)).or_default()
    }
}

impl Tally {
    fn into_result(
        self,
        code: CheckCode,
        account: AccountId,
        impossible: Option<Label>,
    ) -> CheckResult {
        let Self { examined, findings, why_not, mut notes } = self;
        let state = if findings > 0 {
            CheckState::Found { examined, findings }
        } else if let Some(why) = impossible {
            CheckState::NotRun { why }
        } else if examined == 0 {
            CheckState::NotRun { why: why_not.unwrap_or(NOTHING) }
        } else {
            CheckState::Passed { examined }
        };
        if findings > MOST_FINDINGS {
            notes.push(words!(
                "{findings} findings; the first {MOST_FINDINGS} are listed",
                "共 {findings} 项，只列出前 {MOST_FINDINGS} 项"
            ));
        }
        CheckResult { code, account, state, notes }
    }
}

const NOTHING: Label =
    Label { en: "there is nothing yet that it can be made of", zh: "暂无可检查的数据" };

/// A room by the names of its kind and itself.
pub(super) fn room(kind: &str, id: &str) -> Option<RoomRef> {
    Some(RoomRef::new(id, kind.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_util::{at, identity};

    fn collector(open: &[(CheckCode, &str, &str)]) -> Collector {
        let account = Account {
            id: AccountId(1),
            identity: identity("shop"),
            name: "shop".to_owned(),
            first_seen_at: at(0),
            origin: "shop".to_owned(),
        };
        let open = open.iter().map(|(code, subject, id)| {
            (AccountId(1), *code, (*subject).to_owned(), (*id).to_owned())
        });
        Collector::new([account], open)
    }

    fn draft(code: CheckCode, packet: &str) -> Draft {
        Draft {
            code,
            account: AccountId(1),
            room: None,
            subject: FindingSubject::red_packet(packet),
            amount_fen: Some(5),
            points: None,
            mark: String::new(),
            text: words!("wrong", "错"),
            evidence: vec![Evidence::new("red_packets", [packet.into()]); MOST_EVIDENCE + 1],
        }
    }

    fn state(collected: &Collected, code: CheckCode) -> CheckState {
        collected.checks.iter().find(|check| check.code == code).unwrap().state
    }

    #[test]
    fn what_was_not_looked_at_has_not_passed() {
        let mut collector = collector(&[]);
        collector.examined(AccountId(1), CheckCode::A1, 3);
        collector.examined(AccountId(1), CheckCode::C1, 3);
        let why = Label { en: "no", zh: "否" };
        collector.not_run(AccountId(1), CheckCode::C4, why);
        let collected = collector.finish();
        assert_eq!(collected.checks.len(), CHECKS.len());
        assert_eq!(state(&collected, CheckCode::A1), CheckState::Passed { examined: 3 });
        assert_eq!(state(&collected, CheckCode::A2), CheckState::NotRun { why: NOTHING });
        assert_eq!(state(&collected, CheckCode::C4), CheckState::NotRun { why });
        // Xiaoe has no gifts, whatever was looked at.
        assert!(matches!(state(&collected, CheckCode::C1), CheckState::NotRun { .. }));
    }

    #[test]
    fn findings_are_in_order_each_once() {
        let mut collector = collector(&[]);
        for (code, packet) in
            [(CheckCode::A4, "b"), (CheckCode::A1, "c"), (CheckCode::A1, "a"), (CheckCode::A4, "b")]
        {
            collector.find(draft(code, packet));
        }
        let collected = collector.finish();
        let order: Vec<(CheckCode, &str)> =
            collected.found.iter().map(|found| (found.code, found.subject.id.as_str())).collect();
        assert_eq!(order, [(CheckCode::A1, "a"), (CheckCode::A1, "c"), (CheckCode::A4, "b")]);
        assert_eq!(collected.found[0].evidence.len(), MOST_EVIDENCE);
        for (code, findings) in [(CheckCode::A1, 2), (CheckCode::A4, 1)] {
            assert_eq!(state(&collected, code), CheckState::Found { examined: 0, findings });
        }
    }

    #[test]
    fn findings_of_others_are_left_alone() {
        let mut collector = collector(&[]);
        collector.find(Draft { account: AccountId(2), ..draft(CheckCode::A1, "a") });
        assert!(collector.finish().found.is_empty());
    }

    #[test]
    fn an_open_finding_of_which_nothing_can_be_said_is_told() {
        let mut collector =
            collector(&[(CheckCode::A1, "p", "A1-1"), (CheckCode::A4, "p", "A4-1")]);
        collector.undecided(AccountId(1), &[CheckCode::A1, CheckCode::A3], "p");
        collector.undecided(AccountId(2), &[CheckCode::A4], "p");
        assert_eq!(collector.finish().undecided, HashSet::from(["A1-1".to_owned()]));
    }
}
