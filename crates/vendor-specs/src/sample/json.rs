use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Something wrong at a place in a sample.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) offset: usize,
    pub(super) message: String,
}

impl Finding {
    /// At a value that was read from this text.
    pub(super) fn at(text: &str, raw: &RawValue, message: String) -> Self {
        let offset = raw.get().as_ptr().addr().saturating_sub(text.as_ptr().addr());
        Self { offset, message }
    }

    /// In a line of this text.
    pub(super) fn at_line(text: &str, line: usize, message: String) -> Self {
        let before = text.split_inclusive('\n').take(line.saturating_sub(1));
        Self { offset: before.map(str::len).sum(), message }
    }
}

/// A JSON value, one level deep. Numbers keep their characters.
#[derive(Debug)]
pub(super) enum Json<'a> {
    Null,
    Flag,
    Number(&'a str),
    Text(String),
    List(Vec<&'a RawValue>),
    Object(BTreeMap<String, &'a RawValue>),
}

impl<'a> Json<'a> {
    pub(super) fn read(raw: &'a RawValue) -> Result<Self, String> {
        let text = raw.get();
        let read = match text.as_bytes().first() {
            Some(b'n') => Ok(Self::Null),
            Some(b't' | b'f') => Ok(Self::Flag),
            Some(b'"') => serde_json::from_str(text).map(Self::Text),
            Some(b'[') => serde_json::from_str(text).map(Self::List),
            Some(b'{') => serde_json::from_str(text).map(Self::Object),
            _ => Ok(Self::Number(text)),
        };
        read.map_err(|error| error.to_string())
    }

    /// Characters of text or of a number.
    pub(super) fn characters(&self) -> Option<&str> {
        match self {
            Self::Number(number) => Some(number),
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, for a message.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Flag => "a flag",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

/// Finds the value at a place: member names joined by dots.
pub(super) fn at<'a>(raw: &'a RawValue, place: &str) -> Option<&'a RawValue> {
    place.split('.').try_fold(raw, |raw, name| match Json::read(raw) {
        Ok(Json::Object(members)) => members.get(name).copied(),
        _ => None,
    })
}
