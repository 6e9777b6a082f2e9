use std::collections::BTreeSet;

use super::code::Code;

/// What a generated file uses from elsewhere.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    core: BTreeSet<&'static str>,
    http: BTreeSet<&'static str>,
    derives_deserialize: bool,
    service: Option<String>,
    shared: BTreeSet<String>,
}

impl Imports {
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

    /// A type of the area's `shared` module.
    pub(crate) fn shared(&mut self, name: &str) {
        self.shared.insert(name.to_owned());
    }

    pub(crate) fn write(&self, code: &mut Code) {
        group(code, "live_rewards_core", &self.core);
        group(code, "live_rewards_http", &self.http);
        if self.derives_deserialize {
            code.line("use serde::Deserialize;");
        }
        code.blank();
        group(code, "super::shared", &self.shared);
        if let Some(service) = &self.service {
            code.line(&format!("use crate::{service};"));
        }
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
