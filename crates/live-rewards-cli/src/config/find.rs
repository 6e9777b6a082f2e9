use std::{
    env,
    path::{Path, PathBuf},
};

/// The file's name in the working folder.
pub(crate) const NAME: &str = "live-rewards.toml";

/// The configuration file: what was given, else `live-rewards.toml` here, else that of the user.
pub(crate) fn find(given: Option<&Path>) -> Option<PathBuf> {
    if let Some(path) = given {
        return Some(path.to_owned());
    }
    [Some(PathBuf::from(NAME)), of_the_user()].into_iter().flatten().find(|path| path.is_file())
}

/// `$XDG_CONFIG_HOME/live-rewards/config.toml`, or below `~/.config`.
fn of_the_user() -> Option<PathBuf> {
    let absolute =
        |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = absolute("XDG_CONFIG_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".config")))?;
    Some(folder.join("live-rewards").join("config.toml"))
}
