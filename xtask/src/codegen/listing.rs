use vendor_specs::{EndpointSpec, Name, Paging, PagingStyle, ParameterType, Scope};

use super::code::Code;
use super::imports::Imports;
use super::names::ident;
use super::slot::{Role, Slot};
use super::text::number;

/// The request's `Listing`.
pub(crate) fn write(
    code: &mut Code,
    imports: &mut Imports,
    spec: &EndpointSpec,
    paging: &Paging,
    slots: &[Slot<'_>],
    scope: Scope<'_>,
) {
    imports.core("Position");
    for name in ["Listing", "PageFacts", "Paging", "PagingStyle"] {
        imports.http(name);
    }
    let (style, position) = match paging.style {
        PagingStyle::PageWithTotal => ("PageWithTotal", "page"),
        PagingStyle::Page => ("Page", "page"),
        PagingStyle::Offset => ("Offset", "offset"),
    };
    let max = paging.max_size.map(|max| number(max.into()));
    code.line(&format!("impl Listing for {} {{", spec.type_name()));
    code.line("const PAGING: Paging = Paging {");
    code.line(&format!("style: PagingStyle::{style},"));
    code.line(&format!("size: {},", number(paging.ask_size.into())));
    code.line(&format!("max_size: {},", optional(max)));
    code.line("};");
    code.blank();
    code.line("fn start(&self) -> Position {");
    code.line(&format!(
        "Self::PAGING.start({}, {})",
        place(slots, &paging.position),
        size(slots, &paging.size)
    ));
    code.line("}");
    code.blank();
    code.line("fn at(self, position: Position) -> Self {");
    code.line(&format!(
        "self.{}(position.{position}()).{}(position.size())",
        ident(&paging.position),
        ident(&paging.size)
    ));
    code.line("}");
    code.blank();
    let rows = match &paging.rows {
        Some(rows) => format!("output.{}.received()", ident(rows)),
        None => "output.received()".to_owned(),
    };
    let total_items = total(spec, paging.total_items.as_ref(), scope);
    let total_pages = total(spec, paging.total_pages.as_ref(), scope);
    code.line("fn facts(output: &Self::Output) -> PageFacts {");
    code.line("PageFacts {");
    code.line(&format!("rows: {rows},"));
    code.line(&format!("total_items: {total_items},"));
    code.line(&format!("total_pages: {total_pages},"));
    code.line("}");
    code.line("}");
    code.line("}");
    code.blank();
}

/// The page that a request asks for, as an option of the widest number.
fn place(slots: &[Slot<'_>], name: &Name) -> String {
    let field = format!("self.{}", ident(name));
    let is_wide = |slot: &Slot<'_>| slot.parameter.kind == ParameterType::Offset;
    match slots.iter().find(|slot| slot.parameter.name.as_str() == name.as_str()) {
        Some(slot) if slot.role != Role::Optional && is_wide(slot) => format!("Some({field})"),
        Some(slot) if slot.role != Role::Optional => format!("Some({field}.into())"),
        Some(slot) if !is_wide(slot) => format!("{field}.map(u64::from)"),
        _ => field,
    }
}

/// The page size that a request asks for, as an option.
fn size(slots: &[Slot<'_>], name: &Name) -> String {
    let field = format!("self.{}", ident(name));
    match slots.iter().find(|slot| slot.parameter.name.as_str() == name.as_str()) {
        Some(slot) if slot.role != Role::Optional => format!("Some({field})"),
        _ => field,
    }
}

/// The count at a place of the output, as an option.
fn total(spec: &EndpointSpec, place: Option<&Name>, scope: Scope<'_>) -> String {
    let fields = place.and_then(|place| scope.place(&spec.output.kind, place));
    match fields.as_deref() {
        Some([count]) if count.required => format!("Some(output.{})", ident(&count.name)),
        Some([count]) => format!("output.{}", ident(&count.name)),
        Some([object, count]) => {
            let (outer, inner) = (ident(&object.name), ident(&count.name));
            match (object.required, count.required) {
                (true, true) => format!("Some(output.{outer}.{inner})"),
                (true, false) => format!("output.{outer}.{inner}"),
                (false, true) => format!("output.{outer}.as_ref().map(|{outer}| {outer}.{inner})"),
                (false, false) => {
                    format!("output.{outer}.as_ref().and_then(|{outer}| {outer}.{inner})")
                }
            }
        }
        _ => "None".to_owned(),
    }
}

fn optional(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({value})"))
}
