use std::path::PathBuf;

use clap::{Args, Subcommand, builder::BoolishValueParser};
use live_rewards::Vendor;

use super::{Shown, Where, Which, vendor_parser};
use crate::{config, language::say};

#[derive(Debug, Args)]
#[command(after_help = INIT_HELP)]
pub(crate) struct Init {
    /// The file to write; one that is there stays as it is.
    #[arg(long, value_name = "FILE", env = "LIVE_REWARDS_CONFIG", default_value = config::NAME)]
    pub(crate) config: PathBuf,
}

const INIT_HELP: &str = "\
Examples:
  live-rewards init
  live-rewards init --config ~/.config/live-rewards/config.toml";

#[derive(Debug, Args)]
#[command(after_help = ACCOUNT_HELP)]
pub(crate) struct Account {
    #[command(subcommand)]
    pub(crate) command: AccountCommand,
}

const ACCOUNT_HELP: &str = "\
Examples:
  live-rewards account add shop --vendor polyv --app-id … --secret-env SHOP_SECRET
  live-rewards account test shop";

#[derive(Debug, Subcommand)]
pub(crate) enum AccountCommand {
    /// Adds an account to the configuration.
    Add(Box<AccountAdd>),
    /// Lists the accounts, and where their secrets are.
    List(AccountList),
    /// Takes an account out of the configuration. The ledger keeps its rows.
    Remove(AccountRemove),
    /// Asks the vendors of accounts for as little as can be, and says what they refuse.
    Test(AccountTest),
}

/// The configuration file.
#[derive(Clone, Debug, Args)]
pub(crate) struct ConfigFile {
    /// Configuration file; unless given, the one that sync finds.
    #[arg(long, value_name = "FILE", env = "LIVE_REWARDS_CONFIG")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
// clap's own usage names all places of the secret, in a line that is too long.
#[command(
    after_help = ADD_HELP,
    override_usage = "live-rewards account add [OPTIONS] --vendor <VENDOR> --secret-… <NAME>"
)]
pub(crate) struct AccountAdd {
    /// Its name here, any that you like.
    #[arg(value_name = "NAME", value_parser = account_name)]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) file: ConfigFile,
    /// The vendor.
    #[arg(long, value_name = "VENDOR", env = "LIVE_REWARDS_ACCOUNT_VENDOR", value_parser = vendor_parser())]
    pub(crate) vendor: Vendor,
    #[command(flatten)]
    pub(crate) secret: SecretFrom,
    /// Reads the secret for the keyring from standard input.
    #[arg(long, requires = "secret_keyring")]
    pub(crate) secret_stdin: bool,
    /// xiaoe: the shop (app…). polyv: the application.
    #[arg(long, value_name = "ID", env = "LIVE_REWARDS_ACCOUNT_APP_ID")]
    pub(crate) app_id: Option<String>,
    /// xiaoe: the application (xop…).
    #[arg(long, value_name = "ID", env = "LIVE_REWARDS_ACCOUNT_CLIENT_ID")]
    pub(crate) client_id: Option<String>,
    /// yxt: the application.
    #[arg(long, value_name = "KEY", env = "LIVE_REWARDS_ACCOUNT_APP_KEY")]
    pub(crate) app_key: Option<String>,
    /// polyv: the live account, for gift payments.
    #[arg(long, value_name = "ID", env = "LIVE_REWARDS_ACCOUNT_LIVE_ACCOUNT")]
    pub(crate) live_account: Option<String>,
    /// polyv: the digest of signatures, md5 unless given.
    #[arg(long, value_name = "DIGEST", env = "LIVE_REWARDS_ACCOUNT_SIGNING", value_parser = ["md5", "sha256"])]
    pub(crate) signing: Option<String>,
    /// polyv: makes each request good for one use.
    #[arg(long, env = "LIVE_REWARDS_ACCOUNT_NONCE", value_parser = BoolishValueParser::new())]
    pub(crate) nonce: bool,
    /// yxt: the header source.
    #[arg(long, value_name = "SOURCE", env = "LIVE_REWARDS_ACCOUNT_SOURCE")]
    pub(crate) source: Option<String>,
    /// Another address of the API, as an emulator's.
    #[arg(long, value_name = "URL", env = "LIVE_REWARDS_ACCOUNT_BASE_URL")]
    pub(crate) base_url: Option<String>,
    /// Says that it is an emulator's account.
    #[arg(long, env = "LIVE_REWARDS_ACCOUNT_EMULATED", value_parser = BoolishValueParser::new())]
    pub(crate) emulated: bool,
    /// Keeps it the same account where its key changes.
    #[arg(long, value_name = "ID", env = "LIVE_REWARDS_ACCOUNT_LEDGER_ID")]
    pub(crate) ledger_id: Option<String>,
}

