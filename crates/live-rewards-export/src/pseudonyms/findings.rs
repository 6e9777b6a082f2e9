use live_rewards_core::Vendor;
use live_rewards_ledger::{
    AccountId, Column, Evidence, Finding, FindingStatus, Person, TABLES, Table,
};
use serde_json::Value;

use super::Pseudonyms;

/// What was replaced in a finding, by what.
#[derive(Default)]
struct Replaced(Vec<(String, String)>);

impl Pseudonyms {
    /// A finding without people: in what it is about, in its evidence and in its text. Whoever acknowledged it may have named one, so
    /// the note is emptied. Where it is about people it has another id, as its own tells whom to those who guess.
    pub fn finding(&self, vendor: Vendor, finding: &Finding) -> Finding {
        let mut hidden = finding.clone();
        let mut replaced = Replaced::default();
        let subject = &mut hidden.subject;
        if let Some(table) = of_name(&subject.table) {
            subject.key = self.row_key(vendor, table, &subject.key, &mut replaced);
        }
        for evidence in &mut hidden.evidence {
            self.evidence(vendor, evidence, &mut replaced);
        }
        if let FindingStatus::Acknowledged { note, .. } = &mut hidden.status {
            note.clear();
        }
        if replaced.0.is_empty() {
            return hidden;
        }
        replaced.sort();
        replaced.in_text(&mut hidden.subject.id);
        replaced.in_text(&mut hidden.text.en);
        replaced.in_text(&mut hidden.text.zh);
        hidden.id = self.pseudonym(&format!("{}-", hidden.code), "finding", vendor, &finding.id);
        hidden
    }

    /// Findings without people: those of accounts whose vendor is told, by account, code and the id that they now have, as the order of
    /// the real ones would tell who is who.
    pub fn findings(
        &self,
        findings: &[Finding],
        vendor: impl Fn(AccountId) -> Option<Vendor>,
    ) -> Vec<Finding> {
        let hidden = findings.iter().filter_map(|finding| {
            let vendor = vendor(finding.account)?;
            Some(self.finding(vendor, finding))
        });
        let mut hidden: Vec<Finding> = hidden.collect();
        hidden.sort_by(|one, other| {
            let place = |finding: &Finding| (finding.account, finding.code);
            place(one).cmp(&place(other)).then_with(|| one.id.cmp(&other.id))
        });
        hidden
    }

    /// A natural key, or a part of one, as a JSON array.
    fn row_key(&self, vendor: Vendor, table: &Table, key: &str, replaced: &mut Replaced) -> String {
        let Ok(mut parts) = serde_json::from_str::<Vec<Value>>(key) else {
            return "[]".to_owned();
        };
        // An account is no part of a key, and has the vendor.
        let columns = table.columns.iter().skip(1).filter(|column| column.key);
        for (column, part) in columns.zip(&mut parts) {
            if let (Some(person), Value::String(text)) = (column.person, part) {
                self.hide(vendor, person, text, replaced);
            }
        }
        Value::Array(parts).to_string()
    }

    fn evidence(&self, vendor: Vendor, evidence: &mut Evidence, replaced: &mut Replaced) {
        let Some(table) = of_name(&evidence.table) else {
            // Of rows that could not be read: the reason may quote them, and the key is a digest of them.
            "[]".clone_into(&mut evidence.key);
            evidence.values.retain(|(name, _)| name.ends_with("_at"));
            return;
        };
        evidence.key = self.row_key(vendor, table, &evidence.key, replaced);
        // Of a change both values are of the column that is named.
        let changed = evidence.values.iter().find(|(name, _)| name == "column");
        let changed = changed.and_then(|(_, name)| column(table, name));
        for (name, value) in &mut evidence.values {
            let column = match name.as_str() {
                "old" | "new" => changed,
                name => column(table, name),
            };
            if let Some(person) = column.and_then(|column| column.person) {
                self.hide(vendor, person, value, replaced);
            }
        }
    }

    fn hide(&self, vendor: Vendor, person: Person, text: &mut String, replaced: &mut Replaced) {
        let hidden = self.text(vendor, person, text).unwrap_or_default();
        if hidden == *text {
            return;
        }
        if person == Person::Ids {
            for id in text.split(' ') {
                replaced.0.push((id.to_owned(), self.user(vendor, id)));
            }
        }
        replaced.0.push((std::mem::replace(text, hidden.clone()), hidden));
    }
}

impl Replaced {
    /// Longer ones first, as a shorter one may be a part of them.
    fn sort(&mut self) {
        self.0.retain(|(text, _)| !text.is_empty());
        self.0.sort_unstable_by(|(one, _), (other, _)| {
            other.len().cmp(&one.len()).then_with(|| one.cmp(other))
        });
        self.0.dedup();
    }

    /// Replaces them in a text, where they are words of their own.
    fn in_text(&self, text: &mut String) {
        for (word, with) in &self.0 {
            if text.contains(word) {
                *text = replace_word(text, word, with);
            }
        }
    }
}

fn replace_word(text: &str, word: &str, with: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(word) {
        replaced.push_str(before);
        let is_word = !continues(replaced.chars().rev()) && !continues(after.chars());
        replaced.push_str(if is_word { with } else { word });
        rest = after;
    }
    replaced + rest
}

/// Whether what stands beside a word belongs to it: letters and digits, or such beyond a mark, as in `5.00` and `08:30`.
fn continues(mut beside: impl Iterator<Item = char>) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    match beside.next() {
        Some('.' | ':' | '-' | '/') => beside.next().is_some_and(is_part),
        Some(next) => is_part(next),
        None => false,
    }
}

/// The description of a table.
fn of_name(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}

fn column(table: &'static Table, name: &str) -> Option<&'static Column> {
    table.columns.iter().find(|column| column.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_replaced() {
        for (text, replaced) in [
            ("5 claims more than once", "P claims more than once"),
            ("用户 5 多次领取", "用户 P 多次领取"),
            ("由 5 变为 15", "由 P 变为 15"),
            ("5.00 yuan, 0.5 at 08:5", "5.00 yuan, 0.5 at 08:5"),
            ("by 5.", "by P."),
            ("5 5", "P P"),
            ("u_5, 5x, x5", "u_5, 5x, x5"),
        ] {
            assert_eq!(replace_word(text, "5", "P"), replaced);
        }
    }

    #[test]
    fn longer_words_go_first() {
        let pair = |text: &str, with: &str| (text.to_owned(), with.to_owned());
        let mut replaced = Replaced(vec![pair("a", "A"), pair("", "X"), pair("a b", "AB")]);
        replaced.sort();
        let mut text = "a b was a".to_owned();
        replaced.in_text(&mut text);
        assert_eq!(text, "AB was A");
    }
}
