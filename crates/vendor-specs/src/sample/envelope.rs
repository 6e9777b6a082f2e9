use serde_json::value::RawValue;

use super::json::{Finding, Json, at};
use crate::{Envelope, ErrorSpec};

/// A whole answer.
pub(super) struct Body<'a> {
    pub(super) text: &'a str,
    pub(super) raw: &'a RawValue,
    pub(super) envelope: &'a Envelope,
}

impl<'a> Body<'a> {
    /// The payload of a success, and what is wrong around it.
    pub(super) fn open(&self) -> (Option<&'a RawValue>, Vec<Finding>) {
        let mut findings = Vec::new();
        if let Some(success) = &self.envelope.success
            && self.characters(&success.member) != Some(success.equals.to_string())
        {
            let message = format!("a success has {} as its `{}`", success.equals, success.member);
            findings.push(self.finding(message));
        }
        let Some(place) = &self.envelope.payload else {
            return (Some(self.raw), findings);
        };
        self.find_unknown(self.raw, "", &mut findings);
        let payload = at(self.raw, place);
        if payload.is_none() {
            findings.push(self.finding(format!("a success has its payload in `{place}`")));
        }
        (payload, findings)
    }

    /// What is wrong with a refusal: it must be one of these errors, with known members only.
    pub(super) fn check_refused(&self, status: u16, errors: &[ErrorSpec]) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.find_unknown(self.raw, "", &mut findings);
        let code = self.first(&self.envelope.error_code);
        let message = self.first(&self.envelope.error_message);
        let known = errors.iter().find(|error| {
            let by_code = error.code.is_some() && error.code.as_deref() == code.as_deref();
            let part = error.message_contains.as_deref();
            let by_message = part.zip(message.as_deref());
            by_code || by_message.is_some_and(|(part, message)| message.contains(part))
        });
        match known {
            None => {
                let what = code.or(message).unwrap_or_default();
                let message = format!("`{what}` is no error that `vendor.toml` has: add it there");
                findings.push(self.finding(message));
            }
            Some(error) if error.status != status => {
                let message = format!(
                    "this error comes with HTTP {} in `vendor.toml`, with {status} in the sample",
                    error.status
                );
                findings.push(self.finding(message));
            }
            Some(_) => {}
        }
        findings
    }

    /// Finds members that are neither known nor the payload.
    fn find_unknown(&self, raw: &'a RawValue, path: &str, findings: &mut Vec<Finding>) {
        let members = match Json::read(raw) {
            Ok(Json::Object(members)) => members,
            Ok(_) if !path.is_empty() => return,
            Ok(other) => {
                findings
                    .push(self.finding(format!("an answer is an object, not {}", other.what())));
                return;
            }
            Err(error) => {
                findings.push(Finding::at(self.text, raw, error));
                return;
            }
        };
        for (name, value) in members {
            let place = if path.is_empty() { name } else { format!("{path}.{name}") };
            if self.envelope.payload.as_ref() == Some(&place) {
                continue;
            }
            if self.envelope.members.contains(&place) {
                self.find_unknown(value, &place, findings);
            } else {
                let message =
                    format!("`{place}` is no member that the envelope in `vendor.toml` has");
                findings.push(Finding::at(self.text, value, message));
            }
        }
    }

    fn first(&self, places: &[String]) -> Option<String> {
        places.iter().find_map(|place| self.characters(place))
    }

    fn characters(&self, place: &str) -> Option<String> {
        Json::read(at(self.raw, place)?).ok()?.characters().map(str::to_owned)
    }

    fn finding(&self, message: String) -> Finding {
        Finding::at(self.text, self.raw, message)
    }
}
