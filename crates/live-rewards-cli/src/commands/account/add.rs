use std::path::{self, Path, PathBuf};

use live_rewards::{Vendor, polyv::http::BaseUrl};
use toml_edit::{Array, InlineTable, Value};

use super::{ask, document::Document, found};
use crate::{
    arguments::{AccountAdd, SecretFrom},
    config::{Account, keyring},
    failure::{Failure, reason, tell},
    language::say,
};

/// Adds an account to the configuration, and its secret to the keyring where that is asked for.
pub(super) async fn run(arguments: &AccountAdd) -> Result<(), Failure> {
    let AccountAdd { name, vendor, .. } = arguments;
    let mut document = Document::read(found(&arguments.file)?)?;
    let shown = document.path().display().to_string();
    if document.has(name) {
        return Err(Failure::usage(say!(
            "{shown} has an account {name} already; choose another name, or remove it first",
            "{shown} 中已有账号 {name}；请换一个名称，或先删除它"
        )));
    }
    if let Some(base_url) = &arguments.base_url {
        BaseUrl::parse(base_url, false)?;
    }
    document.add(name, settings(arguments, document.path())?);
    let config = document.check()?;
    if arguments.secret.secret_keyring {
        keyring::check(name).map_err(Failure::usage)?;
        let secret = ask::secret(name, arguments.secret_stdin).await?;
        keyring::store(name, &secret).map_err(Failure::general)?;
    }
    document.save()?;
    for warning in config.warnings(document.path()) {
        tell(say!("warning: {warning}", "警告：{warning}"));
    }
    tell(say!(
        "added {name} ({vendor}) to {shown}; next: live-rewards account test",
        "已把 {name}（{vendor}）加入 {shown}；接下来：live-rewards account test"
    ));
    if *vendor != Vendor::Polyv {
        tell(say!(
            "{vendor} lists no rooms: live-rewards rooms add names those to sync",
            "{vendor} 不提供直播间列表：请用 live-rewards rooms add 指定要同步的直播间"
        ));
    }
    Ok(())
}

/// What the configuration is to say of the account.
fn settings(arguments: &AccountAdd, config: &Path) -> Result<Vec<(&'static str, Value)>, Failure> {
    let vendor = arguments.vendor;
    let (needed, allowed) = Account::keys(vendor);
    let text = |text: &Option<String>| text.as_ref().map(Value::from);
    let flag = |flag: bool| flag.then(|| Value::from(true));
    let secret = secret(&arguments.secret, &arguments.name, config)?;
    let of_vendor = [
        ("app_id", text(&arguments.app_id)),
        ("client_id", text(&arguments.client_id)),
        ("app_key", text(&arguments.app_key)),
        ("live_account", text(&arguments.live_account)),
        ("signing", text(&arguments.signing)),
        ("nonce", flag(arguments.nonce)),
        ("source", text(&arguments.source)),
    ];
    let mut settings = vec![("vendor", Value::from(vendor.as_str()))];
    for (key, value) in of_vendor {
        let is_needed = needed.contains(&key);
        let as_flag = key.replace('_', "-");
        match value {
            None if is_needed => {
                return Err(Failure::usage(say!(
                    "{vendor} needs --{as_flag}",
                    "{vendor} 需要 --{as_flag}"
                )));
            }
            Some(_) if !is_needed && !allowed.contains(&key) => {
                return Err(Failure::usage(say!(
                    "{vendor} has no --{as_flag}; leave it out",
                    "{vendor} 没有 --{as_flag}；请去掉"
                )));
            }
            Some(value) => settings.push((key, value)),
            None => {}
        }
    }
    settings.extend(needed.last().map(|key| (*key, secret)));
    let of_all = [
        ("base_url", text(&arguments.base_url)),
        ("emulated", flag(arguments.emulated)),
        ("ledger_id", text(&arguments.ledger_id)),
    ];
    settings.extend(of_all.into_iter().filter_map(|(key, value)| Some((key, value?))));
    Ok(settings)
}

/// Where the secret is, as the configuration says it.
fn secret(from: &SecretFrom, name: &str, config: &Path) -> Result<Value, Failure> {
    let (key, value) = match from {
        SecretFrom { secret_env: Some(variable), .. } => ("env", Value::from(variable)),
        SecretFrom { secret_file: Some(file), .. } => ("file", file_value(file, config)?),
        SecretFrom { secret_command: Some(command), .. } => ("command", words(command)?),
        _ => ("keyring", Value::from(name)),
    };
    let mut place = InlineTable::new();
    place.insert(key, value);
    Ok(Value::InlineTable(place))
}

/// A path is given from where the command runs, and kept as it is from the configuration.
fn file_value(file: &Path, config: &Path) -> Result<Value, Failure> {
    let unusable = |reason: &str| {
        let file = file.display();
        Failure::usage(say!("can't use {file}: {reason}", "无法使用 {file}：{reason}"))
    };
    let [file_from_root, config_from_root] = [file, config].map(path::absolute);
    let file_from_root = file_from_root.map_err(|error| unusable(&reason(&error)))?;
    let folder = config_from_root.ok().and_then(|config| config.parent().map(Path::to_owned));
    let beside =
        folder.and_then(|folder| file_from_root.strip_prefix(folder).map(PathBuf::from).ok());
    let file = beside.unwrap_or(file_from_root);
    let text = file.to_str().ok_or_else(|| unusable(&say!("it is no UTF-8", "不是 UTF-8")))?;
    Ok(Value::from(text))
}

/// Words as a shell splits them, and nothing else of what a shell does.
fn words(command: &str) -> Result<Value, Failure> {
    let words = shlex::split(command).filter(|words| !words.is_empty()).ok_or_else(|| {
        Failure::usage(say!(
            "--secret-command is empty, or lacks a closing quote",
            "--secret-command 是空的，或缺少收尾的引号"
        ))
    })?;
    Ok(Value::Array(words.iter().collect::<Array>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from() -> SecretFrom {
        SecretFrom {
            secret_env: None,
            secret_file: None,
            secret_command: None,
            secret_keyring: true,
        }
    }

    fn shown(from: &SecretFrom) -> String {
        let config = path::absolute("folder").unwrap().join("live-rewards.toml");
        secret(from, "shop", &config).unwrap().to_string().trim().to_owned()
    }

    #[test]
    fn each_place_is_kept_by_its_key() {
        let env = SecretFrom { secret_env: Some("X".to_owned()), ..from() };
        let command = "pass show 'my shop'".to_owned();
        let command = SecretFrom { secret_command: Some(command), ..from() };
        let lines = [shown(&env), shown(&command), shown(&from())];
        insta::assert_snapshot!(lines.join("\n"), @r#"
        { env = "X" }
        { command = ["pass", "show", "my shop"] }
        { keyring = "shop" }
        "#);
    }

    #[test]
    fn a_file_is_named_from_the_configuration() {
        let file = |path: &str| {
            let from = SecretFrom { secret_file: Some(path.into()), ..from() };
            shown(&from)
        };
        assert_eq!(file("folder/secret"), "{ file = \"secret\" }");
        let elsewhere = path::absolute("secret").unwrap();
        assert!(file("secret").contains(&*elsewhere.to_string_lossy()));
    }

    #[test]
    fn a_command_that_is_no_command_is_refused() {
        for command in ["", "  ", "pass 'show"] {
            assert!(words(command).is_err(), "{command}");
        }
    }
}
