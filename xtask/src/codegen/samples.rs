use vendor_specs::{Area, Endpoint, Outcome, Sample, Vendor};

use super::code::Code;
use super::slot::{Role, slots};
use super::text::literal;

/// The tests that decode a vendor's samples, if it has any.
pub(crate) fn tests(vendor: &Vendor) -> Option<String> {
    let areas: Vec<String> = vendor.areas.iter().filter_map(sampled).collect();
    if areas.is_empty() {
        return None;
    }
    let library = vendor.spec.crate_name.replace('-', "_");
    let mut code = Code::file(&format!("specs/{}", vendor.spec.id));
    code.line(&format!("use {library}::{{{}}};", areas.join(", ")));
    code.blank();
    code.line("use crate::support;");
    for (area, endpoint) in vendor.endpoints() {
        for sample in &endpoint.spec.samples {
            code.blank();
            write_test(&mut code, vendor, area, endpoint, sample);
        }
    }
    Some(code.into_text())
}

/// The requests of an area that have samples, as they are imported.
fn sampled(area: &Area) -> Option<String> {
    let sampled = area.endpoints.iter().filter(|endpoint| !endpoint.spec.samples.is_empty());
    let mut names: Vec<String> = sampled.map(|endpoint| endpoint.spec.type_name()).collect();
    names.sort_unstable();
    (!names.is_empty()).then(|| format!("{}::{{{}}}", area.name, names.join(", ")))
}

fn write_test(code: &mut Code, vendor: &Vendor, area: &Area, endpoint: &Endpoint, sample: &Sample) {
    let (id, name) = (&endpoint.spec.id, &sample.name);
    let file =
        format!("../../../vendor-specs/specs/{}/{}/{}", vendor.spec.id, area.name, sample.file);
    let (file, status) = (literal(&file), sample.status);
    code.line("#[tokio::test]");
    code.line(&format!("async fn {id}_{name}() {{"));
    code.line(&format!("let request = {};", request(vendor, area, endpoint)));
    code.line(&format!("let body = include_str!({file});"));
    match sample.outcome {
        Outcome::Ok => {
            let of_request = literal(&format!("{id}.{name}.request"));
            let of_output = literal(&format!("{id}.{name}"));
            code.line(&format!("let call = support::answered(request, {status}, body).await;"));
            code.line(&format!("insta::assert_snapshot!({of_request}, call.request);"));
            code.line(&format!("insta::assert_debug_snapshot!({of_output}, call.output);"));
        }
        Outcome::Refused => {
            let of_refusal = literal(&format!("{id}.{name}"));
            code.line(&format!("let refusal = support::refused(request, {status}, body).await;"));
            code.line(&format!("insta::assert_snapshot!({of_refusal}, refusal);"));
        }
    }
    code.line("}");
}

/// A request made from the examples that its spec gives.
fn request(vendor: &Vendor, area: &Area, endpoint: &Endpoint) -> String {
    let (mut arguments, mut setters) = (Vec::new(), Vec::new());
    for slot in slots(&endpoint.spec, vendor.scope(area, endpoint)) {
        let Some(example) = &slot.parameter.example else {
            continue;
        };
        let example = slot.example(example);
        if slot.role == Role::Argument {
            arguments.push(example);
        } else {
            setters.push(format!(".{}({example})", slot.ident));
        }
    }
    let (name, arguments) = (endpoint.spec.type_name(), arguments.join(", "));
    let setters = setters.concat();
    format!("{name}::new({arguments}){setters}")
}
