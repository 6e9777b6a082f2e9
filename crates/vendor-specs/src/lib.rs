//! What the vendors published about their endpoints, as data.
//!
//! - `specs/<vendor>/vendor.toml`: what all endpoints of a vendor share.
//! - `specs/<vendor>/<area>/<endpoint>.toml`: what one endpoint takes and answers.
//! - `specs/<vendor>/<area>/shared.toml`: what several endpoints of an area have in common.
//! - `specs/<vendor>/shared.toml`: what several areas have in common.
//! - `specs/<vendor>/<area>/samples/`: example answers.
//!
//! `cargo xtask codegen` makes the typed endpoints from all this.
//!
//! [`Specs::load`] reads a workspace's specs and checks what a type can't say; what is wrong comes
//! back as [`Problem`]s, each with its file and, where there is one, its line.
//! [`Specs::sample_problems`] reads every sample against the types that its spec gives it.

mod check;
mod endpoint;
mod field_set;
mod form;
mod load;
mod name;
mod output;
mod paging;
mod parameter;
mod problem;
mod sample;
mod scope;
mod serves;
mod text;
mod unit;
mod vendor;

pub use endpoint::{
    Effect, EndpointSpec, Method, Outcome, ParametersIn, Rate, Sample, SampleGrade, SharedSpec,
    Source,
};
pub use field_set::FieldSet;
pub use load::{Area, Endpoint, SPECS, Shared, SpecFile, Specs, Vendor};
pub use name::Name;
pub use output::{Field, FieldType, Label, LabelSet, Output, OutputType, RowType};
pub use paging::{Paging, PagingStyle};
pub use parameter::{Parameter, ParameterPlace, ParameterType, Value};
pub use problem::Problem;
pub use scope::{Home, Scope};
pub use serves::{By, ClaimsHow, Operation, Serves};
pub use text::Text;
pub use unit::{Unit, UnitBy};
pub use vendor::{
    Again, Authorisation, Envelope, ErrorKind, ErrorSpec, Grade, LimitScope, NamedLimit,
    NotOffered, Success, VendorSpec,
};
