//! What the vendors published about their endpoints, as data.
//!
//! - `specs/<vendor>/vendor.toml`: what all endpoints of a vendor share.
//! - `specs/<vendor>/<area>/<endpoint>.toml`: what one endpoint takes and answers.
//! - `specs/<vendor>/<area>/shared.toml`: what several endpoints of an area have in common.
//! - `specs/<vendor>/<area>/samples/`: example answers.
//!
//! `cargo xtask codegen` makes the typed endpoints from all this.
//!
//! [`Specs::load`] reads a workspace's specs and checks what a type can't say; what is wrong comes
//! back as [`Problem`]s, each with its file and, where there is one, its line.
//! [`Specs::sample_problems`] reads every sample against the types that its spec gives it.

mod check;
mod endpoint;
mod load;
mod name;
mod output;
mod parameter;
mod problem;
mod sample;
mod scope;
mod text;
mod vendor;

pub use endpoint::{
    ClaimsHow, Effect, EndpointSpec, Method, Operation, Outcome, Paging, PagingStyle, ParametersIn,
    Rate, Sample, SampleGrade, Serves, SharedSpec, Source,
};
pub use load::{Area, Endpoint, SPECS, Shared, SpecFile, Specs, Vendor};
pub use name::Name;
pub use output::{Field, FieldType, Label, LabelSet, Output, OutputType, RowType};
pub use parameter::{Parameter, ParameterType, Value};
pub use problem::Problem;
pub use scope::Scope;
pub use text::Text;
pub use vendor::{
    Again, Authorisation, Envelope, ErrorKind, ErrorSpec, Grade, LimitScope, NamedLimit, Success,
    VendorSpec,
};
