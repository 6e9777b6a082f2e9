use live_rewards_core::{Money, ParseMoneyError};
use serde::{Deserializer, de::Error};

use super::{Observation, decimal::characters, note};

/// Yuan as a JSON number or text of one. A float's binary noise is taken off and noted.
pub fn yuan<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    read(deserializer, parse_yuan)?.ok_or_else(|| D::Error::custom("no amount"))
}

/// Fen as a whole JSON number or text of one.
pub fn fen<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    read(deserializer, Money::parse_fen)?.ok_or_else(|| D::Error::custom("no amount"))
}

/// Yuan, or nothing.
pub fn optional_yuan<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Money>, D::Error> {
    read(deserializer, parse_yuan)
}

/// Fen, or nothing.
pub fn optional_fen<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Money>, D::Error> {
    read(deserializer, Money::parse_fen)
}

fn parse_yuan(text: &str) -> Result<Money, ParseMoneyError> {
    let reading = Money::parse_yuan(text)?;
    if !reading.exact {
        note(Observation::InexactYuan(text.to_owned()));
    }
    Ok(reading.money)
}

fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
    parse: impl Fn(&str) -> Result<Money, ParseMoneyError>,
) -> Result<Option<Money>, D::Error> {
    let text = characters(deserializer)?;
    text.map(|text| parse(&text)).transpose().map_err(D::Error::custom)
}
