use std::{
    env, fmt, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use live_rewards::polyv::http::SecretString;
use serde::{Deserialize, Deserializer};

use super::{keyring, permissions::is_open_to_others};
use crate::{failure::reason, language::say};

/// A secret, or where it is.
#[derive(Clone, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "expected { env = \"NAME\" }, { file = \"PATH\" }, { command = [\"PROGRAM\", …] } or { keyring = \"NAME\" }"
)]
pub(crate) enum SecretRef {
    /// In the configuration file itself.
    Plain(#[serde(deserialize_with = "plain")] SecretString),
    /// In a variable of the environment.
    Env { env: String },
    /// In a file.
    File { file: PathBuf },
    /// What a program prints.
    Command { command: Vec<String> },
    /// In the system's keyring, by its name there.
    Keyring { keyring: String },
}

impl SecretRef {
    /// Reads where a secret is: `env:NAME`, `file:PATH` or `keyring:NAME`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("env", name)) if !name.is_empty() => Ok(Self::Env { env: name.to_owned() }),
            Some(("file", path)) if !path.is_empty() => Ok(Self::File { file: path.into() }),
            Some(("keyring", name)) if !name.is_empty() => {
                Ok(Self::Keyring { keyring: name.to_owned() })
            }
            // The text may be the secret itself.
            _ => Err(say!(
                "say where the key is: env:NAME, file:PATH or keyring:NAME",
                "请写明密钥在何处：env:名称、file:路径 或 keyring:名称"
            )),
        }
    }

    /// A path is relative to the configuration file.
    pub(super) fn place(&mut self, folder: &Path) {
        if let Self::File { file } = self {
            *file = folder.join(&*file);
        }
    }

    pub(super) const fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }

    /// The kind of place that it is in, as the configuration names it; `plain` for the configuration itself.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Plain(_) => "plain",
            Self::Env { .. } => "env",
            Self::File { .. } => "file",
            Self::Command { .. } => "command",
            Self::Keyring { .. } => "keyring",
        }
    }

    /// Which place of its kind: of a command only the program, as its arguments may be worth hiding.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::Plain(_) => None,
            Self::Env { env } => Some(env.clone()),
            Self::File { file } => Some(file.display().to_string()),
            Self::Command { command } => command.first().cloned(),
            Self::Keyring { keyring } => Some(keyring.clone()),
        }
    }

    /// Where it is, in words.
    pub(crate) fn described(&self) -> String {
        let name = self.name().unwrap_or_default();
        match self {
            Self::Plain(_) => say!("the configuration file", "配置文件"),
            Self::Env { .. } => say!("the variable {name}", "环境变量 {name}"),
            Self::File { .. } => say!("the file {name}", "文件 {name}"),
            Self::Command { .. } => say!("the command {name}", "命令 {name}"),
            Self::Keyring { .. } => say!("the keyring's entry {name}", "密钥环中的 {name}"),
        }
    }

    /// What to do where it can't be read, unless the error says so itself.
    pub(crate) fn advice(&self) -> Option<String> {
        match self {
            Self::File { .. } => Some(say!(
                "write the secret into that file, readable for you alone, or name another in the configuration",
                "请把密钥写入该文件，且仅本人可读；或在配置中改用另一个文件"
            )),
            Self::Command { .. } => Some(say!(
                "run the command in a shell: it has to print the secret and end with 0",
                "请在 shell 中运行该命令：它应输出密钥并以 0 结束"
            )),
            Self::Plain(_) | Self::Env { .. } | Self::Keyring { .. } => None,
        }
    }

    /// What is wrong with the place, though it can be read.
    pub(super) fn warning(&self) -> Option<String> {
        let Self::File { file } = self else { return None };
        let shown = file.display();
        is_open_to_others(file).then(|| {
            say!(
                "others can read the secret in {shown}; chmod 600 {shown}",
                "其他人能读到 {shown} 中的密钥；请执行 chmod 600 {shown}"
            )
        })
    }

    /// The secret, without the line break at its end.
    pub(crate) fn read(&self) -> Result<SecretString, String> {
        let text = match self {
            Self::Plain(secret) => return Ok(secret.clone()),
            Self::Env { env } => env::var(env).map_err(|_| {
                say!(
                    "the environment has no {env}; set it to the secret",
                    "环境变量 {env} 没有设置；请把它设为密钥"
                )
            })?,
            Self::File { file } => fs::read_to_string(file).map_err(|error| {
                let (file, reason) = (file.display(), reason(&error));
                say!("can't read {file}: {reason}", "无法读取 {file}：{reason}")
            })?,
            Self::Command { command } => printed(command)?,
            Self::Keyring { keyring } => keyring::read(keyring)?,
        };
        let secret = text.trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            let place = self.described();
            return Err(say!("the secret from {place} is empty", "密钥是空的（{place}）"));
        }
        Ok(secret.into())
    }
}

