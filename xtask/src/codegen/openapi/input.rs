use vendor_specs::{
    Area, Endpoint, EndpointSpec, PagingStyle, Parameter, ParameterType, ParametersIn, Value,
    Vendor,
};

use super::in_both;
use super::json::{Json, Object};
use super::schema::TIME;
use crate::codegen::evidence::noted;

/// What a call takes.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) parameters: Option<Json>,
    pub(super) body: Option<Object>,
}

/// What an endpoint takes: its own parameters, then those of the authorisation.
pub(super) fn of(vendor: &Vendor, area: &Area, endpoint: &Endpoint) -> Input {
    let spec = &endpoint.spec;
    let added = || authorisation(vendor, area, endpoint);
    let headers = vendor.spec.authorisation.headers.iter();
    let headers = headers.map(|header| parameter(spec, header, "header"));
    let (mut parameters, mut body) = (Vec::new(), None);
    match spec.parameters_in {
        ParametersIn::Query => {
            for own in spec.parameters.iter().chain(added()) {
                parameters.push(parameter(spec, own, "query"));
                parameters.extend(own.also.as_ref().map(|also| {
                    let schema = schema(spec, own);
                    let description = second_name(own);
                    named(also, "query").with("description", description).with("schema", schema)
                }));
            }
        }
        ParametersIn::Form => {
            body = content(spec, "application/x-www-form-urlencoded", added());
        }
        ParametersIn::Json => body = content(spec, "application/json", added()),
    }
    parameters.extend(headers);
    Input { parameters: (!parameters.is_empty()).then(|| Json::list(parameters)), body }
}

/// The parameters of the authorisation, but for one that the endpoint is there to hand out.
fn authorisation<'a>(
    vendor: &'a Vendor,
    area: &'a Area,
    endpoint: &'a Endpoint,
) -> impl Iterator<Item = &'a Parameter> {
    let output = area.scope(endpoint).row_type(endpoint.spec.output.kind.name());
    let handed_out = output.map(|row| row.fields.as_slice()).unwrap_or_default();
    let all = vendor.spec.authorisation.parameters.iter();
    all.filter(move |added| !handed_out.iter().any(|field| *field.name == *added.name))
}

fn parameter(spec: &EndpointSpec, parameter: &Parameter, place: &str) -> Object {
    let example = parameter.example.as_ref();
    named(&parameter.name, place)
        .maybe("required", parameter.required.then_some(true))
        .with("description", description(parameter))
        .with("schema", schema(spec, parameter))
        .maybe("example", example.map(|example| value(spec, parameter, example)))
}

fn named(name: &str, place: &str) -> Object {
    Object::new().with("name", name).with("in", place)
}

/// A body whose members are the parameters; none where there are none.
fn content<'a>(
    spec: &'a EndpointSpec,
    media_type: &str,
    added: impl Iterator<Item = &'a Parameter>,
) -> Option<Object> {
    let (mut properties, mut required) = (Object::new(), Vec::new());
    for parameter in spec.parameters.iter().chain(added) {
        let example = parameter.example.as_ref();
        let examples = example.map(|example| Json::list([value(spec, parameter, example)]));
        let property = Object::new().with("description", description(parameter));
        let property = schema_into(property, spec, parameter).maybe("examples", examples);
        properties.set(&parameter.name, property);
        if let Some(also) = &parameter.also {
            let property = Object::new().with("description", second_name(parameter));
            properties.set(also, schema_into(property, spec, parameter));
        }
        if parameter.required {
            required.push(parameter.name.as_str());
        }
    }
    if properties.is_empty() {
        return None;
    }
    let is_required = !required.is_empty();
    let schema = Object::new()
        .with("type", "object")
        .maybe("required", is_required.then(|| Json::list(required)))
        .with("properties", properties);
    let media = Object::new().with("schema", schema);
    let content = Object::new().with(media_type, media);
    Some(Object::new().maybe("required", is_required.then_some(true)).with("content", content))
}

fn description(parameter: &Parameter) -> String {
    let english = noted(parameter.doc.en.clone(), parameter.note.as_ref(), parameter.grade);
    in_both(&english, &parameter.doc.zh)
}

fn second_name(parameter: &Parameter) -> String {
    format!("Another name of `{}`, with the same value.", parameter.name)
}

fn schema(spec: &EndpointSpec, parameter: &Parameter) -> Object {
    schema_into(Object::new(), spec, parameter)
}

fn schema_into(schema: Object, spec: &EndpointSpec, parameter: &Parameter) -> Object {
    let of_type = |name: &str| {
        let or_null = parameter.nullable.then(|| Json::list([name, "null"]));
        schema.with("type", or_null.unwrap_or_else(|| name.into()))
    };
    let schema = match parameter.kind {
        ParameterType::Text => {
            of_type("string").maybe("format", parameter.secret.then_some("password"))
        }
        ParameterType::ChinaTime => of_type("string").with("pattern", format!("^{TIME}$")),
        ParameterType::CountText if spec.parameters_in == ParametersIn::Json => {
            let pattern = if least(spec, parameter) == 0 { r"^\d+$" } else { r"^[1-9]\d*$" };
            of_type("string").with("pattern", pattern)
        }
        ParameterType::Count | ParameterType::CountText | ParameterType::Offset => {
            let paging = spec.paging.as_ref();
            let most = paging.filter(|paging| *paging.size == *parameter.name);
            of_type("integer")
                .with("minimum", least(spec, parameter))
                .maybe("maximum", most.and_then(|paging| paging.max_size).map(i64::from))
        }
        ParameterType::Integer | ParameterType::EpochMs => {
            of_type("integer").with("format", "int64")
        }
        ParameterType::TextList if spec.parameters_in == ParametersIn::Json => of_type("array")
            .with("items", Object::new().with("type", "string"))
            .maybe("maxItems", parameter.max_items.map(i64::from)),
        // Elsewhere a list is one text, joined by commas.
        ParameterType::TextList => of_type("string"),
    };
    schema.maybe("default", default(spec, parameter))
}

/// The least that a number can be.
fn least(spec: &EndpointSpec, parameter: &Parameter) -> i64 {
    let counts_from_one = spec.paging.as_ref().is_some_and(|paging| {
        let is_page = *paging.position == *parameter.name;
        *paging.size == *parameter.name || (is_page && paging.style == PagingStyle::PageWithTotal)
    });
    i64::from(counts_from_one)
}

fn default(spec: &EndpointSpec, parameter: &Parameter) -> Option<Json> {
    let of_paging = spec.paging.as_ref().filter(|paging| *paging.size == *parameter.name);
    let size = of_paging.and_then(|paging| paging.default_size).map(i64::from);
    let default = parameter.default.clone().or(size.map(Value::Integer));
    default.map(|default| value(spec, parameter, &default))
}

/// A spec's value as it is sent.
fn value(spec: &EndpointSpec, parameter: &Parameter, value: &Value) -> Json {
    let in_json = spec.parameters_in == ParametersIn::Json;
    match value {
        Value::Integer(number) if in_json && parameter.kind == ParameterType::CountText => {
            number.to_string().into()
        }
        Value::Integer(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) if in_json => Json::list(items.iter().map(String::as_str)),
        Value::List(items) => items.join(",").into(),
    }
}
