use vendor_specs::{By, Endpoint, EndpointSpec, Scope, Vendor};

use super::code::Code;
use super::evidence::noted;
use super::imports::Imports;
use super::names::plain;
use super::slot::{Role, Slot};
use super::text::{continued, literal, number, unstopped};
use super::{about, call};

/// The request's type, how it is made, and its `Endpoint`.
pub(crate) fn write(
    code: &mut Code,
    imports: &mut Imports,
    vendor: &Vendor,
    endpoint: &Endpoint,
    slots: &[Slot<'_>],
    scope: Scope<'_>,
) {
    let spec = &endpoint.spec;
    let name = spec.type_name();
    write_docs(code, vendor, endpoint);
    code.line("#[derive(Clone, Debug)]");
    code.line(&format!("#[doc(alias = {})]", literal(&spec.title.zh)));
    code.line(&format!("pub struct {name} {{"));
    for slot in slots {
        code.line(&format!("{}: {},", slot.ident, slot.field_type(imports, scope)));
    }
    code.line("}");
    code.blank();
    write_methods(code, imports, spec, slots);
    call::write(code, imports, vendor, endpoint, slots);
}

fn write_docs(code: &mut Code, vendor: &Vendor, endpoint: &Endpoint) {
    let spec = &endpoint.spec;
    code.doc(0, &format!("{} ({}).", unstopped(&spec.title.en), spec.title.zh));
    code.doc_blank();
    code.doc(0, &about::facts(vendor, endpoint));
    code.doc_blank();
    let notes = about::notes(vendor, endpoint);
    for note in &notes {
        code.doc_item(0, note);
    }
    if !notes.is_empty() {
        code.doc_blank();
    }
    code.doc(0, &about::sources(vendor, endpoint));
}

fn write_methods(code: &mut Code, imports: &mut Imports, spec: &EndpointSpec, slots: &[Slot<'_>]) {
    let name = spec.type_name();
    code.line(&format!("impl {name} {{"));
    write_bounds(code, slots);
    write_capability(code, imports, spec);
    write_new(code, slots);
    for slot in slots.iter().filter(|slot| slot.role != Role::Argument) {
        code.blank();
        write_setter(code, slot);
    }
    code.line("}");
    code.blank();
    if !slots.iter().any(|slot| slot.role == Role::Argument) {
        code.line(&format!("impl Default for {name} {{"));
        code.line("fn default() -> Self {");
        code.line("Self::new()");
        code.line("}");
        code.line("}");
        code.blank();
    }
}

/// How many items lists may have, for callers that ask in parts.
fn write_bounds(code: &mut Code, slots: &[Slot<'_>]) {
    for parameter in slots.iter().map(|slot| slot.parameter) {
        let Some(most) = parameter.max_items else { continue };
        let (name, most) = (&parameter.name, number(most.into()));
        code.doc(1, &format!("Most items that `{name}` may have."));
        code.line(&format!("pub const MOST_{}: u32 = {most};", plain(name).to_uppercase()));
        code.blank();
    }
}

/// What the neutral listing can do that the endpoint serves. What is asked for by ids is none.
fn write_capability(code: &mut Code, imports: &mut Imports, spec: &EndpointSpec) {
    let (Some(serves), Some(paging)) = (&spec.serves, &spec.paging) else {
        return;
    };
    if serves.by == Some(By::Ids) {
        return;
    }
    imports.core("ListingCapability");
    let mut capability = "Self::PAGING.capability()".to_owned();
    if serves.by_session {
        capability.push_str(".by_session()");
    }
    match (serves.by_time, serves.needs_time) {
        (_, true) => capability.push_str(".needs_time()"),
        (true, false) => capability.push_str(".by_time()"),
        (false, false) => {}
    }
    if let Some(days) = serves.longest_days {
        capability.extend([".longest_days(", &days.to_string(), ")"]);
    }
    code.doc(1, "What the neutral listing that it serves can do.");
    let declared = "pub(crate) const CAPABILITY: ListingCapability =";
    let total = serves.total && paging.tells_total();
    if total == paging.style.has_total() {
        code.line(&format!("{declared} {capability};"));
    } else {
        code.line(&format!("{declared} {{"));
        code.line(&format!("let mut capability = {capability};"));
        code.line(&format!("capability.total = {total};"));
        code.line("capability");
        code.line("};");
    }
    code.blank();
}

fn write_new(code: &mut Code, slots: &[Slot<'_>]) {
    let arguments: Vec<_> = slots.iter().filter(|slot| slot.role == Role::Argument).collect();
    match arguments.as_slice() {
        [] => code.doc(1, "Makes the request; the setters say what it asks for."),
        [slot] => {
            let (name, doc) = (&slot.parameter.name, documentation(slot));
            code.doc(1, &format!("Makes the request from what it must have: `{name}`, {doc}"));
        }
        slots => {
            code.doc(1, "Makes the request from what it must have.");
            code.doc_blank();
            for slot in slots {
                code.doc_item(1, &described(slot));
            }
        }
    }
    let list = arguments.iter().map(|slot| format!("{}: {}", slot.ident, slot.argument_type()));
    code.line(&format!("pub fn new({}) -> Self {{", list.collect::<Vec<_>>().join(", ")));
    code.line("Self {");
    for slot in slots {
        let value = match &slot.role {
            Role::Argument => slot.argument_value(),
            Role::Starts(start) => start.clone(),
            Role::Optional => "None".to_owned(),
        };
        if value == slot.ident {
            code.line(&format!("{value},"));
        } else {
            code.line(&format!("{}: {value},", slot.ident));
        }
    }
    code.line("}");
    code.line("}");
}

fn write_setter(code: &mut Code, slot: &Slot<'_>) {
    let (ident, argument, value) = (&slot.ident, slot.argument_type(), slot.argument_value());
    let value = if slot.role == Role::Optional { format!("Some({value})") } else { value };
    code.doc(1, &described(slot));
    code.line(&format!("pub fn {ident}(mut self, {ident}: {argument}) -> Self {{"));
    code.line(&format!("self.{ident} = {value};"));
    code.line("self");
    code.line("}");
}

/// What a parameter is called on the wire, and what it says.
fn described(slot: &Slot<'_>) -> String {
    let parameter = slot.parameter;
    let also = parameter.also.as_ref().map(|also| format!(", also sent as `{also}`"));
    let (name, also) = (&parameter.name, also.unwrap_or_default());
    format!("`{name}`{also}: {}", documentation(slot))
}

/// What a parameter says, after its name.
fn documentation(slot: &Slot<'_>) -> String {
    let parameter = slot.parameter;
    noted(continued(&parameter.doc.en), parameter.note.as_deref(), parameter.grade)
}
