use super::found;
use crate::{
    arguments::AccountList,
    config::{Config, SecretRef},
    failure::Failure,
    language::say,
    sheet::{Cell, Sheet},
};

/// Lists the accounts and where their secrets are, which nobody reads for that.
pub(super) fn run(arguments: &AccountList) -> Result<(), Failure> {
    let config = Config::read(&found(&arguments.file)?)?;
    let mut sheet = Sheet::new("accounts")
        .column("account", say!("Account", "账号"))
        .column("vendor", say!("Vendor", "平台"))
        .column("id", say!("Id", "平台账号 id"))
        .column("secret_in", say!("Secret in", "密钥在"))
        .column("secret_name", say!("Named", "名称"))
        .for_machines("base_url");
    for (name, account) in config.accounts() {
        let (place, named) = account.secret().map_or((Cell::Nothing, Cell::Nothing), shown);
        sheet.row([
            name.as_str().into(),
            account.vendor.as_str().into(),
            account.vendor_id().into(),
            place,
            named,
            account.base_url().into(),
        ]);
    }
    sheet.print(arguments.shown.format(), None, [])
}

/// In what a secret is, and under which name there.
fn shown(secret: &SecretRef) -> (Cell, Cell) {
    let place = match secret {
        SecretRef::Plain(_) => say!("plain text", "明文"),
        SecretRef::Env { .. } => say!("variable", "环境变量"),
        SecretRef::File { .. } => say!("file", "文件"),
        SecretRef::Command { .. } => say!("command", "命令"),
        SecretRef::Keyring { .. } => say!("keyring", "密钥环"),
    };
    let named = secret.name().map_or_else(|| Cell::Missing("******".to_owned()), Cell::from);
    (Cell::Word(secret.kind(), place), named)
}
