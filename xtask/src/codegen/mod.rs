//! Makes everything that follows from the specs.

mod about;
mod call;
mod code;
mod codes;
mod emulator;
mod endpoint;
mod evidence;
mod files;
mod imports;
mod json;
mod labels;
mod limit;
mod listing;
mod modules;
mod names;
mod openapi;
mod plan;
mod push;
mod readme;
mod request;
mod reserved;
mod rustfmt;
mod samples;
mod slot;
mod text;
mod types;
mod units;

use std::path::Path;

use vendor_specs::{Problem, Specs};

/// Whether to write what is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Write what differs, remove what nothing makes any more.
    Write,
    /// Write nothing.
    Check,
}

/// Makes everything below this root, and says what changed; or says everything that is wrong.
///
/// Nothing is written as long as a spec or a sample is wrong.
pub(crate) fn run(root: &Path, mode: Mode) -> Result<Vec<String>, Vec<Problem>> {
    let specs = load(root)?;
    let mut problems = specs.sample_problems();
    let planned = match plan::plan(root, &specs) {
        Ok(planned) => planned,
        Err(problem) => {
            problems.push(problem);
            return Err(problems);
        }
    };
    match mode {
        Mode::Check => {
            let samples_are_right = problems.is_empty();
            let compared = planned.iter().filter(|file| samples_are_right || !file.shows_samples);
            problems.extend(files::differences(root, compared));
            problems.extend(files::unmade(root, &planned));
        }
        Mode::Write if problems.is_empty() => {
            let mut changes = files::write(root, &planned)?;
            changes.extend(files::clear(root, &planned)?);
            return Ok(changes);
        }
        Mode::Write => {}
    }
    if problems.is_empty() { Ok(Vec::new()) } else { Err(problems) }
}

/// Makes the OpenAPI documents alone, and says what changed; or says everything that is wrong.
pub(crate) fn documents(root: &Path, mode: Mode) -> Result<Vec<String>, Vec<Problem>> {
    let specs = load(root)?;
    let problems = specs.sample_problems();
    if !problems.is_empty() {
        return Err(problems);
    }
    let planned = openapi::plan(root, &specs);
    match mode {
        Mode::Write => files::write(root, &planned),
        Mode::Check => {
            let problems = files::differences(root, &planned);
            if problems.is_empty() { Ok(Vec::new()) } else { Err(problems) }
        }
    }
}

fn load(root: &Path) -> Result<Specs, Vec<Problem>> {
    let specs = Specs::load(root)?;
    let reserved = reserved::problems(&specs);
    if reserved.is_empty() { Ok(specs) } else { Err(reserved) }
}
