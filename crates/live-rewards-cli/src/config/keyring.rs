//! Secrets in the system's keyring.

use std::thread;

use ::keyring::{Entry, Error};
use live_rewards::polyv::http::{ExposeSecret, SecretString};

use crate::language::say;

/// Whose entries they are.
const SERVICE: &str = "live-rewards";

/// Whether there is a keyring, before anybody is asked for a secret.
pub(crate) fn check(name: &str) -> Result<(), String> {
    on_entry(name, |_| Ok(())).map(drop)
}

/// The secret of an entry.
pub(crate) fn read(name: &str) -> Result<String, String> {
    on_entry(name, Entry::get_password)?.ok_or_else(|| {
        say!(
            "the keyring has no entry {name} of {SERVICE}; live-rewards account add NAME --secret-keyring makes one",
            "密钥环里没有 {SERVICE} 的条目 {name}；可用 live-rewards account add NAME --secret-keyring 存入"
        )
    })
}

/// Keeps a secret in an entry, which is made if it isn't there.
pub(crate) fn store(name: &str, secret: &SecretString) -> Result<(), String> {
    on_entry(name, |entry| entry.set_password(secret.expose_secret())).map(drop)
}

/// Takes an entry out; says whether it was there.
pub(crate) fn delete(name: &str) -> Result<bool, String> {
    on_entry(name, Entry::delete_credential).map(|deleted| deleted.is_some())
}

/// Nothing if there is no such entry.
fn on_entry<T: Send>(
    name: &str,
    act: impl FnOnce(&Entry) -> ::keyring::Result<T> + Send,
) -> Result<Option<T>, String> {
    // A client of the secret service runs an event loop, which another one must not have inside of it.
    let acted = thread::scope(|scope| {
        let acting =
            scope.spawn(|| match Entry::new(SERVICE, name).and_then(|entry| act(&entry)) {
                Ok(done) => Ok(Some(done)),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(told(&error)),
            });
        acting.join()
    });
    acted.unwrap_or_else(|_| Err(say!("the keyring's client failed", "密钥环客户端出错")))
}

fn told(error: &Error) -> String {
    let reason = match (error, Entry::store_status()) {
        (Error::NoDefaultStore, Err(reason)) => reason,
        _ => error,
    };
    say!(
        "the keyring can't be used: {reason}; unlock it, or keep the secret elsewhere",
        "密钥环无法使用：{reason}；请解锁，或把密钥放到别处"
    )
}
