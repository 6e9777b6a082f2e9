use std::{
    io::{self, BufRead, IsTerminal, Write},
    thread,
};

use live_rewards::polyv::http::{ExposeSecret, SecretString};
use tokio::sync::oneshot;

use crate::{
    failure::{Failure, reason},
    language::say,
    output::plain,
};

/// Asks for the secret of an account at the terminal, which doesn't show it, or reads it from standard input.
pub(super) async fn secret(account: &str, from_stdin: bool) -> Result<SecretString, Failure> {
    let secret = if from_stdin {
        aside(line).await
    } else if io::stdin().is_terminal() {
        let prompt = say!("Secret of {account}: ", "{account} 的密钥：");
        // Where nobody sees it, nobody is asked either.
        let _ = write!(io::stderr(), "{}", plain(&prompt));
        typed().await
    } else {
        return Err(Failure::usage(say!(
            "standard input is no terminal; add --secret-stdin to read the secret from it",
            "标准输入不是终端；要从中读取密钥，请加 --secret-stdin"
        )));
    };
    let secret = secret.map_err(|error| {
        let reason = reason(&error);
        Failure::general(say!("can't read the secret: {reason}", "无法读取密钥：{reason}"))
    })?;
    let secret: SecretString = secret.expose_secret().trim_end_matches(['\r', '\n']).into();
    if secret.expose_secret().is_empty() {
        return Err(Failure::usage(say!(
            "the secret is empty; nothing was changed",
            "密钥是空的；什么都没有改动"
        )));
    }
    Ok(secret)
}

fn line() -> io::Result<String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line)
}

/// Reads on a thread of its own, that an interruption needn't wait for.
async fn aside(read: fn() -> io::Result<String>) -> io::Result<SecretString> {
    let (sender, receiver) = oneshot::channel();
    thread::spawn(move || sender.send(read().map(SecretString::from)));
    receiver.await.unwrap_or_else(|_| Err(io::ErrorKind::UnexpectedEof.into()))
}

#[cfg(unix)]
async fn typed() -> io::Result<SecretString> {
    let _quiet = Quiet::begin()?;
    aside(line).await
}

#[cfg(not(unix))]
async fn typed() -> io::Result<SecretString> {
    aside(|| console::Term::stderr().read_secure_line()).await
}

/// A terminal that doesn't show what is typed but the end of the line. It does again when this is dropped, as by an interruption.
#[cfg(unix)]
struct Quiet(rustix::termios::Termios);

#[cfg(unix)]
impl Quiet {
    fn begin() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

        let before = tcgetattr(io::stdin())?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        quiet.local_modes.insert(LocalModes::ECHONL);
        tcsetattr(io::stdin(), OptionalActions::Flush, &quiet)?;
        Ok(Self(before))
    }
}

#[cfg(unix)]
impl Drop for Quiet {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};

        // A terminal that is gone shows nothing anyway.
        let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &self.0);
    }
}
