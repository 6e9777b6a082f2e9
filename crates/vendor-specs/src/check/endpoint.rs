use super::{Findings, output, paging, parameters};
use crate::form::is_snake;
use crate::{Area, Endpoint, EndpointSpec, Paging, Problem, Vendor};

pub(super) fn check(
    vendor: &Vendor,
    area: &Area,
    endpoint: &Endpoint,
    problems: &mut Vec<Problem>,
) {
    let spec = &endpoint.spec;
    let scope = vendor.scope(area, endpoint);
    let mut findings = Findings { file: &endpoint.file, problems };
    if !is_snake(&spec.id) {
        findings.push(&spec.id, format!("an id is in `snake_case`, not `{}`", spec.id));
    }
    if !is_snake(&endpoint.name) {
        let message =
            format!("the file is a module: call it in `snake_case`, not `{}`", endpoint.name);
        findings.push(&spec.id, message);
    }
    if !spec.path.starts_with('/') {
        findings.push(&spec.path, "a path starts with a slash");
    }
    findings.source(&spec.source);
    check_limit(vendor, endpoint, &mut findings);
    check_serves(spec, &mut findings);
    parameters::check(&vendor.spec, spec, scope, &mut findings);
    output::check(spec, scope, &mut findings);
    if let Some(paging) = &spec.paging {
        paging::check(spec, paging, scope, &mut findings);
    }
    findings.unique("samples", spec.samples.iter().map(|sample| &sample.name));
    for sample in &spec.samples {
        if !is_snake(&sample.name) {
            let message = format!("a sample's name is in `snake_case`, not `{}`", sample.name);
            findings.push(&sample.name, message);
        }
        if sample.grade.is_none() {
            let message = format!(
                "the sample `{}` has no grade: say `published`, `altered`, `transcribed`, \
                 `completed` or `constructed`",
                sample.name
            );
            findings.push(&sample.name, message);
        }
    }
}

fn check_limit(vendor: &Vendor, endpoint: &Endpoint, findings: &mut Findings<'_>) {
    let Some(limit) = &endpoint.spec.limit else {
        return;
    };
    if endpoint.spec.rate.is_some() {
        findings.push(limit, "an endpoint has either a `limit` of the vendor or its own `[rate]`");
    }
    if !vendor.spec.limits.iter().any(|known| known.name.as_str() == limit.as_str()) {
        findings.push(limit, format!("the vendor has no limit called `{limit}`"));
    }
}

fn check_serves(spec: &EndpointSpec, findings: &mut Findings<'_>) {
    let Some(serves) = &spec.serves else {
        return;
    };
    if (serves.needs_time || serves.longest_days.is_some()) && !serves.by_time {
        findings.push(&spec.id, "`needs_time` and `longest_days` go with `by_time`");
    }
    if !serves.total && !spec.paging.as_ref().is_some_and(Paging::tells_total) {
        findings.push(&spec.id, "`total = false` goes with pages that tell a total");
    }
}
