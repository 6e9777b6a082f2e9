use vendor_specs::{EndpointSpec, Parameter, ParameterType, Scope, Value};

use super::imports::Imports;
use super::names::ident;
use super::text::{literal, number};

/// A parameter as the field of a request.
#[derive(Debug)]
pub(crate) struct Slot<'a> {
    pub(crate) parameter: &'a Parameter,
    pub(crate) ident: String,
    pub(crate) role: Role,
}

/// How a field comes by its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// `new` takes it.
    Argument,
    /// It starts as this expression and can be set.
    Starts(String),
    /// It can be set.
    Optional,
}

/// The parameters of an endpoint.
pub(crate) fn slots<'a>(spec: &'a EndpointSpec, scope: Scope<'_>) -> Vec<Slot<'a>> {
    let parameters = spec.parameters.iter();
    parameters
        .map(|parameter| Slot {
            parameter,
            ident: ident(&parameter.name),
            role: role(spec, parameter, scope),
        })
        .collect()
}

fn role(spec: &EndpointSpec, parameter: &Parameter, scope: Scope<'_>) -> Role {
    if !parameter.required || parameter.nullable {
        return Role::Optional;
    }
    if let Some(default) = &parameter.default {
        return Role::Starts(starting(parameter, default, scope));
    }
    match &spec.paging {
        Some(paging) if paging.size.as_str() == parameter.name.as_str() => {
            Role::Starts(number(paging.ask_size.into()))
        }
        Some(paging) if paging.position.as_str() == parameter.name.as_str() => {
            let first = if paging.style.is_by_offset() { "0" } else { "1" };
            Role::Starts(first.to_owned())
        }
        _ => Role::Argument,
    }
}

/// What a field starts as.
fn starting(parameter: &Parameter, default: &Value, scope: Scope<'_>) -> String {
    let set = parameter.kind.label_set().and_then(|set| scope.label_set(set));
    let label = set.and_then(|set| match default {
        Value::Text(label) => Some(format!("{}::{}", set.name, set.get(label)?.name)),
        _ => None,
    });
    label.unwrap_or_else(|| owned(default))
}

impl Slot<'_> {
    /// Type of the field.
    pub(crate) fn field_type(&self, imports: &mut Imports, scope: Scope<'_>) -> String {
        let base = self.base_type();
        match &self.parameter.kind {
            ParameterType::Text if self.parameter.secret => imports.http("SecretString"),
            ParameterType::ChinaMonth => imports.core("Month"),
            kind if kind.is_time() => imports.core("Timestamp"),
            kind => {
                if let Some(set) = kind.label_set() {
                    imports.core("OpenEnum");
                    imports.named(set, scope);
                }
            }
        }
        match self.role {
            Role::Optional => format!("Option<{base}>"),
            Role::Argument | Role::Starts(_) => base.to_owned(),
        }
    }

    /// Type of the argument that gives the value.
    pub(crate) fn argument_type(&self) -> String {
        match self.base_type() {
            base @ ("String" | "SecretString") => format!("impl Into<{base}>"),
            base => base.to_owned(),
        }
    }

    /// The value from an argument of the field's name.
    pub(crate) fn argument_value(&self) -> String {
        let ident = &self.ident;
        match self.base_type() {
            "String" | "SecretString" => format!("{ident}.into()"),
            _ => ident.clone(),
        }
    }

    fn base_type(&self) -> &str {
        match &self.parameter.kind {
            ParameterType::Text if self.parameter.secret => "SecretString",
            ParameterType::Text | ParameterType::Cursor => "String",
            ParameterType::Count | ParameterType::CountText => "u32",
            ParameterType::Offset => "u64",
            ParameterType::Integer => "i64",
            ParameterType::EpochMs | ParameterType::ChinaTime | ParameterType::ChinaDate => {
                "Timestamp"
            }
            ParameterType::ChinaMonth => "Month",
            ParameterType::TextList => "Vec<String>",
            ParameterType::Label(set) | ParameterType::NumberLabel(set) => set,
        }
    }

    /// A spec's value as an argument in a test.
    pub(crate) fn example(&self, value: &Value) -> String {
        match (&self.parameter.kind, value) {
            (ParameterType::EpochMs, Value::Integer(milliseconds)) => {
                let milliseconds = number(*milliseconds);
                format!("live_rewards_core::Timestamp::from_epoch_ms({milliseconds}).unwrap()")
            }
            (ParameterType::ChinaTime, Value::Text(text)) => china(text),
            (ParameterType::ChinaDate, Value::Text(day)) => china(&format!("{day} 00:00:00")),
            (ParameterType::ChinaMonth, Value::Text(month)) => {
                format!("{}.parse().unwrap()", literal(&month.replace('_', "-")))
            }
            (kind, Value::Text(text)) if kind.label_set().is_some() => {
                format!("live_rewards_core::OpenEnum::from_label({})", literal(text))
            }
            (_, Value::Text(text)) => literal(text),
            (_, value) => owned(value),
        }
    }
}

/// An instant of a local time.
fn china(text: &str) -> String {
    format!("live_rewards_core::Timestamp::parse_china({}).unwrap()", literal(text))
}

/// A spec's value as a field's.
fn owned(value: &Value) -> String {
    let owned = |text: &String| format!("{}.to_owned()", literal(text));
    match value {
        Value::Integer(value) => number(*value),
        Value::Text(text) => owned(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(owned).collect();
            format!("vec![{}]", items.join(", "))
        }
    }
}
