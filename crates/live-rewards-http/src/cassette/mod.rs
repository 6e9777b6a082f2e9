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
//! repeated, and members of answers whose names say that they are tokens, secrets, passwords or signatures.
//!
//! Persons are replaced, in answers and parameters alike, and in JSON that stands in a text. What stays is what is known to be of no person:
//! the members and parameters that the vendors' pages name as times, amounts, counts, states, ids of rooms, sessions, orders and
//! records, and names of rooms, activities, gifts and prizes. All other texts and numbers get a pseudonym, so that nobody is recorded
//! because a vendor adds a member: ids, nicknames, pictures, phone numbers, addresses, what winners filled in, remarks and greetings,
//! devices, regions, and what nothing is known of. Equal values get equal pseudonyms, a number stays a number, a text a text, and those
//! that stay do so to the character; see [`Pseudonyms`], which can be told of other members.
//!
//! # What may still name a person
//!
//! - Titles that people give: of rooms, sessions, activities, gifts and prizes.
//! - A vendor's message. Whom the request asked for is replaced in it, and so is what looks like an id, a phone number or an address
//!   of mail; a name that only the vendor says is not known for one.
//! - Members' names, but for those with an `@` or three digits, which get pseudonyms.
//! - Times, amounts and order numbers, by which whoever has the vendor's own records finds the person.
//!
//! So look a cassette through before it is published.

mod anonymous;
mod exchange;
mod known;
mod pseudonym;
mod record;
mod replay;
mod rewrite;

pub use pseudonym::Pseudonyms;
pub use record::{Recorder, RecordingTransport};
pub use replay::ReplayingTransport;
