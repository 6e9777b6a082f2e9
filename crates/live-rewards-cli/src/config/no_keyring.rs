//! Stands where a build has no keyring.

use live_rewards::polyv::http::SecretString;

use crate::language::say;

pub(crate) fn check(_: &str) -> Result<(), String> {
    Err(none())
}

pub(crate) fn read(_: &str) -> Result<String, String> {
    Err(none())
}

pub(crate) fn store(_: &str, _: &SecretString) -> Result<(), String> {
    Err(none())
}

pub(crate) fn delete(_: &str) -> Result<bool, String> {
    Err(none())
}

fn none() -> String {
    say!(
        "this build has no keyring; build it with the feature keyring, or keep the secret in a variable, a file or a password manager",
        "此程序不含密钥环支持；请启用 keyring 特性重新构建，或把密钥放在环境变量、文件或密码管理器中"
    )
}
