//! What is wrong with specs that a type can't say.

mod endpoint;
mod fields;
mod output;
mod paging;
mod parameters;
mod types;
mod vendor;

use crate::form::is_day;
use crate::{Name, Problem, Source, SpecFile, Specs};

/// What is wrong with these specs.
pub(crate) fn specs(specs: &Specs) -> Vec<Problem> {
    let mut problems = Vec::new();
    for vendor in &specs.vendors {
        vendor::check(vendor, &mut problems);
        types::check(vendor, &mut problems);
        for (area, endpoint) in vendor.endpoints() {
            endpoint::check(vendor, area, endpoint, &mut problems);
        }
    }
    problems
}

/// Problems of one file.
struct Findings<'a> {
    file: &'a SpecFile,
    problems: &'a mut Vec<Problem>,
}

impl Findings<'_> {
    fn push(&mut self, at: &Name, message: impl Into<String>) {
        self.problems.push(self.file.problem(at, message));
    }

    /// Finds a day that is none.
    fn source(&mut self, source: &Source) {
        if !is_day(&source.seen) {
            self.push(&source.seen, "`seen` is a day, `yyyy-MM-dd`");
        }
    }

    /// Finds names that stand twice.
    fn unique<'n>(&mut self, what: &str, names: impl IntoIterator<Item = &'n Name>) {
        let mut seen = std::collections::BTreeSet::new();
        for name in names {
            if !seen.insert(name.as_str()) {
                self.push(name, format!("there are two {what} `{name}`"));
            }
        }
    }
}
