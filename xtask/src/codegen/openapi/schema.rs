use vendor_specs::{Field, FieldType, LabelSet, RowType, Vendor};

use super::json::{Json, Object};
use super::{bullets, in_both};
use crate::codegen::evidence::noted;
use crate::codegen::text::unstopped;

/// A time in UTC+8, as vendors print it.
pub(super) const TIME: &str = r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}";

/// The objects and labels in a vendor's answers, by name.
pub(super) fn all(vendor: &Vendor) -> Object {
    let mut schemas = Object::new();
    for area in &vendor.areas {
        let own = area.endpoints.iter().map(|it| (&it.spec.types, &it.spec.labels));
        let shared = area.shared.iter().map(|it| (&it.spec.types, &it.spec.labels));
        for (types, labels) in own.chain(shared) {
            for row in types {
                schemas.set(&row.name, object(row));
            }
            for set in labels {
                schemas.set(&set.name, label(set));
            }
        }
    }
    schemas
}

/// The schema of this name.
pub(super) fn reference(name: &str) -> Object {
    Object::new().with("$ref", place(name))
}

/// Rows; a vendor may send null for none.
pub(super) fn rows(schema: Object, name: &str) -> Object {
    schema.with("type", Json::list(["array", "null"])).with("items", reference(name))
}

/// An object, or what vendors send where there is none.
pub(super) fn object_or_nothing(schema: Object, name: &str) -> Object {
    let nothing = Object::new().with("enum", Json::raw(r#"[null, "", []]"#));
    schema.with("anyOf", Json::list([reference(name), nothing]))
}

fn place(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

fn object(row: &RowType) -> Object {
    let required = row.fields.iter().filter(|field| field.must_be_there());
    let required: Vec<&str> = required.map(|field| field.name.as_str()).collect();
    let mut properties = Object::new();
    for field in &row.fields {
        properties.set(&field.name, member(field));
    }
    Object::new()
        .with("description", in_both(&row.doc.en, &row.doc.zh))
        .with("type", "object")
        .maybe("required", (!required.is_empty()).then(|| Json::list(required)))
        .with("properties", properties)
        .with("additionalProperties", true)
}

fn member(field: &Field) -> Object {
    let schema = Object::new().with("description", description(field));
    match &field.kind {
        FieldType::Rows(name) | FieldType::List(name) => rows(schema, name),
        FieldType::Object(name) | FieldType::Label(name) if field.required => {
            schema.with("$ref", place(name))
        }
        FieldType::Object(name) => object_or_nothing(schema, name),
        FieldType::Label(name) => {
            let null = Object::new().with("type", "null");
            schema.with("anyOf", Json::list([reference(name), null]))
        }
        FieldType::Flag => {
            let nothing = if field.required { "" } else { r#", "", null"# };
            let flags = r#"true, false, 1, 0, "Y", "N", "1", "0", "true", "false""#;
            schema.with("enum", Json::raw(format!("[{flags}{nothing}]")))
        }
        _ => single(schema, field),
    }
}

/// A number of any size and form.
const NUMBER: &str = r"-?\d+(\.\d+)?([eE][+-]?\d+)?";

/// A single value: the types that it may have, and the form of its text.
fn single(schema: Object, field: &Field) -> Object {
    let (types, format, pattern): (&[&str], _, _) = match &field.kind {
        FieldType::Id => (&["string", "integer"], None, None),
        FieldType::Count => (&["integer", "string"], None, Some(r"\d+".to_owned())),
        FieldType::Integer | FieldType::Fen | FieldType::Points | FieldType::EpochMs => {
            (&["integer", "string"], Some("int64"), Some(r"-?\d+".to_owned()))
        }
        FieldType::Yuan | FieldType::Decimal => {
            (&["number", "string"], None, Some(NUMBER.to_owned()))
        }
        FieldType::ChinaTime => (&["string"], None, Some(format!(r"{TIME}(\.\d+)?"))),
        _ => (&["string"], field.secret.then_some("password"), None),
    };
    let nothing = (!field.required).then_some("null");
    let types: Vec<&str> = types.iter().copied().chain(nothing).collect();
    // Empty text stands for nothing where nothing is allowed.
    let pattern = pattern
        .map(|text| if field.required { format!("^{text}$") } else { format!("^({text})?$") });
    let types: Json = match types.as_slice() {
        [only] => (*only).into(),
        _ => Json::list(types),
    };
    schema.with("type", types).maybe("format", format).maybe("pattern", pattern)
}

/// What a field says, its unit, and where sources disagree.
fn description(field: &Field) -> String {
    let unit = match field.kind {
        FieldType::Yuan => "; 元, to be read from its characters, not as a float",
        FieldType::Fen => "; 分",
        FieldType::Decimal => "; its unit is not published",
        FieldType::EpochMs => "; milliseconds since 1970",
        FieldType::ChinaTime => "; UTC+8",
        _ => "",
    };
    let english = format!("{}{unit}.", unstopped(&field.doc.en));
    in_both(&noted(english, field.note.as_ref(), field.grade), &field.doc.zh)
}

/// A set of labels: those that are known, and any other.
fn label(set: &LabelSet) -> Object {
    let items = set
        .values
        .iter()
        .map(|value| format!("`{}`: {}", value.label, in_both(&value.doc.en, &value.doc.zh)));
    let english = noted(set.doc.en.clone(), set.note.as_ref(), None);
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
