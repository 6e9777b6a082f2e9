use vendor_specs::{
    Area, Endpoint, EndpointSpec, PagingStyle, Parameter, ParameterType, ParametersIn, Scope,
    Value, Vendor,
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
    let call = Call { spec: &endpoint.spec, scope: vendor.scope(area, endpoint) };
    let in_path = call.spec.parameters.iter().filter(|parameter| parameter.is_in_path());
    let mut parameters: Vec<Object> =
        in_path.map(|parameter| call.parameter(parameter, "path")).collect();
    let sent = call.spec.parameters.iter().filter(|parameter| !parameter.is_in_path());
    let added = authorisation(vendor, call);
    let mut body = None;
    match call.spec.parameters_in {
        ParametersIn::Query => {
            for own in sent.chain(added) {
                parameters.push(call.parameter(own, "query"));
                parameters.extend(own.also.as_ref().map(|also| {
                    let schema = call.schema(Object::new(), own);
                    let description = second_name(own);
                    named(also, "query").with("description", description).with("schema", schema)
                }));
            }
        }
        ParametersIn::Form => {
            body = call.content("application/x-www-form-urlencoded", sent.chain(added));
        }
        ParametersIn::Json => body = call.content("application/json", sent.chain(added)),
    }
    let headers = vendor.spec.authorisation.headers.iter();
    parameters.extend(headers.map(|header| call.parameter(header, "header")));
    Input { parameters: (!parameters.is_empty()).then(|| Json::list(parameters)), body }
}

/// The parameters of the authorisation, but for one that the endpoint is there to hand out.
fn authorisation<'a>(vendor: &'a Vendor, call: Call<'a>) -> impl Iterator<Item = &'a Parameter> {
    let output = call.spec.output.kind.name().and_then(|name| call.scope.row_type(name));
    let handed_out = output.map(|row| call.scope.fields(row)).unwrap_or_default();
    let all = vendor.spec.authorisation.parameters.iter();
    all.filter(move |added| !handed_out.iter().any(|field| *field.name == *added.name))
}

fn named(name: &str, place: &str) -> Object {
    Object::new().with("name", name).with("in", place)
}

fn description(parameter: &Parameter) -> String {
    let english = noted(parameter.doc.en.clone(), parameter.note.as_deref(), parameter.grade);
    in_both(&english, &parameter.doc.zh)
}

fn second_name(parameter: &Parameter) -> String {
    format!("Another name of `{}`, with the same value.", parameter.name)
}

/// An endpoint, and what it may name.
#[derive(Clone, Copy)]
struct Call<'a> {
    spec: &'a EndpointSpec,
    scope: Scope<'a>,
}

