use std::{any::type_name, marker::PhantomData};

use live_rewards_core::{OpenEnum, Points, Timestamp};
use secrecy::SecretString;

use super::{Observation, note, scalar::Scalar};

pub(super) struct Text;

impl Scalar for Text {
    type Value = String;
    const EXPECTED: &'static str = "text";

    fn from_text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn from_owned(text: String) -> Option<String> {
        Some(text)
    }

    fn is_none(_: &str) -> bool {
        false
    }
}

pub(super) struct Id;

impl Scalar for Id {
    type Value = String;
    const EXPECTED: &'static str = "an id";

    fn from_text(text: &str) -> Option<String> {
        (!text.is_empty()).then(|| text.to_owned())
    }
}

pub(super) struct Integer<T>(PhantomData<T>);

impl<T: TryFrom<i128>> Scalar for Integer<T> {
    type Value = T;
    const EXPECTED: &'static str = "a whole number";

    fn from_text(text: &str) -> Option<T> {
        whole(text)?.try_into().ok()
    }

    fn from_integer(number: i128) -> Option<T> {
        number.try_into().ok()
    }
}

pub(super) struct PointsNumber;

impl Scalar for PointsNumber {
    type Value = Points;
    const EXPECTED: &'static str = "a whole number of points";

    fn from_text(text: &str) -> Option<Points> {
        Self::from_integer(whole(text)?)
    }

    fn from_integer(number: i128) -> Option<Points> {
        number.try_into().ok().map(Points::new)
    }
}

pub(super) struct Flag;

impl Scalar for Flag {
    type Value = bool;
    const EXPECTED: &'static str = "a flag";

    fn from_text(text: &str) -> Option<bool> {
        match text {
            "Y" | "1" | "true" => Some(true),
            "N" | "0" | "false" => Some(false),
            _ => None,
        }
    }

    fn from_bool(flag: bool) -> Option<bool> {
        Some(flag)
    }
}

pub(super) struct EpochMs;

impl Scalar for EpochMs {
    type Value = Timestamp;
    const EXPECTED: &'static str = "milliseconds since 1970";
    const ZERO_IS_NONE: bool = true;

    fn from_text(text: &str) -> Option<Timestamp> {
        Self::from_integer(whole(text)?)
    }

    fn from_integer(number: i128) -> Option<Timestamp> {
        Timestamp::from_epoch_ms(number.try_into().ok()?)
    }

    fn is_none(text: &str) -> bool {
        text.is_empty() || whole(text) == Some(0)
    }
}

pub(super) struct ChinaTime;

impl Scalar for ChinaTime {
    type Value = Timestamp;
    const EXPECTED: &'static str = "a time yyyy-MM-dd HH:mm:ss";

    fn from_text(text: &str) -> Option<Timestamp> {
        Timestamp::parse_china(text)
    }

    fn from_integer(_: i128) -> Option<Timestamp> {
        None
    }

    fn is_none(text: &str) -> bool {
        text.is_empty() || text.starts_with("0000-00-00")
    }
}

pub(super) struct Label<T>(PhantomData<T>);

impl<T: OpenEnum> Scalar for Label<T> {
    type Value = T;
    const EXPECTED: &'static str = "a label";

    fn from_text(text: &str) -> Option<T> {
        let value = T::from_label(text);
        if value.is_unknown() {
            let of = type_name::<T>().rsplit("::").next().unwrap_or_default();
            note(Observation::UnknownLabel { of, label: text.to_owned() });
        }
        Some(value)
    }
}

pub(super) struct Secret;

impl Scalar for Secret {
    type Value = SecretString;
    const EXPECTED: &'static str = "a secret";

    fn from_text(text: &str) -> Option<SecretString> {
        (!text.is_empty()).then(|| text.into())
    }
}

/// Plain digits with an optional minus: `parse` would also take a plus.
fn whole(text: &str) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use serde_json::Deserializer;

    use super::*;
    use crate::wire::{epoch_ms, optional};

    #[test]
    fn where_an_instant_may_be_missing_0_is_none() {
        let read = |json: &str| optional::epoch_ms(&mut Deserializer::from_str(json));
        for none in ["0", "\"0\"", "\"000\"", "\"\"", "null"] {
            assert_eq!(read(none).unwrap(), None, "{none}");
        }
        for (some, milliseconds) in [("1", 1), ("\"-1\"", -1), ("1648867234000", 1_648_867_234_000)]
        {
            assert_eq!(read(some).unwrap(), Timestamp::from_epoch_ms(milliseconds), "{some}");
        }
        for bad in ["0.0", "false", "[]", "\"0 \""] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn elsewhere_it_is_the_beginning_of_1970() {
        let read = epoch_ms(&mut Deserializer::from_str("0")).unwrap();
        assert_eq!(read.epoch_ms(), 0);
    }
}
