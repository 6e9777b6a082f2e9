//! The statements that send what a request has.

use vendor_specs::ParameterType;

use super::imports::Imports;
use super::slot::{Role, Slot};
use super::text::literal;

/// The statements that send the value of a field; none where it is a part of the path.
pub(crate) fn pushes(slot: &Slot<'_>, imports: &mut Imports) -> Vec<String> {
    if slot.parameter.is_in_path() {
        return Vec::new();
    }
    if slot.parameter.kind == ParameterType::Cursor {
        imports.http("ParameterValue");
    }
    let names = std::iter::once(&slot.parameter.name).chain(&slot.parameter.also);
    names.map(|name| push(slot, &literal(name))).collect()
}

fn push(slot: &Slot<'_>, name: &str) -> String {
    let field = format!("self.{}", slot.ident);
    match (&slot.parameter.kind, slot.role == Role::Optional) {
        (ParameterType::NumberLabel(_), true) => {
            let ident = &slot.ident;
            let push = format!("parameters.push_number_label({name}, {ident}.label());");
            format!("if let Some({ident}) = &{field} {{ {push} }}")
        }
        (ParameterType::NumberLabel(_), false) => {
            format!("parameters.push_number_label({name}, {field}.label());")
        }
        (kind, true) => {
            let push = if slot.parameter.nullable { "push_nullable" } else { "push_some" };
            format!("parameters.{push}({name}, {});", optional(kind, field))
        }
        (ParameterType::Text, false) if slot.parameter.secret => {
            format!("parameters.push_secret({name}, &{field});")
        }
        (kind, false) => format!("parameters.push({name}, {});", required(kind, &field)),
    }
}

/// A field that may have no value, as what is sent.
fn optional(kind: &ParameterType, field: String) -> String {
    match kind {
        ParameterType::Text => format!("{field}.as_ref()"),
        ParameterType::TextList => format!("{field}.as_deref()"),
        ParameterType::CountText => format!("{field}.as_ref().map(ToString::to_string)"),
        ParameterType::EpochMs => format!("{field}.map(Timestamp::epoch_ms)"),
        ParameterType::ChinaTime => format!("{field}.map(Timestamp::to_china)"),
        ParameterType::ChinaDate => format!("{field}.map(Timestamp::to_china_date)"),
        ParameterType::ChinaMonth => format!("{field}.map(Month::to_underscored)"),
        ParameterType::Cursor => format!("{field}.clone().map(ParameterValue::Json)"),
        ParameterType::Label(_) | ParameterType::NumberLabel(_) => {
            format!("{field}.as_ref().map(OpenEnum::label)")
        }
        ParameterType::Count | ParameterType::Offset | ParameterType::Integer => field,
    }
}

/// A field that has a value, as what is sent.
fn required(kind: &ParameterType, field: &str) -> String {
    match kind {
        ParameterType::Text | ParameterType::TextList => format!("&{field}"),
        ParameterType::CountText => format!("{field}.to_string()"),
        ParameterType::EpochMs => format!("{field}.epoch_ms()"),
        ParameterType::ChinaTime => format!("{field}.to_china()"),
        ParameterType::ChinaDate => format!("{field}.to_china_date()"),
        ParameterType::ChinaMonth => format!("{field}.to_underscored()"),
        ParameterType::Cursor => format!("ParameterValue::Json({field}.clone())"),
        ParameterType::Label(_) | ParameterType::NumberLabel(_) => format!("{field}.label()"),
        ParameterType::Count | ParameterType::Offset | ParameterType::Integer => field.to_owned(),
    }
}
