use std::{
    env, fmt, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use live_rewards::polyv::http::SecretString;
use serde::{Deserialize, Deserializer};

/// A secret, or where it is.
#[derive(Clone, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "expected { env = \"NAME\" }, { file = \"PATH\" } or { command = [\"PROGRAM\", …] }"
)]
pub(crate) enum SecretRef {
    /// In the file itself.
    Plain(#[serde(deserialize_with = "plain")] SecretString),
    /// In a variable of the environment.
    Env { env: String },
    /// In a file.
    File { file: PathBuf },
    /// What a program prints.
    Command { command: Vec<String> },
}

impl SecretRef {
    /// A path is relative to the configuration file.
    pub(super) fn place(&mut self, folder: &Path) {
        if let Self::File { file } = self {
            *file = folder.join(&*file);
        }
    }

    pub(super) const fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }

    /// The secret, without the line break at its end.
    pub(super) fn read(&self) -> Result<SecretString, String> {
        let text = match self {
            Self::Plain(secret) => return Ok(secret.clone()),
            Self::Env { env } => env::var(env)
                .map_err(|_| format!("the environment has no {env}; set it to the secret"))?,
            Self::File { file } => fs::read_to_string(file)
                .map_err(|error| format!("can't read {}: {error}", file.display()))?,
            Self::Command { command } => printed(command)?,
        };
        let secret = text.trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            return Err(format!("the secret from {self:?} is empty"));
        }
        Ok(secret.into())
    }
}

fn plain<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

fn printed(command: &[String]) -> Result<String, String> {
    let Some((program, arguments)) = command.split_first() else {
        return Err("the command of a secret is empty; give [\"PROGRAM\", …]".to_owned());
    };
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("can't run {program} for a secret: {error}"))?;
    if !output.status.success() {
        return Err(format!("{program} gives no secret: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("what {program} prints is no text"))
}

/// Where it is, never what it is.
impl fmt::Debug for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(_) => f.write_str("the configuration file"),
            Self::Env { env } => write!(f, "the variable {env}"),
            Self::File { file } => write!(f, "{}", file.display()),
            Self::Command { command } => {
                write!(f, "the command {}", command.first().map_or("", String::as_str))
            }
        }
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
    fn debug_shows_no_secret() {
        let secrets = [
            SecretRef::Plain("hidden".into()),
            SecretRef::Command { command: vec!["echo".to_owned(), "hidden".to_owned()] },
        ];
        assert!(!format!("{secrets:?}").contains("hidden"));
    }
}
