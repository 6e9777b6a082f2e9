use vendor_specs::{Effect, Endpoint, LimitScope, OutputType, ParametersIn, Vendor};

use super::code::Code;
use super::imports::Imports;
use super::limit::limit;
use super::slot::Slot;
use super::text::{literal, number};

/// The request's `Endpoint`.
pub(crate) fn write(
    code: &mut Code,
    imports: &mut Imports,
    vendor: &Vendor,
    endpoint: &Endpoint,
    slots: &[Slot<'_>],
) {
    let spec = &endpoint.spec;
    for name in
        ["Effect", "Endpoint", "EndpointInfo", "Method", "Parameters", "ParametersIn", "Shape"]
    {
        imports.http(name);
    }
    imports.service(&vendor.spec.service);
    let (output, shape) = match &spec.output.kind {
        OutputType::Object(name) => (name.clone(), "Object"),
        OutputType::Rows(name) => {
            imports.http("Rows");
            (format!("Rows<{name}>"), "List")
        }
    };
    code.line(&format!("impl Endpoint for {} {{", spec.type_name()));
    code.line(&format!("type Service = {};", vendor.spec.service));
    code.line(&format!("type Output = {output};"));
    code.blank();
    code.line("const INFO: EndpointInfo = EndpointInfo {");
    code.line(&format!("id: {},", literal(&spec.id)));
    code.line(&format!("method: Method::{},", spec.method.as_str()));
    code.line(&format!("path: {},", literal(&spec.path)));
    code.line(&format!("parameters: ParametersIn::{},", place(spec.parameters_in)));
    code.line(&format!("effect: Effect::{},", effect(spec.effect)));
    code.line(&format!("limit: {},", limit_value(imports, vendor, endpoint)));
    code.line(&format!("shape: Shape::{shape},"));
    code.line("};");
    code.blank();
    let parameters = if slots.is_empty() { "_" } else { "parameters" };
    code.line(&format!("fn parameters(&self, {parameters}: &mut Parameters) {{"));
    for push in slots.iter().flat_map(Slot::pushes) {
        code.line(&push);
    }
    code.line("}");
    if spec.output.empty {
        code.blank();
        code.line("fn empty() -> Option<Self::Output> {");
        code.line("Some(Self::Output::default())");
        code.line("}");
    }
    code.line("}");
    code.blank();
}

fn limit_value(imports: &mut Imports, vendor: &Vendor, endpoint: &Endpoint) -> String {
    let Some(limit) = limit(vendor, endpoint) else {
        return "None".to_owned();
    };
    imports.http("LimitScope");
    imports.http("RateLimit");
    let scope = match limit.scope {
        LimitScope::Address => "Address",
        LimitScope::Application => "Application",
        LimitScope::Endpoint => "Endpoint",
    };
    let requests = number(limit.requests.into());
    let window = number(limit.window_seconds.into());
    format!("Some(RateLimit::new({requests}, {window}, LimitScope::{scope}))")
}

/// Variant of the place where parameters go.
pub(crate) fn place(place: ParametersIn) -> &'static str {
    match place {
        ParametersIn::Query => "Query",
        ParametersIn::Form => "Form",
        ParametersIn::Json => "Json",
    }
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "Read",
        Effect::Write => "Write",
    }
}
