use std::path::Path;

use live_rewards_ledger::{Ledger, LedgerError, SCHEMA_VERSION};

use crate::{
    accounts::ledger_failure,
    commands::checks::{Check, Topic},
    failure::reason,
    language::say,
    output::demo_mark,
    replace::HIDDEN,
};

/// Looks at the ledger's file and where it lies. Rows stay as they are.
pub(super) fn check(path: &Path) -> Vec<Check> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut checks = opened(path);
    checks.push(writable(folder));
    checks.extend(disk(folder));
    checks
}

fn opened(path: &Path) -> Vec<Check> {
    let shown = path.display();
    match Ledger::open_read_only(path) {
        Ok(ledger) => {
            let mark = demo_mark(ledger.kind());
            let seen = say!(
                "{shown}{mark}, schema {SCHEMA_VERSION}",
                "{shown}{mark}，结构版本 {SCHEMA_VERSION}"
            );
            vec![Check::ok(Topic::Ledger, seen), lock(&ledger)]
        }
        Err(LedgerError::Missing(_)) => {
            let seen = say!(
                "{shown} isn't there yet; the first sync makes it",
                "{shown} 还不存在；首次 sync 会建立"
            );
            vec![Check::skipped(Topic::Ledger, seen)]
        }
        // Of an older version, its tables are brought up to date by the next run that writes.
        Err(LedgerError::ReadOnly) => vec![Check::warn(
            Topic::Ledger,
            say!(
                "{shown} is of an older version, or can't be written",
                "{shown} 是旧版本，或不可写"
            ),
            say!(
                "the next sync brings it up to date; keep a copy",
                "下次 sync 会自动升级；请先备份"
            ),
        )],
        Err(error) => vec![Check::failed(Topic::Ledger, &ledger_failure(path, error))],
    }
}

/// Takes the lock for a moment.
fn lock(ledger: &Ledger) -> Check {
    match ledger.lock() {
        Ok(_) => Check::ok(Topic::Lock, say!("free", "空闲")),
        Err(error @ LedgerError::Locked { .. }) => {
            let failure = ledger_failure(ledger.path(), error);
            Check::warn(
                Topic::Lock,
                failure.text(),
                say!("it is normal while a sync runs", "sync 运行期间属正常"),
            )
        }
        Err(error) => Check::failed(Topic::Lock, &ledger_failure(ledger.path(), error)),
    }
}

fn writable(folder: &Path) -> Check {
    let shown = folder.display();
    match tempfile::Builder::new().prefix(HIDDEN).tempfile_in(folder) {
        Ok(_) => Check::ok(Topic::Folder, say!("{shown} can be written", "{shown} 可写")),
        Err(error) => {
            // The error itself names the hidden file.
            let reason = reason(&error.kind().into());
            Check::fail(
                Topic::Folder,
                2,
                say!("{shown} can't be written: {reason}", "{shown} 不可写：{reason}"),
            )
            .with_advice(say!(
                "make it, or make it writable, or name another by --ledger",
                "请建立该目录或改为可写，或用 --ledger 另指"
            ))
        }
    }
}

/// From where on little room is left, in MiB: a ledger's log of a large sync can be as long.
const LITTLE_MIB: u64 = 1024;

#[cfg(unix)]
fn disk(folder: &Path) -> Option<Check> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize) >> 20;
    let seen = say!("{free} MiB free", "剩余 {free} MiB");
    Some(if free < LITTLE_MIB {
        Check::warn(Topic::Disk, seen, say!("make room there", "请腾出空间"))
    } else {
        Check::ok(Topic::Disk, seen)
    })
}

/// Not cheap to know elsewhere.
#[cfg(not(unix))]
const fn disk(_: &Path) -> Option<Check> {
    None
}

#[cfg(test)]
mod tests {
    use live_rewards_ledger::LedgerKind;

    use super::*;

    fn seen(path: &Path) -> String {
        format!("{:?}", opened(path))
    }

    #[test]
    fn a_ledger_is_looked_at_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.sqlite");
        assert!(seen(&path).contains("Skipped"));
        assert!(!path.exists());
        let ledger = Ledger::create_or_open(&path, LedgerKind::Demo).unwrap();
        let free = seen(&path);
        assert!(free.contains("DEMO") && !free.contains("Warn"), "{free}");
        let lock = ledger.lock().unwrap();
        assert!(seen(&path).contains("Warn"));
        drop((lock, ledger));
        std::fs::write(&path, "schema_version,vendor\n".repeat(400)).unwrap();
        assert!(seen(&path).contains("Fail"));
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        assert!(writable(folder.path()).is_ok());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(!writable(&folder.path().join("none")).is_ok());
    }
}
