use vendor_specs::{Field, FieldType, RowType, Scope};

use super::code::Code;
use super::evidence::noted;
use super::imports::Imports;
use super::names::{Renaming, ident, plain, renaming};
use super::text::{literal, unstopped};

/// An object of an answer, and whether it is made out of nothing, too.
pub(crate) fn write(
    code: &mut Code,
    imports: &mut Imports,
    row: &RowType,
    scope: Scope<'_>,
    empty: bool,
) {
    imports.deserialize();
    let renaming = renaming(&row.fields);
    code.doc(0, &row.doc.en);
    let default = if empty { " Default," } else { "" };
    code.line(&format!("#[derive(Clone, Debug,{default} Deserialize)]"));
    if renaming == Renaming::CamelCase {
        code.line("#[serde(rename_all = \"camelCase\")]");
    }
    code.line("#[non_exhaustive]");
    code.line(&format!("pub struct {} {{", row.name));
    for field in &row.fields {
        code.doc(1, &documentation(field));
        if let Some(attribute) = attribute(field, renaming, imports) {
            code.line(&attribute);
        }
        code.line(&format!("pub {}: {},", ident(&field.name), rust_type(field, imports, scope)));
    }
    code.line("}");
    code.blank();
}

/// What a field says, its unit on the wire, and where sources disagree.
fn documentation(field: &Field) -> String {
    let unit = match field.kind {
        FieldType::Yuan => "; 元 on the wire",
        FieldType::Fen => "; 分 on the wire",
        FieldType::Decimal => "; its unit is not published",
        FieldType::EpochMs => "; epoch milliseconds on the wire",
        FieldType::ChinaTime => "; UTC+8 on the wire",
        _ => "",
    };
    let doc = format!("{}{unit}.", unstopped(&field.doc.en));
    noted(doc, field.note.as_ref(), field.grade)
}

fn attribute(field: &Field, renaming: Renaming, imports: &mut Imports) -> Option<String> {
    let mut parts = Vec::new();
    if renaming == Renaming::Each && plain(&field.name) != field.name.as_str() {
        parts.push(format!("rename = {}", literal(&field.name)));
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
    let function = match &field.kind {
        FieldType::Rows(_) => return None,
        FieldType::Object(_) if field.required => return None,
        FieldType::List(_) => return Some("list".to_owned()),
        FieldType::Text if field.secret => "secret",
        FieldType::Text => "text",
        FieldType::Id => "id",
        FieldType::Integer | FieldType::Count => "integer",
        FieldType::Flag => "flag",
        FieldType::Yuan => "yuan",
        FieldType::Fen => "fen",
        FieldType::Points => "points",
        FieldType::Decimal => "decimal",
        FieldType::EpochMs => "epoch_ms",
        FieldType::ChinaTime => "china_time",
        FieldType::Label(_) => "label",
        FieldType::Object(_) => "object",
    };
    Some(if field.required { function.to_owned() } else { format!("optional::{function}") })
}

fn rust_type(field: &Field, imports: &mut Imports, scope: Scope<'_>) -> String {
    let base = match &field.kind {
        FieldType::Rows(name) => {
            imports.http("Rows");
            return format!("Rows<{}>", named(name, imports, scope));
        }
        FieldType::List(name) => return format!("Vec<{}>", named(name, imports, scope)),
        FieldType::Label(name) | FieldType::Object(name) => named(name, imports, scope),
        FieldType::Text if field.secret => {
            imports.http("SecretString");
            "SecretString".to_owned()
        }
        FieldType::Text | FieldType::Id | FieldType::Decimal => "String".to_owned(),
        FieldType::Integer => "i64".to_owned(),
        FieldType::Count => "u64".to_owned(),
        FieldType::Flag => "bool".to_owned(),
        FieldType::Yuan | FieldType::Fen => from_core("Money", imports),
        FieldType::Points => from_core("Points", imports),
        FieldType::EpochMs | FieldType::ChinaTime => from_core("Timestamp", imports),
    };
    if field.required { base } else { format!("Option<{base}>") }
}

fn named(name: &str, imports: &mut Imports, scope: Scope<'_>) -> String {
    if scope.is_shared(name) {
        imports.shared(name);
    }
    name.to_owned()
}

fn from_core(name: &'static str, imports: &mut Imports) -> String {
    imports.core(name);
    name.to_owned()
}
