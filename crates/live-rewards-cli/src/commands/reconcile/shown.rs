use std::path::Path;

use live_rewards::Money;
use live_rewards_ledger::{
    Account, AccountId, CheckResult, CheckState, Evidence, Finding, FindingStatus, Label,
    LedgerKind, Reconciliation, Severity, Words,
};
use serde_json::{Map, Value, json};

use crate::{
    failure::Failure,
    language::{language, say},
    output,
    sheet::{Cell, Format, Sheet},
};

/// What a reconciliation came to, for people or for machines.
pub(super) struct Shown<'a> {
    pub(super) ledger: &'a Path,
    pub(super) kind: LedgerKind,
    pub(super) accounts: &'a [Account],
    pub(super) result: &'a Reconciliation,
    /// Acknowledged findings, too.
    pub(super) all: bool,
}

impl Shown<'_> {
    /// A row a check, then the findings.
    pub(super) fn print(&self) -> Result<(), Failure> {
        let ledger = output::ledger_line(self.ledger, self.kind);
        let as_of = output::beijing(self.result.as_of);
        let line = say!("{ledger}, as of {as_of} in Beijing", "{ledger}，截至北京时间 {as_of}");
        output::text(&format_args!("{}\n{line}", self.checks().table()))?;
        let findings = self.findings();
        if findings.is_empty() {
            output::text(&say!("No open findings.", "没有待处理的差异。"))
        } else {
            output::text(&findings.table())
        }
    }

    /// One document of all, and of the bank side where that was matched.
    pub(super) fn json(&self, bank: Option<Value>) -> Result<(), Failure> {
        let checks = self.result.checks.iter().map(|check| self.check(check)).collect();
        let more = [
            ("ledger", json!(self.ledger.display().to_string())),
            ("as_of", json!(self.result.as_of.to_string())),
            ("checks", Value::Array(checks)),
        ];
        let bank = bank.map(|bank| ("bank", bank));
        self.findings().print(Format::Json, Some(self.kind), more.into_iter().chain(bank))
    }

    /// A row a finding.
    pub(super) fn findings(&self) -> Sheet {
        let mut sheet = Sheet::new("findings")
            .column("id", say!("Finding", "差异项"))
            .for_machines("code")
            .column("severity", say!("Weight", "级别"))
            .column("account", say!("Account", "账号"))
            .column("room", say!("Room", "直播间"))
            .nested("subject")
            .flat("subject_id", say!("About", "对象"))
            .column("amount_fen", "¥")
            .column("points", say!("Points", "积分"))
            .for_machines("text")
            .for_people(say!("What", "说明"))
            .nested("evidence")
            .for_machines("status")
            .column("note", say!("Note", "备注"))
            .for_machines("first_found_at");
        let findings = self.result.findings.iter();
        for finding in findings.filter(|one| self.all || one.status == FindingStatus::Open) {
            sheet.row(self.finding(finding));
        }
        sheet
    }

    fn finding(&self, finding: &Finding) -> [Cell; 15] {
        let Finding { severity, subject, .. } = finding;
        let (status, note) = match &finding.status {
            FindingStatus::Acknowledged { note, .. } => ("acknowledged", Some(note.as_str())),
            _ => ("open", None),
        };
        [
            finding.id.as_str().into(),
            finding.code.as_str().into(),
            Cell::Word(severity.as_str(), weight(*severity)),
            self.name(finding.account).into(),
            finding.room.as_ref().map(|room| room.id.as_str()).into(),
            Cell::Json(json!({
                "table": subject.table,
                "key": key(&subject.key),
                "id": subject.id,
            })),
            subject.id.as_str().into(),
            finding.amount_fen.map(Money::from_fen).into(),
            finding.points.into(),
            Cell::Json(both(&finding.text)),
            finding.text.in_language(language()).into(),
            Cell::Json(finding.evidence.iter().map(evidence).collect()),
            status.into(),
            note.into(),
            finding.first_found_at.into(),
        ]
    }

    /// A row a check, for people.
    fn checks(&self) -> Sheet {
        let mut sheet = Sheet::new("checks")
            .for_people(say!("Account", "账号"))
            .for_people(say!("Check", "检查"))
            .for_people(say!("Result", "结果"))
            .for_people(say!("Looked at", "检查数"))
            .for_people(say!("Findings", "差异"))
            .for_people(say!("Remark", "说明"));
        for check in &self.result.checks {
            let Came { name, words, examined, findings, why } = Came::of(&check.state);
            let why = why.map(|why| why.in_language(language()));
            let notes = check.notes.iter().map(|note| note.in_language(language()));
            let remarks: Vec<_> = why.into_iter().chain(notes).collect();
            sheet.row([
                self.name(check.account).into(),
                check.code.as_str().into(),
                Cell::Word(name, words),
                examined.into(),
                findings.into(),
                remarks.join(say!("; ", "；").as_str()).into(),
            ]);
        }
        sheet
    }

    fn check(&self, check: &CheckResult) -> Value {
        let Came { name, examined, findings, why, .. } = Came::of(&check.state);
        let notes: Vec<_> = check.notes.iter().map(both).collect();
        json!({
            "account": self.name(check.account),
            "code": check.code.as_str(),
            "state": name,
            "examined": examined,
            "findings": findings,
            "why": why.map(|Label { en, zh }| json!({ "en": en, "zh": zh })),
            "notes": notes,
        })
    }

    fn name(&self, id: AccountId) -> &str {
        self.accounts.iter().find(|account| account.id == id).map_or("", |account| &account.name)
    }
}

/// What came of a check.
struct Came {
    name: &'static str,
    words: String,
    examined: Option<u64>,
    findings: Option<u64>,
    why: Option<Label>,
}

impl Came {
    fn of(state: &CheckState) -> Self {
        let (name, words, examined, findings, why) = match *state {
            CheckState::Passed { examined } => {
                ("passed", say!("passed", "通过"), Some(examined), Some(0), None)
            }
            CheckState::Found { examined, findings } => {
                ("found", say!("found", "发现差异"), Some(examined), Some(findings), None)
            }
            CheckState::NotRun { why } => {
                ("not_run", say!("not run", "未执行"), None, None, Some(why))
            }
            _ => ("", String::new(), None, None, None),
        };
        Self { name, words, examined, findings, why }
    }
}

fn weight(severity: Severity) -> String {
    match severity {
        Severity::Information => say!("information", "提示"),
        Severity::Warning => say!("warning", "警告"),
        Severity::Error => say!("error", "错误"),
        other => other.to_string(),
    }
}

fn both(Words { en, zh }: &Words) -> Value {
    json!({ "en": en, "zh": zh })
}

fn evidence(row: &Evidence) -> Value {
    let values: Map<_, _> =
        row.values.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    json!({ "table": row.table, "key": key(&row.key), "values": values })
}

/// A natural key as the list that it is.
fn key(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}
