//! Writes JSON text anew, value by value from its own characters: a number that stays is never read, so it can't change.

use serde_json::value::RawValue;

use super::{
    anonymous::Anonymous,
    exchange::Members,
    known::Treatment,
    pseudonym::{Half, Person, is_secret},
};

/// A JSON text without white space. `None` if it is nested too deeply.
pub(super) fn compact(json: &RawValue) -> Option<Box<RawValue>> {
    let mut writer = Writer::new(None);
    writer.value(json.get(), Treatment::Stays, DEEPEST)?;
    RawValue::from_string(writer.json).ok()
}

/// An answer with secrets removed and persons replaced.
pub(super) fn answer(anonymous: &Anonymous<'_>, json: &RawValue) -> Option<Box<RawValue>> {
    let mut writer = Writer::new(Some((anonymous, Half::Answer)));
    writer.value(json.get(), Treatment::Within, DEEPEST)?;
    RawValue::from_string(writer.json).ok()
}

/// A parameter's value with persons replaced, and who they are, with their pseudonyms.
pub(super) fn parameter(
    anonymous: &Anonymous<'_>,
    name: &str,
    value: &RawValue,
) -> Option<(Box<RawValue>, Replaced)> {
    let mut writer = Writer::new(Some((anonymous, Half::Request)));
    writer.member(name, value.get(), Treatment::Within, DEEPEST)?;
    Some((RawValue::from_string(writer.json).ok()?, writer.replaced))
}

/// Who was replaced, each with the pseudonym.
pub(super) type Replaced = Vec<(String, String)>;

/// What stands in place of a secret.
const REMOVED: &str = "removed";

/// As deep as serde reads.
const DEEPEST: u8 = 128;

struct Writer<'a> {
    /// `None` changes nothing but white space.
    anonymous: Option<(&'a Anonymous<'a>, Half)>,
    json: String,
    replaced: Replaced,
}

impl<'a> Writer<'a> {
    fn new(anonymous: Option<(&'a Anonymous<'a>, Half)>) -> Self {
        Self { anonymous, json: String::new(), replaced: Vec::new() }
    }

