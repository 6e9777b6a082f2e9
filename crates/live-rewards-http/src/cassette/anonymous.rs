use std::cmp::Reverse;

use serde_json::value::RawValue;

use super::{
    known::Treatment,
    pseudonym::{Half, Pseudonyms},
    rewrite::{self, Replaced},
};

/// Replaces the persons of one exchange.
pub(super) struct Anonymous<'a> {
    pseudonyms: &'a Pseudonyms,
    path: String,
    /// Whom the request asks for, with their pseudonyms, the longest first. The vendor may repeat them in a message.
    asked_for: Replaced,
}

impl<'a> Anonymous<'a> {
    /// Of a call of this path.
    pub(super) fn new(pseudonyms: &'a Pseudonyms, path: &str) -> Self {
        Self { pseudonyms, path: path.to_owned(), asked_for: Vec::new() }
    }

    pub(super) fn pseudonyms(&self) -> &Pseudonyms {
        self.pseudonyms
    }

    pub(super) fn treatment(&self, name: &str, half: Half) -> Treatment {
        self.pseudonyms.treatment(name, &self.path, half)
    }

    /// The path, in which Polyv's older calls name an account.
    pub(super) fn path(&mut self) -> String {
        const ACCOUNT: &str = "/live/v2/user/";
        let Some((before, after)) = self.path.split_once(ACCOUNT) else {
            return self.path.clone();
        };
        let (account, rest) = after.split_at(after.find('/').unwrap_or(after.len()));
        let pseudonym = self.pseudonyms.id(account);
        let path = format!("{before}{ACCOUNT}{pseudonym}{rest}");
        let replaced = vec![(account.to_owned(), pseudonym)];
        self.ask_for(replaced);
        path
    }

    /// A parameter's value. `None` if it is nested too deeply.
    pub(super) fn parameter(&mut self, name: &str, value: &RawValue) -> Option<Box<RawValue>> {
        let (written, replaced) = rewrite::parameter(self, name, value)?;
        self.ask_for(replaced);
        Some(written)
    }

    /// What is answered. `None` if it is nested too deeply.
    pub(super) fn answer(&self, json: &RawValue) -> Option<Box<RawValue>> {
        rewrite::answer(self, json)
    }

    fn ask_for(&mut self, replaced: Replaced) {
        // A single letter stands in most words.
        let told = replaced.into_iter().filter(|(person, _)| person.chars().nth(1).is_some());
        self.asked_for.extend(told);
        self.asked_for.sort_by_key(|(person, _)| Reverse(person.len()));
        self.asked_for.dedup();
    }

    /// A vendor's message without those who were asked for, and without what looks like an id.
    pub(super) fn message(&self, text: &str) -> String {
        self.without(text, &self.asked_for)
    }

    fn without(&self, text: &str, persons: &[(String, String)]) -> String {
        let Some(((person, pseudonym), others)) = persons.split_first() else {
            return self.without_ids(text);
        };
        let parts: Vec<_> =
            text.split(person.as_str()).map(|part| self.without(part, others)).collect();
        parts.join(pseudonym.as_str())
    }

    fn without_ids(&self, text: &str) -> String {
        let mut written = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(in_word) {
            let (before, word) = rest.split_at(start);
            let (word, after) =
                word.split_at(word.find(|c: char| !in_word(c)).unwrap_or(word.len()));
            written.push_str(before);
            let id = word.trim_matches(['.', '-', '+']);
            if is_like_an_id(id) {
                written.push_str(&word.replace(id, &self.pseudonyms.id(id)));
            } else {
                written.push_str(word);
            }
            rest = after;
        }
        written.push_str(rest);
        written
    }
}

/// Of what ids, phone numbers, network and mail addresses are made.
fn in_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.' | '+' | '@')
}

/// Shorter words are codes and counts.
const SHORTEST: usize = 6;

fn is_like_an_id(word: &str) -> bool {
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    word.contains('@') || word.len() >= SHORTEST && has_digit
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/live/v2/user/475b6884a7/get-income-detail";

    #[test]
    fn an_account_in_a_path_is_replaced() {
        let pseudonyms = Pseudonyms::new("key");
        let account = pseudonyms.id("475b6884a7");
        for (path, expected) in [
            (PATH, format!("/live/v2/user/{account}/get-income-detail")),
            ("/base/live/v2/user/475b6884a7", format!("/base/live/v2/user/{account}")),
            ("/live/v4/user/coupon/search", "/live/v4/user/coupon/search".to_owned()),
        ] {
            assert_eq!(Anonymous::new(&pseudonyms, path).path(), expected);
        }
    }

    #[test]
    fn messages_repeat_nobody() {
        let pseudonyms = Pseudonyms::new("key");
        let mut anonymous = Anonymous::new(&pseudonyms, PATH);
        anonymous.path();
        for (name, value) in
            [("user_ids", r#"["u_1","u_12"]"#), ("name", "\"小明\""), ("phone", "7")]
        {
            let value: Box<RawValue> = serde_json::from_str(value).unwrap();
            anonymous.parameter(name, &value).unwrap();
        }
        let [account, first, second, other, mail] =
            ["475b6884a7", "u_1", "u_12", "u_5cb6c94d7dcb9", "a.b@c.com"]
                .map(|id| pseudonyms.id(id));
        let name = pseudonyms.name("小明");
        for (message, expected) in [
            ("用户小明(u_12)不存在", format!("用户{name}({second})不存在")),
            ("u_1, u_5cb6c94d7dcb9.", format!("{first}, {other}.")),
            ("475b6884a7: a.b@c.com", format!("{account}: {mail}")),
            ("ptime is too old. (7 of 1500)", "ptime is too old. (7 of 1500)".to_owned()),
            ("[removed]", "[removed]".to_owned()),
            ("", String::new()),
        ] {
            assert_eq!(anonymous.message(message), expected);
        }
    }
}
