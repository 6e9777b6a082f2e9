//! Records what a vendor answers, and answers the same in tests.
//!
//! A [`Recorder`] that is given to a client's builder writes a cassette: a file with one exchange a line, as JSON, that can be kept in a
//! repository. A [`ReplayingTransport`] answers from it, without network, and needs neither the key nor the credentials.
//!
//! ```no_run
//! # use std::sync::Arc;
//! # use live_rewards_core::Result;
//! # use live_rewards_http::{BuildClient, ClientBuilder};
//! use live_rewards_http::cassette::{Pseudonyms, Recorder, ReplayingTransport};
//!
//! # fn once<C: BuildClient>(builder: ClientBuilder<C>) -> Result<C> {
//! // Once, with real credentials:
//! let pseudonyms = Pseudonyms::new("a key that stays where it is");
//! let recorder = Recorder::to_file("tests/red_packets.jsonl", pseudonyms)?;
//! let client = builder.record(recorder.clone()).build()?;
//! // … calls …
//! recorder.finish()?;
//! # Ok(client)
//! # }
//! # fn ever_after<C: BuildClient>(builder: ClientBuilder<C>) -> Result<C> {
//! // In tests, with any credentials:
//! let transport = ReplayingTransport::from_file("tests/red_packets.jsonl")?;
//! let client = builder.transport(Arc::new(transport)).build()?;
//! # Ok(client)
//! # }
//! ```
//!
//! # What a cassette holds
//!
//! - Of a request its method, its path (with that of the base URL) and its business parameters: those that don't authorise it. No host, no
//!   header.
//! - Of an answer its status, `content-type`, `date`, `retry-after`, and its body if that is a JSON object or list. Of a gateway's page or a cut
//!   body only the length is kept, because nothing can be found in it to be replaced.
//! - Nothing of exchanges that ended without an answer.
//!
//! Secrets are removed: the parameters and headers that a vendor's [`Authorise`](crate::Authorise) names, wherever in the answer they are
//! repeated, and members of answers whose names say that they are tokens, secrets, passwords or signatures. Persons are replaced, in
//! answers and parameters alike: a member that is named like an id of a user, a nickname, an avatar (`userId`, `wx_nickname`,
//! `send_user_id`, …) gets a pseudonym in place of its value, see [`Pseudonyms`]. Everything else stays as it was, numbers to the
//! character. Free text stays, too, and so do names of members: look a cassette through before it is published.

mod exchange;
mod pseudonym;
mod record;
mod replay;
mod rewrite;

pub use pseudonym::Pseudonyms;
pub use record::{Recorder, RecordingTransport};
pub use replay::ReplayingTransport;
