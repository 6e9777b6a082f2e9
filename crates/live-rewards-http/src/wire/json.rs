//! JSON inside JSON: what is handed on as it came, and what comes as text.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use super::lists::{ObjectVisitor, object};
use crate::reason::reason;

/// Any value but `null`, as its JSON text.
pub fn json<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    optional_json(deserializer)?.ok_or_else(|| D::Error::custom("expected a value"))
}

/// Any value, as its JSON text; `null` is none.
pub fn optional_json<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?.get();
    Ok((raw != "null").then(|| raw.to_owned()))
}

/// An object that comes as the text of one, or in place; or nothing: missing, `null`, `[]` or `""`, in place or as text.
pub fn embedded<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    deserializer.deserialize_any(EmbeddedVisitor(PhantomData))
}

struct EmbeddedVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for EmbeddedVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or the text of one")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.trim_ascii().is_empty() {
            return Ok(None);
        }
        let mut json = serde_json::Deserializer::from_str(text);
        let read = object(&mut json).and_then(|value| json.end().map(|()| value));
        read.map_err(|error| E::custom(format_args!("{} in the JSON text", reason(&error))))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        ObjectVisitor::<T>(PhantomData).visit_map(map)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        ObjectVisitor::<T>(PhantomData).visit_seq(seq)
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_core::Money;
    use proptest::prelude::*;

    use super::*;
    use crate::wire::{self, list_of};

    #[derive(Debug, Deserialize, PartialEq)]
    struct Prize {
        #[serde(default, deserialize_with = "wire::optional::yuan")]
        amount: Option<Money>,
        #[serde(default, deserialize_with = "wire::optional::text")]
        name: Option<String>,
    }

    #[derive(Debug, Deserialize)]
    struct Row {
        #[serde(default, deserialize_with = "wire::optional::embedded")]
        prize: Option<Prize>,
        #[serde(default, deserialize_with = "wire::optional::json")]
        more: Option<String>,
        #[serde(default, deserialize_with = "list_of::yuan")]
        amounts: Vec<Money>,
        #[serde(default, deserialize_with = "list_of::id")]
        ids: Vec<String>,
    }

    fn row(json: &str) -> Result<Row, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn an_object_is_read_from_its_text_and_in_place() {
        let text = row(r#"{"prize":" {\"amount\":0.9800000190734863,\"name\":\"a\"} "}"#).unwrap();
        let place = row(r#"{"prize":{"amount":"0.98","name":"a"}}"#).unwrap();
        let prize = Prize { amount: Some(Money::from_fen(98)), name: Some("a".to_owned()) };
        assert_eq!(text.prize, Some(prize));
        assert_eq!(text.prize, place.prize);
    }

    #[test]
    fn nothing_has_many_forms_in_text_too() {
        for nothing in [r#""""#, "null", "[]", r#""null""#, r#""[]""#, r#"" ""#] {
            let read = row(&format!(r#"{{"prize":{nothing}}}"#)).unwrap();
            assert_eq!(read.prize, None, "{nothing}");
        }
        assert_eq!(row("{}").unwrap().prize, None);
    }

    #[test]
    fn text_that_is_no_object_is_refused_and_not_shown() {
        for json in [
            r#"{"prize":"神经蛙"}"#,
            r#"{"prize":"[\"神经蛙\"]"}"#,
            r#"{"prize":["神经蛙"]}"#,
            r#"{"prize":"\"神经蛙\""}"#,
            r#"{"prize":"{\"name\":[\"神经蛙\"]}"}"#,
            r#"{"prize":"{\"amount\":0.985,\"name\":\"神经蛙\"}"}"#,
            r#"{"prize":"{} 神经蛙"}"#,
            r#"{"prize":7}"#,
        ] {
            let error = row(json).unwrap_err();
            assert!(!reason(&error).contains("神经蛙"), "{error}");
        }
    }

    #[test]
    fn a_value_of_unknown_members_keeps_its_characters() {
        let more = |value: &str| row(&format!(r#"{{"more":{value}}}"#)).unwrap().more;
        for value in [r#"{"id":"u_1","user_created_at":1556615192000}"#, "[1.50]", "0.10", "\"\""] {
            assert_eq!(more(value).as_deref(), Some(value));
        }
        assert_eq!(more("null"), None);
        assert_eq!(row("{}").unwrap().more, None);
        assert!(serde_json::from_str::<Json>("null").is_err());
        assert_eq!(serde_json::from_str::<Json>("\"\"").unwrap().0, "\"\"");
    }

    #[derive(Debug, Deserialize)]
    struct Json(#[serde(deserialize_with = "wire::json")] String);

    #[test]
    fn lists_of_single_values_are_read_like_the_values() {
        let lists = row(r#"{"amounts":[0.01,"9999.99",1.0E1],"ids":[7,"a"]}"#).unwrap();
        assert_eq!(lists.amounts, [1, 999_999, 1000].map(Money::from_fen));
        assert_eq!(lists.ids, ["7", "a"]);
        assert!(row(r#"{"amounts":null}"#).unwrap().amounts.is_empty());
        assert!(row(r#"{"amounts":[0.001]}"#).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,60}|[\\[\\]{}\":,0-9a ]{0,60}") {
            let json = serde_json::json!({ "prize": text }).to_string();
            let _ = row(&json);
        }
    }
}
