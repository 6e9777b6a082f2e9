use vendor_specs::{EndpointSpec, FieldType, Name, Paging, PagingStyle, ParameterType, Scope};

use super::code::Code;
use super::imports::Imports;
use super::names::ident;
use super::slot::{Role, Slot};
use super::text::{literal, number, optional};

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
    let known = |it: Option<u32>| optional(it.map(|it| number(it.into())));
    code.line(&format!("impl Listing for {} {{", spec.type_name()));
    code.line("const PAGING: Paging = Paging {");
    code.line(&format!("style: PagingStyle::{},", style(paging.style)));
    code.line(&format!("size: {},", number(paging.ask_size.into())));
    code.line(&format!("max_size: {},", known(paging.max_size)));
    code.line(&format!("last_page: {},", known(paging.last_page)));
    code.line("};");
    code.blank();
    code.line("fn start(&self) -> Position {");
    write_start(code, paging, slots);
    code.line("}");
    code.blank();
    code.line("fn at(self, position: Position) -> Self {");
    write_at(code, paging);
    code.line("}");
    code.blank();
    write_facts(code, spec, paging, scope);
    code.line("}");
    code.blank();
}

fn style(style: PagingStyle) -> &'static str {
    match style {
        PagingStyle::PageWithTotal => "PageWithTotal",
        PagingStyle::Page => "Page",
        PagingStyle::Offset => "Offset",
        PagingStyle::OffsetWithTotal => "OffsetWithTotal",
        PagingStyle::CalendarMonth => "CalendarMonth",
        PagingStyle::Cursor => "Cursor",
    }
}

/// The position that a request asks for.
fn write_start(code: &mut Code, paging: &Paging, slots: &[Slot<'_>]) {
    let size = size(slots, &paging.size);
    if paging.style == PagingStyle::Cursor {
        code.line(&format!("let first = Self::PAGING.start(None, {size});"));
        code.line(&format!("match &self.{} {{", ident(&paging.position)));
        let after = "Position::After { token: token.clone(), size: first.size() }";
        code.line(&format!("Some(token) => {after},"));
        code.line("None => first,");
        code.line("}");
        return;
    }
    let start = format!("Self::PAGING.start({}, {size})", place(slots, &paging.position));
    match &paging.month {
        None => code.line(&start),
        Some(month) => {
            code.line(&format!("let page = {start};"));
            code.line(&format!("match self.{} {{", ident(month)));
            code.line("Some(month) => page.in_months(month, month),");
            code.line("None => page,");
            code.line("}");
        }
    }
}

/// The request for a position.
fn write_at(code: &mut Code, paging: &Paging) {
    let (position, size) = (ident(&paging.position), ident(&paging.size));
    if paging.style == PagingStyle::Cursor {
        code.line(&format!("let request = self.{size}(position.size());"));
        code.line("match position {");
        code.line(&format!("Position::After {{ token, .. }} => request.{position}(token),"));
        code.line("_ => request,");
        code.line("}");
        return;
    }
    let request = match &paging.month {
        None => "self",
        Some(month) => {
            code.line("let request = match &position {");
            let month = ident(month);
            code.line(&format!("Position::Month {{ month, .. }} => self.{month}(*month),"));
            code.line("_ => self,");
            code.line("};");
            "request"
        }
    };
    let counted = if paging.style.is_by_offset() { "offset" } else { "page" };
    code.line(&format!("{request}.{position}(position.{counted}()).{size}(position.size())"));
}

/// What an answer says of the pages.
fn write_facts(code: &mut Code, spec: &EndpointSpec, paging: &Paging, scope: Scope<'_>) {
    let rows = match &paging.rows {
        Some(rows) => format!("output.{}", ident(rows)),
        None => "output".to_owned(),
    };
    let total_items = total(spec, paging.total_items.as_ref(), scope);
    let total_pages = total(spec, paging.total_pages.as_ref(), scope);
    let after = after(spec, paging, &rows, scope);
    code.line("fn facts(output: &Self::Output) -> PageFacts {");
    code.line("PageFacts {");
    code.line(&format!("rows: {rows}.received(),"));
    code.line(&format!("total_items: {total_items},"));
    code.line(&format!("total_pages: {total_pages},"));
    code.line(&format!("after: {after},"));
    code.line("}");
    code.line("}");
}

/// What the page after the last row goes on from, as an option.
fn after(spec: &EndpointSpec, paging: &Paging, rows: &str, scope: Scope<'_>) -> String {
    let row = scope.rows_at(&spec.output.kind, paging.rows.as_ref());
    let field = paging.cursor.as_ref().and_then(|cursor| {
        let fields = scope.fields(row?);
        fields.into_iter().find(|field| field.name.as_str() == cursor.as_str())
    });
    let Some(field) = field else {
        return "None".to_owned();
    };
    let value = format!("row.{}.clone()", ident(&field.name));
    let value = if field.required { format!("Some({value})") } else { value };
    format!("{rows}.last_json({}, |row| {value})", literal(&field.name))
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
            let given = match object.kind {
                FieldType::Row(_) => "first()",
                _ => "as_ref()",
            };
            match (object.required, count.required) {
                (true, true) => format!("Some(output.{outer}.{inner})"),
                (true, false) => format!("output.{outer}.{inner}"),
                (false, true) => format!("output.{outer}.{given}.map(|{outer}| {outer}.{inner})"),
                (false, false) => {
                    format!("output.{outer}.{given}.and_then(|{outer}| {outer}.{inner})")
                }
            }
        }
        _ => "None".to_owned(),
    }
}
