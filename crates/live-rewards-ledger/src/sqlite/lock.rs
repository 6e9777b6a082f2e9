use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process,
};

use live_rewards_core::Timestamp;

use crate::{Ledger, LedgerError};

/// Keeps other syncs out of a ledger until it is dropped, or its process ends however it may.
#[derive(Debug)]
#[must_use = "the lock goes with it"]
pub struct SyncLock {
    _file: File,
}

impl Ledger {
    /// Locks the ledger against other syncs; readers aren't kept out. The lock is on a file of its own beside the ledger's, with
    /// `.lock` after its name, which stays.
    pub fn lock(&self) -> Result<SyncLock, LedgerError> {
        // However the ledger is named, the lock is the same.
        let path = lock_path(&fs::canonicalize(self.path()).unwrap_or_else(|_| self.path().into()));
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                LedgerError::ReadOnly
            }
            io::ErrorKind::StorageFull => LedgerError::Full,
            _ => LedgerError::Open { path: path.clone(), source },
        };
        let mut options = OpenOptions::new();
        // What stands in it is another's until the lock is ours.
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held(path, &mut file)),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let write = |file: &mut File| {
            file.set_len(0)?;
            writeln!(file, "{}", process::id())
        };
        write(&mut file).map_err(failed)?;
        Ok(SyncLock { _file: file })
    }
}

fn lock_path(ledger: &Path) -> PathBuf {
    let mut path = OsString::from(ledger);
    path.push(".lock");
    path.into()
}

/// Who holds the lock: the file says the process, and was last written when it began.
fn held(path: PathBuf, file: &mut File) -> LedgerError {
    let written = file.metadata().and_then(|metadata| metadata.modified()).ok();
    let seconds = written.map(|written| Timestamp::from(written).epoch_seconds());
    let since = seconds.and_then(|seconds| Timestamp::from_epoch_ms(seconds * 1000));
    let mut text = String::new();
    let read = file.take(20).read_to_string(&mut text);
    let process = read.ok().and_then(|_| text.trim().parse().ok());
    LedgerError::Locked { path, process, since }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_util::ledger;

    #[test]
    fn a_second_sync_is_told_who_holds_the_ledger() {
        let (_folder, first) = ledger();
        let second = Ledger::open(first.path()).unwrap();
        let lock = first.lock().unwrap();
        let error = second.lock().unwrap_err();
        let LedgerError::Locked { process, since, .. } = &error else { panic!("{error}") };
        assert_eq!(*process, Some(process::id()));
        assert!(!since.unwrap().to_string().contains('.'), "{error}");
        assert!(error.to_string().ends_with("; wait until it ends"), "{error}");
        drop(lock);
        let lock = second.lock().unwrap();
        assert!(first.lock().is_err());
        drop(lock);
    }
}
