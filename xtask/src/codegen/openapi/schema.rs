use vendor_specs::{Field, FieldType, LabelSet, RowType, Scope, Unit, Vendor};

use super::json::{Json, Object};
use super::{bullets, in_both};
use crate::codegen::evidence::noted;
use crate::codegen::text::unstopped;

/// A time in UTC+8, as vendors print it.
pub(super) const TIME: &str = r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}";

/// The objects and labels of a vendor's calls, by name.
pub(super) fn all(vendor: &Vendor) -> Object {
    let mut schemas = Object::new();
    if let Some((_, scope)) = vendor.shared_file() {
        declare(&mut schemas, scope);
    }
    for area in &vendor.areas {
        for endpoint in &area.endpoints {
            declare(&mut schemas, vendor.scope(area, endpoint));
        }
        if let Some((_, scope)) = vendor.shared_file_of(area) {
            declare(&mut schemas, scope);
        }
    }
    schemas
}

/// The objects and labels of a file.
fn declare(schemas: &mut Object, scope: Scope<'_>) {
    for row in scope.types {
        schemas.set(&row.name, object(row, scope));
    }
    for set in scope.labels {
        schemas.set(&set.name, label(set));
    }
}

/// The schema of this name.
pub(super) fn reference(name: &str) -> Object {
    Object::new().with("$ref", place(name))
}

/// Rows; a vendor may send null for none.
pub(super) fn rows(schema: Object, name: &str) -> Object {
    list(schema, reference(name))
}

/// A list; null is an empty one.
fn list(schema: Object, items: Object) -> Object {
    schema.with("type", Json::list(["array", "null"])).with("items", items)
}

/// Rows, or an object that has them in a member.
pub(super) fn rows_in(name: &str, member: &str) -> Object {
    let around = Object::new()
        .with("type", "object")
        .with("required", Json::list([member]))
        .with("properties", Object::new().with(member, rows(Object::new(), name)))
        .with("additionalProperties", true);
    Object::new().with("anyOf", Json::list([rows(Object::new(), name), around]))
}

