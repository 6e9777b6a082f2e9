use std::path::Path;

/// Whether others than its owner may read or change a file.
#[cfg(unix)]
pub(super) fn is_open_to_others(path: &Path) -> bool {
    use std::{fs, os::unix::fs::PermissionsExt};

    fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

/// Not known where files have no such modes.
#[cfg(not(unix))]
pub(super) const fn is_open_to_others(_: &Path) -> bool {
    false
}
