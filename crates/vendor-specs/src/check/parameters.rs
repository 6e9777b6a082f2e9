use super::Findings;
use crate::{EndpointSpec, Parameter, ParameterType, Scope, Value, VendorSpec};

pub(super) fn check(
    vendor: &VendorSpec,
    spec: &EndpointSpec,
    scope: Scope<'_>,
    findings: &mut Findings<'_>,
) {
    let names = spec.parameters.iter().flat_map(|it| [Some(&it.name), it.also.as_ref()]);
    findings.unique("parameters called", names.flatten());
    for parameter in &spec.parameters {
        check_one(parameter, findings);
        check_label(parameter, scope, findings);
        if vendor.authorisation.parameters.iter().any(|added| *added.name == *parameter.name) {
            let message =
                format!("`{}` is added by the authorisation: leave it out", parameter.name);
            findings.push(&parameter.name, message);
        }
    }
    check_path(spec, findings);
    for parameter in spec.arguments().filter(|parameter| parameter.example.is_none()) {
        let message = format!("`{}` is required and needs an `example`", parameter.name);
        findings.push(&parameter.name, message);
    }
}

/// Checks a parameter that the authorisation adds.
pub(super) fn check_added(parameter: &Parameter, findings: &mut Findings<'_>) {
    check_one(parameter, findings);
    if parameter.is_in_path() || parameter.kind.label_set().is_some() {
        let message = "the authorisation adds neither parts of the path nor labels";
        findings.push(&parameter.name, message);
    }
}

fn check_one(parameter: &Parameter, findings: &mut Findings<'_>) {
    let Parameter { name, kind, .. } = parameter;
    let values = [parameter.example.as_ref(), parameter.default.as_ref()];
    if values.into_iter().flatten().any(|value| !kind.takes(value)) {
        findings.push(name, format!("an example or default of `{name}` isn't of its type"));
    }
    if parameter.nullable && !parameter.required {
        findings.push(name, "only a `required` parameter can be `nullable`: others are left out");
    }
    if parameter.nullable && matches!(kind, ParameterType::NumberLabel(_)) {
        findings.push(name, "a `number_label<…>` can't be `nullable`");
    }
    if parameter.default.is_some() && (!parameter.required || kind.is_time()) {
        findings.push(name, "only a required parameter, and no time, can have a `default`");
    }
    if parameter.secret && !(parameter.required && *kind == ParameterType::Text) {
        findings.push(name, "only a required text can be `secret`");
    }
    let is_plain_count = *kind == ParameterType::Count && parameter.required && !parameter.nullable;
    if parameter.least.is_some() && !is_plain_count {
        findings.push(name, "only a required `count` can have a `least`");
    }
    if parameter.max_items.is_some() && *kind != ParameterType::TextList {
        findings.push(name, "only a `text_list` can have `max_items`");
    }
    if parameter.secret && (parameter.default.is_some() || parameter.also.is_some()) {
        findings.push(name, "a secret has neither a `default` nor a second name");
    }
}

fn check_label(parameter: &Parameter, scope: Scope<'_>, findings: &mut Findings<'_>) {
    let Parameter { name, kind, example, default, .. } = parameter;
    let Some(set) = kind.label_set() else {
        return;
    };
    let Some(set) = scope.label_set(set) else {
        return findings.push(name, format!("`{name}` has a type that isn't declared"));
    };
    for value in [example, default].into_iter().flatten() {
        if let Value::Text(label) = value
            && set.get(label).is_none()
        {
            findings.push(name, format!("`{}` has no label `{label}`", set.name));
        }
    }
    let is_number =
        |label: &str| label.parse::<i64>().is_ok_and(|number| number.to_string() == label);
    if matches!(kind, ParameterType::NumberLabel(_))
        && !set.values.iter().all(|value| is_number(&value.label))
    {
        findings.push(name, format!("`{}` has labels that are no numbers", set.name));
    }
}

/// Checks that the path and the parameters in it fit each other.
fn check_path(spec: &EndpointSpec, findings: &mut Findings<'_>) {
    let in_path = || spec.parameters.iter().filter(|parameter| parameter.is_in_path());
    let parts = spec.path.split('/').filter(|part| part.contains(['{', '}']));
    if parts.count() != spec.path_names().count() {
        findings.push(&spec.path, "a parameter in a path is a whole part of it: `/{name}/`");
    }
    for name in spec.path_names() {
        if !in_path().any(|parameter| parameter.name.as_str() == name) {
            let message = format!("`{name}` is no parameter with `in = \"path\"`");
            findings.push(&spec.path, message);
        }
    }
    for parameter in in_path() {
        let Parameter { name, kind, .. } = parameter;
        if !spec.path_names().any(|it| it == name.as_str()) {
            findings.push(name, format!("the path has no `{{{name}}}`"));
        }
        let is_plain = parameter.required && !parameter.nullable && !parameter.secret;
        let is_alone = parameter.default.is_none() && parameter.also.is_none();
        if *kind != ParameterType::Text || !is_plain || !is_alone {
            let message = "a part of the path is a required text, without default or second name";
            findings.push(name, message);
        }
    }
}
