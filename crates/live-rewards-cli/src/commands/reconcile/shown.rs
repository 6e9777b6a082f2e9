use std::path::Path;

use comfy_table::CellAlignment;
use live_rewards::Money;
use live_rewards_ledger::{
    Account, AccountId, CheckResult, CheckState, Finding, FindingStatus, Reconciliation,
};
use serde_json::{Value, json};

use crate::{failure::Failure, output};

/// What a reconciliation came to, for people or for machines.
pub(super) struct Shown<'a> {
    pub(super) ledger: &'a Path,
    pub(super) is_demo: bool,
    pub(super) accounts: &'a [Account],
    pub(super) result: &'a Reconciliation,
    /// Acknowledged findings, too.
    pub(super) all: bool,
}

impl Shown<'_> {
    fn name(&self, id: AccountId) -> &str {
        self.accounts.iter().find(|account| account.id == id).map_or("", |account| &account.name)
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.result
            .findings
            .iter()
            .filter(|finding| self.all || finding.status == FindingStatus::Open)
    }

    /// A row a check, then the findings.
    pub(super) fn print(&self) -> Result<(), Failure> {
        let mut checks = output::table(["Account", "Check", "Result", "Looked at", "Findings", ""]);
        for CheckResult { code, account, state, notes, .. } in &self.result.checks {
            let (result, examined, findings, mut note) = match state {
                CheckState::Passed { examined } => {
                    ("passed", examined.to_string(), "0".to_owned(), String::new())
                }
                CheckState::Found { examined, findings } => {
                    ("found", examined.to_string(), findings.to_string(), String::new())
                }
                CheckState::NotRun { why } => {
                    ("not run", String::new(), String::new(), why.en.to_owned())
                }
                _ => ("", String::new(), String::new(), String::new()),
            };
            for words in notes {
                if !note.is_empty() {
                    note.push_str("; ");
                }
                note.push_str(&words.en);
            }
            checks.add_row([
                self.name(*account).to_owned(),
                code.to_string(),
                result.to_owned(),
                examined,
                findings,
                note,
            ]);
        }
        for column in checks.column_iter_mut().skip(3).take(2) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        let demo = if self.is_demo { " (DEMO 示例数据)" } else { "" };
        output::text(&format_args!(
            "{checks}\nLedger: {}{demo}, as of {}",
            self.ledger.display(),
            self.result.as_of
        ))?;
        self.print_findings()
    }

    fn print_findings(&self) -> Result<(), Failure> {
        let mut table = output::table([
            "Finding",
            "Weight",
            "Account",
            "Room",
            "About",
            "¥ / points",
            "What",
            "",
        ]);
        let mut any = false;
        for finding in self.findings() {
            any = true;
            let Finding {
                id,
                severity,
                account,
                room,
                subject,
                amount_fen,
                points,
                text,
                status,
                ..
            } = finding;
            let amount = match (amount_fen, points) {
                (Some(fen), _) => format!("{} ¥", Money::from_fen(*fen)),
                (None, Some(points)) => format!("{points} points"),
                (None, None) => String::new(),
            };
            let status = match status {
                FindingStatus::Acknowledged { note, .. } => note.as_str(),
                _ => "",
            };
            table.add_row([
                id.clone(),
                severity.as_str().to_owned(),
                self.name(*account).to_owned(),
                room.as_ref().map_or_else(String::new, |room| room.id.to_string()),
                subject.id.clone(),
                amount,
                text.en.clone(),
                status.to_owned(),
            ]);
        }
        if let Some(column) = table.column_mut(5) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if any { output::text(&table) } else { output::text(&"No open findings.") }
    }

    pub(super) fn json(&self) -> Value {
        let checks: Vec<_> = self.result.checks.iter().map(|check| self.check(check)).collect();
        let findings: Vec<_> = self.findings().map(|finding| self.finding(finding)).collect();
        json!({
            "schema_version": 1,
            "ledger": self.ledger.display().to_string(),
            "demo": self.is_demo,
            "as_of": self.result.as_of.to_string(),
            "checks": checks,
            "findings": findings,
        })
    }

    fn check(&self, check: &CheckResult) -> Value {
        let notes: Vec<_> =
            check.notes.iter().map(|note| json!({ "en": note.en, "zh": note.zh })).collect();
        let (state, examined, findings, why) = match &check.state {
            CheckState::Passed { examined } => ("passed", Some(examined), Some(0), None),
            CheckState::Found { examined, findings } => {
                ("found", Some(examined), Some(*findings), None)
            }
            CheckState::NotRun { why } => ("not_run", None, None, Some(why)),
            _ => ("", None, None, None),
        };
        json!({
            "account": self.name(check.account),
            "code": check.code.as_str(),
            "state": state,
            "examined": examined,
            "findings": findings,
            "why": why.map(|why| json!({ "en": why.en, "zh": why.zh })),
            "notes": notes,
        })
    }

    fn finding(&self, finding: &Finding) -> Value {
        let (status, note) = match &finding.status {
            FindingStatus::Acknowledged { note, .. } => ("acknowledged", Some(note)),
            _ => ("open", None),
        };
        let evidence: Vec<_> = finding
            .evidence
            .iter()
            .map(|row| {
                let values: serde_json::Map<_, _> =
                    row.values.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
                json!({ "table": row.table, "key": key(&row.key), "values": values })
            })
            .collect();
        json!({
            "id": finding.id,
            "code": finding.code.as_str(),
            "severity": finding.severity.as_str(),
            "account": self.name(finding.account),
            "room": finding.room.as_ref().map(|room| room.id.as_str()),
            "subject": {
                "table": finding.subject.table,
                "key": key(&finding.subject.key),
                "id": finding.subject.id,
            },
            "amount_fen": finding.amount_fen,
            "points": finding.points,
            "text": { "en": finding.text.en, "zh": finding.text.zh },
            "evidence": evidence,
            "status": status,
            "note": note,
            "first_found_at": finding.first_found_at.to_string(),
        })
    }
}

/// A natural key as the list that it is.
fn key(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}