const ADD_HELP: &str = "\
xiaoe needs --app-id and --client-id, polyv --app-id, yxt --app-key. The secret itself is never an
argument: others on this machine could see it.

Examples:
  live-rewards account add shop --vendor xiaoe --app-id app… --client-id xop… --secret-env SHOP
  live-rewards account add live --vendor polyv --app-id … --secret-command 'pass show polyv'";

/// Where the secret is: one of these.
#[derive(Clone, Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct SecretFrom {
    /// The secret is in this variable of the environment.
    #[arg(long, value_name = "NAME")]
    pub(crate) secret_env: Option<String>,
    /// The secret is in this file.
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
    /// This program prints the secret; no shell runs it.
    #[arg(long, value_name = "COMMAND")]
    pub(crate) secret_command: Option<String>,
    /// Asks for the secret and keeps it in the system's keyring (if built with keyring).
    #[arg(long)]
    pub(crate) secret_keyring: bool,
}

/// A name that a pattern can't be meant by.
fn account_name(text: &str) -> Result<String, String> {
    let is_odd = |c: char| c.is_control() || matches!(c, '*' | '?');
    if text.trim() != text || text.is_empty() || text.contains(is_odd) {
        return Err(say!(
            "give a name without blanks around it, without * and ?",
            "请给一个首尾没有空格、不含 * 和 ? 的名称"
        ));
    }
    Ok(text.to_owned())
}

#[derive(Debug, Args)]
#[command(after_help = LIST_HELP)]
pub(crate) struct AccountList {
    #[command(flatten)]
    pub(crate) file: ConfigFile,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

const LIST_HELP: &str = "\
Secrets are neither read nor shown.

Example:
  live-rewards account list --format csv";

#[derive(Debug, Args)]
#[command(after_help = REMOVE_HELP)]
pub(crate) struct AccountRemove {
    /// The account.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) file: ConfigFile,
}

const REMOVE_HELP: &str = "\
A secret that was kept in the keyring for it goes, too.

Example:
  live-rewards account remove shop";

#[derive(Debug, Args)]
#[command(after_help = TEST_HELP)]
pub(crate) struct AccountTest {
    /// Accounts of this name; * and ? stand for any text and any character. All unless given.
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    #[command(flatten)]
    pub(crate) file: ConfigFile,
    #[command(flatten)]
    pub(crate) which: Which,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

const TEST_HELP: &str = "\
Ends with 4 where a vendor refuses credentials, permission or this machine's address or clock, with 5 where it is
down or limits calls. At Xiaoe it fetches a token, which ends an earlier one in five minutes.

Example:
  live-rewards account test 'polyv-*'";

#[derive(Debug, Args)]
#[command(after_help = DOCTOR_HELP)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) place: Where,
    #[command(flatten)]
    pub(crate) which: Which,
    /// Calls nobody: checks only what is on this machine.
    #[arg(long, env = "LIVE_REWARDS_DOCTOR_OFFLINE", value_parser = BoolishValueParser::new())]
    pub(crate) offline: bool,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

const DOCTOR_HELP: &str = "\
Checks the configuration, the ledger, the time zone, and for each account the secret, the address, the
connection, the clock, and what the vendor refuses. It calls the accounts' base URLs and no others.
Ends with 0 if nothing failed, else with the code of what has to be mended first: 2 (configuration),
4 (credentials, permission or clock), 7 (a newer version's ledger), 1, or 5 (network or vendor).

Examples:
  live-rewards doctor
  live-rewards doctor --json --account 'polyv-*'";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_pattern() {
        for name in ["shop", "一号店", "polyv-main", "my shop"] {
            assert_eq!(account_name(name).as_deref(), Ok(name));
        }
        for name in ["", " shop", "shop-*", "?", "a\nb"] {
            assert!(account_name(name).is_err(), "{name:?}");
        }
    }
}
