use vendor_specs::{Field, FieldType, RowType, Scope};

use super::code::Code;
use super::evidence::noted;
use super::imports::Imports;
use super::names::{Renaming, ident, plain, renaming};
use super::text::{literal, unstopped};
use super::units;

/// An object of an answer, and whether it is made out of nothing, too.
pub(crate) fn write<'a>(
    code: &mut Code,
    imports: &mut Imports,
    row: &'a RowType,
    scope: Scope<'a>,
    empty: bool,
) {
    imports.deserialize();
    let fields = scope.fields(row);
    let renaming = renaming(&fields);
    code.doc(0, &row.doc.en);
    let default = if empty { " Default," } else { "" };
    code.line(&format!("#[derive(Clone, Debug,{default} Deserialize)]"));
    if renaming == Renaming::CamelCase {
        code.line("#[serde(rename_all = \"camelCase\")]");
    }
    code.line("#[non_exhaustive]");
    code.line(&format!("pub struct {} {{", row.name));
    for field in &fields {
        code.doc(1, &documentation(field));
        if let Some(attribute) = attribute(field, renaming, imports) {
            code.line(&attribute);
        }
        code.line(&format!("pub {}: {},", ident(&field.name), rust_type(field, imports, scope)));
    }
    code.line("}");
    code.blank();
    units::write(code, imports, row, scope);
}

/// What a field says, its unit or form on the wire, and where sources disagree.
fn documentation(field: &Field) -> String {
    let doc = format!("{}{}.", unstopped(&field.doc.en), on_the_wire(field));
    noted(doc, field.note.as_deref(), field.grade)
}

fn on_the_wire(field: &Field) -> String {
    if let Some(unit_by) = &field.unit_by {
        return format!("; `{}` tells its unit", unit_by.field);
    }
    let form = match field.kind {
        FieldType::Yuan => "; 元 on the wire",
        FieldType::Fen => "; 分 on the wire",
        FieldType::Decimal => "; its unit is not published",
        FieldType::EpochMs => "; epoch milliseconds on the wire",
        FieldType::ChinaTime => "; UTC+8 on the wire",
        FieldType::Json => "; the text of its JSON",
        FieldType::Embedded(_) => "; JSON inside text on the wire",
        FieldType::Row(_) => "; at most one",
        _ => "",
    };
    form.to_owned()
}

fn attribute(field: &Field, renaming: Renaming, imports: &mut Imports) -> Option<String> {
    let mut parts = Vec::new();
    if renaming == Renaming::Each && plain(&field.name) != field.name.as_str() {
        parts.push(format!("rename = {}", literal(&field.name)));
    }
    if let Some(also) = &field.also {
        parts.push(format!("alias = {}", literal(also)));
    }
    if !field.must_be_there() {
        parts.push("default".to_owned());
    }
    if let Some(function) = reader(field) {
        imports.http("wire");
        parts.push(format!("deserialize_with = \"wire::{function}\""));
    }
    (!parts.is_empty()).then(|| format!("#[serde({})]", parts.join(", ")))
}

/// The function that reads a field, unless its type does by itself.
fn reader(field: &Field) -> Option<String> {
    match &field.kind {
        FieldType::Rows(_) => None,
        FieldType::Object(_) if field.required => None,
        FieldType::Row(_) => Some("row".to_owned()),
        FieldType::List(_) if field.optional => Some("optional::list".to_owned()),
        FieldType::List(_) => Some("list".to_owned()),
        FieldType::Values(kind) => Some(format!("list_of::{}", single_reader(kind, false))),
        kind => {
            let function =
                units::reader(field).unwrap_or_else(|| single_reader(kind, field.secret));
            let module = if field.required { "" } else { "optional::" };
            Some(format!("{module}{function}"))
        }
    }
}

/// The function that reads what is no list.
fn single_reader(kind: &FieldType, secret: bool) -> &'static str {
    match kind {
        FieldType::Text if secret => "secret",
        FieldType::Text => "text",
        FieldType::Id => "id",
        FieldType::Integer | FieldType::Count => "integer",
        FieldType::Flag => "flag",
        FieldType::Yuan => "yuan",
        FieldType::Fen => "fen",
        FieldType::Points => "points",
        FieldType::Decimal | FieldType::Number => "decimal",
        FieldType::Json => "json",
        FieldType::EpochMs => "epoch_ms",
        FieldType::ChinaTime => "china_time",
        FieldType::Label(_) => "label",
        FieldType::Embedded(_) => "embedded",
        FieldType::Object(_) => "object",
        FieldType::Rows(_) | FieldType::Row(_) | FieldType::List(_) | FieldType::Values(_) => {
            "list"
        }
    }
}

fn rust_type(field: &Field, imports: &mut Imports, scope: Scope<'_>) -> String {
    let base = base_type(&field.kind, field.secret, imports, scope);
    let may_be_empty = match field.kind {
        FieldType::Rows(_) | FieldType::Row(_) | FieldType::Values(_) => true,
        FieldType::List(_) => !field.optional,
        _ => false,
    };
    if field.required || may_be_empty { base } else { format!("Option<{base}>") }
}

fn base_type(kind: &FieldType, secret: bool, imports: &mut Imports, scope: Scope<'_>) -> String {
    match kind {
        FieldType::Rows(name) | FieldType::Row(name) => {
            imports.http("Rows");
            imports.named(name, scope);
            format!("Rows<{name}>")
        }
        FieldType::List(name) => {
            imports.named(name, scope);
            format!("Vec<{name}>")
        }
        FieldType::Values(kind) => format!("Vec<{}>", base_type(kind, false, imports, scope)),
        FieldType::Label(name) | FieldType::Object(name) | FieldType::Embedded(name) => {
            imports.named(name, scope);
            name.clone()
        }
        FieldType::Text if secret => {
            imports.http("SecretString");
            "SecretString".to_owned()
        }
        FieldType::Text
        | FieldType::Id
        | FieldType::Decimal
        | FieldType::Number
        | FieldType::Json => "String".to_owned(),
        FieldType::Integer => "i64".to_owned(),
        FieldType::Count => "u64".to_owned(),
        FieldType::Flag => "bool".to_owned(),
        FieldType::Yuan | FieldType::Fen => from_core("Money", imports),
        FieldType::Points => from_core("Points", imports),
        FieldType::EpochMs | FieldType::ChinaTime => from_core("Timestamp", imports),
    }
}

fn from_core(name: &'static str, imports: &mut Imports) -> String {
    imports.core(name);
    name.to_owned()
}
