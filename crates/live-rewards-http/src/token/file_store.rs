use std::{
    fmt::Write as _,
    fs::{self, DirBuilder, File, Metadata, OpenOptions, TryLockError},
    io::{self, Read, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use async_trait::async_trait;
use live_rewards_core::{Error, ErrorKind, Result, Timestamp};
use tokio::runtime::Handle;

use super::{
    FetchLock, StoredToken, TokenKey, TokenStore,
    file_content::{self, unfit},
    tally::Tally,
};
use crate::RateLimit;

/// Keeps tokens in files of a folder, for the processes of one user on a machine.
///
/// Each application has a file, with the token in clear, that only its owner may read and write, and that is replaced as a whole.
/// A lock file beside it keeps processes from fetching over each other; the system frees the lock when a process ends, however
/// it does. Another one, with a lock of its own, counts what they send together. A file that others may read or write, that is corrupt
/// or that was not written for the application counts as none, with a warning, and is replaced at the next fetch.
///
/// Outside of Unix the files have the permissions that the folder gives them.
#[derive(Clone, Debug)]
pub struct FileTokenStore {
    folder: PathBuf,
}

/// A longer file is no token's.
const MOST: u64 = 64 * 1024;

/// How soon to ask again while another process counts.
const SOON: Duration = Duration::from_millis(10);

impl FileTokenStore {
    /// A store in a folder. If there is none it is made, for its owner alone. One that others may write to is refused: they could
    /// put files of their own there.
    pub fn new(folder: impl Into<PathBuf>) -> Result<Self> {
        let folder = folder.into();
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let found = builder.create(&folder).and_then(|()| fs::metadata(&folder));
        let found = found
            .map_err(|error| failed("the folder for access tokens can't be made or read", error))?;
        if others_may(&found, 0o022) {
            let what = "others may write to the folder for access tokens; keep them out of it, as by chmod 700";
            return Err(Error::new(ErrorKind::Config, what));
        }
        Ok(Self { folder })
    }

    fn path(&self, key: &TokenKey, extension: &str) -> PathBuf {
        self.folder.join(file_name(key, extension))
    }
}

#[async_trait]
impl TokenStore for FileTokenStore {
    async fn load(&self, key: &TokenKey) -> Result<Option<StoredToken>> {
        let (path, of) = (self.path(key, "json"), key.clone());
        match apart(move || read(&path, &of)).await {
            Ok(token) => Ok(Some(token)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                let vendor = key.vendor;
                tracing::warn!(%vendor, reason = %error, "an access token's file is not used");
                Ok(None)
            }
            Err(error) => Err(failed("the file of an access token can't be read", error)),
        }
    }

    async fn try_lock(&self, key: &TokenKey) -> Result<Option<FetchLock>> {
        let path = self.path(key, "lock");
        let lock = apart(move || Ok(locked(&path)?.map(FetchLock::new)));
        lock.await.map_err(|error| failed("the lock of an access token can't be used", error))
    }

    async fn save(&self, key: &TokenKey, token: StoredToken, lock: FetchLock) -> Result<()> {
        let (path, fresh) = (self.path(key, "json"), self.path(key, "new"));
        let of = key.clone();
        let saved = apart(move || {
            let saved =
                file_content::write(&of, &token).and_then(|text| replace(&path, &fresh, &text));
            drop(lock);
            saved
        });
        saved.await.map_err(|error| failed("the file of an access token can't be written", error))
    }

    async fn count(
        &self,
        key: &TokenKey,
        limit: RateLimit,
        now: Timestamp,
    ) -> Result<Option<Duration>> {
        let [path, fresh, lock] =
            ["tally", "new_tally", "tally_lock"].map(|extension| self.path(key, extension));
        let counted = apart(move || match locked(&lock)? {
            Some(_lock) => count(&path, &fresh, limit, now),
            None => Ok(Some(SOON)),
        });
        let what = "the file that counts requests for access tokens can't be used";
        counted.await.map_err(|error| failed(what, error))
    }
}

/// Runs file operations where they don't hold up the caller's runtime. They are brought to their end also if the caller is
/// dropped.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    match Handle::try_current() {
        Ok(runtime) => {
            let done = runtime.spawn_blocking(work).await;
            done.unwrap_or_else(|error| Err(io::Error::other(error)))
        }
        // Another runtime, which may have no place for what blocks.
        Err(_) => work(),
    }
}

