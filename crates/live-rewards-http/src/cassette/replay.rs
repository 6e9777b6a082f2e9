use std::{
    fmt,
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
use live_rewards_core::{Error, ErrorKind, Result};

use super::exchange::{Answered, Asked, Exchange};
use crate::{Answer, Transport, TransportError, reason::reason};

/// Answers from a cassette, without network.
///
/// A request gets the answer that was recorded to the same method, path and business parameters, in whatever order; credentials, times
/// and nonces don't count. Asked again, it gets the next one that was recorded to it. A request that was not recorded, or more
/// often than it was recorded, is an error that isn't tried again and names the nearest recorded request.
///
/// Persons are asked for by their pseudonyms, as they stand in the cassette.
pub struct ReplayingTransport {
    tracks: Vec<Track>,
}

/// A request, and what was answered to it one time after the other.
struct Track {
    question: Question,
    answers: Vec<Answer>,
    given: AtomicUsize,
}

impl ReplayingTransport {
    /// Reads a cassette.
    pub fn new(cassette: impl BufRead) -> Result<Self> {
        let mut tracks: Vec<Track> = Vec::new();
        for (at, line) in cassette.lines().enumerate() {
            let damaged = |what: &str| {
                let message = format!("line {} of the cassette can't be read: {what}", at + 1);
                Error::new(ErrorKind::Config, message)
            };
            let line = line.map_err(|error| damaged("it is no text").with_source(error))?;
            if line.trim().is_empty() {
                continue;
            }
            let Exchange { request, response } =
                serde_json::from_str(&line).map_err(|error| damaged(&reason(&error)))?;
            let answer = played(response).map_err(damaged)?;
            let question = Question::of(request);
            match tracks.iter_mut().find(|track| track.question == question) {
                Some(track) => track.answers.push(answer),
                None => tracks.push(Track {
                    question,
                    answers: vec![answer],
                    given: AtomicUsize::new(0),
                }),
            }
        }
        Ok(Self { tracks })
    }

    /// Reads a cassette from a file.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        let file = File::open(path).map_err(|error| {
            Error::new(ErrorKind::Config, "the cassette can't be opened").with_source(error)
        })?;
        Self::new(BufReader::new(file))
    }

    fn answer(&self, question: &Question) -> Result<Answer, String> {
        let Some(track) = self.tracks.iter().find(|track| track.question == *question) else {
            return Err(self.missing(question));
        };
        let number = track.given.fetch_add(1, Ordering::Relaxed);
        track.answers.get(number).cloned().ok_or_else(|| {
            let recorded = track.answers.len();
            format!("{question} was recorded {recorded} times and is asked for once more")
        })
    }

    fn missing(&self, asked: &Question) -> String {
        let recorded = self.tracks.iter().map(|track| &track.question);
        let same_call = |question: &&Question| {
            (&question.method, &question.path) == (&asked.method, &asked.path)
        };
        let nearest =
            recorded.clone().filter(same_call).min_by_key(|question| asked.distance(question));
        if let Some(nearest) = nearest {
            return format!(
                "{} {} was not recorded with {}; the nearest was with {}",
                asked.method,
                asked.path,
                listed(&asked.without(nearest)),
                listed(&nearest.without(asked)),
            );
        }
        let mut calls: Vec<_> =
            recorded.map(|question| format!("{} {}", question.method, question.path)).collect();
        calls.sort_unstable();
        calls.dedup();
        let calls = if calls.is_empty() { "nothing".to_owned() } else { calls.join(", ") };
        format!("{} {} was not recorded; recorded: {calls}", asked.method, asked.path)
    }
}

#[async_trait]
impl Transport for ReplayingTransport {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<Answer, TransportError> {
        self.answer(&Question::of(Asked::of(&request))).map_err(|message| {
            let mut error = TransportError::not_sent(message);
            error.lasting = true;
            error
        })
    }
}

/// What a request is recognised by.
#[derive(Debug, PartialEq, Eq)]
struct Question {
    method: String,
    path: String,
    /// Sorted; values as JSON.
    parameters: Vec<(String, String)>,
}

impl Question {
    fn of(asked: Asked) -> Self {
        let parameters = asked.parameters.sorted().0.into_iter();
        Self {
            method: asked.method,
            path: asked.path,
            parameters: parameters.map(|(name, value)| (name, value.get().to_owned())).collect(),
        }
    }

    /// The parameters that the other has not, or not as often.
    fn without(&self, other: &Self) -> Vec<&(String, String)> {
        let mut others: Vec<_> = other.parameters.iter().collect();
        let mut left = Vec::new();
        for parameter in &self.parameters {
            match others.iter().position(|other| *other == parameter) {
                Some(same) => {
                    others.swap_remove(same);
                }
                None => left.push(parameter),
            }
        }
        left
    }

    fn distance(&self, other: &Self) -> usize {
        self.without(other).len() + other.without(self).len()
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters: Vec<_> = self.parameters.iter().collect();
        write!(f, "{} {} with {}", self.method, self.path, listed(&parameters))
    }
}

/// Characters of a value that are shown.
const SHOWN: usize = 40;

fn listed(parameters: &[&(String, String)]) -> String {
    if parameters.is_empty() {
        return "nothing else".to_owned();
    }
    let one = |(name, value): &&(String, String)| {
        let shown: String = value.chars().take(SHOWN).collect();
        format!("{name}={shown}")
    };
    parameters.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn played(recorded: Answered) -> Result<Answer, &'static str> {
    let body = match recorded.json {
        Some(json) => json.get().to_owned(),
        None => recorded.text,
    };
    let mut answer = Answer::new(body.into());
    *answer.status_mut() =
        StatusCode::from_u16(recorded.status).map_err(|_| "the status is none")?;
    for (name, value) in recorded.headers {
        let name = HeaderName::try_from(name).map_err(|_| "a header's name is none")?;
        let value = HeaderValue::try_from(value).map_err(|_| "a header's value is none")?;
        answer.headers_mut().insert(name, value);
    }
    Ok(answer)
}

impl fmt::Debug for ReplayingTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let requests = self.tracks.len();
        f.debug_struct("ReplayingTransport").field("requests", &requests).finish_non_exhaustive()
    }
}
