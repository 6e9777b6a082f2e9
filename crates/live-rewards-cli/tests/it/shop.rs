use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use rusqlite::{Connection, types::FromSql};
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    emulated::Emulated,
    run::{code, command, stderr, stdout},
};

/// A user's folder: a configuration with an account of each vendor, and the ledger. The secrets are in the environment.
pub(crate) struct Shop {
    folder: TempDir,
    secrets: Vec<(String, String)>,
}

/// The accounts, what the configuration says of them, and the secret.
const ACCOUNTS: [(&str, &[&str], &str); 3] = [
    ("polyv", &["app_id", "base_url"], "app_secret"),
    ("xiaoe", &["app_id", "client_id", "base_url"], "secret_key"),
    ("yxt", &["app_key", "base_url"], "app_secret"),
];

impl Shop {
    /// At emulated vendors, with all their rooms.
    pub(crate) fn new(emulated: &Emulated) -> Self {
        let shop = Self::with("", |vendor, name| {
            emulated.ready()[vendor][name].as_str().unwrap().to_owned()
        });
        shop.add_rooms(emulated, "ledger.sqlite");
        shop
    }

    /// At vendors that can't be reached.
    pub(crate) fn unreached() -> Self {
        Self::with("", |_, name| {
            let value = if name == "base_url" { "http://127.0.0.1:9" } else { "x" };
            value.to_owned()
        })
    }

    /// With these settings, and what `value` says of vendors.
    pub(crate) fn with(settings: &str, value: impl Fn(&str, &str) -> String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut lines = vec!["ledger = 'ledger.sqlite'".to_owned(), settings.to_owned()];
        for (vendor, names, secret) in ACCOUNTS {
            lines.push(format!("[accounts.{vendor}-shop]\nvendor = '{vendor}'"));
            lines.push(format!("{secret} = {{ env = '{}' }}", variable(vendor)));
            lines.extend(names.iter().map(|&name| format!("{name} = '{}'", value(vendor, name))));
        }
        fs::write(folder.path().join("live-rewards.toml"), lines.join("\n")).unwrap();
        let secrets = ACCOUNTS.map(|(vendor, _, secret)| (variable(vendor), value(vendor, secret)));
        Self { folder, secrets: secrets.into() }
    }

    /// Adds the rooms that the vendors don't list.
    pub(crate) fn add_rooms(&self, emulated: &Emulated, ledger: &str) {
        for vendor in ["xiaoe", "yxt"] {
            self.add(vendor, &emulated.rooms(vendor), ledger);
        }
    }

    /// Adds rooms of a vendor.
    pub(crate) fn add(&self, vendor: &str, rooms: &[String], ledger: &str) {
        let account = format!("{vendor}-shop");
        let mut add = self.command(&["rooms", "add", "--ledger", ledger, "--account", &account]);
        assert_eq!(code(&add.args(rooms).output().unwrap()), Some(0));
    }

    /// Changes the text of the configuration.
    pub(crate) fn reconfigure(&self, change: impl FnOnce(String) -> String) {
        let path = self.path("live-rewards.toml");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, change(text)).unwrap();
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// The names of the files that are there.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The command, run in the folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(arguments);
        command.current_dir(self.folder()).env("HOME", self.folder()).env_remove("XDG_CONFIG_HOME");
        command.envs(self.secrets.iter().map(|(name, secret)| (name, secret)));
        command
    }

    /// The same with a wrong secret of some vendors.
    pub(crate) fn with_wrong_secrets(&self, vendors: &[&str], arguments: &[&str]) -> Command {
        let mut command = self.command(arguments);
        command.envs(vendors.iter().map(|vendor| (variable(vendor), WRONG_SECRET)));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Exit code and what is told on standard error.
    pub(crate) fn told(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(arguments);
        (code(&output), stderr(&output))
    }

    /// The standard output of a command that ends well and tells nothing.
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""), "{arguments:?}");
        stdout(&output)
    }

    /// A number, or another single value, of a ledger.
    pub(crate) fn value<T: FromSql>(&self, ledger: &str, sql: &str) -> T {
        let ledger = Connection::open(self.path(ledger)).unwrap();
        ledger.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// The number of rows of each table of records.
    pub(crate) fn counts(&self, ledger: &str) -> Vec<(&'static str, i64)> {
        let ledger = Connection::open(self.path(ledger)).unwrap();
        let count = |table: &&live_rewards_ledger::Table| {
            let sql = format!("SELECT count(*) FROM {}", table.name);
            (table.name, ledger.query_row(&sql, [], |row| row.get(0)).unwrap())
        };
        live_rewards_ledger::TABLES.iter().map(count).collect()
    }

    /// Whether the database is as it should be.
    pub(crate) fn is_sound(&self, ledger: &str) -> bool {
        self.value::<String>(ledger, "PRAGMA integrity_check") == "ok"
    }
}

/// A ledger with two red packets of 2024-01-15 12:00 in Beijing, read four days later: of `p` 37 fen are missing, of `r` the rest of 80
/// fen hasn't gone back.
pub(crate) fn with_red_packets() -> Shop {
    let shop = Shop::unreached();
    shop.add("polyv", &["7".to_owned()], "ledger.sqlite");
    let ledger = Connection::open(shop.path("ledger.sqlite")).unwrap();
    let sql = "
        INSERT INTO red_packets (account_id, red_packet_id, room_id, room_kind, state, issued_fen,
            remaining_fen, created_at, first_seen_at, first_run, changed_run)
        VALUES (1, 'p', '7', 'channel', 'ended', 257, 0, 1705291200000, 1705291200000, 1, 1),
               (1, 'r', '7', 'channel', 'ended', 300, 80, 1705291200000, 1705291200000, 1, 1);
        INSERT INTO claims (account_id, red_packet_id, user_id, claimed_at, ordinal, room_id,
            room_kind, amount_fen, first_seen_at, first_run, changed_run)
        SELECT 1, packet.column1, claim.column1, 1705291200000, 0, '7', 'channel', claim.column2,
            1705291200000, 1, 1
        FROM (VALUES ('p'), ('r')) AS packet, (VALUES ('u', 100), ('v', 120)) AS claim;
        INSERT INTO runs (run_id, started_at) VALUES (1, 1);
        INSERT INTO listings (account_id, operation, scope, began_at, began_run, completed_at,
            complete_until, final, rows)
        VALUES (1, 'red_packets', 'channel:7', 1705636800000, 1, 1705636800000, 1705636800000, 0, 2);";
    ledger.execute_batch(sql).unwrap();
    shop
}

/// A secret that no vendor knows.
pub(crate) const WRONG_SECRET: &str = "hunter2-the-secret";

/// The sums of an account in what `sync --json` prints.
pub(crate) fn of_account<'a>(synced: &'a Value, account: &str) -> &'a Value {
    let accounts = synced["accounts"].as_array().unwrap();
    accounts.iter().find(|one| one["account"] == account).unwrap()
}

/// The variable in which a vendor's secret is.
fn variable(vendor: &str) -> String {
    format!("SHOP_{}", vendor.to_ascii_uppercase())
}
