use crate::{
    accounts::Setting,
    arguments::{Where, Which},
    commands::checks::{Check, Topic},
    config::{self, Config},
    language::say,
};

/// Reads the configuration, without a word of what is to be warned of: that is among the checks.
pub(super) fn check(place: &Where, which: &Which) -> (Option<Config>, Vec<Check>) {
    let Some(path) = config::find(place.config.as_deref()) else {
        let seen = say!("there is none", "没有配置文件");
        let check = Check::fail(Topic::Configuration, 2, seen).with_advice(say!(
            "live-rewards init writes one; --config names another",
            "可用 live-rewards init 生成，或用 --config 指定"
        ));
        return (None, vec![check]);
    };
    let config = match Config::load(&path) {
        Ok(config) => config,
        Err(failure) => return (None, vec![Check::failed(Topic::Configuration, &failure)]),
    };
    let mut checks = vec![Check::ok(Topic::Configuration, path.display().to_string())];
    let warnings = config.warnings(&path);
    if warnings.is_empty() {
        let seen = say!("none is in plain text, or open to others", "没有明文密钥，其他人读不到");
        checks.push(Check::ok(Topic::Secrets, seen));
    }
    for warning in warnings {
        let advice = say!(
            "a variable, the keyring or a password manager is safer",
            "放在环境变量、密钥环或密码管理器中更安全"
        );
        checks.push(Check::warn(Topic::Secrets, warning, advice));
    }
    // The ledger's path doesn't matter for this.
    let setting = Setting { config: Some(config), ledger: path };
    checks.push(accounts(&setting, which));
    (setting.config, checks)
}

fn accounts(setting: &Setting, which: &Which) -> Check {
    match setting.accounts(which) {
        Err(failure) => Check::failed(Topic::Accounts, &failure),
        Ok(accounts) if accounts.is_empty() => Check::warn(
            Topic::Accounts,
            say!("there are none", "没有账号"),
            say!("live-rewards account add adds one", "可用 live-rewards account add 添加"),
        ),
        Ok(accounts) => {
            let names: Vec<_> = accounts.iter().map(|account| account.name.as_str()).collect();
            Check::ok(Topic::Accounts, names.join(", "))
        }
    }
}
