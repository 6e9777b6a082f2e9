use vendor_specs::{
    Effect, Endpoint, EndpointSpec, LimitScope, Output, OutputType, ParametersIn, Vendor,
};

use super::code::Code;
use super::imports::Imports;
use super::limit::limit;
use super::names::ident;
use super::push::pushes;
use super::slot::{Role, Slot};
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
    let (output, shape) = answered(&spec.output, imports);
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
    if spec.path_names().next().is_some() {
        write_path(code, imports, spec);
    }
    let pushes: Vec<String> = slots.iter().flat_map(|slot| pushes(slot, imports)).collect();
    let parameters = if pushes.is_empty() { "_" } else { "parameters" };
    code.line(&format!("fn parameters(&self, {parameters}: &mut Parameters) {{"));
    for push in &pushes {
        code.line(push);
    }
    code.line("}");
    if spec.effect == Effect::Write {
        write_check(code, imports, slots);
    }
    let empty = match &spec.output.kind {
        OutputType::Nothing => Some("()"),
        _ => spec.output.empty.then_some("Self::Output::default()"),
    };
    if let Some(empty) = empty {
        code.blank();
        code.line("fn empty() -> Option<Self::Output> {");
        code.line(&format!("Some({empty})"));
        code.line("}");
    }
    code.line("}");
    code.blank();
}

/// What a write refuses before it is sent, where anything is published.
fn write_check(code: &mut Code, imports: &mut Imports, slots: &[Slot<'_>]) {
    let mut checks = Vec::new();
    for Slot { parameter, ident, role } in slots {
        let name = literal(&parameter.name);
        if let Some(least) = parameter.least {
            imports.http("at_least");
            let least = number(least.into());
            checks.push(format!("at_least({name}, self.{ident}, {least})?;"));
        }
        if let Some(most) = parameter.max_items {
            imports.http("at_most");
            let items = match role {
                Role::Optional => format!("self.{ident}.as_ref().map_or(0, Vec::len)"),
                Role::Argument | Role::Starts(_) => format!("self.{ident}.len()"),
            };
            checks.push(format!("at_most({name}, {items}, {})?;", number(most.into())));
        }
    }
    if checks.is_empty() {
        return;
    }
    imports.core("Result");
    code.blank();
    code.line("fn check(&self) -> Result<()> {");
    for check in &checks {
        code.line(check);
    }
    code.line("Ok(())");
    code.line("}");
}

/// The type of what is answered, and the shape of its payload.
fn answered(output: &Output, imports: &mut Imports) -> (String, String) {
    match (&output.kind, &output.rows_in) {
        (OutputType::Object(name), _) => (name.clone(), "Object".to_owned()),
        (OutputType::Rows(name), rows_in) => {
            imports.http("Rows");
            let shape = rows_in.as_ref().map(|member| format!("ListIn({})", literal(member)));
            (format!("Rows<{name}>"), shape.unwrap_or_else(|| "List".to_owned()))
        }
        (OutputType::Nothing, _) => ("()".to_owned(), "Nothing".to_owned()),
    }
}

/// The path with the parameters in it.
fn write_path(code: &mut Code, imports: &mut Imports, spec: &EndpointSpec) {
    imports.cow();
    imports.http("path_segment");
    let (mut form, mut values) = (spec.path.to_string(), String::new());
    for name in spec.path_names() {
        form = form.replace(&format!("{{{name}}}"), "{}");
        values.extend([", path_segment(&self.", &ident(name), ")"]);
    }
    code.line("fn path(&self) -> Cow<'static, str> {");
    code.line(&format!("Cow::Owned(format!({}{values}))", literal(&form)));
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
