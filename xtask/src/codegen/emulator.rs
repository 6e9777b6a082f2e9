use vendor_specs::{
    Endpoint, LimitScope, Parameter, ParameterType, Sample, SampleGrade, Specs, Vendor,
};

use super::call::place;
use super::code::Code;
use super::limit::limit;
use super::text::{literal, number};

/// The module of the vendors' tables.
pub(crate) fn module(specs: &Specs) -> String {
    let mut code = Code::file("specs");
    for vendor in &specs.vendors {
        code.line(&format!("pub(crate) mod {};", vendor.spec.id));
    }
    code.into_text()
}

/// A vendor's routes and errors.
pub(crate) fn tables(vendor: &Vendor) -> String {
    let mut code = Code::file(&format!("specs/{}", vendor.spec.id));
    let endpoints = || vendor.areas.iter().flat_map(|area| &area.endpoints);
    code.line(&format!("use crate::catalog::{{{}}};", imports(vendor, endpoints()).join(", ")));
    for endpoint in endpoints() {
        code.blank();
        write_route(&mut code, vendor, endpoint);
    }
    code.blank();
    code.line("pub(crate) const ERRORS: &[VendorError] = &[");
    for error in &vendor.spec.errors {
        // Without a code there is nothing to look it up by.
        let Some(known) = &error.code else { continue };
        let message = error.message.as_deref().map(literal);
        code.line("VendorError {");
        code.line(&format!("code: {},", literal(known)));
        code.line(&format!("status: {},", error.status));
        code.line(&format!("message: {},", optional(message)));
        code.line("},");
    }
    code.line("];");
    code.into_text()
}

fn imports<'a>(
    vendor: &Vendor,
    mut endpoints: impl Iterator<Item = &'a Endpoint> + Clone,
) -> Vec<&'static str> {
    let mut names = vec!["VendorError"];
    if endpoints.clone().next().is_some() {
        names.extend(["Place", "Route"]);
    }
    if endpoints.clone().any(|endpoint| !endpoint.spec.parameters.is_empty()) {
        names.extend(["Kind", "Parameter"]);
    }
    if endpoints.clone().any(|endpoint| endpoint.spec.paging.is_some()) {
        names.push("PageRules");
    }
    if endpoints
        .clone()
        .any(|endpoint| endpoint.spec.samples.iter().any(|sample| grade(sample).is_some()))
    {
        names.push("Grade");
    }
    if endpoints.any(|endpoint| limit(vendor, endpoint).is_some()) {
        names.extend(["Limit", "Scope"]);
    }
    names.sort_unstable();
    names
}

fn write_route(code: &mut Code, vendor: &Vendor, endpoint: &Endpoint) {
    let spec = &endpoint.spec;
    code.line(&format!("pub(crate) const {}: Route = Route {{", spec.id.to_uppercase()));
    code.line(&format!("id: {},", literal(&spec.id)));
    code.line(&format!("method: {},", literal(spec.method.as_str())));
    code.line(&format!("path: {},", literal(&spec.path)));
    code.line(&format!("place: Place::{},", place(spec.parameters_in)));
    code.line("parameters: &[");
    for parameter in &spec.parameters {
        write_parameter(code, parameter);
    }
    code.line("],");
    match &spec.paging {
        None => code.line("paging: None,"),
        Some(paging) => {
            let size = |size: Option<u32>| optional(size.map(|size| number(size.into())));
            code.line("paging: Some(PageRules {");
            code.line(&format!("position: {},", literal(&paging.position)));
            code.line(&format!("size: {},", literal(&paging.size)));
            code.line(&format!("default_size: {},", size(paging.default_size)));
            code.line(&format!("max_size: {},", size(paging.max_size)));
            code.line("}),");
        }
    }
    match limit(vendor, endpoint) {
        None => code.line("limit: None,"),
        Some(limit) => {
            let scope = match limit.scope {
                LimitScope::Address => "Ip",
                LimitScope::Application => "Application",
                LimitScope::Endpoint => "Endpoint",
            };
            code.line("limit: Some(Limit {");
            code.line(&format!("requests: {},", number(limit.requests.into())));
            code.line(&format!("window_seconds: {},", number(limit.window_seconds.into())));
            code.line(&format!("scope: Scope::{scope},"));
            code.line("}),");
        }
    }
    let grades: Vec<&str> = spec.samples.iter().filter_map(grade).collect();
    code.line(&format!("samples: &[{}],", grades.join(", ")));
    code.line("};");
}

fn grade(sample: &Sample) -> Option<&'static str> {
    Some(match sample.grade? {
        SampleGrade::Published => "Grade::Published",
        SampleGrade::Altered => "Grade::Altered",
        SampleGrade::Completed => "Grade::Completed",
        SampleGrade::Constructed => "Grade::Constructed",
    })
}

fn write_parameter(code: &mut Code, parameter: &Parameter) {
    let kind = match parameter.kind {
        ParameterType::Text | ParameterType::ChinaTime => "Text",
        ParameterType::TextList => "TextList",
        ParameterType::Count
        | ParameterType::CountText
        | ParameterType::Offset
        | ParameterType::Integer
        | ParameterType::EpochMs => "Integer",
    };
    code.line("Parameter {");
    code.line(&format!("name: {},", literal(&parameter.name)));
    code.line(&format!("kind: Kind::{kind},"));
    code.line(&format!("required: {},", parameter.required));
    let max_items = parameter.max_items.map(|max| number(max.into()));
    code.line(&format!("max_items: {},", optional(max_items)));
    code.line("},");
}

fn optional(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({value})"))
}
