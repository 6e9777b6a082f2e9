//! What the emulator knows of the specs: its tables.

mod samples;
mod shape;

use std::collections::BTreeSet;

use vendor_specs::{
    Area, Effect, Endpoint, LimitScope, Paging, PagingStyle, Parameter, ParameterType, Sample,
    SampleGrade, Specs, Vendor,
};

use self::samples::{answer, has_samples};
pub(crate) use self::samples::{module as sample_module, samples};
use self::shape::{Shape, shape};
use super::call::place;
use super::code::Code;
use super::limit::limit;
use super::text::{literal, number, optional};

/// The module of the vendors' tables.
pub(crate) fn module(specs: &Specs) -> String {
    let mut code = Code::file("specs");
    for vendor in &specs.vendors {
        code.line(&format!("pub(crate) mod {};", vendor.spec.id));
    }
    if specs.vendors.iter().any(has_samples) {
        code.line("mod samples;");
    }
    code.into_text()
}

/// A vendor's routes and errors.
pub(crate) fn tables(vendor: &Vendor) -> String {
    let mut body = Body::default();
    body.endpoints(vendor);
    for (area, endpoint) in vendor.endpoints() {
        body.route(vendor, area, endpoint);
    }
    body.errors(vendor);
    let mut code = Code::file(&format!("specs/{}", vendor.spec.id));
    let names: Vec<&str> = body.names.into_iter().collect();
    if has_samples(vendor) {
        code.line(&format!("use super::samples::{} as samples;", vendor.spec.id));
    }
    code.line(&format!("use crate::catalog::{{{}}};", names.join(", ")));
    code.blank();
    code.append(&body.code);
    code.into_text()
}

/// Tables, and the words of the catalogue that they use.
#[derive(Debug, Default)]
struct Body {
    code: Code,
    names: BTreeSet<&'static str>,
}

impl Body {
    fn endpoints(&mut self, vendor: &Vendor) {
        self.names.insert("Route");
        self.code.doc(0, "The endpoints.");
        self.code.line("#[derive(Clone, Copy, Debug, PartialEq, Eq)]");
        self.code.line("pub(crate) enum Endpoint {");
        for (_, endpoint) in vendor.endpoints() {
            self.code.line(&format!("{},", endpoint.spec.type_name()));
        }
        self.code.line("}");
        self.code.blank();
        self.code.line("pub(crate) const ROUTES: &[(&Route, Endpoint)] = &[");
        for (_, endpoint) in vendor.endpoints() {
            let (route, name) = (constant(endpoint), endpoint.spec.type_name());
            self.code.line(&format!("(&{route}, Endpoint::{name}),"));
        }
        self.code.line("];");
        self.code.blank();
    }

    fn route(&mut self, vendor: &Vendor, area: &Area, endpoint: &Endpoint) {
        let spec = &endpoint.spec;
        self.names.extend(["Effect", "Place"]);
        self.code.line(&format!("pub(crate) const {}: Route = Route {{", constant(endpoint)));
        self.code.line(&format!("id: {},", literal(&spec.id)));
        self.code.line(&format!("method: {},", literal(spec.method.as_str())));
        self.code.line(&format!("path: {},", literal(&spec.path)));
        self.code.line(&format!("place: Place::{},", place(spec.parameters_in)));
        let effect = match spec.effect {
            Effect::Read => "Read",
            Effect::Write => "Write",
        };
        self.code.line(&format!("effect: Effect::{effect},"));
        self.code.line("parameters: &[");
        for parameter in &spec.parameters {
            self.parameter(parameter);
        }
        self.code.line("],");
        self.paging(spec.paging.as_ref());
        self.limit(vendor, endpoint);
        self.shape(shape(vendor, endpoint, vendor.scope(area, endpoint)).as_ref());
        let grades: Vec<&str> = spec.samples.iter().filter_map(grade).collect();
        if !grades.is_empty() {
            self.names.insert("Grade");
        }
        self.code.line(&format!("samples: &[{}],", grades.join(", ")));
        let sample = answer(endpoint).map(|_| format!("samples::{}", constant(endpoint)));
        self.code.line(&format!("sample: {},", optional(sample)));
        self.code.line("};");
        self.code.blank();
    }