impl Call<'_> {
    fn parameter(&self, parameter: &Parameter, place: &str) -> Object {
        let example = parameter.example.as_ref();
        named(&parameter.name, place)
            .maybe("required", parameter.required.then_some(true))
            .with("description", description(parameter))
            .with("schema", self.schema(Object::new(), parameter))
            .maybe("example", example.map(|example| self.value(parameter, example)))
    }

    /// A body whose members are the parameters; none where there are none.
    fn content<'p>(
        &self,
        media_type: &str,
        parameters: impl Iterator<Item = &'p Parameter>,
    ) -> Option<Object> {
        let (mut properties, mut required) = (Object::new(), Vec::new());
        for parameter in parameters {
            let example = parameter.example.as_ref();
            let examples = example.map(|example| Json::list([self.value(parameter, example)]));
            let property = Object::new().with("description", description(parameter));
            let property = self.schema(property, parameter).maybe("examples", examples);
            properties.set(&parameter.name, property);
            if let Some(also) = &parameter.also {
                let property = Object::new().with("description", second_name(parameter));
                properties.set(also, self.schema(property, parameter));
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

    fn schema(&self, schema: Object, parameter: &Parameter) -> Object {
        let in_json = self.spec.parameters_in == ParametersIn::Json;
        let or_null = |name: &str| -> Json {
            if parameter.nullable { Json::list([name, "null"]) } else { name.into() }
        };
        let of_type = |schema: Object, name: &str| schema.with("type", or_null(name));
        let schema = match &parameter.kind {
            ParameterType::Text => {
                of_type(schema, "string").maybe("format", parameter.secret.then_some("password"))
            }
            ParameterType::ChinaTime => {
                of_type(schema, "string").with("pattern", format!("^{TIME}$"))
            }
            ParameterType::ChinaDate => of_type(schema, "string").with("format", "date"),
            ParameterType::ChinaMonth => {
                of_type(schema, "string").with("pattern", r"^\d{4}_\d{2}$")
            }
            ParameterType::Label(set) | ParameterType::NumberLabel(set) => {
                let is_number = matches!(parameter.kind, ParameterType::NumberLabel(_));
                let labels = self.scope.label_set(set).into_iter().flat_map(|set| &set.values);
                let known = labels.map(|value| {
                    let label = value.label.as_str();
                    if is_number { Json::raw(label) } else { label.into() }
                });
                let known = Object::new().with("enum", Json::list(known));
                let any = or_null(if is_number { "integer" } else { "string" });
                let any = Object::new().with("type", any);
                schema.with("anyOf", Json::list([known, any]))
            }
            ParameterType::Cursor if in_json => of_type(schema, "object"),
            ParameterType::CountText if in_json => {
                let pattern = if self.least(parameter) == 0 { r"^\d+$" } else { r"^[1-9]\d*$" };
                of_type(schema, "string").with("pattern", pattern)
            }
            ParameterType::Count | ParameterType::CountText | ParameterType::Offset => {
                let paging = self.spec.paging.as_ref();
                let most = paging.and_then(|paging| match parameter.name.as_str() {
                    name if name == paging.size.as_str() => paging.max_size,
                    name if name == paging.position.as_str() => paging.last_page,
                    _ => None,
                });
                of_type(schema, "integer")
                    .with("minimum", self.least(parameter))
                    .maybe("maximum", most.map(i64::from))
            }
            ParameterType::Integer | ParameterType::EpochMs => {
                of_type(schema, "integer").with("format", "int64")
            }
            ParameterType::TextList if in_json => of_type(schema, "array")
                .with("items", Object::new().with("type", "string"))
                .maybe("maxItems", parameter.max_items.map(i64::from)),
            // Elsewhere a list is one text, joined by commas, and JSON is text.
            ParameterType::TextList | ParameterType::Cursor => of_type(schema, "string"),
        };
        schema.maybe("default", self.default(parameter))
    }

    /// The least that a number can be.
    fn least(&self, parameter: &Parameter) -> i64 {
        let counts_from_one = self.spec.paging.as_ref().is_some_and(|paging| {
            let is_page = *paging.position == *parameter.name;
            *paging.size == *parameter.name
                || (is_page && paging.style == PagingStyle::PageWithTotal)
        });
        parameter.least.map_or(i64::from(counts_from_one), i64::from)
    }

    fn default(&self, parameter: &Parameter) -> Option<Json> {
        let paging = self.spec.paging.as_ref();
        let of_paging = paging.filter(|paging| *paging.size == *parameter.name);
        let size = of_paging.and_then(|paging| paging.default_size).map(i64::from);
        let default = parameter.default.clone().or(size.map(Value::Integer));
        default.map(|default| self.value(parameter, &default))
    }

    /// A spec's value as it is sent.
    fn value(&self, parameter: &Parameter, value: &Value) -> Json {
        let in_json = self.spec.parameters_in == ParametersIn::Json;
        match (value, &parameter.kind) {
            (Value::Integer(number), ParameterType::CountText) if in_json => {
                number.to_string().into()
            }
            (Value::Integer(number), _) => (*number).into(),
            (Value::Text(text), ParameterType::NumberLabel(_)) => Json::raw(text),
            (Value::Text(text), ParameterType::Cursor) if in_json => Json::raw(text),
            (Value::Text(text), _) => text.as_str().into(),
            (Value::List(items), _) if in_json => Json::list(items.iter().map(String::as_str)),
            (Value::List(items), _) => items.join(",").into(),
        }
    }
}