    /// Writes a value; `None` leaves a text that isn't to be used.
    fn value(&mut self, json: &str, treatment: Treatment, deeper: u8) -> Option<()> {
        let deeper = deeper.checked_sub(1)?;
        match json.as_bytes().first()? {
            b'{' => {
                let Members(members) = serde_json::from_str::<Members<&RawValue>>(json).ok()?;
                self.json.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    self.comma(at);
                    self.name(name)?;
                    self.json.push(':');
                    self.member(name, value.get(), treatment, deeper)?;
                }
                self.json.push('}');
            }
            b'[' => {
                let values: Vec<&RawValue> = serde_json::from_str(json).ok()?;
                self.json.push('[');
                for (at, value) in values.iter().enumerate() {
                    self.comma(at);
                    self.value(value.get(), treatment, deeper)?;
                }
                self.json.push(']');
            }
            b'"' => self.text(json, treatment, deeper)?,
            b'-' | b'0'..=b'9' => self.number(json, treatment),
            _ => self.json.push_str(json),
        }
        Some(())
    }

    /// Writes the value of a member or parameter of this name, in an object that is treated like this.
    fn member(&mut self, name: &str, json: &str, object: Treatment, deeper: u8) -> Option<()> {
        let Some((anonymous, half)) = self.anonymous else {
            return self.value(json, object, deeper);
        };
        if is_secret(name) && !matches!(json, "null" | "\"\"") {
            return self.quoted(REMOVED);
        }
        let own = anonymous.treatment(name, half);
        let treatment = match (object, own) {
            (_, Treatment::Replaced(_)) => own,
            (Treatment::Replaced(_), _) => object,
            _ => own,
        };
        self.value(json, treatment, deeper)
    }

    /// Writes a member's name. Where an object has a member for each person, these are named by their ids.
    fn name(&mut self, name: &str) -> Option<()> {
        const DIGITS: usize = 3;
        let digits = name.bytes().filter(u8::is_ascii_digit).count();
        match self.anonymous {
            Some(_) if digits >= DIGITS || name.contains('@') => {
                let pseudonym = self.pseudonym(Person::Id, name);
                self.quoted(&pseudonym)
            }
            _ => self.quoted(name),
        }
    }

    fn text(&mut self, json: &str, treatment: Treatment, deeper: u8) -> Option<()> {
        let Some((anonymous, _)) = self.anonymous else {
            self.json.push_str(json);
            return Some(());
        };
        // Text that isn't Unicode stands for itself.
        let text = serde_json::from_str(json).unwrap_or_else(|_| json.to_owned());
        let written = if let Some(document) = document(&text) {
            let mut writer = Writer::new(self.anonymous);
            writer.value(document.get(), treatment, deeper)?;
            self.replaced.append(&mut writer.replaced);
            writer.json
        } else {
            match treatment {
                Treatment::Stays => without_query(&text).to_owned(),
                Treatment::Message => anonymous.message(&text),
                Treatment::Within => self.pseudonym(Person::Id, &text),
                Treatment::Replaced(person) => self.pseudonym(person, &text),
            }
        };
        if written == text {
            self.json.push_str(json);
            return Some(());
        }
        self.quoted(&written)
    }

    fn number(&mut self, json: &str, treatment: Treatment) {
        match (self.anonymous, treatment) {
            (Some((anonymous, _)), Treatment::Within | Treatment::Replaced(_)) => {
                let pseudonym = anonymous.pseudonyms().number(json);
                self.json.push_str(&pseudonym);
                self.replaced.push((json.to_owned(), pseudonym));
            }
            _ => self.json.push_str(json),
        }
    }

    /// The pseudonym of a text, or of each of the ids in it that are joined by commas.
    fn pseudonym(&mut self, person: Person, text: &str) -> String {
        let Some((anonymous, _)) = self.anonymous else {
            return text.to_owned();
        };
        let each = if person == Person::Id { text.split(',').collect() } else { vec![text] };
        let mut pseudonyms = Vec::with_capacity(each.len());
        for one in each {
            let pseudonym = anonymous.pseudonyms().of(person, one);
            self.replaced.push((one.to_owned(), pseudonym.clone()));
            pseudonyms.push(pseudonym);
        }
        pseudonyms.join(",")
    }

    fn comma(&mut self, at: usize) {
        if at > 0 {
            self.json.push(',');
        }
    }

    fn quoted(&mut self, text: &str) -> Option<()> {
        self.json.push_str(&serde_json::to_string(text).ok()?);
        Some(())
    }
}

/// The JSON object or list that a text is.
fn document(text: &str) -> Option<&RawValue> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    serde_json::from_str(text).ok()
}

