//! Numbers whose unit follows from another field.

use std::collections::BTreeMap;

use vendor_specs::{Field, FieldType, LabelSet, RowType, Scope, Unit, UnitBy};

use super::code::Code;
use super::imports::Imports;
use super::names::{ident, plain};

/// The methods that give such numbers of an object in their unit.
pub(crate) fn write<'a>(
    code: &mut Code,
    imports: &mut Imports,
    row: &'a RowType,
    scope: Scope<'a>,
) {
    let fields = scope.fields(row);
    let measured = fields.iter().filter_map(|field| Measured::of(field, &fields, scope));
    let measured: Vec<Measured<'_>> = measured.collect();
    if measured.is_empty() {
        return;
    }
    for name in ["Amount", "Money", "ParseMoneyError"] {
        imports.core(name);
    }
    code.line(&format!("impl {} {{", row.name));
    for (at, measured) in measured.iter().enumerate() {
        if at > 0 {
            code.blank();
        }
        measured.write(code);
    }
    code.line("}");
    code.blank();
}

/// The function that reads a number which is yuan in some of the rows: only there a float's binary noise can be noted.
pub(crate) fn reader(field: &Field) -> Option<&'static str> {
    let units = &field.unit_by.as_ref()?.units;
    units.values().any(|unit| *unit == Unit::Yuan).then_some("decimal_or_yuan")
}

/// A number, and what tells its unit.
struct Measured<'a> {
    field: &'a Field,
    unit_by: &'a UnitBy,
    teller: &'a Field,
    labels: &'a LabelSet,
}

impl<'a> Measured<'a> {
    fn of(field: &'a Field, siblings: &[&'a Field], scope: Scope<'a>) -> Option<Self> {
        let unit_by = field.unit_by.as_ref()?;
        let teller = *siblings.iter().find(|it| *it.name == *unit_by.field)?;
        let labels = match &teller.kind {
            FieldType::Label(set) => scope.label_set(set)?,
            _ => return None,
        };
        Some(Self { field, unit_by, teller, labels })
    }

    fn write(&self, code: &mut Code) {
        let Self { field, teller, .. } = self;
        let known: Vec<String> =
            self.unit_by.units.iter().map(|(label, unit)| told(label, *unit)).collect();
        code.doc(
            1,
            &format!(
                "`{}` in the unit that `{}` tells: {}. Unstated for any other.",
                field.name,
                teller.name,
                known.join(", ")
            ),
        );
        let amount = ident(&field.name);
        let given = if field.required { "Amount" } else { "Option<Amount>" };
        let method = format!("{}_in_unit", plain(&field.name));
        code.line(&format!("pub fn {method}(&self) -> Result<{given}, ParseMoneyError> {{"));
        if field.required {
            code.line(&format!("let amount = &self.{amount};"));
        } else {
            code.line(&format!("let Some(amount) = &self.{amount} else {{"));
            code.line("return Ok(None);");
            code.line("};");
        }
        code.line(&format!("let amount = match &self.{} {{", ident(&teller.name)));
        for (unit, variants) in self.variants() {
            let value = match unit {
                Unit::Yuan => "Money::parse_yuan(amount)?.money",
                Unit::Fen => "Money::parse_fen(amount)?",
            };
            let variants = variants.join(" | ");
            let pattern = if teller.required { variants } else { format!("Some({variants})") };
            code.line(&format!("{pattern} => Amount::Money({value}),"));
        }
        code.line("_ => Amount::Unstated(amount.as_str().into()),");
        code.line("};");
        code.line(if field.required { "Ok(amount)" } else { "Ok(Some(amount))" });
        code.line("}");
    }

    /// The variants of the labels that have each unit.
    fn variants(&self) -> BTreeMap<Unit, Vec<String>> {
        let mut variants: BTreeMap<Unit, Vec<String>> = BTreeMap::new();
        for (label, unit) in &self.unit_by.units {
            if let Some(label) = self.labels.get(label) {
                let variant = format!("{}::{}", self.labels.name, label.name);
                variants.entry(*unit).or_default().push(variant);
            }
        }
        variants
    }
}

fn told(label: &str, unit: Unit) -> String {
    let unit = match unit {
        Unit::Yuan => "yuan",
        Unit::Fen => "fen",
    };
    format!("{unit} for `{label}`")
}
