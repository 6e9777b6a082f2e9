//! Switches of the vendors' rules, turned while the emulator runs.

use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};

use serde::{Deserialize, Deserializer, Serialize};

use crate::generated;
use crate::vendor::Vendor;
use crate::vendor::xiaoe::Xiaoe;

/// Most addresses in a list.
const MOST_ADDRESSES: usize = 1000;

/// The switches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Settings {
    /// Whether rate limits count.
    pub(crate) limits: bool,
    /// Addresses that get a token from Xiaoe; all of them if there is no list.
    pub(crate) xiaoe_ip_list: Option<Vec<IpAddr>>,
    /// Endpoints whose permission set the Xiaoe application doesn't have.
    pub(crate) xiaoe_denied: Vec<&'static str>,
    /// Key of the error that every signed call of YXT gets.
    pub(crate) yxt_error: Option<&'static str>,
    /// Whether YXT's gifts come with `paging`.
    pub(crate) yxt_paging: bool,
}

/// What to turn; what isn't named stays.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SettingsChange {
    limits: Option<bool>,
    xiaoe_ip_list: Switch<Vec<IpAddr>>,
    xiaoe_denied: Option<Vec<String>>,
    yxt_error: Switch<String>,
    yxt_paging: Option<bool>,
}

/// A setting that null turns off.
#[derive(Debug, Default)]
enum Switch<T> {
    #[default]
    Unchanged,
    Off,
    On(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Switch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Off, Self::On))
    }
}

/// The switches as they stand, read by every request.
#[derive(Debug)]
pub(crate) struct SettingsCell {
    first: Settings,
    current: RwLock<Arc<Settings>>,
}

impl Settings {
    pub(crate) fn new(limits: bool) -> Self {
        Self {
            limits,
            xiaoe_ip_list: None,
            xiaoe_denied: Vec::new(),
            yxt_error: None,
            yxt_paging: false,
        }
    }

    /// The switches after a change; the error says what can't be turned.
    fn changed(&self, change: SettingsChange) -> Result<Self, String> {
        let mut settings = self.clone();
        if let Some(limits) = change.limits {
            settings.limits = limits;
        }
        match change.xiaoe_ip_list {
            Switch::Unchanged => {}
            Switch::Off => settings.xiaoe_ip_list = None,
            Switch::On(list) if list.len() > MOST_ADDRESSES => {
                return Err(format!("xiaoe_ip_list: at most {MOST_ADDRESSES} addresses"));
            }
            Switch::On(list) => settings.xiaoe_ip_list = Some(list),
        }
        if let Some(denied) = change.xiaoe_denied {
            settings.xiaoe_denied =
                denied.iter().map(|id| deniable(id)).collect::<Result<_, _>>()?;
        }
        match change.yxt_error {
            Switch::Unchanged => {}
            Switch::Off => settings.yxt_error = None,
            Switch::On(key) => settings.yxt_error = Some(published(&key)?),
        }
        if let Some(paging) = change.yxt_paging {
            settings.yxt_paging = paging;
        }
        Ok(settings)
    }
}

impl SettingsCell {
    pub(crate) fn new(first: Settings) -> Self {
        Self { current: RwLock::new(Arc::new(first.clone())), first }
    }

    pub(crate) fn current(&self) -> Arc<Settings> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Turns switches, all of them or none.
    pub(crate) fn change(&self, change: SettingsChange) -> Result<(), String> {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::new(current.changed(change)?);
        Ok(())
    }

    /// Goes back to the switches of the start.
    pub(crate) fn reset(&self) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::new(self.first.clone());
    }
}

/// An endpoint of Xiaoe that needs a permission set; the one for tokens needs none.
fn deniable(id: &str) -> Result<&'static str, String> {
    let mut routes = Xiaoe::ROUTES.iter().map(|(route, _)| route.id);
    routes
        .find(|known| *known == id && *known != generated::xiaoe::TOKEN.id)
        .ok_or_else(|| format!("xiaoe_denied: no endpoint {id:?} that needs a permission"))
}

/// A key that YXT publishes for any call.
fn published(key: &str) -> Result<&'static str, String> {
    let mut keys = generated::yxt::ERRORS.iter().map(|error| error.code);
    keys.find(|known| *known == key)
        .ok_or_else(|| format!("yxt_error: YXT publishes no error {key:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(cell: &SettingsCell, text: &str) -> Result<(), String> {
        cell.change(serde_json::from_str(text).map_err(|error| error.to_string())?)
    }

    #[test]
    fn what_is_not_named_stays() {
        let cell = SettingsCell::new(Settings::new(true));
        change(&cell, r#"{"xiaoe_ip_list":["127.0.0.1"],"yxt_error":"global.noprivilege"}"#)
            .unwrap();
        change(&cell, r#"{"limits":false,"yxt_error":null,"yxt_paging":true}"#).unwrap();
        let settings = cell.current();
        assert!(!settings.limits && settings.yxt_error.is_none() && settings.yxt_paging);
        assert_eq!(settings.xiaoe_ip_list.as_ref().unwrap().len(), 1);
        cell.reset();
        assert_eq!(*cell.current(), Settings::new(true));
    }

    #[test]
    fn what_is_unknown_changes_nothing() {
        let cell = SettingsCell::new(Settings::new(true));
        for text in [
            r#"{"limits":false,"xiaoe_denied":["token"]}"#,
            r#"{"limits":false,"xiaoe_denied":["nothing"]}"#,
            r#"{"limits":false,"yxt_error":"nothing"}"#,
            r#"{"limits":false,"xiaoe_ip_list":["host"]}"#,
            r#"{"limits":false,"more":1}"#,
        ] {
            assert!(change(&cell, text).is_err(), "{text}");
        }
        assert_eq!(*cell.current(), Settings::new(true));
    }
}
