use vendor_specs::{EndpointSpec, PagingStyle, Parameter, ParameterType, Value};

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
pub(crate) fn slots(spec: &EndpointSpec) -> Vec<Slot<'_>> {
    let parameters = spec.parameters.iter();
    parameters
        .map(|parameter| Slot {
            parameter,
            ident: ident(&parameter.name),
            role: role(spec, parameter),
        })
        .collect()
}

fn role(spec: &EndpointSpec, parameter: &Parameter) -> Role {
    if !parameter.required || parameter.nullable {
        return Role::Optional;
    }
    if let Some(default) = &parameter.default {
        return Role::Starts(owned(default));
    }
    match &spec.paging {
        Some(paging) if paging.size.as_str() == parameter.name.as_str() => {
            Role::Starts(number(paging.ask_size.into()))
        }
        Some(paging) if paging.position.as_str() == parameter.name.as_str() => {
            let first = if paging.style == PagingStyle::Offset { "0" } else { "1" };
            Role::Starts(first.to_owned())
        }
        _ => Role::Argument,
    }
}

impl Slot<'_> {
    /// Type of the field.
    pub(crate) fn field_type(&self, imports: &mut Imports) -> String {
        let base = self.base_type();
        match base {
            "SecretString" => imports.http(base),
            "Timestamp" => imports.core(base),
            _ => {}
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

    fn base_type(&self) -> &'static str {
        match self.parameter.kind {
            ParameterType::Text if self.parameter.secret => "SecretString",
            ParameterType::Text => "String",
            ParameterType::Count | ParameterType::CountText => "u32",
            ParameterType::Offset => "u64",
            ParameterType::Integer => "i64",
            ParameterType::EpochMs | ParameterType::ChinaTime => "Timestamp",
            ParameterType::TextList => "Vec<String>",
        }
    }

    /// The statements that send the value.
    pub(crate) fn pushes(&self) -> Vec<String> {
        let names = std::iter::once(&self.parameter.name).chain(&self.parameter.also);
        names.map(|name| self.push(&literal(name))).collect()
    }

    fn push(&self, name: &str) -> String {
        let field = format!("self.{}", self.ident);
        if self.role == Role::Optional {
            let push = if self.parameter.nullable { "push_nullable" } else { "push_some" };
            let value = match self.parameter.kind {
                ParameterType::Text => format!("{field}.as_ref()"),
                ParameterType::TextList => format!("{field}.as_deref()"),
                ParameterType::CountText => format!("{field}.as_ref().map(ToString::to_string)"),
                ParameterType::EpochMs => format!("{field}.map(Timestamp::epoch_ms)"),
                ParameterType::ChinaTime => format!("{field}.map(Timestamp::to_china)"),
                ParameterType::Count | ParameterType::Offset | ParameterType::Integer => field,
            };
            return format!("parameters.{push}({name}, {value});");
        }
        let (push, value) = match self.parameter.kind {
            ParameterType::Text if self.parameter.secret => ("push_secret", format!("&{field}")),
            ParameterType::Text | ParameterType::TextList => ("push", format!("&{field}")),
            ParameterType::CountText => ("push", format!("{field}.to_string()")),
            ParameterType::EpochMs => ("push", format!("{field}.epoch_ms()")),
            ParameterType::ChinaTime => ("push", format!("{field}.to_china()")),
            ParameterType::Count | ParameterType::Offset | ParameterType::Integer => {
                ("push", field)
            }
        };
        format!("parameters.{push}({name}, {value});")
    }

    /// A spec's value as an argument in a test.
    pub(crate) fn example(&self, value: &Value) -> String {
        match (self.parameter.kind, value) {
            (ParameterType::EpochMs, Value::Integer(milliseconds)) => {
                let milliseconds = number(*milliseconds);
                format!("live_rewards_core::Timestamp::from_epoch_ms({milliseconds}).unwrap()")
            }
            (ParameterType::ChinaTime, Value::Text(text)) => {
                format!("live_rewards_core::Timestamp::parse_china({}).unwrap()", literal(text))
            }
            (_, Value::Text(text)) => literal(text),
            (_, value) => owned(value),
        }
    }
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
