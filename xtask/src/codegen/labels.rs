use vendor_specs::{Label, LabelSet};

use super::code::Code;
use super::evidence::noted;
use super::imports::Imports;
use super::text::{continued, literal};

/// A set of labels.
pub(crate) fn write(code: &mut Code, imports: &mut Imports, set: &LabelSet) {
    imports.core("OpenEnum");
    let name = &set.name;
    code.doc(0, &noted(set.doc.en.clone(), set.note.as_deref(), None));
    code.line("#[derive(Clone, Debug, PartialEq, Eq, Hash)]");
    code.line("#[non_exhaustive]");
    code.line(&format!("pub enum {name} {{"));
    for value in &set.values {
        code.doc(1, &documentation(value));
        code.line(&format!("{},", value.name));
    }
    code.doc(1, "A label that this version doesn't know, as it came.");
    code.line("Unknown(Box<str>),");
    code.line("}");
    code.blank();
    code.line(&format!("impl OpenEnum for {name} {{"));
    code.line("fn from_label(label: &str) -> Self {");
    code.line("match label {");
    for value in &set.values {
        code.line(&format!("{} => Self::{},", literal(&value.label), value.name));
    }
    code.line("_ => Self::Unknown(label.into()),");
    code.line("}");
    code.line("}");
    code.blank();
    code.line("fn label(&self) -> &str {");
    code.line("match self {");
    for value in &set.values {
        code.line(&format!("Self::{} => {},", value.name, literal(&value.label)));
    }
    code.line("Self::Unknown(label) => label,");
    code.line("}");
    code.line("}");
    code.blank();
    code.line("fn is_unknown(&self) -> bool {");
    code.line("matches!(self, Self::Unknown(_))");
    code.line("}");
    code.line("}");
    code.blank();
}

fn documentation(value: &Label) -> String {
    let doc = continued(&value.doc.en);
    if value.label.is_ascii() {
        format!("`{}`: {doc}", value.label)
    } else {
        format!("{}: {doc}", value.label)
    }
}
