use std::env;

use live_rewards_core::{Error, ErrorKind, Result};

/// Reads settings from the environment, all of which must be there. The error names every one that isn't.
pub fn required_env<const N: usize>(names: [&str; N]) -> Result<[String; N]> {
    let values = names.map(optional_env);
    let missing: Vec<_> = names
        .iter()
        .zip(&values)
        .filter(|(_, value)| value.is_none())
        .map(|(name, _)| *name)
        .collect();
    if missing.is_empty() {
        return Ok(values.map(Option::unwrap_or_default));
    }
    let what = format!("set {} in the environment", missing.join(", "));
    Err(Error::new(ErrorKind::Config, what))
}

/// Reads a setting from the environment; an empty one is none.
pub fn optional_env(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