/// An object, or what vendors send where there is none.
pub(super) fn object_or_nothing(schema: Object, name: &str) -> Object {
    let nothing = Object::new().with("enum", Json::raw(r#"[null, "", []]"#));
    schema.with("anyOf", Json::list([reference(name), nothing]))
}

fn place(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

fn object<'a>(row: &'a RowType, scope: Scope<'a>) -> Object {
    let fields = scope.fields(row);
    let must_be_there = fields.iter().filter(|field| field.must_be_there() && field.also.is_none());
    let required: Vec<&str> = must_be_there.map(|field| field.name.as_str()).collect();
    let mut properties = Object::new();
    for field in fields {
        properties.set(&field.name, member(field));
        if let Some(also) = &field.also {
            let again = Object::new().with("description", second_name(field));
            properties.set(also, typed(again, field));
        }
    }
    Object::new()
        .with("description", in_both(&row.doc.en, &row.doc.zh))
        .with("type", "object")
        .maybe("required", (!required.is_empty()).then(|| Json::list(required)))
        .with("properties", properties)
        .with("additionalProperties", true)
}

fn member(field: &Field) -> Object {
    typed(Object::new().with("description", description(field)), field)
}

/// What can be in a field.
fn typed(schema: Object, field: &Field) -> Object {
    match &field.kind {
        FieldType::Rows(name) | FieldType::List(name) => rows(schema, name),
        FieldType::Values(kind) => list(schema, single(Object::new(), kind, true, false)),
        FieldType::Object(name) | FieldType::Label(name) if field.required => {
            schema.with("$ref", place(name))
        }
        FieldType::Object(name) | FieldType::Row(name) => object_or_nothing(schema, name),
        FieldType::Embedded(name) => embedded(schema, name),
        FieldType::Json => schema,
        FieldType::Label(name) => {
            let null = Object::new().with("type", "null");
            schema.with("anyOf", Json::list([reference(name), null]))
        }
        FieldType::Flag => {
            let nothing = if field.required { "" } else { r#", "", null"# };
            let flags = r#"true, false, 1, 0, "Y", "N", "1", "0", "true", "false""#;
            schema.with("enum", Json::raw(format!("[{flags}{nothing}]")))
        }
        kind => single(schema, kind, field.required, field.secret),
    }
}

/// An object as JSON inside text, or in place, or what vendors send where there is none.
fn embedded(schema: Object, name: &str) -> Object {
    let text = Object::new()
        .with("type", "string")
        .with("contentMediaType", "application/json")
        .with("contentSchema", reference(name));
    let nothing = Object::new().with("enum", Json::raw("[null, []]"));
    schema.with("anyOf", Json::list([reference(name), text, nothing]))
}

/// A number of any size and form.
const NUMBER: &str = r"-?\d+(\.\d+)?([eE][+-]?\d+)?";

/// A single value: the types that it may have, and the form of its text.
fn single(schema: Object, kind: &FieldType, required: bool, secret: bool) -> Object {
    let (types, format, pattern): (&[&str], _, _) = match kind {
        FieldType::Id => (&["string", "integer"], None, None),
        FieldType::Count => (&["integer", "string"], None, Some(r"\d+".to_owned())),
        FieldType::Integer | FieldType::Fen | FieldType::Points | FieldType::EpochMs => {
            (&["integer", "string"], Some("int64"), Some(r"-?\d+".to_owned()))
        }
        FieldType::Yuan | FieldType::Decimal | FieldType::Number => {
            (&["number", "string"], None, Some(NUMBER.to_owned()))
        }
        FieldType::ChinaTime => (&["string"], None, Some(format!(r"{TIME}(\.\d+)?"))),
        _ => (&["string"], secret.then_some("password"), None),
    };
    let nothing = (!required).then_some("null");
    let types: Vec<&str> = types.iter().copied().chain(nothing).collect();
    // Empty text stands for nothing where nothing is allowed.
    let pattern =
        pattern.map(|text| if required { format!("^{text}$") } else { format!("^({text})?$") });
    let types: Json = match types.as_slice() {
        [only] => (*only).into(),
        _ => Json::list(types),
    };
    schema.with("type", types).maybe("format", format).maybe("pattern", pattern)
}

/// What a field says, its unit, and where sources disagree.
fn description(field: &Field) -> String {
    let english = format!("{}{}.", unstopped(&field.doc.en), unit(field));
    in_both(&noted(english, field.note.as_deref(), field.grade), &field.doc.zh)
}

fn unit(field: &Field) -> String {
    if let Some(unit_by) = &field.unit_by {
        let units = unit_by.units.iter().map(|(label, unit)| {
            let unit = match unit {
                Unit::Yuan => "元",
                Unit::Fen => "分",
            };
            format!("{unit} where `{}` is `{label}`", unit_by.field)
        });
        let units = units.collect::<Vec<_>>().join(", ");
        return format!("; {units}, else its unit is not published");
    }
    let unit = match field.kind {
        FieldType::Yuan => "; 元, to be read from its characters, not as a float",
        FieldType::Fen => "; 分",
        FieldType::Decimal => "; its unit is not published",
        FieldType::EpochMs => "; milliseconds since 1970",
        FieldType::ChinaTime => "; UTC+8",
        FieldType::Embedded(_) => "; JSON inside text",
        _ => "",
    };
    unit.to_owned()
}

fn second_name(field: &Field) -> String {
    format!("The name of `{}` in another edition of the page.", field.name)
}

/// A set of labels: those that are known, and any other.
fn label(set: &LabelSet) -> Object {
    let items = set
        .values
        .iter()
        .map(|value| format!("`{}`: {}", value.label, in_both(&value.doc.en, &value.doc.zh)));
    let english = noted(set.doc.en.clone(), set.note.as_deref(), None);
    let description = format!("{}\n\n{}", in_both(&english, &set.doc.zh), bullets(items));
    let known: Vec<Json> = set.values.iter().map(|value| number_or_text(&value.label)).collect();
    let any = if set.values.iter().any(|value| is_number(&value.label)) {
        Json::list(["integer", "string"])
    } else {
        "string".into()
    };
    let (known, any) =
        (Object::new().with("enum", Json::list(known)), Object::new().with("type", any));
    Object::new().with("description", description).with("anyOf", Json::list([known, any]))
}

fn number_or_text(label: &str) -> Json {
    if is_number(label) { Json::raw(label) } else { label.into() }
}

/// Whether a label is a number on the wire: as JSON writes one.
fn is_number(label: &str) -> bool {
    label.parse::<i64>().is_ok_and(|number| number.to_string() == label)
}
