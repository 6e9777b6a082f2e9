use serde::Deserialize;

use crate::{Grade, LabelSet, LimitScope, Name, Output, Parameter, RowType, Text};

/// One endpoint: what it takes and answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointSpec {
    /// Name, unique within the vendor; the request's type is called after it.
    pub id: Name,
    /// What the endpoint does, and the page's title.
    pub title: Text,
    /// The page that describes it.
    pub source: Source,
    /// HTTP method.
    pub method: Method,
    /// Path, from the host on.
    pub path: Name,
    /// Where the parameters go.
    pub parameters_in: ParametersIn,
    /// Whether repeating it is safe.
    pub effect: Effect,
    /// The vendor's permission set that it needs.
    pub permission: Option<Text>,
    /// The vendor-wide rate limit that counts it.
    pub limit: Option<Name>,
    /// Its own rate limit.
    pub rate: Option<Rate>,
    /// The neutral operation that it serves.
    pub serves: Option<Serves>,
    /// Where the page contradicts itself, and what the client had to guess.
    #[serde(default)]
    pub notes: Vec<Text>,
    /// How its rows are paged.
    pub paging: Option<Paging>,
    /// What it takes.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// What it answers.
    pub output: Output,
    /// The objects in the answer.
    #[serde(default)]
    pub types: Vec<RowType>,
    /// The sets of labels in the answer.
    #[serde(default)]
    pub labels: Vec<LabelSet>,
    /// Example answers.
    #[serde(default)]
    pub samples: Vec<Sample>,
}

impl EndpointSpec {
    /// Name of the request's type: `RedPackStatistics` for `red_pack_statistics`.
    pub fn type_name(&self) -> String {
        self.id.split('_').map(capitalised).collect()
    }

    /// Whether this parameter says which page is wanted, or how large it is.
    pub fn is_paging(&self, parameter: &Parameter) -> bool {
        self.paging.as_ref().is_some_and(|paging| {
            *paging.position == *parameter.name || *paging.size == *parameter.name
        })
    }

    /// The parameters that a request can't be made without: required, and nothing to start from.
    pub fn arguments(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| {
            parameter.required
                && !parameter.nullable
                && parameter.default.is_none()
                && !self.is_paging(parameter)
        })
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// What several endpoints of an area have in common: `shared.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedSpec {
    /// The page that describes it.
    pub source: Source,
    /// Objects in answers.
    #[serde(default)]
    pub types: Vec<RowType>,
    /// Sets of labels.
    #[serde(default)]
    pub labels: Vec<LabelSet>,
}

/// Where something is described.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Address of the page.
    pub page: Name,
    /// Day on which it was read, `yyyy-MM-dd`.
    pub seen: Name,
    /// Whether an archived copy was read, not the live page.
    #[serde(default)]
    pub archived: bool,
    /// How well it attests what the spec says.
    pub grade: Grade,
}

/// HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "HTTP says what they are")]
pub enum Method {
    Get,
    Post,
}

impl Method {
    /// As HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// Where the parameters of a request go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParametersIn {
    /// The query of the address.
    Query,
    /// A form in the body.
    Form,
    /// A JSON object in the body.
    Json,
}

/// Whether repeating a call is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It changes nothing.
    Read,
    /// It changes something.
    Write,
}

/// The rate limit of one endpoint.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Requests that are allowed in one window.
    pub requests: u32,
    /// Length of the window.
    pub window_seconds: u32,
    /// What is counted together.
    pub scope: LimitScope,
    /// Where it is published.
    pub source: String,
    /// How well it is attested.
    pub grade: Grade,
}

/// The neutral operation that an endpoint serves, and what it can do there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Serves {
    /// The operation.
    pub operation: Operation,
    /// How red packets come by their claims.
    pub claims: Option<ClaimsHow>,
    /// Can be asked for one session.
    #[serde(default)]
    pub by_session: bool,
    /// Can be asked for a span of time.
    #[serde(default)]
    pub by_time: bool,
}

/// An operation that is the same at every vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Red packets of a room.
    RedPackets,
    /// Claims from a red packet.
    Claims,
    /// Gifts given in a room.
    Gifts,
    /// Points accounts of an application.
    PointsAccounts,
}

/// How red packets come by their claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimsHow {
    /// They are in the red packet.
    Inline,
    /// Another call lists them, a red packet at a time.
    ByPacket,
}

/// How rows are paged.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// The way of paging.
    pub style: PagingStyle,
    /// Parameter that says which page is wanted.
    pub position: Name,
    /// Parameter that says how many rows a page has.
    pub size: Name,
    /// Rows a page when nobody says how many, where that is published.
    pub default_size: Option<u32>,
    /// Most rows a page may have, where that is published or has to be assumed.
    pub max_size: Option<u32>,
    /// Rows a page that the client asks for unless told otherwise.
    pub ask_size: u32,
    /// Field of the output that holds the rows; none where the output is the rows.
    pub rows: Option<Name>,
    /// Place of the number of rows in all.
    pub total_items: Option<Name>,
    /// Place of the number of pages.
    pub total_pages: Option<Name>,
}

/// A way of paging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PagingStyle {
    /// By page number, and the answer says how many there are.
    PageWithTotal,
    /// By page number, with no total to rely on.
    Page,
    /// By the number of rows before the page, with no total.
    Offset,
}

/// An example answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// Name, unique within the endpoint.
    pub name: Name,
    /// The file, beside the spec.
    pub file: Name,
    /// HTTP status that it comes with.
    pub status: u16,
    /// What it is an example of.
    #[serde(default)]
    pub outcome: Outcome,
    /// Where it comes from; every sample must say so.
    pub grade: Option<SampleGrade>,
    /// The page that has it, or whose table it follows.
    pub source: String,
    /// What was changed or filled in.
    pub note: Option<Text>,
}

/// What a sample is an example of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// An answer.
    #[default]
    Ok,
    /// An error.
    Refused,
}

/// Where a sample comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SampleGrade {
    /// A page prints it.
    Published,
    /// A page prints it; secrets in it are replaced.
    Altered,
    /// A page prints its beginning; the rest follows the page's table.
    Completed,
    /// It follows a page's table.
    Constructed,
}
