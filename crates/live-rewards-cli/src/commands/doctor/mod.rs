mod clock_skew;
mod configuration;
mod ledger;
mod network;
mod time_zone;

use std::path::PathBuf;

use futures_util::future::join_all;

use super::checks::{self, Check, Topic, credentials};
use crate::{
    accounts::is_meant,
    arguments::Doctor,
    clock,
    config::{Account, Config, SecretRef},
    failure::Failure,
    language::say,
};

/// Looks at everything that a sync needs, and says what to do about what isn't as it should be.
pub(crate) async fn run(arguments: &Doctor) -> Result<(), Failure> {
    let (config, mut checks) = configuration::check(&arguments.place, &arguments.which);
    checks.push(time_zone::check(clock::now()));
    checks.extend(ledger::check(&ledger_path(arguments, config.as_ref())));
    let accounts = config.iter().flat_map(Config::accounts);
    let meant = accounts.filter(|(name, _)| is_meant(&arguments.which, name));
    let of_accounts = meant.map(|(name, account)| check(name, account, arguments.offline));
    for of_account in join_all(of_accounts).await {
        checks.extend(of_account);
    }
    checks::print(&checks, arguments.shown.format())?;
    checks::judge(&checks)
}

fn ledger_path(arguments: &Doctor, config: Option<&Config>) -> PathBuf {
    let given = arguments.place.ledger.clone();
    let path = given.or_else(|| config?.ledger.clone());
    path.unwrap_or_else(|| PathBuf::from("live-rewards.sqlite"))
}

/// Looks at an account: its secret, the way to the vendor, and what the vendor says.
async fn check(name: &str, account: &Account, is_offline: bool) -> Vec<Check> {
    let config = account.vendor_config();
    let mut checks = vec![match &config {
        Ok(_) => {
            let place = account.secret().map(SecretRef::described).unwrap_or_default();
            Check::ok(Topic::Secret, say!("found in {place}", "已找到（{place}）"))
        }
        Err(what) => Check::fail(Topic::Secret, 2, what.as_str())
            .advised(account.secret().and_then(SecretRef::advice)),
    }];
    if is_offline {
        let seen = say!("nobody is called with --offline", "使用了 --offline，不做调用");
        checks.push(Check::skipped(Topic::Connection, seen));
        return checks.into_iter().map(|check| check.of(name)).collect();
    }
    let (is_reached, seen) = network::check(account.base_url()).await;
    checks.extend(seen);
    let mut checks: Vec<_> = checks.into_iter().map(|check| check.of(name)).collect();
    match config {
        Ok(config) if is_reached => checks.extend(credentials(name, config).await),
        Ok(_) => {
            let seen = say!("there is no connection", "没有连接");
            checks.push(Check::skipped(Topic::Credentials, seen).of(name));
        }
        Err(_) => {
            let seen = say!("there is no secret", "没有密钥");
            checks.push(Check::skipped(Topic::Credentials, seen).of(name));
        }
    }
    checks
}
