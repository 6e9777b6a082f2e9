use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

/// Most rows of one page, or items of a list in a row. The vendors' largest page has a thousand; a body that is small when it is
/// compressed may hold millions.
const MOST_ROWS: usize = 100_000;

/// Refuses one more row than a page may have.
pub(crate) fn most_rows<E: serde::de::Error>(before: usize) -> Result<(), E> {
    if before < MOST_ROWS { Ok(()) } else { Err(E::custom("more rows than any page has")) }
}

/// Reads an object. Serde itself would read a list, too, as the members in their order.
pub fn from_object<'de, T: Deserialize<'de>>(json: &'de [u8]) -> serde_json::Result<T> {
    serde_json::from_slice::<Object<T>>(json).map(|Object(value)| value)
}

/// What is read from an object alone.
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(NoList(deserializer)).map(Self)
    }
}

struct NoList<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for NoList<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_struct(name, fields, Members(visitor))
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_option(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

struct Members<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Members<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        self.0.visit_map(map)
    }
}

/// A list of no more items than a page may have.
pub(super) struct Items<T>(pub(super) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ItemsVisitor(PhantomData))
    }
}

struct ItemsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ItemsVisitor<T> {
    type Value = Items<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            most_rows(items.len())?;
            items.push(item);
        }
        Ok(Items(items))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        id: u8,
        fen: u8,
    }

    #[test]
    fn members_are_never_taken_by_their_place() {
        assert_eq!(from_object::<Row>(br#"{"fen":2,"id":1}"#).unwrap(), Row { id: 1, fen: 2 });
        let error = from_object::<Row>(b"[1,2]").unwrap_err();
        assert!(error.to_string().contains("expected an object"), "{error}");
        assert!(from_object::<Row>(b"null").is_err());
    }

    #[test]
    fn a_list_has_an_end() {
        let read = |length: usize| {
            let list = format!("[{}0]", "0,".repeat(length - 1));
            serde_json::from_str::<Items<u8>>(&list).map(|items| items.0.len())
        };
        assert_eq!(read(MOST_ROWS).unwrap(), MOST_ROWS);
        assert!(read(MOST_ROWS + 1).is_err());
    }
}