fn plain<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

fn printed(command: &[String]) -> Result<String, String> {
    let Some((program, arguments)) = command.split_first() else {
        return Err(say!(
            "the command of a secret is empty; give [\"PROGRAM\", …]",
            "取密钥的命令是空的；请写成 [\"PROGRAM\", …]"
        ));
    };
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| {
            let reason = reason(&error);
            say!(
                "can't run {program} for a secret: {reason}",
                "无法运行 {program} 取密钥：{reason}"
            )
        })?;
    if !output.status.success() {
        let status = output.status;
        return Err(say!(
            "{program} gives no secret: {status}",
            "{program} 没有给出密钥：{status}"
        ));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| say!("what {program} prints is no text", "{program} 的输出不是文本"))
}

/// Where it is, never what it is.
impl fmt::Debug for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        self.name().map_or(Ok(()), |name| write!(f, " {name}"))
    }
}

#[cfg(test)]
mod tests {
    use live_rewards::polyv::http::ExposeSecret;

    use super::*;

    fn exposed(secret: &SecretRef) -> Result<String, String> {
        secret.read().map(|secret| secret.expose_secret().to_owned())
    }

    #[test]
    fn a_secret_comes_from_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("key"), "hidden\r\n").unwrap();
        let mut file = SecretRef::File { file: "key".into() };
        file.place(folder.path());
        assert_eq!(exposed(&file).unwrap(), "hidden");
        let command = |words: &[&str]| SecretRef::Command {
            command: words.iter().map(|word| (*word).to_owned()).collect(),
        };
        assert_eq!(exposed(&command(&["echo", "hidden"])).unwrap(), "hidden");
        assert!(exposed(&command(&["false"])).unwrap_err().starts_with("false gives no secret"));
        assert!(exposed(&command(&["true"])).unwrap_err().contains("is empty"));
        assert!(exposed(&command(&[])).is_err());
        assert_eq!(exposed(&SecretRef::Plain("hidden".into())).unwrap(), "hidden");
    }

    #[test]
    fn a_place_is_read_by_its_key() {
        let place = |text: &str| {
            let mut read = toml::from_str::<toml::Table>(text).unwrap();
            read.remove("secret").unwrap().try_into::<SecretRef>()
        };
        for (text, kind) in [
            ("secret = 'x'", "plain"),
            ("secret = { env = 'X' }", "env"),
            ("secret = { file = 'x' }", "file"),
            ("secret = { command = ['x', 'hidden'] }", "command"),
            ("secret = { keyring = 'x' }", "keyring"),
        ] {
            assert_eq!(place(text).unwrap().kind(), kind);
        }
        let error = place("secret = { keyring = 'x', env = 'X' }").unwrap_err().to_string();
        assert!(error.contains("{ keyring = \"NAME\" }"), "{error}");
    }

    #[test]
    fn neither_words_nor_debug_show_a_secret() {
        let secrets = [
            SecretRef::Plain("hidden".into()),
            SecretRef::Command { command: vec!["echo".to_owned(), "hidden".to_owned()] },
        ];
        let described = secrets.each_ref().map(SecretRef::described);
        assert!(!format!("{secrets:?} {described:?}").contains("hidden"));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_warned_of() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        fs::write(&file, "hidden").unwrap();
        for (mode, is_open) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true)] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            let secret = SecretRef::File { file: file.clone() };
            assert_eq!(secret.warning().is_some(), is_open, "{mode:o}");
        }
    }
}
