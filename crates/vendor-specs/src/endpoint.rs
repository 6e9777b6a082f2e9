use serde::Deserialize;

use crate::{
    FieldSet, Grade, LabelSet, LimitScope, Name, Output, Paging, Parameter, RowType, Serves, Text,
};

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
    /// Path, from the host on; parameters in it stand in braces.
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
    pub notes: Vec<String>,
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
    /// The sets of labels in the answer, and of parameters.
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

    /// The names of the parameters in the path, in their order.
    pub fn path_names(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
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

/// What several endpoints of an area, or several areas, have in common: `shared.toml`.
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
    /// Members that several objects have.
    #[serde(default)]
    pub field_sets: Vec<FieldSet>,
}

impl SharedSpec {
    /// Whether it declares types of its own, and not only fields that others include.
    pub fn has_types(&self) -> bool {
        !self.types.is_empty() || !self.labels.is_empty()
    }
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
    pub note: Option<String>,
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
    /// A page of the vendor's prints it.
    Published,
    /// A page of the vendor's prints it; secrets in it are replaced.
    Altered,
    /// Somebody else's copy of the vendor's page prints it.
    Transcribed,
    /// A page prints its beginning; the rest follows the page's table.
    Completed,
    /// It follows a page's table.
    Constructed,
}
