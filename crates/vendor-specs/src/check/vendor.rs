use std::path::Path;

use super::{Findings, parameters};
use crate::form::{is_snake, is_type_name};
use crate::{ErrorSpec, Problem, Vendor};

pub(super) fn check(vendor: &Vendor, problems: &mut Vec<Problem>) {
    let spec = &vendor.spec;
    check_areas(vendor, problems);
    let mut findings = Findings { file: &vendor.file, problems };
    let folder = vendor.file.path.parent().and_then(Path::file_name);
    if folder.is_none_or(|folder| folder != spec.id.as_str()) || !is_snake(&spec.id) {
        findings.push(&spec.id, format!("a vendor's id is its folder's name, not `{}`", spec.id));
    }
    if !is_type_name(&spec.service) {
        findings.push(&spec.service, format!("`{}` is no name of a type", spec.service));
    }
    if !spec.base_url.starts_with("https://") || spec.base_url.ends_with('/') {
        findings.push(&spec.base_url, "a base URL is `https://host`, without a slash at its end");
    }
    findings.unique("limits called", spec.limits.iter().map(|limit| &limit.name));
    findings.unique("errors with code", spec.errors.iter().filter_map(|error| error.code.as_ref()));
    let texts = spec.errors.iter().filter_map(|error| error.message_contains.as_ref());
    findings.unique("errors with message", texts);
    for error in &spec.errors {
        check_error(error, &mut findings);
    }
    let added = || spec.authorisation.parameters.iter().chain(&spec.authorisation.headers);
    findings.unique("parameters of the authorisation called", added().map(|it| &it.name));
    for parameter in added() {
        parameters::check_added(parameter, &mut findings);
    }
    if let Some(source) = &spec.authorisation.source {
        findings.source(source);
    }
    let mut seen = std::collections::BTreeSet::new();
    for (_, endpoint) in vendor.endpoints() {
        if !seen.insert(endpoint.spec.id.as_str()) {
            let message =
                format!("another endpoint of the vendor is called `{}`, too", endpoint.spec.id);
            findings.problems.push(endpoint.file.problem(&endpoint.spec.id, message));
        }
    }
}

fn check_areas(vendor: &Vendor, problems: &mut Vec<Problem>) {
    let described = &vendor.spec.areas;
    for area in &vendor.areas {
        if !is_snake(&area.name) {
            let message =
                format!("the folder `{}` is a module: call it in `snake_case`", area.name);
            problems.push(Problem::of(&vendor.file.path, message));
        }
        if !described.contains_key(&area.name) {
            let message = format!("`[areas]` must say what the folder `{}` holds", area.name);
            problems.push(Problem::of(&vendor.file.path, message));
        }
    }
    for name in described.keys() {
        if !vendor.areas.iter().any(|area| area.name == *name) {
            let message = format!("`[areas]` describes `{name}`, but there is no such folder");
            problems.push(Problem::of(&vendor.file.path, message));
        }
    }
}

fn check_error(error: &ErrorSpec, findings: &mut Findings<'_>) {
    if error.code.is_some() == error.message_contains.is_some() {
        findings.push(
            &error.source,
            "an error is told either by its `code` or by what its `message_contains`",
        );
    }
    if let (Some(part), Some(message)) = (&error.message_contains, &error.message)
        && !message.contains(part.as_str())
    {
        findings.push(part, format!("the attested message doesn't contain `{part}`"));
    }
    if !(200..=599).contains(&error.status) {
        findings.push(&error.source, format!("{} is no HTTP status of an error", error.status));
    }
}
