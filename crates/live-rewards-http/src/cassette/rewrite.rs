//! Writes JSON text anew, value by value from its own characters: a number is never read, so it can't change.

use serde_json::value::RawValue;

use super::{
    exchange::Members,
    pseudonym::{Person, Pseudonyms, is_secret},
};

/// A JSON text without white space. `None` if it is nested too deeply.
pub(super) fn compact(json: &RawValue) -> Option<Box<RawValue>> {
    written(json, None)
}

/// The same with secrets removed and persons replaced.
pub(super) fn anonymous(json: &RawValue, pseudonyms: &Pseudonyms) -> Option<Box<RawValue>> {
    written(json, Some(pseudonyms))
}

/// A parameter's value with persons replaced; several ids may stand in one text, with commas between them.
pub(super) fn anonymous_parameter(
    name: &str,
    value: &RawValue,
    pseudonyms: &Pseudonyms,
) -> Option<Box<RawValue>> {
    let mut writer = Writer { pseudonyms: Some(pseudonyms), json: String::new() };
    writer.member(name, value.get(), None, DEEPEST)?;
    RawValue::from_string(writer.json).ok()
}

/// What stands in place of a secret.
const REMOVED: &str = "removed";

/// As deep as serde reads.
const DEEPEST: u8 = 128;

fn written(json: &RawValue, pseudonyms: Option<&Pseudonyms>) -> Option<Box<RawValue>> {
    let mut writer = Writer { pseudonyms, json: String::with_capacity(json.get().len()) };
    writer.value(json.get(), None, DEEPEST)?;
    RawValue::from_string(writer.json).ok()
}

struct Writer<'a> {
    pseudonyms: Option<&'a Pseudonyms>,
    json: String,
}

impl Writer<'_> {
    /// Writes a value; `None` leaves a text that isn't to be used.
    fn value(&mut self, json: &str, person: Option<Person>, deeper: u8) -> Option<()> {
        let deeper = deeper.checked_sub(1)?;
        match json.as_bytes().first()? {
            b'{' => {
                let Members(members) = serde_json::from_str::<Members<&RawValue>>(json).ok()?;
                self.json.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    self.comma(at);
                    self.text(name)?;
                    self.json.push(':');
                    self.member(name, value.get(), person, deeper)?;
                }
                self.json.push('}');
            }
            b'[' => {
                let values: Vec<&RawValue> = serde_json::from_str(json).ok()?;
                self.json.push('[');
                for (at, value) in values.iter().enumerate() {
                    self.comma(at);
                    self.value(value.get(), person, deeper)?;
                }
                self.json.push(']');
            }
            b'"' => match person {
                Some(person) => {
                    // Text that isn't Unicode stands for itself.
                    let text = serde_json::from_str(json).unwrap_or_else(|_| json.to_owned());
                    let pseudonym = self.pseudonym(person, &text);
                    self.text(&pseudonym)?;
                }
                None => self.json.push_str(json),
            },
            b'-' | b'0'..=b'9' => match person {
                Some(person) => {
                    let pseudonym = self.pseudonym(person, json);
                    if pseudonym.bytes().all(|byte| byte.is_ascii_digit()) {
                        self.json.push_str(&pseudonym);
                    } else {
                        self.text(&pseudonym)?;
                    }
                }
                None => self.json.push_str(json),
            },
            _ => self.json.push_str(json),
        }
        Some(())
    }

    /// Writes the value of a member or parameter of this name.
    fn member(&mut self, name: &str, json: &str, inside: Option<Person>, deeper: u8) -> Option<()> {
        let Some(pseudonyms) = self.pseudonyms else {
            return self.value(json, None, deeper);
        };
        if is_secret(name) && !matches!(json, "null" | "\"\"") {
            return self.text(REMOVED);
        }
        self.value(json, pseudonyms.person(name).or(inside), deeper)
    }

    fn pseudonym(&self, person: Person, text: &str) -> String {
        let Some(pseudonyms) = self.pseudonyms else {
            return text.to_owned();
        };
        if person == Person::Id {
            let ids: Vec<_> = text.split(',').map(|id| pseudonyms.of(person, id)).collect();
            return ids.join(",");
        }
        pseudonyms.of(person, text)
    }

    fn comma(&mut self, at: usize) {
        if at > 0 {
            self.json.push(',');
        }
    }

    fn text(&mut self, text: &str) -> Option<()> {
        self.json.push_str(&serde_json::to_string(text).ok()?);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(json: &str) -> String {
        let raw: Box<RawValue> = serde_json::from_str(json).unwrap();
        let pseudonyms = Pseudonyms::new("key");
        anonymous(&raw, &pseudonyms).map_or_else(|| "none".to_owned(), |json| json.get().to_owned())
    }

    #[test]
    fn everything_but_persons_and_secrets_stays_to_the_character() {
        let json = r#"{"a":1.0E7,"b":0.98,"c":-0.0,"d":12345678901234567890123,"a":"\u795e\/x","e":[[],{}],
            "f":null,"userId":"","wx_avatar":null,"token":null,"password":"","g":true}"#;
        let compact: String = json.split(",\n            ").collect::<Vec<_>>().join(",");
        assert_eq!(rewritten(json), compact);
    }

    #[test]
    fn persons_are_replaced_wherever_they_stand() {
        let text = rewritten(
            r#"{"list":[{"userId":"u_1","nickName":"神经蛙","avatar":"https://a/b"}],"user_id":13800138000,
            "user_ids":["u_1","u_2"],"send_user_id":{"value":"u_1","\u0061":1.5},"openId":-7}"#,
        );
        for gone in ["u_1", "u_2", "神经蛙", "https://a/b", "13800138000", "1.5", ":-"] {
            assert!(!text.contains(gone), "{text}");
        }
        let pseudonyms = Pseudonyms::new("key");
        assert_eq!(text.matches(&pseudonyms.id("u_1")).count(), 3, "{text}");
        // What was a number is one.
        assert!(text.contains(&format!("\"user_id\":{},", pseudonyms.id("13800138000"))), "{text}");
    }

    #[test]
    fn secrets_are_removed_whatever_they_are() {
        assert_eq!(
            rewritten(r#"{"access_token":"t","data":{"appSecret":{"a":"b"},"sign":7}}"#),
            r#"{"access_token":"removed","data":{"appSecret":"removed","sign":"removed"}}"#
        );
    }

    #[test]
    fn what_is_nested_too_deeply_is_not_written() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(rewritten(&nested(100)), nested(100));
        assert_eq!(rewritten(&nested(100_000)), "none");
    }

    #[test]
    fn ids_in_one_text_are_replaced_one_by_one() {
        let value: Box<RawValue> = serde_json::from_str("\"u_1,u_2\"").unwrap();
        let pseudonyms = Pseudonyms::new("key");
        let written = anonymous_parameter("user_ids", &value, &pseudonyms).unwrap();
        let both = format!("\"{},{}\"", pseudonyms.id("u_1"), pseudonyms.id("u_2"));
        assert_eq!(written.get(), both);
    }
}
