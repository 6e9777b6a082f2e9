use super::{document::Document, found};
use crate::{
    arguments::AccountRemove,
    config::{Account, Config, SecretRef, keyring},
    failure::{Failure, tell},
    language::say,
};

/// Takes an account out of the configuration, and its secret out of the keyring.
pub(super) fn run(arguments: &AccountRemove) -> Result<(), Failure> {
    let name = &arguments.name;
    let mut document = Document::read(found(&arguments.file)?)?;
    let shown = document.path().display().to_string();
    if !document.has(name) {
        return Err(Failure::usage(say!(
            "{shown} has no account {name}; live-rewards account list shows those it has",
            "{shown} 中没有账号 {name}；可用 live-rewards account list 查看"
        )));
    }
    // An account that isn't in order can be removed, too.
    let entry = document.check().ok().and_then(|config| own_entry(&config, name));
    document.remove(name);
    document.save()?;
    tell(say!(
        "removed {name} from {shown}; the ledger keeps its rows",
        "已从 {shown} 删除 {name}；账本保留它的记录"
    ));
    let Some(entry) = entry else { return Ok(()) };
    match keyring::delete(&entry) {
        Ok(true) => {
            tell(say!("its secret is out of the keyring, too", "它在密钥环中的密钥也已删除"));
        }
        Ok(false) => {}
        Err(what) => tell(say!(
            "warning: its secret {entry} stays in the keyring: {what}",
            "警告：它的密钥 {entry} 仍在密钥环中：{what}"
        )),
    }
    Ok(())
}

/// The entry of the keyring that this account alone has its secret in.
fn own_entry(config: &Config, name: &str) -> Option<String> {
    let entry = |account: &Account| match account.secret() {
        Some(SecretRef::Keyring { keyring }) => Some(keyring.clone()),
        _ => None,
    };
    let own =
        config.accounts().find(|(other, _)| *other == name).and_then(|(_, one)| entry(one))?;
    let is_shared =
        config.accounts().any(|(other, one)| other != name && entry(one).as_ref() == Some(&own));
    (!is_shared).then_some(own)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn an_entry_that_another_account_needs_stays() {
        let account = |name: &str, secret: &str| {
            format!("[accounts.{name}]\nvendor='yxt'\napp_key='{name}'\napp_secret={secret}\n")
        };
        let text = [
            account("a", "{ keyring = 'a' }"),
            account("b", "{ keyring = 'both' }"),
            account("c", "{ keyring = 'both' }"),
            account("d", "{ env = 'D' }"),
        ];
        let config = Config::parse(&text.concat(), Path::new("x")).unwrap();
        let own = |name| own_entry(&config, name);
        assert_eq!([own("a"), own("b"), own("d")], [Some("a".to_owned()), None, None]);
    }
}
