use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

use super::object::Items;

/// Lists of single values, each read as the reader of its name does; `null` is an empty one.
pub mod list_of {
    use live_rewards_core::Money;
    use serde::{Deserialize, Deserializer};

    macro_rules! list_of {
        ($($(#[$doc:meta])* $name:ident: $value:ty,)+) => {$(
            $(#[$doc])*
            pub fn $name<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Vec<$value>, D::Error> {
                struct Item($value);

                impl<'de> Deserialize<'de> for Item {
                    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                        crate::wire::$name(deserializer).map(Self)
                    }
                }

                let items: Vec<Item> = super::list(deserializer)?;
                Ok(items.into_iter().map(|Item(value)| value).collect())
            }
        )+};
    }

    list_of! {
        /// Texts.
        text: String,
        /// Ids.
        id: String,
        /// Amounts in yuan.
        yuan: Money,
    }
}

/// A list inside a row; `null` is an empty one.
pub fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    optional_list(deserializer).map(Option::unwrap_or_default)
}

/// A list inside a row, or nothing: missing or `null`. An empty one is a list.
pub fn optional_list<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::<Items<T>>::deserialize(deserializer)?.map(|items| items.0))
}

/// An object, or nothing: missing, `null`, `[]` or `""`.
pub fn object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(ObjectVisitor(PhantomData))
}

/// What is read from an object, or from nothing in one of these forms.
pub(crate) struct Maybe<T>(pub(crate) Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object(deserializer).map(Self)
    }
}

pub(super) struct ObjectVisitor<T>(pub(super) PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.is_empty() { Ok(None) } else { Err(E::custom("expected an object")) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        match seq.next_element::<serde::de::IgnoredAny>()? {
            None => Ok(None),
            Some(_) => Err(A::Error::custom("expected an object, got a list")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use crate::wire;

    #[derive(Debug, Deserialize)]
    struct Packet {
        #[serde(default, deserialize_with = "wire::list")]
        shares: Vec<u8>,
        #[serde(default, deserialize_with = "wire::optional::list")]
        claims: Option<Vec<u8>>,
    }

    #[test]
    fn an_optional_list_that_is_not_there_is_not_an_empty_one() {
        for (json, shares, claims) in [
            ("{}", &[][..], None),
            (r#"{"shares":null,"claims":null}"#, &[][..], None),
            (r#"{"shares":[],"claims":[]}"#, &[][..], Some(&[][..])),
            (r#"{"shares":[1],"claims":[2]}"#, &[1][..], Some(&[2][..])),
        ] {
            let packet: Packet = serde_json::from_str(json).unwrap();
            assert_eq!((&packet.shares[..], packet.claims.as_deref()), (shares, claims), "{json}");
        }
        for json in [r#"{"claims":""}"#, r#"{"claims":{}}"#, r#"{"claims":[{}]}"#] {
            assert!(serde_json::from_str::<Packet>(json).is_err(), "{json}");
        }
    }
}