/// An address without its query, where signatures and visitors may stand; any other text as it is.
fn without_query(text: &str) -> &str {
    let is_address = ["https://", "http://", "//"].iter().any(|start| text.starts_with(start));
    match text.find(['?', '#']) {
        Some(end) if is_address => text.get(..end).unwrap_or_default(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cassette::Pseudonyms;

    fn rewritten(json: &str) -> String {
        let raw: Box<RawValue> = serde_json::from_str(json).unwrap();
        let pseudonyms = Pseudonyms::new("key");
        let anonymous = Anonymous::new(&pseudonyms, "/read");
        answer(&anonymous, &raw).map_or_else(|| "none".to_owned(), |json| json.get().to_owned())
    }

    fn parameter_written(name: &str, value: &str) -> String {
        let raw: Box<RawValue> = serde_json::from_str(value).unwrap();
        let pseudonyms = Pseudonyms::new("key");
        let anonymous = Anonymous::new(&pseudonyms, "/read");
        parameter(&anonymous, name, &raw).unwrap().0.get().to_owned()
    }

    #[test]
    fn what_is_of_no_person_stays_to_the_character() {
        let json = r#"{"amount":1.0E7,"price":0.98,"money":-0.0,"total":12345678901234567890123,"title":"\u795e\/x","contents":[[],{}],
            "status":null,"amount":"1","userId":"","wx_avatar":null,"token":null,"password":"","is_svip":true,"user_id":0,"openId":"0"}"#;
        let compact: String = json.split(",\n            ").collect::<Vec<_>>().join(",");
        assert_eq!(rewritten(json), compact);
    }

    #[test]
    fn persons_are_replaced_wherever_they_stand() {
        let text = rewritten(
            r#"{"list":[{"userId":"u_1","nickName":"神经蛙","avatar":"https://a/b"}],"user_id":13800138000,
            "user_ids":["u_1","u_2"],"send_user_id":{"id":"u_1","\u0061":1.5},"openId":-7,"es_skip":{"id":"u_2","user_created_at":9}}"#,
        );
        for gone in ["u_1", "u_2", "神经蛙", "https://a/b", "13800138000", "1.5", "-7", ":9"] {
            assert!(!text.contains(gone), "{text}");
        }
        let pseudonyms = Pseudonyms::new("key");
        assert_eq!(text.matches(&pseudonyms.id("u_1")).count(), 3, "{text}");
        // What was a number is one.
        for number in ["13800138000", "1.5", "-7", "9"] {
            let pseudonym = pseudonyms.number(number);
            assert!(text.contains(&format!("\":{pseudonym}")), "{text}");
        }
    }

    #[test]
    fn what_nothing_is_known_of_is_replaced() {
        let text = rewritten(
            r#"{"news":"神经蛙","data":{"buyer":{"id":"u_1","title":"神经蛙"},"fan":4711,"ok":true},"list":["u_2"],
            "u_123":{"a@b.cn":null},"param4":"神经蛙","contents":[{"u_345":{"num":1}}]}"#,
        );
        for gone in ["神经蛙", "u_1", "u_2", "4711", "u_123", "a@b.cn", "u_345"] {
            assert!(!text.contains(gone), "{text}");
        }
        assert!(text.contains("\"param4\":") && text.contains("true"), "{text}");
    }

    #[test]
    fn secrets_are_removed_whatever_they_are() {
        assert_eq!(
            rewritten(r#"{"access_token":"t","data":{"appSecret":{"a":"b"},"sign":7}}"#),
            r#"{"access_token":"removed","data":{"appSecret":"removed","sign":"removed"}}"#
        );
    }

    #[test]
    fn json_in_a_text_is_judged_like_that_around_it() {
        let pseudonyms = Pseudonyms::new("key");
        let name = pseudonyms.id("神经蛙");
        let form = r#"{\"receiveInfo\":[{\"field\":\"姓名\",\"value\":\"神经蛙\"}]}"#;
        assert_eq!(
            rewritten(&format!("{{\"ext\":\"{form}\"}}")),
            format!("{{\"ext\":\"{}\"}}", form.replace("神经蛙", &name))
        );
        let prize = r#"{"prizeInfo":"{\"type\":\"cash\",\"amount\":1.50,\"token\":\"\"}"}"#;
        assert_eq!(rewritten(prize), prize);
        // Words where a form was expected.
        assert_eq!(rewritten(r#"{"ext":"神经蛙"}"#), format!("{{\"ext\":\"{name}\"}}"));
        assert_eq!(rewritten(r#"{"title":"[直播] {1"}"#), r#"{"title":"[直播] {1"}"#);
        let skip = parameter_written("es_skip", r#""{\"id\":\"u_1\"}""#);
        assert_eq!(skip, format!(r#""{{\"id\":\"{}\"}}""#, pseudonyms.id("u_1")));
    }

    #[test]
    fn addresses_of_things_lose_their_queries() {
        assert_eq!(
            rewritten(
                r#"{"filePath":"https://v.example/1.mp4?auth_key=x","watchUrl":"//a/b#c","title":"wann?"}"#
            ),
            r#"{"filePath":"https://v.example/1.mp4","watchUrl":"//a/b","title":"wann?"}"#
        );
    }

    #[test]
    fn what_is_nested_too_deeply_is_not_written() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(rewritten(&nested(100)), nested(100));
        assert_eq!(rewritten(&nested(100_000)), "none");
        let in_text = format!("[{}]", serde_json::to_string(&nested(127)).unwrap());
        assert_eq!(rewritten(&in_text), "none");
    }

    #[test]
    fn ids_in_one_text_are_replaced_one_by_one() {
        let pseudonyms = Pseudonyms::new("key");
        let both = format!("\"{},{}\"", pseudonyms.id("u_1"), pseudonyms.id("u_2"));
        assert_eq!(parameter_written("user_ids", "\"u_1,u_2\""), both);
        assert_eq!(parameter_written("preset", "\"u_1,u_2\""), both);
    }
}
