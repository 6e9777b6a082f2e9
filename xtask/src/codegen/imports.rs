use std::collections::BTreeSet;

use vendor_specs::{Home, Scope};

use super::code::Code;

/// What a generated file uses from elsewhere.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    cow: bool,
    core: BTreeSet<&'static str>,
    http: BTreeSet<&'static str>,
    derives_deserialize: bool,
    service: Option<String>,
    of_area: BTreeSet<String>,
    of_vendor: BTreeSet<String>,
}

impl Imports {
    pub(crate) fn cow(&mut self) {
        self.cow = true;
    }

    pub(crate) fn core(&mut self, name: &'static str) {
        self.core.insert(name);
    }

    pub(crate) fn http(&mut self, name: &'static str) {
        self.http.insert(name);
    }

    pub(crate) fn deserialize(&mut self) {
        self.derives_deserialize = true;
    }

    pub(crate) fn service(&mut self, name: &str) {
        self.service = Some(name.to_owned());
    }

    /// A type or a set of labels that a spec names, wherever it is declared.
    pub(crate) fn named(&mut self, name: &str, scope: Scope<'_>) {
        match scope.home(name) {
            Home::Own => {}
            Home::Area => {
                self.of_area.insert(name.to_owned());
            }
            Home::Vendor => {
                self.of_vendor.insert(name.to_owned());
            }
        }
    }

    pub(crate) fn write(&self, code: &mut Code) {
        if self.cow {
            code.line("use std::borrow::Cow;");
            code.blank();
        }
        group(code, "live_rewards_core", &self.core);
        group(code, "live_rewards_http", &self.http);
        if self.derives_deserialize {
            code.line("use serde::Deserialize;");
        }
        code.blank();
        group(code, "super::shared", &self.of_area);
        if let Some(service) = &self.service {
            code.line(&format!("use crate::{service};"));
        }
        group(code, "crate::shared", &self.of_vendor);
        code.blank();
    }
}

fn group<T: AsRef<str>>(code: &mut Code, home: &str, names: &BTreeSet<T>) {
    if names.is_empty() {
        return;
    }
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    code.line(&format!("use {home}::{{{}}};", names.join(", ")));
}
