use super::Findings;
use crate::{EndpointSpec, Parameter, ParameterType, VendorSpec};

pub(super) fn check(vendor: &VendorSpec, spec: &EndpointSpec, findings: &mut Findings<'_>) {
    let names = spec.parameters.iter().flat_map(|it| [Some(&it.name), it.also.as_ref()]);
    findings.unique("parameters called", names.flatten());
    for parameter in &spec.parameters {
        check_one(parameter, findings);
        if vendor.authorisation.parameters.iter().any(|added| *added.name == *parameter.name) {
            let message =
                format!("`{}` is added by the authorisation: leave it out", parameter.name);
            findings.push(&parameter.name, message);
        }
    }
    for parameter in spec.arguments().filter(|parameter| parameter.example.is_none()) {
        let message = format!("`{}` is required and needs an `example`", parameter.name);
        findings.push(&parameter.name, message);
    }
}

pub(super) fn check_one(parameter: &Parameter, findings: &mut Findings<'_>) {
    let Parameter { name, kind, .. } = parameter;
    let values = [parameter.example.as_ref(), parameter.default.as_ref()];
    if values.into_iter().flatten().any(|value| !kind.takes(value)) {
        findings.push(name, format!("an example or default of `{name}` isn't of its type"));
    }
    if parameter.nullable && !parameter.required {
        findings.push(name, "only a `required` parameter can be `nullable`: others are left out");
    }
    let is_time = matches!(kind, ParameterType::EpochMs | ParameterType::ChinaTime);
    if parameter.default.is_some() && (!parameter.required || is_time) {
        findings.push(name, "only a required parameter, and no time, can have a `default`");
    }
    if parameter.secret && !(parameter.required && *kind == ParameterType::Text) {
        findings.push(name, "only a required text can be `secret`");
    }
    if parameter.max_items.is_some() && *kind != ParameterType::TextList {
        findings.push(name, "only a `text_list` can have `max_items`");
    }
    if parameter.secret && (parameter.default.is_some() || parameter.also.is_some()) {
        findings.push(name, "a secret has neither a `default` nor a second name");
    }
}