    fn parameter(&mut self, parameter: &Parameter) {
        self.names.extend(["Kind", "Parameter"]);
        self.code.line("Parameter {");
        self.code.line(&format!("name: {},", literal(&parameter.name)));
        self.code.line(&format!("kind: Kind::{},", kind(&parameter.kind)));
        self.code.line(&format!("required: {},", parameter.required));
        let max_items = parameter.max_items.map(|max| number(max.into()));
        self.code.line(&format!("max_items: {},", optional(max_items)));
        self.code.line("},");
    }

    fn paging(&mut self, paging: Option<&Paging>) {
        let Some(paging) = paging else {
            self.code.line("paging: None,");
            return;
        };
        self.names.extend(["PageRules", "PageStyle"]);
        let style = match paging.style {
            PagingStyle::PageWithTotal | PagingStyle::Page => "Page",
            PagingStyle::Offset | PagingStyle::OffsetWithTotal => "Offset",
            PagingStyle::CalendarMonth => "CalendarMonth",
            PagingStyle::Cursor => "Cursor",
        };
        let size = |size: Option<u32>| optional(size.map(|size| number(size.into())));
        self.code.line("paging: Some(PageRules {");
        self.code.line(&format!("style: PageStyle::{style},"));
        self.code.line(&format!("position: {},", literal(&paging.position)));
        self.code.line(&format!("size: {},", literal(&paging.size)));
        self.code.line(&format!("default_size: {},", size(paging.default_size)));
        self.code.line(&format!("max_size: {},", size(paging.max_size)));
        self.code.line("}),");
    }

    fn limit(&mut self, vendor: &Vendor, endpoint: &Endpoint) {
        let Some(limit) = limit(vendor, endpoint) else {
            self.code.line("limit: None,");
            return;
        };
        self.names.extend(["Limit", "Scope"]);
        let scope = match limit.scope {
            LimitScope::Address => "Ip",
            LimitScope::Application => "Application",
            LimitScope::Endpoint => "Endpoint",
        };
        self.code.line("limit: Some(Limit {");
        self.code.line(&format!("requests: {},", number(limit.requests.into())));
        self.code.line(&format!("window_seconds: {},", number(limit.window_seconds.into())));
        self.code.line(&format!("scope: Scope::{scope},"));
        self.code.line("}),");
    }

    fn shape(&mut self, shape: Option<&Shape<'_>>) {
        let Some(&Shape { rows, label, total, required }) = shape else {
            self.code.line("shape: None,");
            return;
        };
        self.names.insert("Shape");
        let label = label.map(|(before, name)| format!("({}, {})", literal(before), literal(name)));
        self.code.line("shape: Some(Shape {");
        self.code.line(&format!("rows: {},", literal(rows)));
        self.code.line(&format!("label: {},", optional(label)));
        self.code.line(&format!("total: {},", optional(total.map(literal))));
        self.code.line(&format!("required: {},", optional(required.map(literal))));
        self.code.line("}),");
    }

    fn errors(&mut self, vendor: &Vendor) {
        self.names.insert("VendorError");
        self.code.line("pub(crate) const ERRORS: &[VendorError] = &[");
        for error in &vendor.spec.errors {
            // Without a code there is nothing to look it up by.
            let Some(known) = &error.code else { continue };
            let message = error.message.as_deref().map(literal);
            self.code.line("VendorError {");
            self.code.line(&format!("code: {},", literal(known)));
            self.code.line(&format!("status: {},", error.status));
            self.code.line(&format!("message: {},", optional(message)));
            self.code.line("},");
        }
        self.code.line("];");
    }
}

/// Name of an endpoint's constants.
fn constant(endpoint: &Endpoint) -> String {
    endpoint.spec.id.to_uppercase()
}

fn grade(sample: &Sample) -> Option<&'static str> {
    Some(match sample.grade? {
        SampleGrade::Published => "Grade::Published",
        SampleGrade::Altered => "Grade::Altered",
        SampleGrade::Transcribed => "Grade::Transcribed",
        SampleGrade::Completed => "Grade::Completed",
        SampleGrade::Constructed => "Grade::Constructed",
    })
}

fn kind(kind: &ParameterType) -> &'static str {
    match kind {
        ParameterType::Text
        | ParameterType::ChinaTime
        | ParameterType::ChinaDate
        | ParameterType::ChinaMonth
        | ParameterType::Label(_) => "Text",
        ParameterType::TextList => "TextList",
        ParameterType::Cursor => "Object",
        ParameterType::Count
        | ParameterType::CountText
        | ParameterType::Offset
        | ParameterType::Integer
        | ParameterType::EpochMs
        | ParameterType::NumberLabel(_) => "Integer",
    }
}
