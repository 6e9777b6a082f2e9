use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::{fixture, points};

pub(crate) const SPEC: &str = "crates/vendor-specs/specs/acme/gift/list.toml";
pub(crate) const SHARED: &str = "crates/vendor-specs/specs/acme/gift/shared.toml";
pub(crate) const VENDOR: &str = "crates/vendor-specs/specs/acme/vendor.toml";
pub(crate) const PAGE: &str = "crates/vendor-specs/specs/acme/gift/samples/gift_list.page.json";
pub(crate) const NO_ROOM: &str =
    "crates/vendor-specs/specs/acme/gift/samples/gift_list.no_room.json";
pub(crate) const EVERYWHERE: &str = "crates/vendor-specs/specs/acme/shared.toml";
pub(crate) const LOG: &str = "crates/vendor-specs/specs/acme/points/log.toml";
pub(crate) const USERS: &str = "crates/vendor-specs/specs/acme/points/users.toml";
pub(crate) const CLEAR: &str = "crates/vendor-specs/specs/acme/points/clear.toml";
pub(crate) const LOG_LIST: &str =
    "crates/vendor-specs/specs/acme/points/samples/points_log.list.json";
pub(crate) const LOG_OBJECT: &str =
    "crates/vendor-specs/specs/acme/points/samples/points_log.object.json";
pub(crate) const USERS_PAGE: &str =
    "crates/vendor-specs/specs/acme/points/samples/user_list.page.json";
pub(crate) const CLEAR_DONE: &str =
    "crates/vendor-specs/specs/acme/points/samples/points_clear.done.json";
pub(crate) const CRATE_README: &str = "crates/acme-api/README.md";
pub(crate) const EMULATOR_README: &str = "crates/live-rewards-emulator/README.md";
pub(crate) const ENDPOINT: &str = "crates/acme-api/src/generated/gift/list.rs";
pub(crate) const DOCUMENT: &str = "crates/acme-api/openapi.json";

/// A workspace in a temporary folder.
pub(crate) struct Workspace {
    folder: TempDir,
}

impl Workspace {
    /// A workspace with nothing but specs and a README.
    pub(crate) fn new() -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        workspace.write(VENDOR, fixture::VENDOR);
        workspace.write(SHARED, fixture::SHARED);
        workspace.write(SPEC, fixture::LIST);
        workspace.write(PAGE, fixture::PAGE);
        workspace.write(NO_ROOM, fixture::NO_ROOM);
        workspace.write("README.md", fixture::README);
        workspace
    }

    /// The same with a second area, and with READMEs of the crates.
    pub(crate) fn wide() -> Self {
        let workspace = Self::new();
        let area = format!("\n{}\n[authorisation]", points::AREA);
        workspace.replace(VENDOR, "\n\n[authorisation]", &area);
        let vendor = workspace.read(VENDOR);
        workspace.write(VENDOR, &format!("{vendor}{}", points::NOT_OFFERED));
        for (path, text) in [
            (EVERYWHERE, points::SHARED),
            (LOG, points::LOG),
            (USERS, points::USERS),
            (CLEAR, points::CLEAR),
            (LOG_LIST, points::LOG_LIST),
            (LOG_OBJECT, points::LOG_OBJECT),
            (USERS_PAGE, points::USERS_PAGE),
            (CLEAR_DONE, points::CLEAR_DONE),
            (CRATE_README, points::README),
            (EMULATOR_README, points::EMULATOR_README),
        ] {
            workspace.write(path, text);
        }
        workspace
    }

    /// The first of these after `codegen`.
    pub(crate) fn generated() -> Self {
        Self::new().after_codegen()
    }

    /// The second of these after `codegen`.
    pub(crate) fn widely_generated() -> Self {
        Self::wide().after_codegen()
    }

    fn after_codegen(self) -> Self {
        let run = self.codegen(&[]);
        assert!(run.success, "{:#?}", run.problems);
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// A problem in the first line of a file that contains a text.
    pub(crate) fn problem(&self, path: &str, text: &str, message: &str) -> String {
        let file = self.read(path);
        let line = file.lines().position(|line| line.contains(text)).unwrap() + 1;
        format!("{path}:{line}: {message}")
    }

    pub(crate) fn codegen(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.command(arguments))
    }

    pub(crate) fn openapi(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.task("openapi", arguments))
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.task("codegen", arguments)
    }

    fn task(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg(name).arg("--root").arg(self.folder.path()).args(arguments);
        command
    }

    /// What `--check` finds; there must be something.
    pub(crate) fn problems(&self) -> Vec<String> {
        let run = self.codegen(&["--check"]);
        assert!(!run.success);
        run.problems
    }
}

/// What a run of a task said.
pub(crate) struct Run {
    pub(crate) success: bool,
    pub(crate) changes: Vec<String>,
    pub(crate) problems: Vec<String>,
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let lines = |bytes: Vec<u8>| -> Vec<String> {
            String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
        };
        Self {
            success: output.status.success(),
            changes: lines(output.stdout),
            problems: lines(output.stderr),
        }
    }
}
