use futures_util::future::join_all;

use crate::{
    accounts::{Configured, Setting},
    arguments::{AccountTest, Where, Which},
    commands::checks::{self, Check, Topic, credentials},
    config::SecretRef,
    failure::Failure,
    language::say,
};

/// Asks the vendors of accounts for as little as can be.
pub(super) async fn run(arguments: &AccountTest) -> Result<(), Failure> {
    let place = Where { config: arguments.file.config.clone(), ledger: None };
    let setting = Setting::read(&place)?;
    let accounts = setting.accounts(&meant(arguments))?;
    if accounts.is_empty() {
        return Err(Failure::usage(say!(
            "the configuration has no accounts; live-rewards account add adds one",
            "配置中没有账号；可用 live-rewards account add 添加"
        )));
    }
    let checks: Vec<_> = join_all(accounts.iter().map(test)).await.into_iter().flatten().collect();
    checks::print(&checks, arguments.shown.format())?;
    checks::judge(&checks)
}

/// The names, or what the flag or its variable says.
fn meant(arguments: &AccountTest) -> Which {
    let names =
        if arguments.names.is_empty() { &arguments.which.account } else { &arguments.names };
    Which { account: names.clone() }
}

async fn test(account: &Configured) -> Vec<Check> {
    match account.vendor_config() {
        Ok(config) => credentials(&account.name, config).await,
        Err(failure) => {
            let advice = account.secret().and_then(SecretRef::advice);
            vec![Check::failed(Topic::Secret, &failure).advised(advice).of(&account.name)]
        }
    }
}