fn read(path: &Path, key: &TokenKey) -> io::Result<StoredToken> {
    let found = fs::symlink_metadata(path)?;
    if !found.is_file() {
        return Err(unfit("it is no plain file"));
    }
    if others_may(&found, 0o077) {
        return Err(unfit("others than its owner may read or write it"));
    }
    let mut text = Vec::new();
    File::open(path)?.take(MOST).read_to_end(&mut text)?;
    file_content::read(&text, key)
}

/// A locked file; `None` if another one has locked it.
fn locked(path: &Path) -> io::Result<Option<File>> {
    let file = private().create(true).truncate(false).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Counts in a file. Only who holds the lock does this.
fn count(
    path: &Path,
    fresh: &Path,
    limit: RateLimit,
    now: Timestamp,
) -> io::Result<Option<Duration>> {
    let text = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        found => found?,
    };
    // What is no tally counts as none.
    let mut tally: Tally = serde_json::from_slice(&text).unwrap_or_default();
    let wait = tally.count(limit, now.epoch_ms());
    if wait.is_none() {
        replace(path, fresh, &serde_json::to_vec(&tally)?)?;
    }
    Ok(wait)
}

/// Puts a text in a file's place. Only who holds the lock does this.
fn replace(path: &Path, fresh: &Path, text: &[u8]) -> io::Result<()> {
    // What a process left that ended in the middle of this.
    remove(fresh)?;
    let replaced = write_new(fresh, text).and_then(|()| fs::rename(fresh, path));
    if replaced.is_err() {
        let _ = remove(fresh);
    }
    replaced
}

fn write_new(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = private().create_new(true).open(path)?;
    file.write_all(text)?;
    file.sync_all()
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// For writing; a file that is made is its owner's alone.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Whether others than the owner have one of these rights.
#[cfg(unix)]
fn others_may(found: &Metadata, rights: u32) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & rights != 0
}

#[cfg(not(unix))]
fn others_may(_: &Metadata, _: u32) -> bool {
    false
}

/// A name of its own for each key, on any file system: without capitals, which some don't tell apart.
fn file_name(key: &TokenKey, extension: &str) -> String {
    let mut name = key.vendor.as_str().to_owned();
    for part in [&key.authority, &key.application] {
        name.push('=');
        for byte in part.bytes() {
            match byte {
                b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' => name.push(char::from(byte)),
                _ => {
                    // Writing to a String doesn't fail.
                    let _ = write!(name, "_{byte:02x}");
                }
            }
        }
    }
    name.push('.');
    name.push_str(extension);
    name
}

fn failed(what: &'static str, error: io::Error) -> Error {
    Error::new(ErrorKind::Config, what).with_source(error)
}

#[cfg(test)]
mod tests {
    use live_rewards_core::Vendor;

    use super::*;

    #[test]
    fn each_key_has_a_file_name_of_its_own() {
        let name = |authority: &str, application: &str| {
            file_name(&TokenKey::new(Vendor::Xiaoe, authority, application), "json")
        };
        assert_eq!(name("[::1]:80", "app/Client"), "xiaoe=_5b_3a_3a1_5d_3a80=app_2f_43lient.json");
        assert_eq!(name("a", "../b"), "xiaoe=a=.._2fb.json");
        assert_ne!(name("a", "b=c"), name("a=b", "c"));
        assert_ne!(name("a", "B"), name("a", "b"));
    }
}
